// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/cloud/types/product.h"

#include <QJsonObject>

#include <optional>

namespace novita {

/// Tell me when this product is cheap enough, or to be had again. It never buys.
struct ProductWatchRule
{
    /// Dollars; a mark beyond it is a slip of the pen.
    static constexpr qint64 kMostUnits = 1000 * Money::kUnitsPerDollar;

    BillingMode mode = BillingMode::Spot;
    QString region;                  ///< code as of regionCode(): "US-CA-06"; empty = any
    std::optional<Money> atMost;     ///< per GPU and hour (a month for subscriptions); at or under it
    bool inStock = false;            ///< back in stock
    QString productName;             ///< as it was when the watch was made, for a product that is gone

    bool operator==(const ProductWatchRule &) const = default;
    QJsonObject toJson() const;
    static Result<ProductWatchRule> fromJson(const QJsonObject &json);
};

struct ProductWatchState
{
    bool priceTold = false;          ///< told of this dip; armed again once the price is clearly above
    bool stockTold = true;           ///< told; armed again once it was out of stock. A new watch does not tell of the present.
    std::optional<TimePoint> outSince;
    std::optional<TimePoint> lastTold;
    bool operator==(const ProductWatchState &) const = default;
    QJsonObject toJson() const;
    static ProductWatchState fromJson(const QJsonObject &json);
};

struct ProductWatchStep
{
    ProductWatchState state;
    bool tellPrice = false;
    bool tellStock = false;
};

/// To be armed again the price must be this much above the mark, in percent of it.
inline constexpr int kPriceHysteresisPercent = 2;
/// ... and the product this long out of stock.
inline constexpr Milliseconds kOutOfStockFor{2 * 60 * 1000};

/// `product`: null when the catalogue lacks it, which counts as out of stock. Pure.
ProductWatchStep nextProductWatch(const ProductWatchRule &rule, const ProductWatchState &state, const Product *product, TimePoint now);

/// In stock, in the region and offered in the mode of the rule.
bool isToBeHad(const ProductWatchRule &rule, const Product &product);

} // namespace novita
