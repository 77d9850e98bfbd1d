// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"

#include <QJsonArray>
#include <QList>
#include <QObject>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace novita {

class Settings;

/// An account to work with: where its API is, how its key is called in the keychain, how careful to be. No secret in it.
struct Profile
{
    ProfileId id;
    QString name;                ///< 1-60 characters, unique without regard to case
    QUrl apiRoot = QUrl(QStringLiteral("https://api.novita.ai"));
    QString secretName;          ///< name of the key in the SecretStore: "profile/<id>/api-key", or "profile/<id>/<n>/api-key"
    QString color = QStringLiteral("blue"); ///< palette name: blue, green, orange, purple, red, grey
    bool production = false;     ///< extra confirmation and a coloured bar
    bool readOnly = false;       ///< every changing action is off
    bool sandbox = false;        ///< the built-in sandbox; its key is a fixed demo word, kept nowhere
    bool operator==(const Profile &) const = default;
};

/// The profiles, kept in the settings file. Signals after each change. An entry of the file that cannot be understood is not
/// shown but stays in the file. At most 100 profiles. Thread: UI thread.
class ProfileStore final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProfileStore)

public:
    explicit ProfileStore(Settings &settings, QObject *parent = nullptr);

    /// The stored ones, by name. The one of this run is not among them.
    QList<Profile> all() const;
    std::optional<Profile> find(const ProfileId &id) const;        ///< stored or of this run
    std::optional<Profile> findByName(const QString &name) const;  ///< stored, without regard to case
    /// The one in use: of this run if there is one; nullopt before the first start is through.
    std::optional<Profile> active() const;

    /// Checks name and URL (validateApiRoot). A new id and secret name are made when empty. The secret name of a stored
    /// profile stays as it is, and is a new one when the API root moves to another origin (scheme, host or port): a key
    /// must not follow to a server it was not entered for. Returns what was stored.
    Result<Profile> save(Profile profile);
    void remove(const ProfileId &id); ///< the active one becomes none; the secret is the caller's business
    /// Persists the choice, ends the one of this run and switches the Profile-scoped settings; an unknown id is ignored.
    /// Workflows do the rest (SessionController).
    void setActive(const ProfileId &id);

    /// Active for this run only, written nowhere: command line --api-root / environment / --sandbox. The Profile-scoped
    /// settings are this run's as well, unless `profile.id` is that of a stored profile. An id is made when empty.
    void setTransient(const Profile &profile);
    /// The active one is for this run only.
    bool isTransient() const { return m_transient.has_value(); }
    /// The palette names that Profile::color takes.
    static QStringList colors();

    /// https, or http to a loopback host; host present, no query, no user info. A trailing "/gpu-instance/openapi" and '/'
    /// are cut off. Returns the cleaned root.
    static Result<QUrl> validateApiRoot(const QString &text);

signals:
    void profilesChanged();
    void activeChanged();

private:
    void load();
    void store();
    void applyActive();
    Result<Profile> checked(Profile profile) const;
    QString secretNameFor(const Profile &profile) const;

    Settings &m_settings;
    QList<Profile> m_profiles;
    QJsonArray m_unreadable; ///< entries kept for a program that understands them
    ProfileId m_active;
    std::optional<Profile> m_transient;
};

} // namespace novita
