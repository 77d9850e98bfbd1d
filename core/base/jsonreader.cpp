// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/jsonreader.h"

#include "core/base/redact.h"

#include <QJsonDocument>

#include <cmath>

namespace novita {

namespace {

QString typeName(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null: return QStringLiteral("null");
    case QJsonValue::Bool: return QStringLiteral("a boolean");
    case QJsonValue::Double: return QStringLiteral("a number");
    case QJsonValue::String: return QStringLiteral("text");
    case QJsonValue::Array: return QStringLiteral("an array");
    case QJsonValue::Object: return QStringLiteral("an object");
    case QJsonValue::Undefined: return QStringLiteral("nothing");
    }
    Q_UNREACHABLE();
}

bool isAbsent(const QJsonValue &value)
{
    return value.isUndefined() || value.isNull();
}

} // namespace

void DecodeLog::warn(const QString &path, const QString &what)
{
    constexpr qsizetype kMostWarnings = 50;
    if (warnings.size() < kMostWarnings)
        warnings.append(path + QStringLiteral(": ") + what);
}

void DecodeLog::fail(const QString &path, const QString &what)
{
    if (!fatal)
        fatal = Error::make(ErrorKind::Protocol, QStringLiteral("Unexpected answer at %1: %2").arg(path, what));
}

JsonReader::JsonReader(const QJsonObject &object, DecodeLog &log, QString path)
    : m_object(object)
    , m_log(&log)
    , m_path(std::move(path))
{}

QString JsonReader::at(QLatin1String key) const
{
    return m_path + QLatin1Char('.') + key;
}

bool JsonReader::contains(QLatin1String key) const
{
    return !isAbsent(m_object.value(key));
}

QString JsonReader::string(QLatin1String key, const QString &fallback) const
{
    const QJsonValue value = m_object.value(key);
    switch (value.type()) {
    case QJsonValue::String: return value.toString();
    case QJsonValue::Double: return value.toVariant().toString();
    case QJsonValue::Bool: return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    case QJsonValue::Null:
    case QJsonValue::Undefined: return fallback;
    case QJsonValue::Array:
    case QJsonValue::Object: break;
    }
    m_log->warn(at(key), QStringLiteral("expected text, found ") + typeName(value));
    return fallback;
}

QString JsonReader::requiredString(QLatin1String key) const
{
    const QJsonValue value = m_object.value(key);
    if (value.isString() || value.isDouble()) {
        const QString text = value.toVariant().toString();
        if (!text.isEmpty())
            return text;
    }
    m_log->fail(at(key), QStringLiteral("expected non-empty text, found ")
                             + (value.isString() ? QStringLiteral("empty text") : typeName(value)));
    return {};
}

std::optional<qint64> JsonReader::integerOf(const QJsonValue &value, QLatin1String key) const
{
    if (isAbsent(value))
        return std::nullopt;
    if (value.isDouble()) {
        const QVariant variant = value.toVariant();
        if (variant.typeId() == QMetaType::LongLong)
            return variant.toLongLong();
        const double number = value.toDouble();
        if (std::trunc(number) == number && std::abs(number) <= 9007199254740992.0)
            return static_cast<qint64>(number);
        m_log->warn(at(key), QStringLiteral("expected a whole number"));
        return std::nullopt;
    }
    if (value.isString()) {
        const QString text = value.toString().trimmed();
        if (text.isEmpty())
            return std::nullopt;
        bool ok = false;
        const qint64 number = text.toLongLong(&ok);
        if (ok)
            return number;
        const double real = text.toDouble(&ok); // "20000.0"
        if (ok && std::trunc(real) == real && std::abs(real) <= 9007199254740992.0)
            return static_cast<qint64>(real);
        m_log->warn(at(key), QStringLiteral("expected a whole number, found text"));
        return std::nullopt;
    }
    m_log->warn(at(key), QStringLiteral("expected a number, found ") + typeName(value));
    return std::nullopt;
}

std::optional<qint64> JsonReader::integer(QLatin1String key) const
{
    return integerOf(m_object.value(key), key);
}

std::optional<double> JsonReader::real(QLatin1String key) const
{
    const QJsonValue value = m_object.value(key);
    if (isAbsent(value))
        return std::nullopt;
    if (value.isDouble())
        return value.toDouble();
    if (value.isString()) {
        if (value.toString().trimmed().isEmpty())
            return std::nullopt;
        bool ok = false;
        const double number = value.toString().trimmed().toDouble(&ok);
        if (ok && std::isfinite(number))
            return number;
    }
    m_log->warn(at(key), QStringLiteral("expected a number, found ") + typeName(value));
    return std::nullopt;
}

std::optional<bool> JsonReader::boolean(QLatin1String key) const
{
    const QJsonValue value = m_object.value(key);
    if (isAbsent(value))
        return std::nullopt;
    if (value.isBool())
        return value.toBool();
    const QString text = value.toVariant().toString();
    if (text == QLatin1String("true") || text == QLatin1String("1"))
        return true;
    if (text == QLatin1String("false") || text == QLatin1String("0"))
        return false;
    m_log->warn(at(key), QStringLiteral("expected true or false, found ") + typeName(value));
    return std::nullopt;
}

std::optional<TimePoint> JsonReader::unixSeconds(QLatin1String key) const
{
    // Year 9999: whatever is later would overflow date formatting and is no real time of an instance.
    constexpr qint64 kLatest = 253402300799;
    const std::optional<qint64> seconds = integer(key);
    if (!seconds || *seconds <= 0)
        return std::nullopt;
    if (*seconds > kLatest) {
        m_log->warn(at(key), QStringLiteral("not a time in seconds"));
        return std::nullopt;
    }
    return TimePoint(Seconds(*seconds));
}

std::optional<Money> JsonReader::priceUnits(QLatin1String key) const
{
    if (const std::optional<qint64> units = integer(key))
        return Money::fromPriceUnits(*units);
    return std::nullopt;
}

std::optional<Money> JsonReader::billingUnits(QLatin1String key) const
{
    if (const std::optional<qint64> units = integer(key))
        return Money::fromBillingUnits(*units);
    return std::nullopt;
}

JsonReader JsonReader::object(QLatin1String key) const
{
    const QJsonValue value = m_object.value(key);
    if (!isAbsent(value) && !value.isObject())
        m_log->warn(at(key), QStringLiteral("expected an object, found ") + typeName(value));
    return JsonReader(value.toObject(), *m_log, at(key));
}

QJsonArray JsonReader::array(QLatin1String key) const
{
    const QJsonValue value = m_object.value(key);
    if (!isAbsent(value) && !value.isArray())
        m_log->warn(at(key), QStringLiteral("expected an array, found ") + typeName(value));
    return value.toArray();
}

QStringList JsonReader::strings(QLatin1String key) const
{
    QStringList out;
    const QJsonArray items = array(key);
    out.reserve(items.size());
    for (const QJsonValue item : items) {
        if (item.isString() || item.isDouble())
            out.append(item.toVariant().toString());
        else
            m_log->warn(at(key), QStringLiteral("expected an array of text"));
    }
    return out;
}

Result<QJsonValue> parseJson(const QByteArray &body)
{
    if (body.trimmed().isEmpty())
        return QJsonValue(QJsonValue::Undefined);
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(body, &problem);
    if (problem.error == QJsonParseError::NoError)
        return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    // Qt's parser takes arrays and objects only, but the contract has one bare string (networkstorage/create).
    QJsonParseError wrappedProblem;
    const QJsonDocument wrapped = QJsonDocument::fromJson("[" + body + "]", &wrappedProblem);
    if (wrappedProblem.error == QJsonParseError::NoError && wrapped.array().size() == 1)
        return wrapped.array().at(0);
    constexpr qsizetype kExcerpt = 300;
    constexpr qsizetype kParsedExcerpt = 16 * 1024;
    const QString excerpt = redactedExcerpt(QString::fromUtf8(body.left(kParsedExcerpt)), kExcerpt);
    if (problem.error == QJsonParseError::DeepNesting)
        return Error::protocol(ProtocolFault::TooDeep, QStringLiteral("The server's answer is nested too deeply"), excerpt);
    return Error::protocol(ProtocolFault::Unreadable,
                           QStringLiteral("The server's answer is not JSON (%1 at byte %2)").arg(problem.errorString()).arg(problem.offset),
                           excerpt);
}

} // namespace novita
