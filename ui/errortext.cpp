// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/errortext.h"

#include "core/base/sentence.h"
#include "ui/format.h"

#include <QCoreApplication>
#include <QStringList>

namespace novita {

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("ErrorText", source);
}

QString waitWords(const Error &error)
{
    return error.retryAfter ? format::duration(*error.retryAfter) : text(QT_TRANSLATE_NOOP("ErrorText", "a minute"));
}

/// The API's own sentence when there is one: it knows more than we do.
QString withServerWords(const QString &sentence, const Error &error)
{
    const QString words = error.message.trimmed();
    return words.isEmpty() ? sentence : text(QT_TRANSLATE_NOOP("ErrorText", "%1 The service says: %2")).arg(sentence, words);
}

/// No service had a part in it, or none that we asked by its own protocol: the message is this program's own. The client gives every error
/// of a request a correlation id; a message of ours that is to be read ends as sentences do, other texts are for the details.
bool isOurOwn(const Error &error)
{
    if (error.httpStatus != 0 || !error.apiReason.isEmpty() || error.message.trimmed().isEmpty())
        return false;
    switch (error.kind) {
    case ErrorKind::Validation: // a service that refuses does so with a status
    case ErrorKind::Storage:
        return true;
    case ErrorKind::Protocol:
    case ErrorKind::Unauthorized:
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::Conflict:
        return error.correlationId.isEmpty() && endsAsSentence(error.message.trimmed());
    default:
        return false;
    }
}

ErrorText ownText(const Error &error)
{
    const QString words = error.message.trimmed();
    switch (error.kind) {
    case ErrorKind::Storage:
        return {endsAsSentence(words) ? words : text(QT_TRANSLATE_NOOP("ErrorText", "The file could not be read or written: %1.")).arg(words), ErrorRemedy::None, {}, {}};
    case ErrorKind::Protocol:
        return {words, ErrorRemedy::Retry, text(QT_TRANSLATE_NOOP("ErrorText", "Try again")), {}};
    case ErrorKind::NotFound:
    case ErrorKind::Conflict:
        return {words, ErrorRemedy::Retry, text(QT_TRANSLATE_NOOP("ErrorText", "Refresh")), {}};
    case ErrorKind::Unauthorized:
    case ErrorKind::Forbidden:
        return {words, ErrorRemedy::OpenProfiles, text(QT_TRANSLATE_NOOP("ErrorText", "Open profiles")), {}};
    default:
        return {closedSentence(words), ErrorRemedy::None, {}, {}};
    }
}

ErrorText quotaText(const Error &error)
{
    const QString reason = error.apiReason;
    if (reason.isEmpty() && error.httpStatus == 0) // a limit of our own
        return {error.message, ErrorRemedy::None, {}, {}};
    if (reason.contains(QLatin1String("BALANCE")))
        return {text(QT_TRANSLATE_NOOP("ErrorText", "The account's balance is too low for this. Top it up at novita.ai and try again.")),
                ErrorRemedy::TopUp, text(QT_TRANSLATE_NOOP("ErrorText", "Open billing")), {}};
    if (reason.contains(QLatin1String("INSUFFICIENT_RESOURCE")))
        return {text(QT_TRANSLATE_NOOP("ErrorText", "There is no capacity left for this product. Choose another product or region, or try later.")),
                ErrorRemedy::ChooseAnotherProduct, text(QT_TRANSLATE_NOOP("ErrorText", "Choose another product")), {}};
    return {withServerWords(text(QT_TRANSLATE_NOOP("ErrorText", "A limit of the account does not allow this.")), error), ErrorRemedy::None, {}, {}};
}

ErrorText protocolText(ProtocolFault fault)
{
    const QString again = text(QT_TRANSLATE_NOOP("ErrorText", "Try again"));
    switch (fault) {
    case ProtocolFault::TooLarge:
        return {text(QT_TRANSLATE_NOOP("ErrorText", "The answer of the service was larger than this program accepts, so it was not read.")), ErrorRemedy::Retry, again, {}};
    case ProtocolFault::TooDeep:
        return {text(QT_TRANSLATE_NOOP("ErrorText", "The answer of the service was nested too deeply to be read safely.")), ErrorRemedy::Retry, again, {}};
    case ProtocolFault::Redirect:
        return {text(QT_TRANSLATE_NOOP("ErrorText", "The server sends requests on to another address. That is not followed, so that the API key stays with the server it was entered for. Check the API root of this profile.")),
                ErrorRemedy::OpenProfiles, text(QT_TRANSLATE_NOOP("ErrorText", "Open profiles")), {}};
    case ProtocolFault::Unreadable:
        break;
    }
    return {text(QT_TRANSLATE_NOOP("ErrorText", "The answer of the service could not be read. Is the API root of this profile right?")), ErrorRemedy::Retry, again, {}};
}

ErrorText transportText(const Error &error)
{
    const QString again = text(QT_TRANSLATE_NOOP("ErrorText", "Try again"));
    switch (error.kind) {
    case ErrorKind::Timeout:
        return {text(QT_TRANSLATE_NOOP("ErrorText", "The service did not answer in time. Check the connection or allow more time in the network settings.")),
                ErrorRemedy::Retry, again, {}};
    case ErrorKind::Tls:
        return {text(QT_TRANSLATE_NOOP("ErrorText", "The server's certificate was refused. Check the API root, the clock of this computer and the CA file in the network settings.")),
                ErrorRemedy::OpenNetworkSettings, text(QT_TRANSLATE_NOOP("ErrorText", "Network settings")), {}};
    case ErrorKind::Server:
        return {text(QT_TRANSLATE_NOOP("ErrorText", "The service has a problem of its own (HTTP %1). Nothing is wrong here; try again in a moment.")).arg(error.httpStatus),
                ErrorRemedy::Retry, again, {}};
    case ErrorKind::Protocol:
        return protocolText(error.fault);
    default:
        return {text(QT_TRANSLATE_NOOP("ErrorText", "The service could not be reached. Check the network and the proxy.")), ErrorRemedy::Retry, again, {}};
    }
}

ErrorText localText(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::BreakerOpen:
        return {text(QT_TRANSLATE_NOOP("ErrorText", "It was not sent: requests were held back after several failures. The status bar tells when they go again.")), ErrorRemedy::Retry,
                text(QT_TRANSLATE_NOOP("ErrorText", "Try again")), {}};
    case ErrorKind::QueueFull:
        return {text(QT_TRANSLATE_NOOP("ErrorText", "Too many requests are waiting. Try again when the queue is shorter.")), ErrorRemedy::Retry,
                text(QT_TRANSLATE_NOOP("ErrorText", "Try again")), {}};
    case ErrorKind::Keychain:
        return {text(QT_TRANSLATE_NOOP("ErrorText", "The keychain cannot be used: %1")).arg(error.message), ErrorRemedy::OpenProfiles,
                text(QT_TRANSLATE_NOOP("ErrorText", "Open profiles")), {}};
    default:
        return {error.message, ErrorRemedy::None, {}, {}};
    }
}

ErrorText refusalText(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Unauthorized:
        return {text(QT_TRANSLATE_NOOP("ErrorText", "The API key was not accepted. Check it in the profile.")), ErrorRemedy::OpenProfiles,
                text(QT_TRANSLATE_NOOP("ErrorText", "Open profiles")), {}};
    case ErrorKind::Forbidden:
        return {withServerWords(text(QT_TRANSLATE_NOOP("ErrorText", "The API key may not do this.")), error), ErrorRemedy::OpenProfiles,
                text(QT_TRANSLATE_NOOP("ErrorText", "Open profiles")), {}};
    case ErrorKind::NotFound:
        return {text(QT_TRANSLATE_NOOP("ErrorText", "It is no longer there.")), ErrorRemedy::Retry, text(QT_TRANSLATE_NOOP("ErrorText", "Refresh")), {}};
    case ErrorKind::Conflict:
        if (error.apiReason.endsWith(QLatin1String("_IN_USE")))
            return {text(QT_TRANSLATE_NOOP("ErrorText", "It is still in use. %1")).arg(error.message).trimmed(), ErrorRemedy::Retry, text(QT_TRANSLATE_NOOP("ErrorText", "Refresh")), {}};
        return {withServerWords(text(QT_TRANSLATE_NOOP("ErrorText", "Its state has changed meanwhile, so this cannot be done now.")), error), ErrorRemedy::Retry,
                text(QT_TRANSLATE_NOOP("ErrorText", "Refresh")), {}};
    case ErrorKind::RateLimited:
        return {text(QT_TRANSLATE_NOOP("ErrorText", "The service asks for a pause; it goes on by itself in %1.")).arg(waitWords(error)), ErrorRemedy::Wait, {}, {}};
    case ErrorKind::Quota:
        return quotaText(error);
    default:
        return {withServerWords(text(QT_TRANSLATE_NOOP("ErrorText", "The request was refused as wrong.")), error), ErrorRemedy::None, {}, {}};
    }
}

QString detailsOf(const Error &error)
{
    QStringList lines{text(QT_TRANSLATE_NOOP("ErrorText", "Kind: %1")).arg(errorKindName(error.kind))};
    const auto add = [&lines](const char *label, const QString &value) {
        if (!value.isEmpty())
            lines.append(text(label).arg(value));
    };
    add(QT_TRANSLATE_NOOP("ErrorText", "HTTP status: %1"), error.httpStatus ? QString::number(error.httpStatus) : QString());
    add(QT_TRANSLATE_NOOP("ErrorText", "Reason: %1"), error.apiReason);
    add(QT_TRANSLATE_NOOP("ErrorText", "Message: %1"), error.message);
    add(QT_TRANSLATE_NOOP("ErrorText", "Attempts: %1"), error.attempts ? QString::number(error.attempts) : QString());
    add(QT_TRANSLATE_NOOP("ErrorText", "Correlation id: %1"), error.correlationId);
    if (!error.detail.isEmpty())
        lines.append(error.detail);
    return lines.join(QLatin1Char('\n'));
}

ErrorText complete(ErrorText words, const Error &error)
{
    if (error.effectUnknown)
        words.sentence += QLatin1Char(' ') + text(QT_TRANSLATE_NOOP("ErrorText", "It is not known whether it took effect: look before trying again."));
    words.details = detailsOf(error);
    return words;
}

} // namespace

ErrorText errorText(const Error &error)
{
    ErrorText out;
    if (isOurOwn(error))
        return complete(ownText(error), error);
    switch (error.kind) {
    case ErrorKind::Canceled:
        out = {text(QT_TRANSLATE_NOOP("ErrorText", "Canceled.")), ErrorRemedy::None, {}, {}};
        break;
    case ErrorKind::Network:
    case ErrorKind::Timeout:
    case ErrorKind::Tls:
    case ErrorKind::Server:
    case ErrorKind::Protocol:
        out = transportText(error);
        break;
    case ErrorKind::Unauthorized:
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::Validation:
    case ErrorKind::Conflict:
    case ErrorKind::RateLimited:
    case ErrorKind::Quota:
        out = refusalText(error);
        break;
    case ErrorKind::BreakerOpen:
    case ErrorKind::QueueFull:
    case ErrorKind::Storage:
    case ErrorKind::Keychain:
        out = localText(error);
        break;
    }
    return complete(out, error);
}

QString remedyPage(ErrorRemedy remedy)
{
    switch (remedy) {
    case ErrorRemedy::OpenProfiles: return QStringLiteral("settings/profiles");
    case ErrorRemedy::OpenNetworkSettings: return QStringLiteral("settings/network");
    default: return {};
    }
}

ErrorText actionErrorText(const Error &error)
{
    ErrorText words = errorText(error);
    if (words.remedy != ErrorRemedy::ChooseAnotherProduct || error.effectUnknown)
        return words;
    words.sentence = error.apiReason.startsWith(QLatin1String("MIGRATE"))
                         ? text(QT_TRANSLATE_NOOP("ErrorText", "There is no other host with a free GPU of this kind at the moment. It stays where it is; try again later."))
                         : text(QT_TRANSLATE_NOOP("ErrorText", "There is no free GPU of this kind for it at the moment. Nothing of it is lost: try again later, migrate it, or clone it into another region."));
    words.remedy = ErrorRemedy::Retry;
    words.remedyLabel = text(QT_TRANSLATE_NOOP("ErrorText", "Try again"));
    return words;
}

} // namespace novita
