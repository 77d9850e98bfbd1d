// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/jsonreader.h"

#include <QJsonArray>
#include <QList>
#include <QString>

#include <cstdint>

namespace novita {

/// `billingMode` of instances, `billingMethod(s)` of products. Unknown keeps the text next to it.
enum class BillingMode : std::uint8_t { OnDemand, Spot, Monthly, Unknown };

QString billingModeToWire(BillingMode mode);           ///< "onDemand", "spot", "monthly"; Unknown gives ""
BillingMode billingModeFromWire(QStringView wire);

struct EnvVar
{
    QString key;   ///< 1-511 characters
    QString value; ///< 0-4095 characters; may be secret
    bool operator==(const EnvVar &) const = default;
};

QList<EnvVar> decodeEnvs(const JsonReader &reader, QLatin1String key);
QJsonArray encodeEnvs(const QList<EnvVar> &envs);

/// One page of a paged list.
template<typename T>
struct Page
{
    QList<T> rows;
    std::optional<qint64> total; ///< over all pages, when the answer says so
};

} // namespace novita
