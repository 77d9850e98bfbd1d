// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/ids.h"

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QUrl>

#include <optional>

namespace novita {

/// An image server that a person has added: a Stable Diffusion WebUI server at an address, or on an instance.
struct ImageServer
{
    static constexpr qsizetype kMostName = 80;
    static constexpr qsizetype kMostUser = 200;
    static constexpr qsizetype kMostUrl = 1000;

    QString id;          ///< local; empty: a new one
    QString name;
    QUrl url;            ///< where it is…
    InstanceId instance; ///< …or the instance that it runs on…
    int port = 0;        ///< …and the http port that it listens on there
    QString user;        ///< empty: no login. The password is in the keychain

    bool operator==(const ImageServer &) const = default;

    bool isOnInstance() const { return !instance.isEmpty(); }
    /// Its password may go to `other` as well: the same origin, or the same port of the same instance.
    bool isAtSamePlace(const ImageServer &other) const;
    /// Name of its password in the SecretStore.
    QString secretName() const { return QStringLiteral("images/server/%1/password").arg(id); }
    /// Why it cannot be kept as it is, as ErrorKind::Validation in a sentence.
    std::optional<Error> problem() const;
};

/// Why a typed address may not be asked, as ErrorKind::Validation: https, or http within this computer and the network it stands in; no user,
/// query or fragment; no address where clouds tell a machine its secrets. Names are not resolved.
std::optional<Error> checkServerAddress(const QUrl &url);
/// What goes there can be read on the way.
bool isReadableOnTheWay(const QUrl &url);

/// As kImageServers keeps them. What cannot be understood, and what is beyond ImageServers::kMostServers, is left out.
QString imageServersToText(const QList<ImageServer> &servers);
QList<ImageServer> imageServersFromText(const QString &text);

} // namespace novita
