// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QTranslator>

namespace novita {

class LogSink;
class Settings;
class Theme;

/// How the program looks and speaks: colours, text size, language, log. Applies the settings at once and again whenever one
/// of them changes.
class Appearance final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Appearance)

public:
    /// `logLevel` is that of the command line; empty leaves it to the setting.
    Appearance(Theme &theme, const Settings &settings, LogSink &sink, QString logLevel, QObject *parent = nullptr);
    ~Appearance() override;

private:
    void applyColors();
    void applyLanguage();
    void applyLogging();

    Theme &m_theme;
    const Settings &m_settings;
    LogSink &m_sink;
    const QString m_logLevel;
    QTranslator m_translator;
};

} // namespace novita
