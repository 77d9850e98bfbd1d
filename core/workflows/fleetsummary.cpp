// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/fleetsummary.h"

#include "core/workflows/stores.h"

#include <QMetaObject>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

/// What the cloud charges for one hour of `instance`, as far as the price list tells.
std::optional<Money> hourlyPrice(const Instance &instance, const ProductStore &products)
{
    // A subscription is paid in advance: no hour of it costs anything.
    if (instance.billing == BillingMode::Monthly)
        return std::nullopt;
    const Product *product = products.find(instance.productId);
    if (!product)
        return std::nullopt;
    const std::optional<Money> price = product->priceFor(instance.billing);
    if (!price)
        return std::nullopt;
    if (product->kind == ProductKind::Cpu)
        return *price;
    if (instance.gpuNum.value_or(0) < 1)
        return std::nullopt;
    return *price * *instance.gpuNum;
}

/// Capped at a hundred years: beyond that the figure means nothing.
std::optional<Milliseconds> lasting(const std::optional<Balance> &balance, Money burnPerHour)
{
    if (!balance || !balance->available || burnPerHour <= Money())
        return std::nullopt;
    if (*balance->available <= Money())
        return Milliseconds(0);
    constexpr double kMsPerHour = 3600.0 * 1000.0;
    constexpr double kMost = 100.0 * 365.0 * 24.0 * kMsPerHour;
    const double ms = static_cast<double>(balance->available->priceUnits()) / static_cast<double>(burnPerHour.priceUnits()) * kMsPerHour;
    return Milliseconds(static_cast<qint64>(std::min(ms, kMost)));
}

} // namespace

FleetSummary::FleetSummary(Stores &stores, QObject *parent)
    : QObject(parent)
    , m_stores(stores)
{
    const auto follow = [this](const EntityStoreBase &store) {
        connect(&store, &EntityStoreBase::inserted, this, &FleetSummary::scheduleUpdate);
        connect(&store, &EntityStoreBase::changed, this, &FleetSummary::scheduleUpdate);
        connect(&store, &EntityStoreBase::removed, this, &FleetSummary::scheduleUpdate);
        connect(&store, &EntityStoreBase::wasReset, this, &FleetSummary::scheduleUpdate);
    };
    follow(stores.instances);
    follow(stores.products);
    follow(stores.account);
    scheduleUpdate();
}

void FleetSummary::scheduleUpdate()
{
    // Several signals come with one batch, and setPrices() below adds one of its own.
    if (std::exchange(m_scheduled, true))
        return;
    QMetaObject::invokeMethod(this, &FleetSummary::update, Qt::QueuedConnection);
}

void FleetSummary::update()
{
    FleetNumbers next;
    QHash<InstanceId, Money> prices;
    prices.reserve(m_stores.instances.size());
    next.total = static_cast<int>(m_stores.instances.size());
    for (const InstanceId &id : m_stores.instances.ids()) {
        const Instance &instance = *m_stores.instances.find(id);
        const std::optional<Money> price = hourlyPrice(instance, m_stores.products);
        if (price)
            prices.insert(id, *price);
        const InstanceStateInfo &state = stateInfo(instance.status);
        next.running += instance.status == InstanceStatus::Running;
        next.stopped += instance.status == InstanceStatus::Exited;
        next.transitional += state.transitional;
        next.failed += instance.hasFailed();
        if (!state.billing || instance.billing == BillingMode::Monthly)
            continue;
        if (price)
            next.burnPerHour += *price;
        else
            ++next.unpriced;
    }
    next.balanceLasts = lasting(m_stores.account.balance(), next.burnPerHour);
    // This tells of changed rows; the update that would ask for is this one.
    m_stores.instances.setPrices(prices);
    m_scheduled = false;

    if (next == m_numbers)
        return;
    m_numbers = next;
    emit numbersChanged();
}

} // namespace novita
