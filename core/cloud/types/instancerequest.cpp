// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/instancerequest.h"

#include "core/cloud/types/instance.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QSet>

#include <algorithm>

namespace novita {

namespace {

constexpr int kMostSaveImageChars = 4095;

struct InstanceRequestWords
{
    Q_DECLARE_TR_FUNCTIONS(InstanceRequest)
};

/// The rules of a create hold for every later change: what is asked for is put into a draft of the instance, and only the
/// fields that the action touches count.
QList<DraftProblem> ruled(const InstanceDraft &draft, const QSet<DraftField> &fields, const Product *product = nullptr)
{
    QList<DraftProblem> problems = draft.problems(product);
    problems.removeIf([&fields](const DraftProblem &problem) { return !fields.contains(problem.field); });
    return problems;
}

QList<DraftProblem> editProblems(const EditRequest &edit, const Instance &before, const Product *product)
{
    InstanceDraft draft = InstanceDraft::fromInstance(before, before.name);
    if (edit.ports)
        draft.ports = *edit.ports;
    QSet<DraftField> fields{DraftField::Ports, DraftField::Tools};
    QList<DraftProblem> problems;
    if (edit.growDiskGb < 0) {
        problems.append({DraftField::Rootfs, InstanceRequestWords::tr("A disk can only grow.")});
    } else if (edit.growDiskGb > 0 && before.rootfsGb) {
        draft.rootfsGb = *before.rootfsGb + edit.growDiskGb;
        fields.insert(DraftField::Rootfs);
        if (before.nodeMaxRootfsGb.value_or(0) > 0 && draft.rootfsGb > *before.nodeMaxRootfsGb)
            problems.append({DraftField::Rootfs, InstanceRequestWords::tr("Its host has room for a system disk of %1 GB at most.").arg(*before.nodeMaxRootfsGb)});
    }
    problems = ruled(draft, fields, product) + problems;
    if (!edit.ports && edit.growDiskGb == 0)
        problems.append({DraftField::Ports, InstanceRequestWords::tr("Nothing is changed.")});
    return problems;
}

QList<DraftProblem> upgradeProblems(const UpgradeRequest &upgrade, const Instance &before)
{
    InstanceDraft draft = InstanceDraft::fromInstance(before, before.name);
    draft.imageUrl = upgrade.imageUrl;
    draft.envs = upgrade.envs;
    draft.command = upgrade.command;
    draft.mounts = upgrade.mounts;
    return ruled(draft, {DraftField::Image, DraftField::Envs, DraftField::Command, DraftField::Mounts});
}

QList<DraftProblem> saveImageProblems(const SaveImageRequest &save)
{
    const QString &image = save.image;
    if (image.isEmpty())
        return {{DraftField::Image, InstanceRequestWords::tr("Enter the image to write, for example registry.example.com/team/trainer:1.")}};
    if (image.size() > kMostSaveImageChars)
        return {{DraftField::Image, InstanceRequestWords::tr("The image address is longer than %1 characters.").arg(kMostSaveImageChars)}};
    if (std::any_of(image.begin(), image.end(), [](QChar c) { return c.isSpace() || !c.isPrint(); }))
        return {{DraftField::Image, InstanceRequestWords::tr("The image address may not hold blanks.")}};
    if (image.contains(QLatin1String("://")))
        return {{DraftField::Image, InstanceRequestWords::tr("The image address begins with the registry's name, without https://.")}};
    const QString repository = image.section(QLatin1Char('/'), 1);
    if (repository.isEmpty() || image.startsWith(QLatin1Char('/')) || image.endsWith(QLatin1Char('/')) || image.endsWith(QLatin1Char(':')))
        return {{DraftField::Image, InstanceRequestWords::tr("The image address must name a registry, a repository and a tag.")}};
    return {};
}

QList<DraftProblem> termProblems(int months, int renewalMonths)
{
    InstanceDraft draft;
    draft.billing = BillingMode::Monthly;
    draft.months = months;
    draft.autoRenew = true;
    draft.autoRenewMonths = renewalMonths;
    return ruled(draft, {DraftField::Month, DraftField::AutoRenew});
}

QJsonArray wirePorts(const QList<DraftPort> &ports)
{
    QJsonArray out;
    for (const DraftPort &port : ports)
        out.append(QJsonObject{{QStringLiteral("port"), port.port}, {QStringLiteral("type"), port.type}});
    return out;
}

QJsonObject wireVolumes(const QList<DraftMount> &mounts)
{
    QJsonArray out;
    for (const DraftMount &mount : mounts) {
        out.append(QJsonObject{{QStringLiteral("type"), QStringLiteral("network")}, {QStringLiteral("id"), mount.id.toString()},
                               {QStringLiteral("mountPath"), mount.mountPoint}});
    }
    return {{QStringLiteral("volumeMounts"), out}};
}

/// One function for each input; the variant sees to it that none is forgotten.
struct Encoder
{
    const InstanceId &id;

    QJsonObject withId(QJsonObject body = {}) const
    {
        body.insert(QStringLiteral("instanceId"), id.toString());
        return body;
    }
    QJsonObject operator()(std::monostate) const { return withId(); }
    QJsonObject operator()(const EditRequest &edit) const
    {
        QJsonObject body;
        if (edit.ports)
            body.insert(QStringLiteral("ports"), wirePorts(*edit.ports));
        if (edit.growDiskGb > 0)
            body.insert(QStringLiteral("expandRootDisk"), edit.growDiskGb);
        return withId(body);
    }
    QJsonObject operator()(const UpgradeRequest &upgrade) const
    {
        return withId({{QStringLiteral("imageUrl"), upgrade.imageUrl},
                       {QStringLiteral("imageAuthId"), upgrade.imageAuthId.toString()},
                       {QStringLiteral("envs"), encodeEnvs(upgrade.envs)},
                       {QStringLiteral("command"), upgrade.command},
                       {QStringLiteral("save"), upgrade.keepSystemDisk},
                       {QStringLiteral("networkVolume"), wireVolumes(upgrade.mounts)}});
    }
    QJsonObject operator()(const SaveImageRequest &save) const
    {
        QJsonObject body{{QStringLiteral("image"), save.image}};
        if (!save.authId.isEmpty())
            body.insert(QStringLiteral("registryAuthId"), save.authId.toString());
        return withId(body);
    }
    QJsonObject operator()(const TermRequest &term) const { return withId({{QStringLiteral("month"), term.months}}); }
    QJsonObject operator()(const AutoRenewRequest &renewal) const
    {
        // The one call that takes several ids. One at a time all the same: an id that is refused would refuse all.
        return {{QStringLiteral("instanceIds"), QJsonArray{id.toString()}},
                {QStringLiteral("autoRenew"), renewal.on},
                {QStringLiteral("autoRenewMonth"), renewal.months}};
    }
    QJsonObject operator()(const AutoMigrateRequest &migration) const
    {
        return withId({{QStringLiteral("autoMigrateOpen"), migration.on}, {QStringLiteral("autoMigrateSystemDisk"), migration.withSystemDisk}});
    }
};

} // namespace

UpgradeRequest UpgradeRequest::of(const Instance &instance)
{
    const InstanceDraft now = InstanceDraft::fromInstance(instance, instance.name);
    return {now.imageUrl, now.imageAuthId, now.envs, now.command, now.mounts, true};
}

bool InstanceRequest::isComplete() const
{
    switch (m_action) {
    case InstanceAction::Edit: return std::holds_alternative<EditRequest>(m_input);
    case InstanceAction::Upgrade: return std::holds_alternative<UpgradeRequest>(m_input);
    case InstanceAction::SaveImage: return std::holds_alternative<SaveImageRequest>(m_input);
    case InstanceAction::Renew:
    case InstanceAction::ToMonthly: return std::holds_alternative<TermRequest>(m_input);
    case InstanceAction::AutoRenew: return std::holds_alternative<AutoRenewRequest>(m_input);
    case InstanceAction::AutoMigrate: return std::holds_alternative<AutoMigrateRequest>(m_input);
    default: return isCloudAction(m_action);
    }
}

QList<DraftProblem> InstanceRequest::problems(const Instance &before, const Product *product) const
{
    switch (m_action) {
    case InstanceAction::Edit: return editProblems(input<EditRequest>(), before, product);
    case InstanceAction::Upgrade: return upgradeProblems(input<UpgradeRequest>(), before);
    case InstanceAction::SaveImage: return saveImageProblems(input<SaveImageRequest>());
    case InstanceAction::Renew:
    case InstanceAction::ToMonthly: return termProblems(input<TermRequest>().months, 1);
    case InstanceAction::AutoRenew: return termProblems(1, input<AutoRenewRequest>().months);
    default: return {};
    }
}

QJsonObject InstanceRequest::toJson(const InstanceId &id) const
{
    return std::visit(Encoder{id}, m_input);
}

bool isCloudAction(InstanceAction action)
{
    return action != InstanceAction::Clone;
}

} // namespace novita
