// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/webhooks/delivery.h"
#include "core/webhooks/selftest.h"

#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace novita {

/// Is a secret there, and what becomes of it? Never its text.
struct SecretState
{
    bool isSet = false;
    bool fromEnvironment = false; ///< of this run; written nowhere
    bool sessionOnly = false;     ///< the keychain did not take it: gone when the program ends
    bool operator==(const SecretState &) const = default;
};

/// How the receiver is doing, as the interface tells it. All sentences are translated and safe to show.
struct WebhookStatus
{
    enum class State {
        Off,         ///< switched off
        NeedsSecret, ///< switched on, but there is neither a signing secret nor a path token
        Starting,    ///< the keychain is being asked
        Listening,
        Failed,      ///< see `sentence`; it tries again by itself
    };

    State state = State::Off;
    QString sentence;     ///< what is going on, and what helps
    QStringList warnings; ///< open to more than this computer, settings that are not usable, secrets that do not last
    QUrl localUrl;        ///< where signed deliveries go on this computer; empty unless Listening
    QUrl publicUrl;       ///< the same through the tunnel; empty when none is set
    quint16 port = 0;     ///< 0 unless Listening
    bool forThisRun = false; ///< switched on by the command line: the switch in the settings counts from the next start on
    std::optional<TimePoint> nextTry; ///< with Failed

    SecretState secret;
    SecretState previousSecret; ///< valid beside the other while it is being replaced
    SecretState pathToken;
    bool secretsRead = false;   ///< the keychain has answered; until then the three above say nothing

    std::optional<TimePoint> lastDeliveryAt; ///< also of refused ones
    DeliveryResult lastResult = DeliveryResult::Accepted;
    bool isTesting = false;             ///< a test delivery is on its way
    std::optional<SelfTest> selfTest;   ///< the last one of this run
    QString storeNotice;  ///< disk full, file locked, …; empty when deliveries can be kept

    bool isListening() const { return state == State::Listening; }
    bool operator==(const WebhookStatus &) const = default;
};

} // namespace novita
