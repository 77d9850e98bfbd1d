// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/settingsfile.h"

#include "core/base/plainfile.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

namespace novita {

namespace {

constexpr qint64 kMaxFileBytes = 4 * 1024 * 1024;
const QLatin1String kVersion("version");

struct SettingsFileWords
{
    Q_DECLARE_TR_FUNCTIONS(SettingsFile)
};

QString asideName(const QString &path)
{
    const QString stamp = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmsszzz"));
    return path + QStringLiteral(".broken-") + stamp;
}

} // namespace

const QList<SettingsMigration> &settingsMigrations()
{
    static const QList<SettingsMigration> steps{
        // A file without a version was written by hand: the sections are what counts, anything else at the top is noise.
        {0,
         [](QJsonObject &document) {
             const QStringList known{QStringLiteral("machine"), QStringLiteral("user"), QStringLiteral("profile"),
                                     QStringLiteral("profiles")};
             for (const QString &name : document.keys()) {
                 if (!known.contains(name) || !document.value(name).isObject())
                     document.remove(name);
             }
         }},
    };
    return steps;
}

int migrateSettings(QJsonObject &document, const QList<SettingsMigration> &steps)
{
    int version = document.value(kVersion).toInt(0);
    for (const SettingsMigration &step : steps) {
        if (step.from != version)
            continue;
        step.apply(document);
        version = step.from + 1;
        document.insert(kVersion, version);
    }
    return version;
}

SettingsFile::SettingsFile(const QString &directory)
    : m_directory(directory)
    , m_path(QDir(directory).filePath(QStringLiteral("settings.json")))
{
}

SettingsFile::Loaded SettingsFile::load()
{
    Loaded loaded;
    if (!QFileInfo(m_directory).isDir()) {
        if (!QDir().mkpath(m_directory)) {
            loaded.problem = SettingsFileWords::tr("The folder %1 cannot be created; changes last for this run only.").arg(m_directory);
            loaded.writable = false;
            return loaded;
        }
        QFile::setPermissions(m_directory, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    if (!QFileInfo::exists(m_path))
        return loaded;

    const Result<QByteArray> bytes = plainfile::startOf(m_path, kMaxFileBytes + 1);
    if (!bytes) {
        loaded.problem = SettingsFileWords::tr("The settings in %1 cannot be read; changes last for this run only.").arg(m_path);
        loaded.writable = false;
        return loaded;
    }
    const QJsonDocument json = bytes->size() <= kMaxFileBytes ? QJsonDocument::fromJson(*bytes) : QJsonDocument();
    if (json.isObject()) {
        loaded.document = json.object();
        return loaded;
    }
    const QString aside = asideName(m_path);
    loaded.writable = QFile::rename(m_path, aside);
    loaded.problem = loaded.writable
        ? SettingsFileWords::tr("The settings file was damaged; the defaults are in use. The old file is kept as %1.").arg(aside)
        : SettingsFileWords::tr("The settings file %1 is damaged and cannot be moved; changes last for this run only.").arg(m_path);
    return loaded;
}

Result<Done> SettingsFile::save(const QJsonObject &document) const
{
    const QByteArray bytes = QJsonDocument(document).toJson();
    const Result<Done> written = plainfile::write(m_path, bytes, plainfile::Readers::OwnerAlone);
    if (written)
        return written;
    return Error::make(ErrorKind::Storage, SettingsFileWords::tr("The settings could not be saved to %1; they last for this run only.").arg(m_path),
                       written.error().message);
}

} // namespace novita
