// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/apierror.h"

#include "core/base/redact.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <optional>

namespace novita {

namespace {

constexpr qsizetype kMaxParsedBody = 64 * 1024;
constexpr qsizetype kMaxMessage = 500;
constexpr qsizetype kMaxDetail = 2000;

struct BodyTexts
{
    QString reason;
    QString message;
};

template<size_t N>
bool isOneOf(const QString &text, const std::array<QLatin1String, N> &values)
{
    return std::find(values.begin(), values.end(), text) != values.end();
}

bool isSymbol(const QString &text)
{
    static const QRegularExpression symbol(QStringLiteral("\\A[A-Za-z][A-Za-z0-9_.-]{1,79}\\z"));
    return symbol.match(text).hasMatch();
}

BodyTexts textsOf(const QJsonObject &body)
{
    const auto text = [](const QJsonObject &object, QLatin1String key) { return object.value(key).toString().trimmed(); };
    const QJsonObject nested = body.value(QLatin1String("error")).toObject();

    BodyTexts out;
    QString prose; // a "reason" that is a sentence still says something
    for (const QString &candidate : {text(body, QLatin1String("reason")), text(body, QLatin1String("code")),
                                     text(nested, QLatin1String("code"))}) {
        if (candidate.isEmpty())
            continue;
        if (isSymbol(candidate)) {
            out.reason = candidate;
            break;
        }
        if (prose.isEmpty())
            prose = candidate;
    }
    for (const QString &candidate : {text(body, QLatin1String("message")), text(nested, QLatin1String("message")),
                                     text(body, QLatin1String("error")), text(body, QLatin1String("title")), prose}) {
        if (!candidate.isEmpty()) {
            out.message = candidate;
            break;
        }
    }
    return out;
}

/// The kind that a symbolic reason stands for, whatever the status. Families first: the documented list keeps growing.
std::optional<ErrorKind> kindOfReason(const QString &symbol)
{
    const QString reason = symbol.toUpper();
    static constexpr std::array keyReasons{QLatin1String("UNAUTHORIZED"), QLatin1String("INVALID_API_KEY"), QLatin1String("MISSING_API_KEY"),
                                           QLatin1String("FAILED_TO_AUTH"), QLatin1String("INVALID_USER_TOKEN")};
    static constexpr std::array forbiddenReasons{QLatin1String("FORBIDDEN"), QLatin1String("BANNED_USER"),
                                                 QLatin1String("TEMPLATE_IS_PRIVATE")};
    static constexpr std::array rateReasons{QLatin1String("RATE_LIMIT_EXCEEDED"), QLatin1String("SEND_CODE_TOO_FAST")};
    static constexpr std::array conflictReasons{QLatin1String("CONFLICT"), QLatin1String("CLUSTER_STATUS"),
                                                QLatin1String("NODE_STATUS"), QLatin1String("DEPENDENT_RESOURCE_STATE"),
                                                QLatin1String("GPU_SPEC_USED"), QLatin1String("INVALID_STATE_CHANGE")};
    if (isOneOf(reason, rateReasons))
        return ErrorKind::RateLimited;
    if (isOneOf(reason, keyReasons))
        return ErrorKind::Unauthorized;
    if (isOneOf(reason, forbiddenReasons))
        return ErrorKind::Forbidden;
    if (reason.endsWith(QLatin1String("_NOT_FOUND")))
        return ErrorKind::NotFound;
    if (reason.contains(QLatin1String("INSUFFICIENT_RESOURCE")) || reason.contains(QLatin1String("BALANCE_NOT_ENOUGH"))
        || reason.contains(QLatin1String("NOT_ENOUGH_BALANCE")) || reason.endsWith(QLatin1String("_LIMIT"))
        || reason.contains(QLatin1String("QUOTA")))
        return ErrorKind::Quota;
    if (isOneOf(reason, conflictReasons) || reason.endsWith(QLatin1String("_IN_USE"))
        || reason.endsWith(QLatin1String("_IS_EXIST")) || reason.endsWith(QLatin1String("_ALREADY_EXISTS")))
        return ErrorKind::Conflict;
    return std::nullopt;
}

/// The reason when it travels inside the sentence, as has been seen: "create failed: INSUFFICIENT_RESOURCE".
QString reasonInside(const QString &message)
{
    static const QRegularExpression symbols(QStringLiteral("\\b[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+\\b"));
    QRegularExpressionMatchIterator it = symbols.globalMatch(message);
    while (it.hasNext()) {
        const QString symbol = it.next().captured();
        if (kindOfReason(symbol))
            return symbol;
    }
    return {};
}

/// A 403 with one of these is about the endpoint or the account, never about the key: the key was good enough to look it up.
bool isAboutTheAction(const QString &symbol)
{
    static constexpr std::array reasons{QLatin1String("ACCESS_DENY"), QLatin1String("API_NOT_ALLOWED"), QLatin1String("FEATURE_NOT_ALLOWED"), QLatin1String("NEED_REAL_NAME_VERIFY")};
    return isOneOf(symbol.toUpper(), reasons);
}

ErrorKind kindOf(int status, const BodyTexts &texts, const ErrorContext &context)
{
    if (status >= 500)
        return ErrorKind::Server;
    if (status < 400)
        return ErrorKind::Protocol;
    switch (status) {
    case 401: return ErrorKind::Unauthorized;
    case 408: return ErrorKind::Timeout;
    case 429: return ErrorKind::RateLimited;
    default: break;
    }
    if (const std::optional<ErrorKind> kind = kindOfReason(texts.reason)) {
        if (*kind != ErrorKind::Forbidden)
            return *kind;
        return context.keyProven || status != 403 ? ErrorKind::Forbidden : ErrorKind::Unauthorized;
    }
    switch (status) {
    case 402: return ErrorKind::Quota;
    case 403: return context.keyProven || isAboutTheAction(texts.reason) ? ErrorKind::Forbidden : ErrorKind::Unauthorized;
    case 404:
    case 410: return ErrorKind::NotFound;
    case 409: return ErrorKind::Conflict;
    default: break;
    }
    if (texts.message.contains(QLatin1String("invalid state change"), Qt::CaseInsensitive))
        return ErrorKind::Conflict;
    if (status == 400 && texts.message.contains(QLatin1String("not found"), Qt::CaseInsensitive))
        return ErrorKind::NotFound;
    return ErrorKind::Validation;
}

bool looksLikeHtml(const QByteArray &start)
{
    return start.startsWith('<') || start.contains("<html") || start.contains("<HTML");
}

QString htmlTitle(const QByteArray &body)
{
    static const QRegularExpression title(QStringLiteral("<title[^>]*>([^<]{1,200})"),
                                          QRegularExpression::CaseInsensitiveOption);
    return title.match(QString::fromUtf8(body)).captured(1).simplified();
}

} // namespace

Error errorFromReply(int status, const QByteArray &body, const ErrorContext &context)
{
    // Everything of use stands at the beginning; a hostile body is not worth more work.
    const QByteArray start = body.left(kMaxParsedBody).trimmed();
    BodyTexts texts;
    const QJsonDocument document = QJsonDocument::fromJson(start);
    if (document.isObject()) {
        texts = textsOf(document.object());
    } else if (!context.sensitiveReply && looksLikeHtml(start)) {
        const QString title = htmlTitle(start);
        texts.message = title.isEmpty() ? QStringLiteral("The server answered with a web page") : title;
    } else if (!context.sensitiveReply) {
        texts.message = QString::fromUtf8(start).simplified();
    }
    // A web page comes from a proxy or another server: what it speaks of is not this API's reason.
    if (texts.reason.isEmpty() && !looksLikeHtml(start))
        texts.reason = reasonInside(texts.message.left(kMaxMessage));

    const ErrorKind kind = kindOf(status, texts, context);
    QString message = redactedExcerpt(texts.message, kMaxMessage);
    if (status < 400)
        message = QStringLiteral("The server answered with a redirect (HTTP %1), which is not followed").arg(status);
    else if (message.isEmpty())
        message = texts.reason.isEmpty() ? QStringLiteral("The server answered HTTP %1").arg(status) : texts.reason;

    Error error = Error::make(kind, message, context.sensitiveReply ? QString() : redactedExcerpt(QString::fromUtf8(start), kMaxDetail));
    if (status < 400)
        error.fault = ProtocolFault::Redirect;
    error.httpStatus = status;
    error.apiReason = redact(texts.reason);
    return error;
}

} // namespace novita
