// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/stores/entitystore.h"
#include "core/cloud/types/instancestate.h"
#include "core/cloud/types/product.h"

#include <QString>

/// What is said about products, in one place.
namespace novita::productwords {

/// A word for the stock, with the icon and tone that go with it.
struct Stock
{
    QString word; ///< "High", "Out of stock"
    QString icon; ///< of ui/theme
    StateTone tone = StateTone::Idle;
    int order = 0; ///< to sort by: more stock is more
};
Stock stock(const Product &product);

QString billingMode(BillingMode mode); ///< "On demand", "Spot", "Monthly"
/// "10–400 GB", "from 10 GB"; empty when nothing is known.
QString diskRange(const Product &product);
/// "AS-SGP-02, US-CA-06"; "Any" when every cluster offers it.
QString regions(const Product &product);
/// What a region is called: `name` where the cloud tells it along, else that of the cluster, else the id.
QString regionName(const QString &name, const ClusterId &id, const ClusterStore &clusters);

} // namespace novita::productwords
