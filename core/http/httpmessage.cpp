// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/httpmessage.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QStringList>
#include <QTimeZone>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

bool sameName(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && qstrnicmp(a.data(), a.size(), b.data(), b.size()) == 0;
}

QString decodeQueryPart(QByteArray part)
{
    part.replace('+', ' ');
    return QString::fromUtf8(QByteArray::fromPercentEncoding(part));
}

} // namespace

void HttpHeaders::set(const QByteArray &name, const QByteArray &value)
{
    m_fields.removeIf([&](const Field &field) { return sameName(field.name, name); });
    append(name, value);
}

QByteArray HttpHeaders::value(QByteArrayView name) const
{
    for (const Field &field : m_fields) {
        if (sameName(field.name, name))
            return field.value;
    }
    return {};
}

QByteArray HttpHeaders::joined(QByteArrayView name) const
{
    QByteArray list;
    for (const Field &field : m_fields) {
        if (!sameName(field.name, name))
            continue;
        if (!list.isEmpty())
            list += ", ";
        list += field.value;
    }
    return list;
}

int HttpHeaders::count(QByteArrayView name) const
{
    int found = 0;
    for (const Field &field : m_fields) {
        if (sameName(field.name, name))
            ++found;
    }
    return found;
}

QList<std::pair<QString, QString>> HttpRequest::queryItems() const
{
    QList<std::pair<QString, QString>> items;
    for (const QByteArray &item : query.split('&')) {
        if (item.isEmpty())
            continue;
        const qsizetype equals = item.indexOf('=');
        if (equals < 0)
            items.append({decodeQueryPart(item), QString()});
        else
            items.append({decodeQueryPart(item.left(equals)), decodeQueryPart(item.mid(equals + 1))});
    }
    return items;
}

QStringList HttpRequest::queryValues(const QString &name) const
{
    QStringList values;
    for (const auto &[itemName, itemValue] : queryItems()) {
        if (itemName == name)
            values.append(itemValue);
    }
    return values;
}

bool HttpRequest::hasMediaType(QByteArrayView type) const
{
    if (headers.count("Content-Type") != 1)
        return false;
    const QByteArray value = headers.value("Content-Type");
    return sameName(QByteArrayView(value).first(value.indexOf(';') < 0 ? value.size() : value.indexOf(';')).trimmed(), type);
}

HttpResponse HttpResponse::json(int status, const QJsonValue &value)
{
    return text(status, jsonText(value), "application/json");
}

HttpResponse HttpResponse::text(int status, const QByteArray &text, const QByteArray &contentType)
{
    HttpResponse response;
    response.status = status;
    response.headers.append("Content-Type", contentType);
    response.body = text;
    return response;
}

HttpResponse HttpResponse::empty(int status)
{
    HttpResponse response;
    response.status = status;
    return response;
}

HttpResponse HttpResponse::tooManyRequests(std::chrono::milliseconds retryAfter)
{
    using std::chrono::seconds;
    HttpResponse response = text(429, "too many requests\n");
    response.headers.append("Retry-After", QByteArray::number(qint64(std::max(seconds(1), std::chrono::ceil<seconds>(retryAfter)).count())));
    return response;
}

HttpResponse HttpResponse::unsupportedMediaType(const QByteArray &accepted)
{
    HttpResponse response = text(415, "the body must be " + accepted + '\n');
    response.headers.append("Accept", accepted);
    return response;
}

QByteArray httpReasonPhrase(int status)
{
    static const QHash<int, QByteArray> names{
        {100, "Continue"}, {200, "OK"}, {201, "Created"}, {202, "Accepted"}, {204, "No Content"}, {206, "Partial Content"},
        {301, "Moved Permanently"}, {302, "Found"}, {303, "See Other"}, {304, "Not Modified"}, {307, "Temporary Redirect"},
        {308, "Permanent Redirect"}, {400, "Bad Request"}, {401, "Unauthorized"}, {402, "Payment Required"},
        {403, "Forbidden"}, {404, "Not Found"}, {405, "Method Not Allowed"}, {406, "Not Acceptable"},
        {408, "Request Timeout"}, {409, "Conflict"}, {410, "Gone"}, {411, "Length Required"}, {413, "Content Too Large"},
        {414, "URI Too Long"}, {415, "Unsupported Media Type"}, {417, "Expectation Failed"}, {422, "Unprocessable Content"},
        {429, "Too Many Requests"}, {431, "Request Header Fields Too Large"}, {500, "Internal Server Error"},
        {501, "Not Implemented"}, {502, "Bad Gateway"}, {503, "Service Unavailable"}, {504, "Gateway Timeout"},
        {505, "HTTP Version Not Supported"}};
    return names.value(status, QByteArrayLiteral("Unknown"));
}

QByteArray httpDate(std::chrono::sys_seconds time)
{
    const QDateTime utc = QDateTime::fromSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC);
    return QLocale::c().toString(utc, QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'")).toLatin1();
}

QByteArray jsonText(const QJsonValue &value)
{
    if (value.isObject())
        return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
    // QJsonDocument holds no bare values: write them as the only item of an array and take the brackets away.
    const QJsonArray array = value.isArray() ? value.toArray() : QJsonArray{value};
    const QByteArray text = QJsonDocument(array).toJson(QJsonDocument::Compact);
    return value.isArray() ? text : text.mid(1, text.size() - 2);
}

} // namespace novita
