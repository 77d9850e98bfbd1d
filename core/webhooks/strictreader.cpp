// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/strictreader.h"

#include "core/base/isotime.h"
#include "core/webhooks/webhookevent.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace novita {

namespace {

constexpr double kLongestSpanMs = 366.0 * 24 * 3600 * 1000;
constexpr double kLastPort = 65535;
constexpr int kMostCounted = 10000;

bool absent(const QJsonValue &value)
{
    return value.isUndefined() || value.isNull();
}

bool isId(const QString &text)
{
    constexpr qsizetype kLongest = 128;
    return text.size() <= kLongest && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'_' || c == u'-';
    });
}

} // namespace

StrictReader::StrictReader(QJsonObject object, QString path, std::optional<Error> &problem)
    : m_object(std::move(object)), m_path(std::move(path)), m_problem(problem)
{
}

bool StrictReader::has(const char *key) const
{
    return !absent(value(key));
}

QString StrictReader::text(const char *key, bool required) const
{
    const QJsonValue found = value(key);
    if (absent(found)) {
        if (required)
            fail(key, "is missing");
        return {};
    }
    const QString text = found.toString();
    if (!found.isString())
        fail(key, "is no text");
    else if (required && text.isEmpty())
        fail(key, "is empty");
    else if (text.toUtf8().size() > webhookevent::kMaxTextBytes)
        fail(key, "is too long");
    return text;
}

QString StrictReader::id(const char *key, bool required) const
{
    const QString id = text(key, required);
    if (!id.isEmpty() && !isId(id))
        fail(key, "is no id");
    return id;
}

std::optional<TimePoint> StrictReader::time(const char *key, bool required) const
{
    const QString text = this->text(key, required);
    if (text.isEmpty())
        return std::nullopt;
    const std::optional<TimePoint> time = timeFromIso(text);
    if (!time)
        fail(key, "is no time");
    return time;
}

std::optional<Milliseconds> StrictReader::span(const char *key) const
{
    const std::optional<double> ms = number(key, 0, kLongestSpanMs);
    return ms ? std::optional(Milliseconds(static_cast<qint64>(*ms))) : std::nullopt;
}

int StrictReader::port(const char *key) const
{
    return static_cast<int>(number(key, 0, kLastPort).value_or(0));
}

QJsonArray StrictReader::array(const char *key, int most) const
{
    const QJsonValue found = value(key);
    if (absent(found))
        return {};
    if (!found.isArray())
        fail(key, "is no list");
    else if (found.toArray().size() > most)
        fail(key, "has too many items");
    return found.toArray();
}

int StrictReader::count(const char *key) const
{
    return static_cast<int>(array(key, kMostCounted).size());
}

StrictReader StrictReader::object(const char *key) const
{
    const QJsonValue found = value(key);
    if (!absent(found) && !found.isObject())
        fail(key, "is no object");
    return {found.toObject(), at(key), m_problem};
}

StrictReader StrictReader::item(const char *key, qsizetype index, const QJsonValue &item) const
{
    const QString path = QStringLiteral("%1[%2]").arg(at(key)).arg(index);
    if (!item.isObject() && !m_problem)
        m_problem = Error::make(ErrorKind::Validation, path + QLatin1String(": is no object"));
    return {item.toObject(), path, m_problem};
}

std::optional<double> StrictReader::number(const char *key, double least, double most) const
{
    const QJsonValue found = value(key);
    if (absent(found))
        return std::nullopt;
    const double number = found.toDouble();
    if (!found.isDouble() || !std::isfinite(number) || number < least || number > most) {
        fail(key, "is no number, or out of range");
        return std::nullopt;
    }
    return number;
}

void StrictReader::fail(const char *key, const char *what) const
{
    if (!m_problem)
        m_problem = Error::make(ErrorKind::Validation, at(key) + QLatin1String(": ") + QLatin1String(what));
}

} // namespace novita
