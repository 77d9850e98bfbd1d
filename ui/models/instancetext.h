// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/money.h"
#include "core/cloud/stores/instancestore.h"

#include "core/workflows/ledger.h"

#include <QString>

#include <optional>

/// What an instance's facts are called on screen; shared by table, details and dialogs. Texts in context "InstanceText".
namespace novita::instancetext {

/// The state as a chip shows it.
struct StateView
{
    QString word;        ///< "Running", "Starting (asked)", "Ready", "Failed", or the cloud's own text when it is unknown to us
    QString note;        ///< "for 12 s", "image not found"; may be empty
    StateTone tone = StateTone::Idle;
    QString icon;
    bool changing = false;
};

/// `extra` may be nullptr.
StateView stateOf(const Instance &instance, const InstanceExtra *extra, TimePoint now);
/// The same without the note: what sorting and filtering need of 100,000 rows.
StateView stateLook(const Instance &instance, const InstanceExtra *extra, TimePoint now);

/// Label of a status without regard to errors and asked actions.
QString statusLabel(InstanceStatus status, const QString &wireText);
QString billingLabel(BillingMode mode, const QString &wireText);
/// "RTX 4090 24GB × 2"
QString gpuLabel(const QString &productName, const std::optional<int> &count);
/// Since the last start, while it runs.
std::optional<Milliseconds> uptime(const Instance &instance, TimePoint now);
/// Price × time of the current or, when stopped, the last run, in whole cents: an estimate. Unknown without a price or times, and for
/// subscriptions, which are not paid by the hour.
std::optional<Money> costSoFar(const Instance &instance, const std::optional<Money> &pricePerHour, TimePoint now);

/// "$1.23", "at least $1.23", a dash when nothing is known: whole cents, rounded down.
QString costText(const CostSoFar &cost);
/// What it is made of, each part in a line, to five decimals; empty when nothing is known.
QString costDetail(const CostSoFar &cost);
/// "Cost so far $1.23 · $1.00 billed until … · $0.23 since · $0.10 of it disks"
QString costSentence(const CostSoFar &cost);
/// What it costs as it is: "$0.35/h", stopped "disks $0.20 a day"; empty when no price is known.
QString rateNowText(const Instance &instance, const std::optional<Money> &pricePerHour);
/// "$0.35/h · disks $0.20 a day · now $8.60 a day, $258.00 in 30 days"; empty when no price is known.
QString rateText(const Instance &instance, const std::optional<Money> &pricePerHour);

} // namespace novita::instancetext
