// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/profilestore.h"

#include "core/base/logging.h"
#include "core/base/sameorigin.h"
#include "core/settings/apiroot.h"
#include "core/settings/settings.h"

#include <QJsonObject>
#include <QUuid>

#include <algorithm>

namespace novita {

namespace {

constexpr qsizetype kMaxProfiles = 100;
constexpr qsizetype kMaxName = 60;
constexpr qsizetype kMaxSecretName = 200;
const QLatin1String kList("list");
const QLatin1String kActive("active");

QString newId() { return QUuid::createUuid().toString(QUuid::WithoutBraces); }

QJsonObject toJson(const Profile &profile)
{
    return {
        {QStringLiteral("id"), profile.id.toString()},
        {QStringLiteral("name"), profile.name},
        {QStringLiteral("apiRoot"), profile.apiRoot.toString()},
        {QStringLiteral("secretName"), profile.secretName},
        {QStringLiteral("color"), profile.color},
        {QStringLiteral("production"), profile.production},
        {QStringLiteral("readOnly"), profile.readOnly},
        {QStringLiteral("sandbox"), profile.sandbox},
    };
}

// The safe side of a damaged flag: read-only and production protect the user, so anything but a clear "false" keeps them on.
bool protectiveFlag(const QJsonValue &value) { return !value.isUndefined() && (!value.isBool() || value.toBool()); }

Profile fromJson(const QJsonObject &object)
{
    Profile profile;
    profile.id = ProfileId(object.value(QLatin1String("id")).toString());
    profile.name = object.value(QLatin1String("name")).toString();
    profile.apiRoot = QUrl(object.value(QLatin1String("apiRoot")).toString(), QUrl::StrictMode);
    profile.secretName = object.value(QLatin1String("secretName")).toString();
    profile.color = object.value(QLatin1String("color")).toString();
    profile.production = protectiveFlag(object.value(QLatin1String("production")));
    profile.readOnly = protectiveFlag(object.value(QLatin1String("readOnly")));
    profile.sandbox = object.value(QLatin1String("sandbox")).toBool();
    if (!ProfileStore::colors().contains(profile.color))
        profile.color = Profile().color;
    return profile;
}

bool isPrintable(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.isPrint() || c.isSurrogate(); });
}

} // namespace

ProfileStore::ProfileStore(Settings &settings, QObject *parent) : QObject(parent), m_settings(settings)
{
    load();
    applyActive();
}

QStringList ProfileStore::colors()
{
    return {QStringLiteral("blue"),   QStringLiteral("green"), QStringLiteral("orange"),
            QStringLiteral("purple"), QStringLiteral("red"),   QStringLiteral("grey")};
}

QList<Profile> ProfileStore::all() const { return m_profiles; }

std::optional<Profile> ProfileStore::find(const ProfileId &id) const
{
    if (m_transient && m_transient->id == id)
        return m_transient;
    const auto it = std::find_if(m_profiles.begin(), m_profiles.end(), [&](const Profile &p) { return p.id == id; });
    return it == m_profiles.end() ? std::nullopt : std::optional(*it);
}

std::optional<Profile> ProfileStore::findByName(const QString &name) const
{
    const auto it = std::find_if(m_profiles.begin(), m_profiles.end(), [&](const Profile &p) {
        return p.name.compare(name.trimmed(), Qt::CaseInsensitive) == 0;
    });
    return it == m_profiles.end() ? std::nullopt : std::optional(*it);
}

std::optional<Profile> ProfileStore::active() const
{
    return m_transient ? m_transient : m_active.isEmpty() ? std::nullopt : find(m_active);
}

QString ProfileStore::secretNameFor(const Profile &profile) const
{
    const auto known = std::find_if(m_profiles.begin(), m_profiles.end(), [&](const Profile &p) { return p.id == profile.id; });
    if (known == m_profiles.end())
        return profile.secretName.isEmpty() ? QStringLiteral("profile/%1/api-key").arg(profile.id.toString()) : profile.secretName;
    // A key was entered for one server. Under a name never used before nothing can be found that belongs to another one.
    return isSameOrigin(known->apiRoot, profile.apiRoot) ? known->secretName
                                                       : QStringLiteral("profile/%1/%2/api-key").arg(profile.id.toString(), newId().left(8));
}

Result<Profile> ProfileStore::checked(Profile profile) const
{
    const auto refused = [](const QString &sentence) { return Error::make(ErrorKind::Validation, sentence); };
    profile.name = profile.name.simplified();
    if (profile.name.isEmpty() || profile.name.size() > kMaxName || !isPrintable(profile.name))
        return refused(tr("A profile name has 1 to %1 characters.").arg(kMaxName));
    if (const auto twin = findByName(profile.name); twin && twin->id != profile.id)
        return refused(tr("There is already a profile called “%1”.").arg(twin->name));
    if (!colors().contains(profile.color))
        return refused(tr("The colour is one of %1.").arg(colors().join(QStringLiteral(", "))));
    // A sandbox is started by the program on a port of its own: what stands here is only the last one used.
    const Result<QUrl> root = parseApiRoot(profile.apiRoot.toString());
    if (!root)
        return root.error();
    profile.apiRoot = root.value();
    if (profile.id.isEmpty())
        profile.id = ProfileId(newId());
    profile.secretName = secretNameFor(profile);
    if (profile.secretName.size() > kMaxSecretName)
        return refused(tr("The name of the key is too long."));
    return profile;
}

Result<Profile> ProfileStore::save(Profile profile)
{
    const Result<Profile> result = checked(std::move(profile));
    if (!result)
        return result;
    const Profile &good = result.value();
    const auto it = std::find_if(m_profiles.begin(), m_profiles.end(), [&](const Profile &p) { return p.id == good.id; });
    if (it == m_profiles.end() && m_profiles.size() >= kMaxProfiles)
        return Error::make(ErrorKind::Validation, tr("There is room for %1 profiles; remove one first.").arg(kMaxProfiles));
    const bool activeTouched = !m_transient && good.id == m_active && it != m_profiles.end() && *it != good;
    if (it == m_profiles.end())
        m_profiles.append(good);
    else
        *it = good;
    std::sort(m_profiles.begin(), m_profiles.end(), [](const Profile &a, const Profile &b) {
        return a.name.compare(b.name, Qt::CaseInsensitive) < 0;
    });
    store();
    emit profilesChanged();
    if (activeTouched)
        emit activeChanged();
    return result;
}

void ProfileStore::remove(const ProfileId &id)
{
    if (m_profiles.removeIf([&](const Profile &p) { return p.id == id; }) == 0)
        return;
    const bool wasActive = m_active == id;
    if (wasActive)
        m_active = ProfileId();
    store();
    applyActive();
    m_settings.forgetProfile(id.toString());
    emit profilesChanged();
    if (wasActive && !m_transient)
        emit activeChanged();
}

void ProfileStore::setActive(const ProfileId &id)
{
    const auto known = std::any_of(m_profiles.begin(), m_profiles.end(), [&](const Profile &p) { return p.id == id; });
    if (!known || (m_active == id && !m_transient))
        return;
    m_transient.reset();
    m_active = id;
    store();
    applyActive();
    emit activeChanged();
}

void ProfileStore::setTransient(const Profile &profile)
{
    m_transient = profile;
    if (m_transient->id.isEmpty())
        m_transient->id = ProfileId(newId());
    applyActive();
    emit activeChanged();
}

void ProfileStore::applyActive()
{
    const ProfileId id = m_transient ? m_transient->id : m_active;
    const bool stored = std::any_of(m_profiles.begin(), m_profiles.end(), [&](const Profile &p) { return p.id == id; });
    m_settings.setActiveProfile(id.toString(),
                                m_transient && !stored ? Settings::Lifetime::ThisRun : Settings::Lifetime::Persistent);
}

Result<QUrl> ProfileStore::validateApiRoot(const QString &text) { return parseApiRoot(text); }

void ProfileStore::load()
{
    const QJsonObject document = m_settings.profilesDocument();
    const QJsonArray entries = document.value(kList).toArray();
    for (const QJsonValue &entry : entries) {
        const Profile profile = fromJson(entry.toObject());
        const Result<Profile> good = checked(profile);
        if (profile.id.isEmpty() || !good || find(profile.id) || m_profiles.size() >= kMaxProfiles) {
            m_unreadable.append(entry);
            qCWarning(lcSettings).noquote() << "A profile in the settings file is not usable:"
                                            << (good ? QStringLiteral("no or repeated id") : good.error().message);
            continue;
        }
        m_profiles.append(good.value());
    }
    const ProfileId active(document.value(kActive).toString());
    if (find(active))
        m_active = active;
}

void ProfileStore::store()
{
    QJsonArray entries;
    for (const Profile &profile : std::as_const(m_profiles))
        entries.append(toJson(profile));
    for (const QJsonValue &entry : std::as_const(m_unreadable))
        entries.append(entry);
    m_settings.setProfilesDocument({{kList, entries}, {kActive, m_active.toString()}});
}

} // namespace novita
