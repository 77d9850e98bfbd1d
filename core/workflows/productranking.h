// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/product.h"
#include "core/cloud/types/resources.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>

namespace novita {

/// What is looked for. Regions are codes such as "AS-SGP-02", compared without regard to case.
struct ProductQuery
{
    ProductKind kind = ProductKind::Gpu;
    BillingMode mode = BillingMode::OnDemand;
    int gpuCount = 1;        ///< 1-8; CPU products ignore it
    QString region;          ///< only offers of this region; empty = any
    QStringList regionOrder; ///< most wanted first
};

/// Whether a product can be had for a query, and if not, the first thing in its way.
enum class RankVerdict : std::uint8_t { Offered, NotInRegion, NotBillable, NoPrice, OutOfStock };

/// A product's place in the ranking.
struct RankedProduct
{
    ProductId id;
    RankVerdict verdict = RankVerdict::Offered;
    int place = 0;                        ///< 1 = the best; 0 when it cannot be had
    std::optional<Money> price;           ///< per hour and GPU (monthly: the shortest term as listed); also when out of stock
    std::optional<Money> total;           ///< `price` times the GPUs
    QString region;                       ///< where it would run: the most wanted of its regions; empty = the platform picks
    ClusterId clusterId;                  ///< of `region`; empty when no cluster of that name is known
    QString reason;                       ///< in words, translated: "Cheapest spot offer in AS-SGP-02", "Out of stock"

    bool operator==(const RankedProduct &) const = default;
    bool isOffered() const { return verdict == RankVerdict::Offered; }
};

/// Ranks the products of `query.kind`: what can be had first, by price in the query's mode, then by region order, then more
/// memory, then id; what cannot be had after it, by name. A zero or missing price never wins. The region of an offer is found by walking the
/// order: the first that has it. So the order chooses between equal prices and between the regions of one offer, never against
/// a lower price; who wants one region only asks for it (`query.region`). Pure; one product list serves every region, joined to the
/// clusters by their names.
QList<RankedProduct> rankProducts(const QList<Product> &products, const QList<Cluster> &clusters, const ProductQuery &query);

/// `defaultRegion` (may be empty) in front of `order`, each region once.
QStringList preferredRegions(const QString &defaultRegion, const QStringList &order);

/// "US-CA-06" of "US-CA-06 (California)".
QString regionCode(const QString &clusterName);

} // namespace novita
