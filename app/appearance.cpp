// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/appearance.h"

#include "app/logsink.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "ui/theme.h"

#include <QCoreApplication>
#include <QLocale>

#include <utility>

namespace novita {

Appearance::Appearance(Theme &theme, const Settings &settings, LogSink &sink, QString logLevel, QObject *parent)
    : QObject(parent)
    , m_theme(theme)
    , m_settings(settings)
    , m_sink(sink)
    , m_logLevel(std::move(logLevel))
{
    applyLogging();
    applyLanguage();
    applyColors();
    connect(&m_settings, &Settings::changed, this, [this](const QString &key) {
        if (key == keys::kLogLevel.name || key == keys::kLogFormat.name)
            applyLogging();
        else if (key == keys::kColorScheme.name || key == keys::kTextSizePercent.name)
            applyColors();
        else if (key == keys::kLanguage.name)
            applyLanguage();
    });
}

Appearance::~Appearance()
{
    QCoreApplication::removeTranslator(&m_translator);
}

void Appearance::applyColors()
{
    const QString name = m_settings.value(keys::kColorScheme);
    const ColorScheme scheme = name == QLatin1String("light") ? ColorScheme::Light
                             : name == QLatin1String("dark")  ? ColorScheme::Dark
                                                              : ColorScheme::System;
    m_theme.apply(scheme, m_settings.value(keys::kTextSizePercent));
}

void Appearance::applyLanguage()
{
    const QString name = m_settings.value(keys::kLanguage);
    const QLocale locale = name == QLatin1String("system") ? QLocale::system() : QLocale(name);
    QCoreApplication::removeTranslator(&m_translator);
    // English needs its file, too: plural forms live there. It is what every other language falls back to.
    const QString folder = QStringLiteral(":/i18n");
    if (m_translator.load(locale, QStringLiteral("app"), QStringLiteral("_"), folder)
        || m_translator.load(QStringLiteral("app_en"), folder))
        QCoreApplication::installTranslator(&m_translator);
    QLocale::setDefault(locale);
}

void Appearance::applyLogging()
{
    const QString level = m_logLevel.isEmpty() ? m_settings.value(keys::kLogLevel) : m_logLevel;
    m_sink.setLevel(logLevelFromName(level));
    m_sink.setFormat(m_settings.value(keys::kLogFormat) == QLatin1String("text") ? LogFormat::Text : LogFormat::Json);
}

} // namespace novita
