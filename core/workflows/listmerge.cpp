// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/listmerge.h"

#include <algorithm>

namespace novita {

void mergeOffer(Product &into, const Product &other)
{
    if (!into.price)
        into.price = other.price;
    if (!into.spotPrice)
        into.spotPrice = other.spotPrice;
    for (const SubscriptionPrice &price : other.monthlyPrices) {
        const auto same = [&price](const SubscriptionPrice &known) { return known.months == price.months; };
        if (std::none_of(into.monthlyPrices.cbegin(), into.monthlyPrices.cend(), same))
            into.monthlyPrices.append(price);
    }
    // No modes at all means "not said", which must not turn into "only those of the other answer".
    if (into.billingModes.isEmpty() || other.billingModes.isEmpty()) {
        into.billingModes.clear();
    } else {
        for (BillingMode mode : other.billingModes) {
            if (!into.billingModes.contains(mode))
                into.billingModes.append(mode);
        }
    }
    for (const QString &region : other.regions) {
        if (!into.regions.isEmpty() && !into.regions.contains(region))
            into.regions.append(region);
    }
    into.available = into.available || other.available;
    if (into.inventory == InventoryState::Unknown)
        into.inventory = other.inventory;
}

} // namespace novita
