// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/apiroot.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace novita {

namespace {

constexpr qsizetype kMaxLength = 2048;

struct ApiRootWords
{
    Q_DECLARE_TR_FUNCTIONS(ApiRoot)
};

Error refused(const QString &sentence) { return Error::make(ErrorKind::Validation, sentence); }

// QUrl has already brought every spelling of an IPv4 address ("127.1", "0x7f000001") into dotted form.
bool isLoopback(const QString &host)
{
    static const QRegularExpression v4(QStringLiteral("^127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}$"));
    return host == QLatin1String("localhost") || host == QLatin1String("::1") || v4.match(host).hasMatch();
}

QString cleanPath(QString path)
{
    const QString suffix = QStringLiteral("/gpu-instance/openapi");
    for (;;) {
        while (path.endsWith(u'/'))
            path.chop(1);
        if (!path.endsWith(suffix))
            return path;
        path.chop(suffix.size());
    }
}

} // namespace

Result<QUrl> parseApiRoot(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return refused(ApiRootWords::tr("Enter the address of the API, for example https://api.novita.ai."));
    if (trimmed.size() > kMaxLength)
        return refused(ApiRootWords::tr("This address is too long."));
    if (!trimmed.contains(QStringLiteral("://")))
        return refused(ApiRootWords::tr("An address begins with https://."));

    QUrl url(trimmed, QUrl::StrictMode);
    if (!url.isValid())
        return refused(ApiRootWords::tr("This is not a valid address."));
    const QString scheme = url.scheme().toLower();
    if (scheme != QLatin1String("https") && scheme != QLatin1String("http"))
        return refused(ApiRootWords::tr("Only https:// addresses are allowed, not %1://.").arg(scheme));
    if (url.host().isEmpty())
        return refused(ApiRootWords::tr("The address names no host."));
    if (!url.userInfo().isEmpty() || url.authority().contains(u'@'))
        return refused(ApiRootWords::tr("The address must not contain a user name or password; the key is stored in the keychain."));
    if (url.hasQuery())
        return refused(ApiRootWords::tr("The address must not contain a query (the part after “?”)."));
    if (url.hasFragment())
        return refused(ApiRootWords::tr("The address must not contain a fragment (the part after “#”)."));
    if (url.port() == 0)
        return refused(ApiRootWords::tr("Port 0 cannot be connected to."));
    if (scheme == QLatin1String("http") && !isLoopback(url.host()))
        return refused(ApiRootWords::tr("The key would travel unprotected: use https:// (http:// is allowed for this computer only)."));

    url = url.adjusted(QUrl::NormalizePathSegments);
    url.setScheme(scheme);
    url.setPath(cleanPath(url.path()));
    return url;
}

} // namespace novita
