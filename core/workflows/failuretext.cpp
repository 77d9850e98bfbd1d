// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/failuretext.h"

#include <QCoreApplication>

#include <array>

namespace novita {

namespace {

struct FailureText
{
    Q_DECLARE_TR_FUNCTIONS(FailureText)
};

struct ReasonText
{
    QLatin1String reason;
    const char *text;
};

// Reasons of gpu-notes section 3 that deserve better words than the server's.
constexpr std::array<ReasonText, 11> kReasons{{
    {QLatin1String("INSUFFICIENT_RESOURCE"), QT_TRANSLATE_NOOP("FailureText", "There is no free GPU of this kind at the moment.")},
    {QLatin1String("MIGRATE_INSUFFICIENT_RESOURCE"), QT_TRANSLATE_NOOP("FailureText", "There is no other host with a free GPU of this kind at the moment.")},
    {QLatin1String("BALANCE_NOT_ENOUGH"), QT_TRANSLATE_NOOP("FailureText", "The account's balance is too low.")},
    {QLatin1String("EXPIRED_OR_BALANCE_NOT_ENOUGH"), QT_TRANSLATE_NOOP("FailureText", "The subscription has expired or the account's balance is too low.")},
    {QLatin1String("CREATE_INSTANCE_LIMIT"), QT_TRANSLATE_NOOP("FailureText", "The account has reached its limit of instances.")},
    {QLatin1String("OPERATION_LIMIT"), QT_TRANSLATE_NOOP("FailureText", "The account has reached a limit of the cloud.")},
    {QLatin1String("UNSUPPORTED_BILLING_MODE"), QT_TRANSLATE_NOOP("FailureText", "This product is not offered in the chosen billing mode.")},
    {QLatin1String("PREPAID_INSTANCE_NOT_SUPPORT_RELEASE"), QT_TRANSLATE_NOOP("FailureText", "Monthly instances cannot be deleted before they expire.")},
    {QLatin1String("NETWORK_STORAGE_TOO_LARGE"), QT_TRANSLATE_NOOP("FailureText", "The cloud does not offer network volumes of that size.")},
    {QLatin1String("CUR_CLUSTER_NETWORK_STORAGE_NOT_SUPPORT"), QT_TRANSLATE_NOOP("FailureText", "This region has no network volumes.")},
    {QLatin1String("NETWORK_MAX_LIMIT"), QT_TRANSLATE_NOOP("FailureText", "The account has reached its limit of networks.")},
}};

QString protocolWords(ProtocolFault fault)
{
    switch (fault) {
    case ProtocolFault::TooLarge: return FailureText::tr("The cloud's answer was larger than this program reads.");
    case ProtocolFault::TooDeep: return FailureText::tr("The cloud's answer was nested too deeply to be read.");
    case ProtocolFault::Redirect: return FailureText::tr("The server wanted to send the request on to another address, which is not followed.");
    case ProtocolFault::Unreadable: break;
    }
    return FailureText::tr("The cloud's answer could not be understood.");
}

QString ownWords(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Network: return FailureText::tr("The connection to the cloud failed.");
    case ErrorKind::Timeout: return FailureText::tr("The cloud did not answer in time.");
    case ErrorKind::Tls: return FailureText::tr("The connection is not secure: the server's certificate was refused.");
    case ErrorKind::Unauthorized: return FailureText::tr("The API key was rejected.");
    case ErrorKind::NotFound: return FailureText::tr("The cloud does not know it (any more).");
    case ErrorKind::RateLimited: return FailureText::tr("The cloud asks for fewer requests; try again a little later.");
    case ErrorKind::Server: return FailureText::tr("The cloud had an internal failure.");
    case ErrorKind::Protocol: return protocolWords(error.fault);
    case ErrorKind::BreakerOpen: return FailureText::tr("The cloud did not answer several times in a row; requests pause for a moment.");
    case ErrorKind::QueueFull: return FailureText::tr("Too many requests are waiting already.");
    default: return {};
    }
}

} // namespace

QString failureText(const Error &error)
{
    for (const ReasonText &row : kReasons) {
        if (error.apiReason == row.reason)
            return FailureText::tr(row.text);
    }
    const QString own = ownWords(error);
    if (!own.isEmpty())
        return own;
    return error.message.isEmpty() ? FailureText::tr("It failed for an unknown reason.") : error.message;
}

} // namespace novita
