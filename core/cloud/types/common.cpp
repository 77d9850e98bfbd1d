// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/common.h"

#include <limits>

namespace novita {

QString billingModeToWire(BillingMode mode)
{
    switch (mode) {
    case BillingMode::OnDemand: return QStringLiteral("onDemand");
    case BillingMode::Spot: return QStringLiteral("spot");
    case BillingMode::Monthly: return QStringLiteral("monthly");
    case BillingMode::Unknown: break;
    }
    return {};
}

BillingMode billingModeFromWire(QStringView wire)
{
    if (wire == QLatin1String("onDemand"))
        return BillingMode::OnDemand;
    if (wire == QLatin1String("spot"))
        return BillingMode::Spot;
    if (wire == QLatin1String("monthly"))
        return BillingMode::Monthly;
    return BillingMode::Unknown;
}

QList<EnvVar> decodeEnvs(const JsonReader &reader, QLatin1String key)
{
    QList<EnvVar> envs;
    reader.forEach(key, [&envs](const JsonReader &item) {
        EnvVar env{item.string(QLatin1String("key")), item.string(QLatin1String("value"))};
        if (env.key.isEmpty())
            item.log().warn(item.path(), QStringLiteral("an environment variable without a key"));
        else
            envs.append(std::move(env));
    });
    return envs;
}

QJsonArray encodeEnvs(const QList<EnvVar> &envs)
{
    QJsonArray out;
    for (const EnvVar &env : envs)
        out.append(QJsonObject{{QStringLiteral("key"), env.key}, {QStringLiteral("value"), env.value}});
    return out;
}

std::optional<int> decodeCount(const JsonReader &reader, QLatin1String key)
{
    const std::optional<qint64> number = reader.integer(key);
    if (!number)
        return std::nullopt;
    if (*number < 0 || *number > std::numeric_limits<int>::max()) {
        reader.log().warn(reader.path() + QLatin1Char('.') + key, QStringLiteral("a count out of range"));
        return std::nullopt;
    }
    return static_cast<int>(*number);
}

QUrl webAddress(const QString &text)
{
    constexpr qsizetype kMostChars = 8192;
    if (text.size() > kMostChars)
        return {};
    QUrl url(text.trimmed(), QUrl::StrictMode);
    const bool web = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    return url.isValid() && web && !url.host().isEmpty() && url.userInfo().isEmpty() ? url : QUrl();
}

QString firstString(const JsonReader &reader, std::initializer_list<QLatin1String> keys)
{
    for (const QLatin1String key : keys) {
        if (const QString text = reader.string(key); !text.isEmpty())
            return text;
    }
    return {};
}

} // namespace novita
