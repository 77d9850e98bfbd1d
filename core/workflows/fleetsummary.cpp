// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/fleetsummary.h"

#include "core/workflows/stores.h"

#include <QMetaObject>

#include <limits>
#include <utility>

namespace novita {

namespace {

/// Whole milliseconds, rounded down, so that nobody is promised more time than there is; capped at a hundred years, beyond
/// which the figure means nothing.
std::optional<Milliseconds> lasting(const std::optional<Balance> &balance, Money burnPerDay)
{
    if (!balance || !balance->available || burnPerDay <= Money())
        return std::nullopt;
    if (*balance->available <= Money())
        return Milliseconds(0);
    constexpr qint64 kMsPerDay = 24LL * 3600 * 1000;
    constexpr qint64 kMostDays = 36500;
    const qint64 units = balance->available->priceUnits();
    const qint64 perDay = burnPerDay.priceUnits();
    if (units / perDay >= kMostDays)
        return Milliseconds(kMostDays * kMsPerDay);
    // The remainder is less than a day's burn: a burn too large to multiply is that of no account.
    const qint64 rest = units % perDay;
    const qint64 restMs = rest <= std::numeric_limits<qint64>::max() / kMsPerDay ? rest * kMsPerDay / perDay : 0;
    return Milliseconds(units / perDay * kMsPerDay + restMs);
}

/// Adds what `instance` costs; false when a price that counts is not known.
bool addTo(Burn &burn, const Instance &instance, const Product *product, const std::optional<Money> &price)
{
    burn.storagePerDay += diskPerDay(instance);
    if (!isBilled(instance))
        return true;
    if (instance.billing == BillingMode::Monthly)
        burn.monthlyPerHour += subscriptionPerHour(instance, product).value_or(Money());
    else if (price)
        (instance.billing == BillingMode::Spot ? burn.spotPerHour : burn.onDemandPerHour) += *price;
    else
        return false;
    return true;
}

} // namespace

FleetSummary::FleetSummary(Stores &stores, QObject *parent)
    : QObject(parent)
    , m_stores(stores)
{
    const std::initializer_list<const EntityStoreBase *> sources{&stores.instances, &stores.products, &stores.storages, &stores.account};
    for (const EntityStoreBase *store : sources)
        store->followRows(this, &FleetSummary::scheduleUpdate);
    connect(&stores.storages, &EntityStoreBase::freshnessChanged, this, &FleetSummary::scheduleUpdate);
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
        const Product *product = m_stores.products.find(instance.productId);
        const std::optional<Money> price = hourlyPrice(instance, product);
        if (price && instance.billing != BillingMode::Monthly)
            prices.insert(id, *price);
        next.running += instance.status == InstanceStatus::Running;
        next.stopped += instance.status == InstanceStatus::Exited;
        next.transitional += stateInfo(instance.status).transitional;
        next.failed += instance.hasFailed();
        next.unpriced += !addTo(next.burn, instance, product, price);
    }
    next.volumesKnown = m_stores.storages.refreshedAt().has_value();
    for (const StorageId &id : m_stores.storages.ids())
        next.burn.storagePerDay += volumePerDay(*m_stores.storages.find(id));
    next.burnPerHour = next.burn.totalPerHour();
    next.balanceLasts = lasting(m_stores.account.balance(), next.burn.totalPerDay());
    // This tells of changed rows; the update that would ask for is this one.
    m_stores.instances.setPrices(prices);
    m_scheduled = false;

    if (next == m_numbers)
        return;
    m_numbers = next;
    emit numbersChanged();
}

} // namespace novita
