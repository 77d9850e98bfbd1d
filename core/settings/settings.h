// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/settings/settingkey.h"

#include <QJsonObject>
#include <QObject>
#include <QProcessEnvironment>

#include <memory>

namespace novita {

/// Where the effective value of a setting came from.
enum class SettingOrigin { Default, Stored, Environment };

/// A problem met while reading: bad value in the file or the environment, with its range; the default is in use.
struct SettingProblem
{
    QString name;    ///< key name or variable; empty when it is about the whole file
    QString message; ///< "REQUEST_TIMEOUT=abc is not a number from 5000 to 120000 (ms); 30000 is used."
};

/// Typed access to every setting, kept in one JSON file, settings.json, in the data directory. Never holds a secret.
///
/// Values out of range are read as the default and named in `problems()`. Environment overrides win for this run and are
/// never written; an empty variable counts as unset. Changes of one turn of the event loop are written together, atomically,
/// a moment later (at once by `flush()` and by the destructor); a failed write is `writeFailed()` and is tried again with the
/// next change. What a later version of the program left in the file is kept. Thread: UI thread.
class Settings final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Settings)

public:
    /// `directory` is created when missing. A file that cannot be parsed is kept aside as settings.json.broken-<time>.
    Settings(const QString &directory, const QProcessEnvironment &environment, QObject *parent = nullptr);
    ~Settings() override;

    template<typename T>
    T value(const SettingKey<T> &key) const;
    template<typename T>
    SettingOrigin origin(const SettingKey<T> &key) const;
    /// Out-of-range values are refused with a Validation error that names the range; nothing is changed then.
    /// While the environment overrides the key, the value is kept for later runs and the effective one stays.
    template<typename T>
    Result<Done> setValue(const SettingKey<T> &key, const T &value);
    /// Back to the default.
    template<typename T>
    void reset(const SettingKey<T> &key);

    /// How long the Profile-scoped values of the active profile live.
    enum class Lifetime { Persistent, ThisRun };
    /// Which profile the Profile-scoped keys belong to. Emits `changed()` for every Profile key whose value differs.
    void setActiveProfile(const QString &profileId, Lifetime lifetime = Lifetime::Persistent);

    /// Everything wrong with the file and the environment right now.
    QList<SettingProblem> problems() const;
    /// Writes now what waits to be written.
    Result<Done> flush();
    QString filePath() const;

signals:
    /// The effective value of this key is another one now.
    void changed(const QString &keyName);
    void writeFailed(const QString &message);

private:
    friend class ProfileStore;
    /// The ProfileStore's part of the file; it alone knows the form.
    QJsonObject profilesDocument() const;
    void setProfilesDocument(const QJsonObject &document);
    void forgetProfile(const QString &profileId);

    class Private;
    std::unique_ptr<Private> d;
};

#define NOVITA_SETTINGS_FOR(T)                                                                                          \
    extern template T Settings::value(const SettingKey<T> &) const;                                                     \
    extern template SettingOrigin Settings::origin(const SettingKey<T> &) const;                                        \
    extern template Result<Done> Settings::setValue(const SettingKey<T> &, const T &);                                  \
    extern template void Settings::reset(const SettingKey<T> &);
NOVITA_SETTINGS_FOR(bool)
NOVITA_SETTINGS_FOR(int)
NOVITA_SETTINGS_FOR(QString)
NOVITA_SETTINGS_FOR(QStringList)
#undef NOVITA_SETTINGS_FOR

} // namespace novita
