// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <QList>
#include <QString>

#include <functional>

namespace novita {

/// One step of the settings file's history: changes a document of version `from` into one of version `from + 1`.
struct SettingsMigration
{
    int from;
    std::function<void(QJsonObject &)> apply;
};

/// The steps this program knows, in order. The version that it writes is one more than the last step's `from`.
const QList<SettingsMigration> &settingsMigrations();

/// Brings `document` up to date step by step ("version" counts; missing = 0). A document of a later version than `steps`
/// reach is left as it is: what this program does not know stays in it. Returns the version reached.
int migrateSettings(QJsonObject &document, const QList<SettingsMigration> &steps);

/// settings.json on disk: a JSON object of at most 4 MiB, readable by its owner alone, replaced atomically.
/// Never holds a secret. Not thread-safe.
class SettingsFile
{
public:
    /// What was found. `problem` is a sentence when the file could not be used.
    struct Loaded
    {
        QJsonObject document;
        QString problem;
        bool writable = true; ///< false: the unusable file could not be moved out of the way and must not be overwritten
    };

    explicit SettingsFile(const QString &directory);

    /// Creates the directory when missing. A file that is too large or not a JSON object is renamed to
    /// settings.json.broken-<UTC time>, never deleted.
    Loaded load();
    /// Storage error with a sentence when the disk refuses; the old file is whole then.
    Result<Done> save(const QJsonObject &document) const;

    QString path() const { return m_path; }

private:
    QString m_directory;
    QString m_path;
};

} // namespace novita
