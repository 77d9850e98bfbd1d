// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/money.h"
#include "core/cloud/types/instancestate.h"

#include <QObject>

#include <optional>

namespace novita {

struct Stores;

/// What the fleet costs and does, in numbers. Kept up to date from store signals in one pass per batch.
struct FleetNumbers
{
    int total = 0;
    int running = 0;
    int transitional = 0;
    int stopped = 0;
    int failed = 0;
    Money burnPerHour;               ///< of billing states with a known price
    int unpriced = 0;                ///< billing instances whose price is unknown: the burn is "at least"; subscriptions do not count
    std::optional<Milliseconds> balanceLasts; ///< available balance / burn; nullopt when either is unknown or nothing burns

    bool operator==(const FleetNumbers &) const = default;
};

/// Joins instances with product prices (InstanceStore::setPrices) and sums up, once for each turn of the event loop in which
/// something changed. Instances of monthly billing are paid in advance and burn nothing.
class FleetSummary final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FleetSummary)

public:
    explicit FleetSummary(Stores &stores, QObject *parent = nullptr);
    const FleetNumbers &numbers() const { return m_numbers; }

signals:
    void numbersChanged();

private:
    void scheduleUpdate();
    void update();

    Stores &m_stores;
    FleetNumbers m_numbers;
    bool m_scheduled = false;
};

} // namespace novita
