// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/jsonreader.h"

#include <QJsonArray>
#include <QList>
#include <QString>
#include <QUrl>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <utility>

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

/// Entries without a key are skipped with a warning.
QList<EnvVar> decodeEnvs(const JsonReader &reader, QLatin1String key);
QJsonArray encodeEnvs(const QList<EnvVar> &envs);

/// A count or size: a whole number from 0 to 2^31-1. Anything else is a warning and nullopt, never a wrapped value.
std::optional<int> decodeCount(const JsonReader &reader, QLatin1String key);
/// A web address from outside, of at most 8192 characters: http or https with a host and without user and password. Empty for anything else.
QUrl webAddress(const QString &text);
/// The first of `keys` that holds text; empty when none does. For fields that servers name differently.
QString firstString(const JsonReader &reader, std::initializer_list<QLatin1String> keys);

/// The rows of a whole list, all pages of it.
template<typename T>
struct RowList : QList<T>
{
    using QList<T>::QList;
    RowList(QList<T> rows, bool isPartial = false) : QList<T>(std::move(rows)), partial(isPartial) {}

    bool partial = false; ///< some row could not be read: what is missing here may be there all the same
};

/// One page of a paged list.
template<typename T>
struct ListPage
{
    QList<T> rows;
    std::optional<qint64> total; ///< over all pages, when the answer says so
    bool partial = false;        ///< as RowList::partial
    qint64 bytes = 0;            ///< size of the answer that it came in
};

} // namespace novita
