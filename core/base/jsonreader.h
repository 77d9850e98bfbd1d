// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/money.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

#include <optional>

namespace novita {

/// What was met on the way through one document: the first fatal problem and the harmless ones.
struct DecodeLog
{
    std::optional<Error> fatal; ///< a required field is missing or of an impossible type; message carries the JSON path
    QStringList warnings;       ///< optional fields that were skipped, "$.instances[3].gpuNum: expected a number, found an object"

    void warn(const QString &path, const QString &what); ///< keeps the first 50
    void fail(const QString &path, const QString &what); ///< keeps the first
};

/// Typed, tolerant access to one JSON object, with the path of what it reads ("$.instances[3].gpuNum").
///
/// Tolerance as the live API needs it (gpu-notes section 5): numbers may be strings, strings may be numbers, arrays and
/// objects may be null, absent fields are empty optionals and never zeros. A present value of an impossible type is a
/// warning for an optional field and fatal for a required one. Borrows the log: it must outlive the reader.
class JsonReader
{
public:
    JsonReader(const QJsonObject &object, DecodeLog &log, QString path = QStringLiteral("$"));

    const QString &path() const { return m_path; }
    bool contains(QLatin1String key) const;

    /// Text; a number or boolean is turned into text; absent or null gives `fallback`.
    QString string(QLatin1String key, const QString &fallback = {}) const;
    /// As `string()`, but absent, null or empty is fatal.
    QString requiredString(QLatin1String key) const;
    /// Whole number from number or decimal string. Empty string, null and absent give nullopt without a warning.
    std::optional<qint64> integer(QLatin1String key) const;
    std::optional<double> real(QLatin1String key) const; ///< finite only
    std::optional<bool> boolean(QLatin1String key) const; ///< true/false, "true"/"false", 0/1
    /// Unix seconds as number or string. "", "0", "-1", null and absent mean unset: nullopt.
    std::optional<TimePoint> unixSeconds(QLatin1String key) const;
    std::optional<Money> priceUnits(QLatin1String key) const;   ///< 1/100000 USD
    std::optional<Money> billingUnits(QLatin1String key) const; ///< 1/10000 USD

    /// The nested object; an empty one when absent or null. Borrows nothing but the log.
    JsonReader object(QLatin1String key) const;
    /// The array; empty when absent or null.
    QJsonArray array(QLatin1String key) const;
    QStringList strings(QLatin1String key) const;

    /// Calls `f(JsonReader)` for each object in the array; other items are warnings.
    template<typename F>
    void forEach(QLatin1String key, F f) const
    {
        const QJsonArray items = array(key);
        for (qsizetype i = 0; i < items.size(); ++i) {
            const QString itemPath = at(key) + QLatin1Char('[') + QString::number(i) + QLatin1Char(']');
            if (items.at(i).isObject())
                f(JsonReader(items.at(i).toObject(), *m_log, itemPath));
            else
                m_log->warn(itemPath, QStringLiteral("expected an object"));
        }
    }

    DecodeLog &log() const { return *m_log; }
    const QJsonObject &json() const { return m_object; }

private:
    QString at(QLatin1String key) const;
    std::optional<qint64> integerOf(const QJsonValue &value, QLatin1String key) const;

    QJsonObject m_object;
    DecodeLog *m_log;
    QString m_path;
};

/// Parses `body` as JSON. An empty body gives an undefined value (a 2xx without a body is a success); anything else that
/// is not JSON is ErrorKind::Protocol with the offset and a redacted excerpt in `detail`.
Result<QJsonValue> parseJson(const QByteArray &body);

} // namespace novita
