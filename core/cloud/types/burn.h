// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/money.h"
#include "core/cloud/types/instance.h"
#include "core/cloud/types/product.h"
#include "core/cloud/types/resources.h"

#include <optional>

/// What things cost while they are there: the public price rules in one place (gpu-notes section 6).
namespace novita {

/// Of the system disk this much is free of charge.
inline constexpr int kFreeRootfsGb = 60;

/// Money per time, by what it is paid for. Subscriptions are paid in advance: they stand beside the rest and are no part of the
/// totals, which are what eats the balance.
struct Burn
{
    Money onDemandPerHour;
    Money spotPerHour;
    Money monthlyPerHour; ///< what subscriptions come to, at 30 days of 24 hours for a month
    Money storagePerDay;  ///< disks and network volumes

    Money totalPerDay() const;
    Money totalPerHour() const;   ///< half up
    Money storagePerHour() const; ///< half up
    bool operator==(const Burn &) const = default;
};

/// What one hour of `instance` costs while it is billed. Zero for a subscription; nullopt when the price list does not tell.
std::optional<Money> hourlyPrice(const Instance &instance, const Product *product);
/// What its subscription comes to per hour; nullopt when it has none or the price of one month is not known.
std::optional<Money> subscriptionPerHour(const Instance &instance, const Product *product);
/// GPU time is charged: stateInfo().billing.
bool isBilled(const Instance &instance);
/// What the disks of `instance` cost a day in its present state: the system disk beyond kFreeRootfsGb and volume disks, 0.005 USD a GB,
/// also while it is stopped. Nothing before its image is pulled, once it is being removed, and for subscriptions (their disks are
/// paid with the term). CPU machines come with their disk.
Money diskPerDay(const Instance &instance);
/// A network volume: 0.002 USD a GB, mounted or not.
Money volumePerDay(const NetworkStorage &volume);

} // namespace novita
