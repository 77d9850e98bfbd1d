// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/settings/settingkey.h"

#include <QObject>
#include <QProcessEnvironment>

#include <memory>

namespace novita {

/// Where the effective value of a setting came from.
enum class SettingOrigin { Default, Stored, Environment };

/// A problem met while reading: bad value in the file or the environment, with its range; the default is in use.
struct SettingProblem
{
    QString name;    ///< key name or variable
    QString message; ///< "REQUEST_TIMEOUT=abc is not a number between 5000 and 120000; using 30000"
};

/// Typed access to every setting, kept in one INI file under the data directory. Never holds a secret.
///
/// Values out of range are read as the default and named in `problems()`. Environment overrides win for this run and are
/// never written. Writes are atomic; a failed write is `writeFailed()`. Thread: UI thread.
class Settings final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Settings)

public:
    /// `directory` is created when missing. A file that cannot be parsed is kept aside as settings.ini.broken-<time>.
    Settings(const QString &directory, const QProcessEnvironment &environment, QObject *parent = nullptr);
    ~Settings() override;

    template<typename T>
    T value(const SettingKey<T> &key) const;
    template<typename T>
    SettingOrigin origin(const SettingKey<T> &key) const;
    /// Out-of-range values are refused with a Validation error that names the range; nothing is changed then.
    template<typename T>
    Result<Done> setValue(const SettingKey<T> &key, const T &value);
    /// Back to the default.
    template<typename T>
    void reset(const SettingKey<T> &key);

    /// Which profile the Profile-scoped keys belong to. Emits `changed()` for every Profile key whose value differs.
    void setActiveProfile(const QString &profileId);

    QList<SettingProblem> problems() const;
    QString filePath() const;

signals:
    void changed(const QString &keyName);
    void writeFailed(const QString &message);

private:
    friend class ProfileStore;
    class Private;
    std::unique_ptr<Private> d;
};

extern template bool Settings::value(const SettingKey<bool> &) const;
extern template int Settings::value(const SettingKey<int> &) const;
extern template QString Settings::value(const SettingKey<QString> &) const;
extern template QStringList Settings::value(const SettingKey<QStringList> &) const;

} // namespace novita
