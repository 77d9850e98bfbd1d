// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/money.h"
#include "core/cloud/types/burn.h"

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
    Burn burn;                       ///< of billed states with a known price, and of every disk and network volume
    Money burnPerHour;               ///< burn.totalPerHour(): without subscriptions
    int unpriced = 0;                ///< billed instances whose price is unknown: the burn is "at least"; subscriptions do not count
    bool volumesKnown = false;       ///< the network volumes have been read; if not, the burn is without them
    /// Available balance / burn, from the moment at which the balance was read; nullopt when either is unknown or nothing burns.
    std::optional<Milliseconds> balanceLasts;

    bool operator==(const FleetNumbers &) const = default;
};

/// Joins instances with product prices (InstanceStore::setPrices) and sums up, once for each turn of the event loop in which
/// something changed. Prices of instances are per hour, as on demand or spot; a subscription has none.
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
