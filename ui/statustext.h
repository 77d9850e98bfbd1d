// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clientstatus.h"
#include "core/cloud/types/instancestate.h"
#include "core/webhooks/webhookstatus.h"
#include "core/workflows/fleetsummary.h"
#include "core/workflows/sessioncontroller.h"

#include <QString>

#include <optional>

namespace novita {

/// Everything the status bar tells about, as values.
struct StatusInput
{
    QString profileName;
    bool readOnly = false;
    KeySource keySource = KeySource::None;
    ConnectionState connection = ConnectionState::NoProfile;
    ClientStatus client;
    FleetNumbers fleet;
    std::optional<Money> balance;
    std::optional<TimePoint> balanceAt; ///< when it was read
    std::optional<TimePoint> dataAt;
    bool dataStale = false;
    WebhookStatus receiver;
    TimePoint now{};
};

/// A part of the status bar: words first, then what the colour says again. An empty text is not shown.
struct StatusPart
{
    QString text;
    QString tip;
    StateTone tone = StateTone::Idle;
    bool dot = false;
    QString name{}; ///< for who cannot see it, where `text` is too terse to be read out; empty: `text`
};

/// The words of the status bar. Pure: same input, same words.
struct StatusTexts
{
    StatusPart profile;
    StatusPart connection;
    StatusPart queue;
    StatusPart limiter;
    StatusPart breaker;
    StatusPart burn;
    StatusPart balance;
    StatusPart receiver;
    StatusPart data;
    bool offerTryNow = false; ///< the breaker is open: *Try now*
};

StatusTexts statusTexts(const StatusInput &input);

} // namespace novita
