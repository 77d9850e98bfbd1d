// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/settings/settings.h"

#include <QFile>
#include <QTemporaryDir>

namespace novita {

/// A settings directory that lives as long as the test, without the caller's environment.
class TempSettings
{
public:
    explicit TempSettings(const QProcessEnvironment &environment = {}) : m_environment(environment) { reopen(); }

    Settings &get() { return *m_settings; }
    Settings &operator*() { return *m_settings; }
    Settings *operator->() { return m_settings.get(); }
    QString directory() const { return m_dir.path(); }
    QString filePath() const { return m_dir.filePath(QStringLiteral("settings.json")); }

    /// As after a restart: writes, closes and reads again.
    Settings &reopen()
    {
        m_settings.reset();
        m_settings = std::make_unique<Settings>(m_dir.path(), m_environment);
        return *m_settings;
    }
    /// Replaces the file, as if another hand had written it, and reads it.
    Settings &reopenWith(const QByteArray &content)
    {
        m_settings.reset();
        QFile file(filePath());
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("The temporary directory is not writable");
        file.close();
        return reopen();
    }

private:
    QTemporaryDir m_dir;
    QProcessEnvironment m_environment;
    std::unique_ptr<Settings> m_settings;
};

} // namespace novita
