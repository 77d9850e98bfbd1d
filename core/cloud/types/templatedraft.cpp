// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/templatedraft.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <array>
#include <tuple>

namespace novita {

namespace {

constexpr int kMostNameChars = 255;
constexpr int kMostVolumeGb = 10240;

struct TemplateRules
{
    Q_DECLARE_TR_FUNCTIONS(TemplateDraft)
};

/// What templates and instances have in common has the same rules.
QList<DraftProblem> commonProblems(const TemplateDraft &draft)
{
    static const QSet<DraftField> kCommon{DraftField::Image, DraftField::Ports, DraftField::Envs, DraftField::Command,
                                          DraftField::Entrypoint, DraftField::Rootfs, DraftField::MinCuda};
    InstanceDraft instance;
    instance.imageUrl = draft.image;
    instance.rootfsGb = draft.rootfsGb;
    instance.ports = draft.ports;
    instance.envs = draft.envs;
    instance.command = draft.startCommand;
    instance.entrypoint = draft.entrypoint;
    instance.minCudaVersion = draft.minCudaVersion;
    QList<DraftProblem> problems = instance.problems();
    problems.removeIf([](const DraftProblem &problem) { return !kCommon.contains(problem.field); });
    return problems;
}

QString nameProblem(const TemplateDraft &draft, const QList<InstanceTemplate> &known)
{
    if (draft.name.trimmed().isEmpty())
        return TemplateRules::tr("Enter a name.");
    if (draft.name.size() > kMostNameChars)
        return TemplateRules::tr("The name is longer than %1 characters.").arg(kMostNameChars);
    const bool taken = std::any_of(known.begin(), known.end(), [&draft](const InstanceTemplate &other) {
        return other.channel == QLatin1String("private") && other.id != draft.id && other.name == draft.name;
    });
    return taken ? TemplateRules::tr("Another template of yours has this name.") : QString();
}

QStringList volumeProblems(const QList<TemplateVolume> &volumes)
{
    QStringList out;
    QSet<QString> paths;
    for (const TemplateVolume &volume : volumes) {
        if (!volume.mountPath.startsWith(QLatin1Char('/')))
            out.append(TemplateRules::tr("The path of a disk must begin with a slash."));
        else if (paths.contains(volume.mountPath))
            out.append(TemplateRules::tr("Two disks have the path %1.").arg(volume.mountPath));
        if (volume.sizeGb.value_or(0) < 1 || *volume.sizeGb > kMostVolumeGb)
            out.append(TemplateRules::tr("A disk must be from 1 to %1 GB.").arg(kMostVolumeGb));
        paths.insert(volume.mountPath);
    }
    return out;
}

QJsonArray wirePortGroups(const QList<DraftPort> &ports)
{
    QJsonArray groups;
    const std::array<QString, 2> types{QStringLiteral("http"), QStringLiteral("tcp")};
    for (const QString &type : types) {
        QJsonArray numbers;
        for (const DraftPort &port : ports) {
            if (port.type == type)
                numbers.append(port.port);
        }
        if (!numbers.isEmpty())
            groups.append(QJsonObject{{QStringLiteral("type"), type}, {QStringLiteral("ports"), numbers}});
    }
    return groups;
}

QJsonArray wireVolumes(const QList<TemplateVolume> &volumes)
{
    QJsonArray out;
    for (const TemplateVolume &volume : volumes) {
        out.append(QJsonObject{{QStringLiteral("type"), volume.type.isEmpty() ? QStringLiteral("local") : volume.type},
                               {QStringLiteral("size"), volume.sizeGb.value_or(0)},
                               {QStringLiteral("mountPath"), volume.mountPath}});
    }
    return out;
}

QList<DraftPort> portsOf(const InstanceTemplate &source)
{
    QList<DraftPort> out;
    for (const TemplatePort &port : source.ports)
        out.append({port.port, port.type});
    return out;
}

} // namespace

QList<DraftProblem> TemplateDraft::problems(const QList<InstanceTemplate> &known) const
{
    QList<DraftProblem> out;
    if (const QString problem = nameProblem(*this, known); !problem.isEmpty())
        out.append({DraftField::Name, problem});
    out.append(commonProblems(*this));
    for (const QString &portType : {QStringLiteral("http"), QStringLiteral("tcp")}) {
        const auto count = std::count_if(ports.begin(), ports.end(), [&portType](const DraftPort &port) { return port.type == portType; });
        if (count > kMostPortsPerType)
            out.append({DraftField::Ports, TemplateRules::tr("A template takes at most %1 ports of type %2.").arg(kMostPortsPerType).arg(portType)});
    }
    for (const QString &problem : volumeProblems(volumes))
        out.append({DraftField::Volumes, problem});
    if (readme.size() > kMostReadmeChars)
        out.append({DraftField::Readme, TemplateRules::tr("The read-me is longer than %1 characters.").arg(kMostReadmeChars)});
    return out;
}

QJsonObject TemplateDraft::toJson() const
{
    // Sources disagree about which of these may be left out: all are sent.
    QJsonObject body{{QStringLiteral("name"), name},
                     {QStringLiteral("type"), type},
                     {QStringLiteral("channel"), QStringLiteral("private")},
                     {QStringLiteral("image"), image},
                     {QStringLiteral("imageAuth"), imageAuthId.toString()},
                     {QStringLiteral("startCommand"), startCommand},
                     {QStringLiteral("entrypoint"), entrypoint},
                     {QStringLiteral("rootfsSize"), rootfsGb},
                     {QStringLiteral("ports"), wirePortGroups(ports)},
                     {QStringLiteral("volumes"), wireVolumes(volumes)},
                     {QStringLiteral("envs"), encodeEnvs(envs)},
                     {QStringLiteral("readme"), readme},
                     {QStringLiteral("minCudaVersion"), minCudaVersion}};
    if (!id.isEmpty())
        body.insert(QStringLiteral("Id"), id.toString());
    return QJsonObject{{QStringLiteral("template"), body}};
}

TemplateDraft TemplateDraft::editOf(const InstanceTemplate &source)
{
    TemplateDraft draft;
    draft.id = source.id;
    draft.name = source.name;
    if (!source.type.isEmpty())
        draft.type = source.type;
    draft.image = source.image;
    draft.imageAuthId = source.imageAuthId;
    draft.startCommand = source.startCommand;
    draft.entrypoint = source.entrypoint;
    draft.rootfsGb = source.rootfsGb.value_or(draft.rootfsGb);
    draft.ports = portsOf(source);
    draft.volumes = source.volumes;
    draft.envs = source.envs;
    draft.readme = source.readme;
    draft.minCudaVersion = source.minCudaVersion;
    return draft;
}

TemplateDraft TemplateDraft::copyOf(const InstanceTemplate &source, const QString &newName)
{
    TemplateDraft draft = editOf(source);
    draft.id = {};
    draft.name = newName;
    if (source.channel != QLatin1String("private"))
        draft.imageAuthId = {}; // a credential of somebody else's account
    if (source.hasJupyter && source.jupyterPort) {
        const bool listed = std::any_of(draft.ports.begin(), draft.ports.end(),
                                        [&source](const DraftPort &port) { return port.port == *source.jupyterPort; });
        if (!listed)
            draft.ports.append({*source.jupyterPort, QStringLiteral("http")});
    }
    return draft;
}

bool TemplateDraft::isIn(const InstanceTemplate &now) const
{
    const auto sorted = [](QList<DraftPort> all) {
        std::sort(all.begin(), all.end(), [](const DraftPort &a, const DraftPort &b) { return std::tie(a.type, a.port) < std::tie(b.type, b.port); });
        return all;
    };
    return now.name == name && now.image == image && now.imageAuthId == imageAuthId && now.startCommand == startCommand
        && now.entrypoint == entrypoint && now.rootfsGb == rootfsGb && now.envs == envs && now.readme == readme
        && now.minCudaVersion == minCudaVersion && sorted(portsOf(now)) == sorted(ports);
}

} // namespace novita
