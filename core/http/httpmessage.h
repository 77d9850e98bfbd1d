// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QHostAddress>
#include <QJsonValue>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace novita {

/// Header fields in the order of arrival. Names compare without regard to case.
class HttpHeaders
{
public:
    struct Field
    {
        QByteArray name;
        QByteArray value;
        bool operator==(const Field &) const = default;
    };

    void append(const QByteArray &name, const QByteArray &value) { m_fields.append({name, value}); }
    /// Replaces all fields of that name by one.
    void set(const QByteArray &name, const QByteArray &value);
    /// First value, or a null array.
    QByteArray value(QByteArrayView name) const;
    /// All values of that name as the one list that they are (RFC 9110, 5.3), in order, with ", " between them.
    QByteArray joined(QByteArrayView name) const;
    int count(QByteArrayView name) const;
    bool contains(QByteArrayView name) const { return count(name) > 0; }
    const QList<Field> &fields() const { return m_fields; }

private:
    QList<Field> m_fields;
};

/// A request that was received whole and found well-formed.
struct HttpRequest
{
    QByteArray method;              ///< upper case, one of the supported methods
    QByteArray target;              ///< as sent, origin or absolute form
    QString path;                   ///< percent-decoded path, begins with '/', free of control characters
    QByteArray query;               ///< after '?', as sent
    int minorVersion = 1;           ///< 0 or 1 of HTTP/1.x
    bool keepAlive = true;          ///< what the client asked for
    HttpHeaders headers;
    HttpHeaders trailers;           ///< of a chunked body; never merged into the header
    QByteArray body;                ///< exact bytes, chunks joined
    QHostAddress peer;
    QHash<QString, QString> pathParameters; ///< filled by the router: "{id}" in the pattern → decoded text

    /// Decoded values of one query item, in order ('+' reads as blank).
    QStringList queryValues(const QString &name) const;
    /// Is the body said to be of this type ("application/json")? Parameters such as a charset do not matter; no Content-Type, or
    /// more than one, is none.
    bool hasMediaType(QByteArrayView type) const;
    /// Decoded names and values of all query items, in order.
    QList<std::pair<QString, QString>> queryItems() const;
};

/// How an answer goes wrong on purpose; used by the simulated cloud.
struct ResponseFault
{
    enum class End {
        Normal,
        Close, ///< the connection is closed after what truncateAt lets through; without truncateAt nothing is sent
        Reset, ///< likewise, with a TCP reset
        Never, ///< nothing is sent; the connection stays open until the client gives up, or HttpLimits::withholdDeadline
    };
    std::chrono::milliseconds delay{0};        ///< before the first byte
    std::optional<qint64> truncateAt;          ///< send the header and so many bytes of the body, then end as `end` says (Normal: Close)
    std::chrono::milliseconds delayPerByte{0}; ///< dribble: one byte, then this pause
    End end = End::Normal;

    bool any() const { return delay.count() > 0 || truncateAt || delayPerByte.count() > 0 || end != End::Normal; }
};

/// An answer. Content-Length, Date, Connection and (where asked for) Content-Encoding are added by the server.
struct HttpResponse
{
    int status = 200;
    HttpHeaders headers;
    QByteArray body;
    bool close = false; ///< close the connection afterwards
    ResponseFault fault;

    static HttpResponse json(int status, const QJsonValue &value);
    static HttpResponse text(int status, const QByteArray &text, const QByteArray &contentType = "text/plain; charset=utf-8");
    static HttpResponse empty(int status);
    /// 429 that says when to come again; rounded up to whole seconds, at least one.
    static HttpResponse tooManyRequests(std::chrono::milliseconds retryAfter);
    /// 415 that says what would be taken.
    static HttpResponse unsupportedMediaType(const QByteArray &accepted);
};

/// "Not Found" for 404; "Unknown" for a number that has no name.
QByteArray httpReasonPhrase(int status);
/// "Sun, 06 Nov 1994 08:49:37 GMT", as the Date and Retry-After fields want it.
QByteArray httpDate(std::chrono::sys_seconds time);
/// JSON text of any value: an object or array, or a bare string, number, boolean or null.
QByteArray jsonText(const QJsonValue &value);

} // namespace novita
