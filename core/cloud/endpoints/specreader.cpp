// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/specreader.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace novita {

QJsonValue SpecReader::value(const char *key)
{
    m_asked.insert(QLatin1String(key));
    return m_object.value(QLatin1String(key));
}

void SpecReader::fail(const char *key, const QString &what)
{
    if (m_problem.isEmpty())
        m_problem = at(key) + QStringLiteral(": ") + what;
}

QString SpecReader::text(const char *key, bool required, qsizetype most)
{
    const QJsonValue found = value(key);
    if (found.isUndefined() && !required)
        return {};
    const QString text = found.toString();
    const bool unseen = std::any_of(text.begin(), text.end(), [](QChar c) { return c.category() == QChar::Other_Control; });
    if (!found.isString() || (required && text.trimmed().isEmpty()))
        fail(key, QStringLiteral("expected text"));
    else if (text.size() > most || unseen)
        fail(key, QStringLiteral("expected one line of at most %1 characters").arg(most));
    else
        return text;
    return {};
}

QString SpecReader::name(const char *key, bool required)
{
    static const QRegularExpression pattern(QStringLiteral("\\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\\z"));
    const QString name = text(key, required);
    if (name.isEmpty() || pattern.match(name).hasMatch())
        return name;
    fail(key, QStringLiteral("expected a name of letters, digits, '.', '_' and '-'"));
    return {};
}

QString SpecReader::place(const char *key, bool required)
{
    static const QRegularExpression pattern(QStringLiteral("\\A[A-Za-z0-9_-]{1,64}(\\.[A-Za-z0-9_-]{1,64}){0,3}\\z"));
    const QString place = text(key, required);
    if (place.isEmpty() || pattern.match(place).hasMatch())
        return place;
    fail(key, QStringLiteral("expected names divided by dots"));
    return {};
}

std::optional<double> SpecReader::number(const char *key, double least, double most)
{
    const QJsonValue found = value(key);
    if (found.isUndefined())
        return std::nullopt;
    const double number = found.toDouble(NAN);
    if (number >= least && number <= most)
        return number;
    fail(key, found.isDouble() ? QStringLiteral("expected a number from %1 to %2").arg(least).arg(most) : QStringLiteral("expected a number"));
    return std::nullopt;
}

std::optional<qint64> SpecReader::integer(const char *key, qint64 least, qint64 most)
{
    const std::optional<double> found = number(key, static_cast<double>(least), static_cast<double>(most));
    if (!found)
        return std::nullopt;
    if (*found == std::floor(*found))
        return static_cast<qint64>(*found);
    fail(key, QStringLiteral("expected a whole number"));
    return std::nullopt;
}

bool SpecReader::flag(const char *key)
{
    return optionalFlag(key).value_or(false);
}

std::optional<bool> SpecReader::optionalFlag(const char *key)
{
    const QJsonValue found = value(key);
    if (found.isUndefined())
        return std::nullopt;
    if (!found.isBool())
        fail(key, QStringLiteral("expected true or false"));
    return found.toBool();
}

QDate SpecReader::date(const char *key)
{
    const QString text = this->text(key);
    const QDate date = QDate::fromString(text, QStringLiteral("yyyy-MM-dd"));
    if (!text.isEmpty() && !date.isValid())
        fail(key, QStringLiteral("expected a date such as 2026-07-22"));
    return date;
}

QStringList SpecReader::texts(const char *key, qsizetype most)
{
    QStringList texts;
    const QJsonArray items = array(key, most);
    for (const QJsonValue &item : items) {
        const QString text = item.toString();
        if (text.isEmpty() || text.size() > kMostChars || texts.contains(text)) {
            fail(key, QStringLiteral("expected a list of different texts"));
            return {};
        }
        texts.append(text);
    }
    return texts;
}

QJsonArray SpecReader::array(const char *key, qsizetype most, bool required)
{
    const QJsonValue found = value(key);
    if (found.isUndefined() && !required)
        return {};
    const QJsonArray array = found.toArray();
    if (!found.isArray() || (required && array.isEmpty()))
        fail(key, QStringLiteral("expected a list"));
    else if (array.size() > most)
        fail(key, QStringLiteral("expected at most %1 items").arg(most));
    else
        return array;
    return {};
}

QJsonObject SpecReader::object(const char *key, bool required)
{
    const QJsonValue found = value(key);
    if (!found.isObject() && (required || !found.isUndefined()))
        fail(key, QStringLiteral("expected an object"));
    return found.toObject();
}

QJsonValue SpecReader::any(const char *key)
{
    return value(key);
}

SpecReader SpecReader::item(const char *key, qsizetype index, const QJsonValue &item)
{
    const QString path = at(key) + QLatin1Char('[') + QString::number(index) + QLatin1Char(']');
    if (!item.isObject() && m_problem.isEmpty())
        m_problem = path + QStringLiteral(": expected an object");
    return {item.toObject(), path, m_problem};
}

qsizetype SpecReader::oneOf(const char *key, const QStringList &names, const QString &fallback)
{
    const QString found = has(key) || fallback.isEmpty() ? text(key, true) : fallback;
    const qsizetype index = names.indexOf(found);
    if (index < 0)
        fail(key, QStringLiteral("expected one of %1").arg(names.join(QStringLiteral(", "))));
    return index;
}

void SpecReader::refuseRest()
{
    const QStringList keys = m_object.keys();
    for (const QString &key : keys) {
        if (!m_asked.contains(key))
            fail(key.left(64).toUtf8().constData(), QStringLiteral("no such member here"));
    }
}

} // namespace novita
