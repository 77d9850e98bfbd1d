// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/webhooks/webhookevent.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QList>
#include <QString>

namespace novita {

/// One step on the way of a test delivery.
struct SelfTestHop
{
    enum class Way {
        Direct, ///< from this program to its own port
        Tunnel, ///< through the public address
    };
    enum class Kind {
        Listening, ///< the receiver has its port (Direct), a public address is set (Tunnel)
        Connected, ///< name, connection and TLS
        Answered,  ///< by this receiver, not by somebody on the way
        Verified,  ///< signature, address, limits
        Stored,    ///< it is in the inbox
    };
    enum class State {
        Ok,
        Failed,
        NotReached, ///< a step before has failed
    };

    Way way = Way::Direct;
    Kind kind = Kind::Listening;
    State state = State::NotReached;
    QString sentence; ///< what was found; empty when it was not reached

    bool operator==(const SelfTestHop &) const = default;
};

/// What a test delivery found on its whole way.
struct SelfTest
{
    Q_DECLARE_TR_FUNCTIONS(novita::SelfTest)

public:
    enum class Reason { Asked, AfterSleep, AfterNetworkChange };

    Reason reason = Reason::Asked;
    TimePoint at{};          ///< when it ended
    QList<SelfTestHop> hops; ///< in their order; Tunnel after Direct, when there is a public address

    bool isOk() const;
    const SelfTestHop *firstFailed() const; ///< nullptr: none
    QString sentence() const;               ///< the whole in a line
    static QString hopName(const SelfTestHop &hop); ///< "Tunnel: connected"

    bool operator==(const SelfTest &) const = default;

    /// The subject of test deliveries in the inbox.
    static constexpr const char *kSubject = "novita-console-self-test";
    /// A delivery that says that it is `nonce`, an instance event or (`asTask`) one of the cloud's task events.
    static QByteArray body(const QString &nonce, TimePoint at, bool asTask);
    /// The nonce of a test delivery; empty when it is none.
    static QString nonceOf(const WebhookEvent &event);
};

} // namespace novita
