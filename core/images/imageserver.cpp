// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/imageserver.h"

#include "core/base/displaytext.h"
#include "core/base/sameorigin.h"
#include "core/images/imageservers.h"
#include "core/net/addresskind.h"
#include "core/net/originpolicy.h"
#include "core/net/reach.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace novita {

namespace {

struct ImageServerWords
{
    Q_DECLARE_TR_FUNCTIONS(ImageServer)
};

Error invalid(const QString &sentence)
{
    return Error::make(ErrorKind::Validation, sentence);
}

/// Names that only the local network knows.
bool isLocalName(const QString &host)
{
    static const QRegularExpression &local = *new QRegularExpression(QStringLiteral("^([a-z0-9_-]+|.+\\.(local|lan|internal|home\\.arpa))$"), QRegularExpression::CaseInsensitiveOption);
    return local.match(host).hasMatch();
}

bool isId(const QString &text)
{
    static const QRegularExpression &id = *new QRegularExpression(QStringLiteral("^[a-z0-9-]{1,64}$"));
    return id.match(text).hasMatch();
}

std::optional<ImageServer> fromJson(const QJsonObject &json)
{
    constexpr qsizetype kMostInstanceId = 128;
    ImageServer server;
    server.id = json.value(QLatin1String("id")).toString();
    server.name = json.value(QLatin1String("name")).toString();
    server.url = QUrl(json.value(QLatin1String("url")).toString().left(ImageServer::kMostUrl + 1), QUrl::StrictMode);
    server.instance = InstanceId(json.value(QLatin1String("instance")).toString());
    server.port = json.value(QLatin1String("port")).toInt();
    server.user = json.value(QLatin1String("user")).toString();
    const bool isWhole = isId(server.id) && server.instance.toString().size() <= kMostInstanceId && !server.problem();
    return isWhole ? std::optional(server) : std::nullopt;
}

QJsonObject toJson(const ImageServer &server)
{
    QJsonObject json{{QStringLiteral("id"), server.id}, {QStringLiteral("name"), server.name}};
    if (server.isOnInstance()) {
        json.insert(QStringLiteral("instance"), server.instance.toString());
        json.insert(QStringLiteral("port"), server.port);
    } else {
        json.insert(QStringLiteral("url"), QString::fromLatin1(server.url.toEncoded()));
    }
    if (!server.user.isEmpty())
        json.insert(QStringLiteral("user"), server.user);
    return json;
}

} // namespace

std::optional<Error> ImageServer::problem() const
{
    constexpr int kMostPort = 65535;
    if (name.isEmpty() || name.size() > kMostName || displayLine(name, kMostName) != name)
        return invalid(ImageServerWords::tr("Give it a name of up to %1 characters in one line.").arg(kMostName));
    if (user.size() > kMostUser || user.contains(QLatin1Char(':')) || displayLine(user, kMostUser) != user)
        return invalid(ImageServerWords::tr("A user has up to %1 characters and no colon.").arg(kMostUser));
    if (!isOnInstance())
        return checkServerAddress(url);
    if (port < 1 || port > kMostPort)
        return invalid(ImageServerWords::tr("Choose a port of the instance."));
    return std::nullopt;
}

bool ImageServer::isAtSamePlace(const ImageServer &other) const
{
    if (isOnInstance() || other.isOnInstance())
        return instance == other.instance && port == other.port;
    return isSameOrigin(url, other.url);
}

std::optional<Error> checkServerAddress(const QUrl &url)
{
    const bool isHttp = url.scheme() == QLatin1String("http");
    if (!url.isValid() || url.host().isEmpty() || !(isHttp || url.scheme() == QLatin1String("https")) || url.toEncoded().size() > ImageServer::kMostUrl)
        return invalid(ImageServerWords::tr("Enter an address such as http://127.0.0.1:7860 or https://images.example.net."));
    if (!url.userInfo().isEmpty())
        return invalid(ImageServerWords::tr("Enter user and password below, not in the address."));
    if (url.hasQuery() || url.hasFragment())
        return invalid(ImageServerWords::tr("The address ends before ? and #."));
    if (const std::optional<Error> refused = checkReach(url.host(), isLoopbackHost(url.host()) ? Reach::Local : Reach::Internet); refused && QHostAddress(url.host()).isNull())
        return refused; // no plain name
    const QHostAddress address(url.host());
    const AddressKind kind = address.isNull() ? AddressKind::Public : addressKind(address);
    if (kind == AddressKind::LinkLocal || kind == AddressKind::Metadata || kind == AddressKind::Nowhere)
        return invalid(ImageServerWords::tr("No image server can be at this address."));
    const bool isNear = isLoopbackHost(url.host()) || kind == AddressKind::Private || (address.isNull() && isLocalName(url.host()));
    if (isHttp && !isNear)
        return invalid(ImageServerWords::tr("Without encryption (http) only this computer and the local network are asked. Use https."));
    return std::nullopt;
}

bool isReadableOnTheWay(const QUrl &url)
{
    return url.scheme() == QLatin1String("http") && !isLoopbackHost(url.host());
}

QString imageServersToText(const QList<ImageServer> &servers)
{
    QJsonArray rows;
    for (const ImageServer &server : servers)
        rows.append(toJson(server));
    return QString::fromUtf8(QJsonDocument(rows).toJson(QJsonDocument::Compact));
}

QList<ImageServer> imageServersFromText(const QString &text)
{
    constexpr qsizetype kMostText = 256 * 1024;
    QList<ImageServer> servers;
    const QJsonArray rows = text.size() <= kMostText ? QJsonDocument::fromJson(text.toUtf8()).array() : QJsonArray();
    for (qsizetype i = 0; i < rows.size() && servers.size() < ImageServers::kMostServers; ++i) {
        const std::optional<ImageServer> server = fromJson(rows.at(i).toObject());
        const bool isNew = server && std::none_of(servers.begin(), servers.end(), [&server](const ImageServer &one) { return one.id == server->id; });
        if (isNew)
            servers.append(*server);
    }
    return servers;
}

} // namespace novita
