// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/burn.h"

#include <algorithm>
#include <cmath>

namespace novita {

namespace {

constexpr int kHoursPerDay = 24;
constexpr int kHoursPerMonth = 30 * kHoursPerDay;
constexpr Money kDiskPerGbDay = Money::fromPriceUnits(500);
constexpr Money kVolumePerGbDay = Money::fromPriceUnits(200);
constexpr double kMostGb = 1e9;

Money divided(Money amount, qint64 by)
{
    const qint64 units = amount.priceUnits();
    return Money::fromPriceUnits(units / by + (units % by * 2 >= by ? 1 : 0));
}

qint64 cards(const Instance &instance, const Product &product)
{
    return product.kind == ProductKind::Cpu ? 1 : instance.gpuNum.value_or(0);
}

/// Nothing of it is on a disk yet, or any more.
bool hasNoDisk(InstanceStatus status)
{
    using S = InstanceStatus;
    switch (status) {
    case S::Pending:
    case S::ToCreate:
    case S::Creating:
    case S::ToRemove:
    case S::Removing:
    case S::Removed:
        return true;
    default:
        return false;
    }
}

} // namespace

Money Burn::totalPerDay() const
{
    return (onDemandPerHour + spotPerHour) * kHoursPerDay + storagePerDay;
}

Money Burn::totalPerHour() const
{
    return divided(totalPerDay(), kHoursPerDay);
}

Money Burn::storagePerHour() const
{
    return divided(storagePerDay, kHoursPerDay);
}

std::optional<Money> hourlyPrice(const Instance &instance, const Product *product)
{
    if (instance.billing == BillingMode::Monthly)
        return Money();
    if (!product || cards(instance, *product) < 1)
        return std::nullopt;
    const std::optional<Money> price = product->priceFor(instance.billing);
    return price ? std::optional(*price * cards(instance, *product)) : std::nullopt;
}

std::optional<Money> subscriptionPerHour(const Instance &instance, const Product *product)
{
    if (instance.billing != BillingMode::Monthly || !product || cards(instance, *product) < 1)
        return std::nullopt;
    // Of longer terms it is not documented whether the price is that of a month or of the term.
    const auto month = std::find_if(product->monthlyPrices.cbegin(), product->monthlyPrices.cend(),
                                    [](const SubscriptionPrice &term) { return term.months == 1; });
    if (month == product->monthlyPrices.cend())
        return std::nullopt;
    return divided(month->price * cards(instance, *product), kHoursPerMonth);
}

bool isBilled(const Instance &instance)
{
    return stateInfo(instance.status).billing;
}

Money diskPerDay(const Instance &instance)
{
    if (hasNoDisk(instance.status) || instance.billing == BillingMode::Monthly)
        return {};
    qint64 gigabytes = 0;
    if (instance.kind != QLatin1String("cpu"))
        gigabytes += std::max(0, instance.rootfsGb.value_or(0) - kFreeRootfsGb);
    for (const VolumeMount &mount : instance.volumes) {
        if (!mount.isNetwork() && mount.sizeGb && *mount.sizeGb > 0)
            gigabytes += std::llround(std::min(*mount.sizeGb, kMostGb));
    }
    return kDiskPerGbDay * gigabytes;
}

Money volumePerDay(const NetworkStorage &volume)
{
    return kVolumePerGbDay * std::max(0, volume.sizeGb.value_or(0));
}

} // namespace novita
