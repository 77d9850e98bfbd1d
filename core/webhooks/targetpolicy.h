// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QList>
#include <QUrl>

#include <optional>

namespace novita {

/// Where deliveries may be sent: by https to the internet, by http or https to this computer, and by https to the local network only
/// when the person allows it. Never to link-local addresses and others where clouds tell a machine its secrets. A value; pure; any thread.
///
/// Who connects must ask twice: check() for what was typed, and reachable() for what the name resolves to, and then connect to one of
/// these addresses itself. A name that is resolved again in between may lead elsewhere.
class TargetPolicy final
{
    Q_DECLARE_TR_FUNCTIONS(novita::TargetPolicy)

public:
    explicit TargetPolicy(bool privateToo) : m_privateToo(privateToo) {}

    /// Why nothing may be sent to `url`, as ErrorKind::Validation in a sentence. Names are not resolved.
    std::optional<Error> check(const QUrl &url) const;
    /// Those of `resolved`, the addresses of the host of `url`, that may be connected to, in their order. Validation when there is none.
    Result<QList<QHostAddress>> reachable(const QUrl &url, const QList<QHostAddress> &resolved) const;

private:
    std::optional<Error> check(const QHostAddress &address, bool thisComputer) const;

    bool m_privateToo;
};

} // namespace novita
