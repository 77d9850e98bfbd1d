// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QVariant>

#include <optional>
#include <type_traits>

/// How our types stand in SQLite columns. What a column holds is as little trusted as any file.
namespace novita {

/// Milliseconds since 1970, UTC.
inline QVariant timeToSql(TimePoint at)
{
    return QVariant::fromValue<qint64>(at.time_since_epoch().count());
}
inline TimePoint timeFromSql(const QVariant &value)
{
    return TimePoint(Milliseconds(value.toLongLong()));
}
inline QVariant timeToSql(const std::optional<TimePoint> &at)
{
    return at ? timeToSql(*at) : QVariant(QMetaType::fromType<qint64>());
}
inline std::optional<TimePoint> optionalTimeFromSql(const QVariant &value)
{
    return value.isNull() ? std::nullopt : std::optional<TimePoint>(timeFromSql(value));
}

/// A null QString would become NULL, which the columns forbid.
inline QVariant text(const QString &value)
{
    return value.isNull() ? QVariant(QStringLiteral("")) : QVariant(value);
}

/// `last` is the highest enumerator; a number outside gives `fallback`.
template<typename Enum>
Enum enumFromSql(const QVariant &value, Enum last, Enum fallback)
{
    const int number = value.toInt();
    return number >= 0 && number <= static_cast<int>(last) ? static_cast<Enum>(number) : fallback;
}

inline QVariant jsonToSql(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}
/// An empty object for anything else.
inline QJsonObject jsonFromSql(const QVariant &value)
{
    return QJsonDocument::fromJson(value.toString().toUtf8()).object();
}

inline Result<Done> done(const std::optional<Error> &error)
{
    return error ? Result<Done>(*error) : Result<Done>(Done{});
}

} // namespace novita
