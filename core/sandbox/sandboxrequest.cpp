// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxrequest.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace novita {

namespace {

/// Whole number from a number or decimal text.
std::optional<qint64> wholeNumber(const QJsonValue &value)
{
    if (value.isDouble()) {
        const double number = value.toDouble();
        if (std::trunc(number) == number && std::abs(number) < 9e15)
            return qint64(number);
        return {};
    }
    bool ok = false;
    const qint64 number = value.toString().toLongLong(&ok);
    return ok && value.isString() ? std::optional(number) : std::nullopt;
}

HttpResponse parameterError(ApiFamily family, const QString &message)
{
    const QString text = QStringLiteral("invalid parameter: ") + message;
    return family == ApiFamily::Gpu ? validatorError(text) : bodyError(text);
}

} // namespace

HttpResponse apiError(int status, const QString &reason, const QString &message)
{
    return HttpResponse::json(status, QJsonObject{{QStringLiteral("code"), status}, {QStringLiteral("reason"), reason},
                                                  {QStringLiteral("message"), message}, {QStringLiteral("metadata"), QJsonObject()}});
}

HttpResponse validatorError(const QString &message)
{
    return apiError(400, QStringLiteral("VALIDATOR_PARAM"), message);
}

HttpResponse bodyError(const QString &message)
{
    return apiError(400, QStringLiteral("INVALID_REQUEST_BODY"), message);
}

void DeferredAnswer::send(HttpResponse response) const
{
    for (const SandboxFault &fault : faults)
        faultAfter(fault, response);
    responder.send(std::move(response));
}

bool ApiOperation::takes(const QString &requestPath) const
{
    return path.endsWith('*') ? requestPath.startsWith(QLatin1String(path.chopped(1))) : requestPath == QLatin1String(path);
}

HttpResponse instanceNotFound()
{
    return apiError(404, QStringLiteral("RESOURCE_NOT_FOUND"), QStringLiteral("instance not found"));
}

HttpResponse invalidStateChange()
{
    return apiError(400, QStringLiteral("REQUEST"), QStringLiteral("invalid state change"));
}

HttpResponse emptyOk()
{
    return HttpResponse::json(200, QJsonObject());
}

BodyReader::BodyReader(ApiCall &call, const QJsonObject &object, QString path)
    : m_call(call)
    , m_object(object)
    , m_path(std::move(path))
{
}

QJsonValue BodyReader::take(const QString &key, bool required)
{
    m_known.append(key);
    const QJsonValue value = m_object.value(key);
    if (value.isNull() || value.isUndefined()) {
        if (value.isNull())
            m_call.violations.append(QStringLiteral("%1 is null").arg(name(key)));
        if (required)
            refuse(QStringLiteral("%1 is required").arg(name(key)));
        return QJsonValue(QJsonValue::Undefined);
    }
    return value;
}

void BodyReader::refuse(const QString &message)
{
    m_call.violations.append(message);
    if (!m_refusal)
        m_refusal = parameterError(m_call.family, message);
}

QString BodyReader::text(const QString &key, const Text &rule)
{
    const QJsonValue value = take(key, rule.required);
    if (value.isUndefined())
        return {};
    if (!value.isString()) {
        refuse(QStringLiteral("%1 must be a string").arg(name(key)));
        return {};
    }
    const QString text = value.toString();
    if (rule.required && text.isEmpty())
        refuse(QStringLiteral("%1 is required").arg(name(key)));
    else if (rule.max > 0 && text.size() > rule.max)
        refuse(QStringLiteral("%1 is longer than %2").arg(name(key)).arg(rule.max));
    else if (!text.isEmpty() && !rule.oneOf.isEmpty() && !rule.oneOf.contains(text))
        refuse(QStringLiteral("%1 must be one of %2").arg(name(key), rule.oneOf.join(QStringLiteral(", "))));
    return text;
}

qint64 BodyReader::integer(const QString &key, bool required, qint64 min, qint64 max, qint64 fallback)
{
    const QJsonValue value = take(key, required);
    if (value.isUndefined())
        return fallback;
    const std::optional<qint64> number = wholeNumber(value);
    if (!number) {
        refuse(QStringLiteral("%1 must be an integer").arg(name(key)));
        return fallback;
    }
    if (!value.isDouble())
        m_call.violations.append(QStringLiteral("%1 is a string instead of an integer").arg(name(key)));
    if (*number < min || *number > max)
        refuse(QStringLiteral("%1 must be within %2 and %3").arg(name(key)).arg(min).arg(max));
    return *number;
}

double BodyReader::number(const QString &key, bool required, double min, double max, double fallback)
{
    const QJsonValue value = take(key, required);
    if (value.isUndefined())
        return fallback;
    if (!value.isDouble()) {
        refuse(QStringLiteral("%1 must be a number").arg(name(key)));
        return fallback;
    }
    if (value.toDouble() < min || value.toDouble() > max)
        refuse(QStringLiteral("%1 must be within %2 and %3").arg(name(key)).arg(min).arg(max));
    return value.toDouble();
}

bool BodyReader::boolean(const QString &key, bool required)
{
    const QJsonValue value = take(key, required);
    if (!value.isUndefined() && !value.isBool())
        refuse(QStringLiteral("%1 must be a boolean").arg(name(key)));
    return value.toBool();
}

QJsonArray BodyReader::array(const QString &key, bool required, qsizetype maxItems)
{
    const QJsonValue value = take(key, required);
    if (!value.isUndefined() && !value.isArray())
        refuse(QStringLiteral("%1 must be an array").arg(name(key)));
    else if (maxItems > 0 && value.toArray().size() > maxItems)
        refuse(QStringLiteral("%1 has more than %2 items").arg(name(key)).arg(maxItems));
    return value.toArray();
}

QJsonObject BodyReader::object(const QString &key, bool required)
{
    const QJsonValue value = take(key, required);
    if (!value.isUndefined() && !value.isObject())
        refuse(QStringLiteral("%1 must be an object").arg(name(key)));
    return value.toObject();
}

void BodyReader::noteUnknown()
{
    for (auto it = m_object.begin(); it != m_object.end(); ++it) {
        if (!m_known.contains(it.key()))
            m_call.violations.append(QStringLiteral("unknown property %1").arg(name(it.key())));
    }
}

void QueryReader::refuse(const QString &message)
{
    m_call.violations.append(message);
    if (!m_refusal)
        m_refusal = parameterError(m_call.family, message);
}

QString QueryReader::text(const QString &key, const QStringList &oneOf, bool required)
{
    m_known.append(key);
    const auto found = std::find_if(m_items.cbegin(), m_items.cend(), [&](const auto &item) { return item.first == key; });
    const QString value = found == m_items.cend() ? QString() : found->second;
    if (required && value.isEmpty())
        refuse(QStringLiteral("%1 is required").arg(key));
    else if (!value.isEmpty() && !oneOf.isEmpty() && !oneOf.contains(value))
        refuse(QStringLiteral("%1 must be one of %2").arg(key, oneOf.join(QStringLiteral(", "))));
    return value;
}

QStringList QueryReader::texts(const QString &key)
{
    m_known.append(key);
    QStringList values;
    for (const auto &[name, value] : m_items) {
        if (name == key)
            values += value.split(u',', Qt::SkipEmptyParts);
    }
    return values;
}

std::optional<qint64> QueryReader::integer(const QString &key, qint64 min)
{
    const QString value = text(key);
    if (value.isEmpty())
        return {};
    bool ok = false;
    const qint64 number = value.toLongLong(&ok);
    if (!ok || number < min) {
        refuse(QStringLiteral("%1 must be an integer of %2 or more").arg(key).arg(min));
        return {};
    }
    return number;
}

bool QueryReader::boolean(const QString &key)
{
    static const QStringList yes{QStringLiteral("true"), QStringLiteral("True"), QStringLiteral("TRUE"), QStringLiteral("t"), QStringLiteral("T"), QStringLiteral("1")};
    static const QStringList no{QStringLiteral("false"), QStringLiteral("False"), QStringLiteral("FALSE"), QStringLiteral("f"), QStringLiteral("F"), QStringLiteral("0")};
    const QString value = text(key);
    if (!value.isEmpty() && !yes.contains(value) && !no.contains(value))
        refuse(QStringLiteral("%1 must be true or false").arg(key));
    else if (!value.isEmpty() && value != yes.first() && value != no.first())
        m_call.violations.append(QStringLiteral("%1 is %2 instead of true or false").arg(key, value));
    return yes.contains(value);
}

void QueryReader::noteUnknown()
{
    for (const auto &[name, value] : m_items) {
        if (!m_known.contains(name))
            m_call.violations.append(QStringLiteral("unknown query parameter %1").arg(name));
    }
}

PageWindow readPage(QueryReader &query, const QString &numberKey, qint64 base, qint64 defaultSize)
{
    PageWindow page;
    page.number = query.integer(numberKey).value_or(base);
    page.size = query.integer(QStringLiteral("pageSize")).value_or(defaultSize);
    if (page.size == 0)
        page.size = defaultSize;
    return page;
}

PageWindow windowOn(PageWindow page, qint64 base, qsizetype total)
{
    const qint64 index = std::max<qint64>(0, page.number - base);
    // Compared before multiplied: both numbers come from outside.
    page.begin = index > 0 && page.size > total / index ? total : qsizetype(index * page.size);
    page.begin = std::min(page.begin, total);
    page.end = page.begin + qsizetype(std::min<qint64>(page.size, total - page.begin));
    return page;
}

bool checkPort(BodyReader &reader, qint64 port, const QString &type)
{
    if (port < 1 || port > 65535)
        reader.refuse(QStringLiteral("port %1 is out of range").arg(port));
    else if (port >= 2222 && port <= 2224)
        reader.refuse(QStringLiteral("port %1 is reserved").arg(port));
    else if (type != QLatin1String("http") && type != QLatin1String("tcp"))
        reader.refuse(QStringLiteral("port protocol must be http or tcp"));
    else
        return true;
    return false;
}

QList<SandboxInstance::Port> parsePortSpec(BodyReader &reader, ApiCall &call, const QString &spec)
{
    QList<SandboxInstance::Port> ports;
    if (spec.trimmed().isEmpty())
        return ports;
    for (const QString &item : spec.split(u',')) {
        if (item != item.trimmed())
            call.violations.append(QStringLiteral("ports has blanks"));
        const QStringList parts = item.trimmed().split(u'/');
        bool ok = false;
        const int port = parts.first().toInt(&ok);
        if (parts.size() != 2 || !ok) {
            reader.refuse(QStringLiteral("ports must look like 8080/http,5432/tcp"));
            return {};
        }
        if (!checkPort(reader, port, parts.at(1)))
            return {};
        ports.append({port, parts.at(1)});
    }
    if (ports.size() > kMaxPorts)
        reader.refuse(QStringLiteral("more than %1 ports").arg(kMaxPorts));
    return ports;
}

QList<std::pair<QString, QString>> parseEnvs(BodyReader &reader, ApiCall &call, const QJsonArray &envs)
{
    QList<std::pair<QString, QString>> parsed;
    for (const QJsonValue &item : envs) {
        if (!item.isObject()) {
            reader.refuse(QStringLiteral("envs must hold objects"));
            return {};
        }
        BodyReader env(call, item.toObject(), QStringLiteral("envs[]."));
        const QString key = env.text(QStringLiteral("key"), {true, 511, {}});
        if (!env.has(QStringLiteral("value")))
            env.refuse(QStringLiteral("envs[].value is required"));
        parsed.append({key, env.text(QStringLiteral("value"), {false, 4095, {}})});
        env.noteUnknown();
        reader.absorb(env);
    }
    return parsed;
}

QJsonArray envsJson(const QList<std::pair<QString, QString>> &envs)
{
    QJsonArray array;
    for (const auto &[key, value] : envs)
        array.append(QJsonObject{{QStringLiteral("key"), key}, {QStringLiteral("value"), value}});
    return array;
}

} // namespace novita
