// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/webhookoptions.h"

#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"

namespace novita {

namespace {

constexpr qint64 kKiB = 1024;
constexpr qint64 kMiB = 1024 * kKiB;

Error refusal(const QString &sentence)
{
    return Error::make(ErrorKind::Validation, sentence);
}

/// The setting's text where it is usable, else the default, named.
QString usable(const Settings &settings, const SettingKey<QString> &key, Result<QString> (*check)(const QString &), QStringList &problems)
{
    const QString text = settings.value(key);
    const Result<QString> checked = check(text);
    if (checked)
        return *checked;
    const QString shown = key.fallback.isEmpty() ? WebhookOptions::tr("nothing") : key.fallback;
    problems.append(WebhookOptions::tr("%1: %2 Used in its place: %3.").arg(key.name, checked.error().message, shown));
    return key.fallback;
}

AddressList listOf(const QString &text)
{
    return AddressList::fromText(text).valueOr(AddressList());
}

} // namespace

Result<QString> WebhookOptions::checkAddress(const QString &text)
{
    const QString trimmed = text.trimmed();
    const QHostAddress address(trimmed == QLatin1String("localhost") ? QStringLiteral("127.0.0.1") : trimmed);
    if (address.isNull() || address.isMulticast() || address.isBroadcast())
        return refusal(tr("This is no address to listen on: 127.0.0.1 is for this computer alone, 0.0.0.0 or :: is for everyone."));
    return address.toString();
}

Result<QString> WebhookOptions::checkAddressList(const QString &text)
{
    const Result<AddressList> list = AddressList::fromText(text);
    return list ? Result<QString>(list->toText()) : Result<QString>(list.error());
}

Result<QString> WebhookOptions::checkPublicUrl(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return trimmed;
    QUrl url(trimmed, QUrl::StrictMode);
    const bool web = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    if (!url.isValid() || !web || url.host().isEmpty())
        return refusal(tr("A public address is written https://name.example, as the tunnel gives it."));
    if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment())
        return refusal(tr("A public address has no user, password, question mark or #."));
    QString path = url.path();
    const QLatin1String own(kPath);
    while (path.endsWith(u'/'))
        path.chop(1);
    if (path.endsWith(own))
        path.chop(own.size());
    url.setPath(path);
    return url.toString(QUrl::FullyEncoded);
}

WebhookOptions WebhookOptions::from(const Settings &settings)
{
    WebhookOptions out;
    out.enabled = settings.value(keys::kReceiverEnabled);
    out.address = QHostAddress(usable(settings, keys::kReceiverAddress, &checkAddress, out.problems));
    out.port = static_cast<quint16>(settings.value(keys::kReceiverPort));
    out.allowed = listOf(usable(settings, keys::kReceiverAllowed, &checkAddressList, out.problems));
    out.proxies = listOf(usable(settings, keys::kReceiverProxies, &checkAddressList, out.problems));
    out.perMinute = settings.value(keys::kReceiverPerMinute);
    out.bodyBytes = settings.value(keys::kReceiverBodyKiB) * kKiB;
    const QString certificate = settings.value(keys::kReceiverCertificate);
    const QString key = settings.value(keys::kReceiverKey);
    if (!certificate.isEmpty() && !key.isEmpty())
        out.tls = TlsFiles{certificate, key};
    else if (!certificate.isEmpty() || !key.isEmpty())
        out.problems.append(tr("For TLS both a certificate and its key are needed; one is missing, so the receiver speaks plain HTTP."));
    const QString publicUrl = usable(settings, keys::kReceiverPublicUrl, &checkPublicUrl, out.problems);
    if (!publicUrl.isEmpty())
        out.publicUrl = QUrl(publicUrl + QLatin1String(kPath));
    out.retention.days = settings.value(keys::kDeliveryDays);
    out.retention.bytes = settings.value(keys::kDeliveryMiB) * kMiB;
    out.privateTargets = settings.value(keys::kPrivateTargets);
    out.proxyUrl = settings.value(keys::kProxyUrl);
    out.caFile = settings.value(keys::kCaFile);
    return out;
}

bool WebhookOptions::isOpenToOthers() const
{
    return !address.isLoopback();
}

bool WebhookOptions::listensLike(const WebhookOptions &other) const
{
    const auto files = [](const WebhookOptions &options) {
        return options.tls ? QStringList{options.tls->certificateFile, options.tls->keyFile} : QStringList();
    };
    return enabled == other.enabled && address == other.address && port == other.port && bodyBytes == other.bodyBytes && files(*this) == files(other);
}

} // namespace novita
