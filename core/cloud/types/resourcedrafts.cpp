// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/resourcedrafts.h"

#include <QCoreApplication>

#include <algorithm>

namespace novita {

namespace {

constexpr qsizetype kMostAuthName = 255;
constexpr qsizetype kMostAuthUser = 511;
constexpr qsizetype kMostAuthPassword = 1024;
constexpr qsizetype kMostStorageName = 255;
constexpr qsizetype kMostNetworkName = 30;

struct ResourceDraftText
{
    Q_DECLARE_TR_FUNCTIONS(ResourceDraft)
};

/// Collects sentences, one a field at most.
class Problems
{
public:
    /// The first sentence for a field stays.
    void say(DraftField field, const QString &sentence)
    {
        const bool said = std::any_of(m_all.begin(), m_all.end(), [field](const DraftProblem &one) { return one.field == field; });
        if (!said)
            m_all.append({field, sentence});
    }
    void needText(DraftField field, const QString &text, qsizetype most, const QString &missing)
    {
        if (text.trimmed().isEmpty())
            say(field, missing);
        else if (text.size() > most)
            say(field, ResourceDraftText::tr("At most %1 characters.").arg(most));
        else if (std::any_of(text.begin(), text.end(), [](QChar c) { return c.category() == QChar::Other_Control; }))
            say(field, ResourceDraftText::tr("It holds characters that cannot be seen."));
    }
    void needCluster(const ClusterId &id)
    {
        if (id.isEmpty())
            say(DraftField::Cluster, ResourceDraftText::tr("Choose a region."));
    }
    QList<DraftProblem> take() { return std::move(m_all); }

private:
    QList<DraftProblem> m_all;
};

bool isPlainName(const QString &name)
{
    return std::all_of(name.begin(), name.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'-';
    });
}

} // namespace

QList<DraftProblem> RegistryAuthDraft::problems(const QList<RegistryAuth> &known) const
{
    Problems out;
    out.needText(DraftField::Name, name, kMostAuthName, ResourceDraftText::tr("Enter a name, for example the host of the registry."));
    if (std::any_of(known.begin(), known.end(), [this](const RegistryAuth &other) { return other.name == name; }))
        out.say(DraftField::Name, ResourceDraftText::tr("Other credentials have this name."));
    out.needText(DraftField::Username, username, kMostAuthUser, ResourceDraftText::tr("Enter the user name."));
    // Whatever it is made of is the registry's business.
    if (password.isEmpty())
        out.say(DraftField::Password, ResourceDraftText::tr("Enter the password or token."));
    else if (password.size() > kMostAuthPassword)
        out.say(DraftField::Password, ResourceDraftText::tr("At most %1 characters.").arg(kMostAuthPassword));
    return out.take();
}

QJsonObject RegistryAuthDraft::toJson() const
{
    return {{QStringLiteral("name"), name}, {QStringLiteral("username"), username}, {QStringLiteral("password"), password}};
}

QList<DraftProblem> StorageDraft::problems(const QList<NetworkStorage> &known, const Cluster *cluster, const NetworkStorage *before) const
{
    Problems out;
    const bool renamed = !before || before->name != name;
    if (renamed) {
        out.needText(DraftField::Name, name, kMostStorageName, ResourceDraftText::tr("Enter a name."));
        if (!isPlainName(name))
            out.say(DraftField::Name, ResourceDraftText::tr("The name may hold only letters A-Z, digits and hyphens."));
        const bool taken = std::any_of(known.begin(), known.end(), [this](const NetworkStorage &other) {
            return other.id != id && other.clusterId == clusterId && other.name == name;
        });
        if (taken)
            out.say(DraftField::Name, ResourceDraftText::tr("Another volume of this region has this name."));
    }
    if (!before) {
        out.needCluster(clusterId);
        if (cluster && !cluster->supportsNetworkStorage)
            out.say(DraftField::Cluster, ResourceDraftText::tr("This region has no network volumes."));
    }
    const int least = before ? std::max(kLeastGb, before->sizeGb.value_or(kLeastGb)) : kLeastGb;
    if (before && sizeGb < least)
        out.say(DraftField::Size, ResourceDraftText::tr("A volume can only grow: it has %1 GB now.").arg(least));
    else if (sizeGb < least || sizeGb > kMostGb)
        out.say(DraftField::Size, ResourceDraftText::tr("The size must be from %1 to %2 GB.").arg(least).arg(kMostGb));
    return out.take();
}

QJsonObject StorageDraft::toJson() const
{
    QJsonObject body{{QStringLiteral("storageName"), name}, {QStringLiteral("storageSize"), sizeGb}};
    if (id.isEmpty())
        body.insert(QStringLiteral("clusterId"), clusterId.toString());
    else
        body.insert(QStringLiteral("storageId"), id.toString());
    return body;
}

QList<DraftProblem> NetworkDraft::problems(const QList<VpcNetwork> &known, const Cluster *cluster) const
{
    Problems out;
    out.needText(DraftField::Name, name, kMostNetworkName, ResourceDraftText::tr("Enter a name."));
    if (std::any_of(known.begin(), known.end(), [this](const VpcNetwork &other) { return other.id != id && other.name == name; }))
        out.say(DraftField::Name, ResourceDraftText::tr("Another network has this name."));
    if (id.isEmpty()) {
        out.needCluster(clusterId);
        if (cluster && !cluster->supportsNetwork)
            out.say(DraftField::Cluster, ResourceDraftText::tr("This region has no private networks."));
    }
    return out.take();
}

QJsonObject NetworkDraft::toJson() const
{
    if (id.isEmpty())
        return {{QStringLiteral("clusterId"), clusterId.toString()}, {QStringLiteral("name"), name}};
    return {{QStringLiteral("networkId"), id.toString()}, {QStringLiteral("name"), name}};
}

QList<DraftProblem> PrewarmDraft::problems() const
{
    Problems out;
    InstanceDraft instance;
    instance.imageUrl = imageUrl;
    for (const DraftProblem &problem : instance.problems()) {
        if (problem.field == DraftField::Image)
            out.say(problem.field, problem.message);
    }
    out.needCluster(clusterId);
    if (note.size() > kMostPrewarmNoteChars)
        out.say(DraftField::Note, ResourceDraftText::tr("At most %1 characters.").arg(kMostPrewarmNoteChars));
    return out.take();
}

QJsonObject PrewarmDraft::toJson() const
{
    QJsonArray products;
    for (const ProductId &product : productIds)
        products.append(product.toString());
    QJsonObject body{{QStringLiteral("imageUrl"), imageUrl}, {QStringLiteral("clusterId"), clusterId.toString()},
                     {QStringLiteral("productIds"), products}, {QStringLiteral("note"), note}};
    if (!authId.isEmpty())
        body.insert(QStringLiteral("repositoryAuth"), authId.toString());
    return body;
}

} // namespace novita
