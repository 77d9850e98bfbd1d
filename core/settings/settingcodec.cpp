// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/settingcodec.h"

#include "core/base/redact.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <limits>

namespace novita::settingcodec {

namespace {

constexpr qsizetype kMaxText = 256 * 1024;
constexpr qsizetype kMaxEntries = 1000;
constexpr qsizetype kMaxRegion = 64;

struct SettingsWords
{
    Q_DECLARE_TR_FUNCTIONS(Settings)
};

bool isRegion(const QString &text)
{
    return text.size() <= kMaxRegion && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-';
    });
}

/// Everything before an '@' that holds a ':' after the scheme counts: a password must not be missed because the rest of
/// the URL is broken.
bool hasPassword(const QString &text)
{
    const qsizetype at = text.lastIndexOf(u'@');
    if (at < 0)
        return false;
    const qsizetype scheme = text.indexOf(QLatin1String("://"));
    return text.mid(scheme < 0 ? 0 : scheme + 3, at).left(at).contains(u':');
}

std::optional<bool> boolFromText(const QString &text)
{
    const QString word = text.toLower();
    for (const char *yes : {"1", "true", "yes", "on"}) {
        if (word == QLatin1String(yes))
            return true;
    }
    for (const char *no : {"0", "false", "no", "off"}) {
        if (word == QLatin1String(no))
            return false;
    }
    return std::nullopt;
}

std::optional<int> intFromText(const SettingKey<int> &key, const QString &text)
{
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    if (!isNumber)
        return std::nullopt;
    if (key.environmentForm == EnvironmentForm::Plain)
        return number;
    constexpr int mostSeconds = 300;
    constexpr int leastMilliseconds = 1000;
    if (number >= 0 && number <= mostSeconds)
        return number * 1000;
    return number >= leastMilliseconds ? std::optional(number) : std::nullopt;
}

} // namespace

template<typename T>
bool accepts(const SettingKey<T> &key, const T &value)
{
    if constexpr (std::is_same_v<T, int>) {
        return (!key.least || value >= *key.least) && (!key.most || value <= *key.most);
    } else if constexpr (std::is_same_v<T, QString>) {
        if (value.size() > kMaxText || (key.textRule == TextRule::Region && !isRegion(value))
            || (key.textRule == TextRule::NoPassword && hasPassword(value)))
            return false;
        return key.choices.isEmpty() || key.choices.contains(value);
    } else if constexpr (std::is_same_v<T, QStringList>) {
        qsizetype total = 0;
        for (const QString &entry : value)
            total += entry.size();
        return value.size() <= kMaxEntries && total <= kMaxText;
    } else {
        return true;
    }
}

template<typename T>
std::optional<T> fromJson(const SettingKey<T> &key, const QJsonValue &json)
{
    std::optional<T> value;
    if constexpr (std::is_same_v<T, bool>) {
        if (json.isBool())
            value = json.toBool();
    } else if constexpr (std::is_same_v<T, int>) {
        const double number = json.toDouble(std::numeric_limits<double>::quiet_NaN());
        if (std::abs(number) <= std::numeric_limits<int>::max() && number == std::floor(number))
            value = static_cast<int>(number);
    } else if constexpr (std::is_same_v<T, QString>) {
        if (json.isString())
            value = json.toString();
    } else {
        const QJsonArray array = json.toArray();
        if (!json.isArray() || array.size() > kMaxEntries)
            return std::nullopt;
        QStringList entries;
        for (const QJsonValue &entry : array) {
            if (!entry.isString())
                return std::nullopt;
            entries.append(entry.toString());
        }
        value = entries;
    }
    return value && accepts(key, *value) ? value : std::nullopt;
}

template<typename T>
QJsonValue toJson(const T &value)
{
    if constexpr (std::is_same_v<T, QStringList>)
        return QJsonArray::fromStringList(value);
    else
        return QJsonValue(value);
}

template<typename T>
std::optional<T> fromEnvironment(const SettingKey<T> &key, const QString &text)
{
    const QString trimmed = text.trimmed();
    std::optional<T> value;
    if constexpr (std::is_same_v<T, bool>) {
        value = boolFromText(trimmed);
    } else if constexpr (std::is_same_v<T, int>) {
        value = intFromText(key, trimmed);
    } else if constexpr (std::is_same_v<T, QString>) {
        const QString lower = trimmed.toLower();
        value = key.choices.contains(lower) ? lower : trimmed;
    } else {
        QStringList entries;
        for (const QString &entry : trimmed.split(u',', Qt::SkipEmptyParts))
            entries.append(entry.trimmed());
        value = entries;
    }
    return value && accepts(key, *value) ? value : std::nullopt;
}

template<typename T>
QString allowed(const SettingKey<T> &key)
{
    if constexpr (std::is_same_v<T, bool>) {
        return SettingsWords::tr("true or false");
    } else if constexpr (std::is_same_v<T, int>) {
        const int least = key.least.value_or(std::numeric_limits<int>::min());
        const int most = key.most.value_or(std::numeric_limits<int>::max());
        QString range = SettingsWords::tr("a number from %1 to %2").arg(least).arg(most);
        if (!key.unit.isEmpty())
            range += QStringLiteral(" (%1)").arg(key.unit);
        return range;
    } else if constexpr (std::is_same_v<T, QString>) {
        if (key.textRule == TextRule::Region)
            return SettingsWords::tr("a region of up to 64 letters, digits and hyphens");
        if (key.textRule == TextRule::NoPassword)
            return SettingsWords::tr("a URL without a password (one with a password can come from the variables http_proxy and https_proxy)");
        if (!key.choices.isEmpty())
            return SettingsWords::tr("one of %1").arg(key.choices.join(QStringLiteral(", ")));
        return SettingsWords::tr("a text of at most 256 KiB");
    } else {
        return SettingsWords::tr("a list of at most 1000 texts");
    }
}

template<typename T>
QString shown(const T &value)
{
    QString text;
    if constexpr (std::is_same_v<T, bool>)
        text = value ? QStringLiteral("true") : QStringLiteral("false");
    else if constexpr (std::is_same_v<T, int>)
        text = QString::number(value);
    else if constexpr (std::is_same_v<T, QString>)
        text = value;
    else
        text = value.join(u',');
    text = redact(text.left(4096)).simplified();
    std::replace_if(text.begin(), text.end(), [](QChar c) { return !c.isPrint(); }, u'?');
    constexpr qsizetype most = 40;
    return text.size() <= most ? text : text.left(most - 1) + u'…';
}

#define NOVITA_CODEC_FOR(T)                                                                                             \
    template bool accepts(const SettingKey<T> &, const T &);                                                            \
    template std::optional<T> fromJson(const SettingKey<T> &, const QJsonValue &);                                      \
    template QJsonValue toJson(const T &);                                                                              \
    template std::optional<T> fromEnvironment(const SettingKey<T> &, const QString &);                                  \
    template QString allowed(const SettingKey<T> &);                                                                    \
    template QString shown(const T &);
NOVITA_CODEC_FOR(bool)
NOVITA_CODEC_FOR(int)
NOVITA_CODEC_FOR(QString)
NOVITA_CODEC_FOR(QStringList)
#undef NOVITA_CODEC_FOR

} // namespace novita::settingcodec
