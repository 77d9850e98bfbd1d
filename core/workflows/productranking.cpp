// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/productranking.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace novita {

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("ProductRanking", text);
}

/// A product on its way into the ranking, with what the order is made from.
struct Candidate
{
    const Product *product;
    RankedProduct ranked;
    qsizetype regionPlace; ///< index in the region order; its size when not in it
};

qsizetype placeOf(const QString &region, const QStringList &order)
{
    for (qsizetype i = 0; i < order.size(); ++i) {
        if (order.at(i).compare(region, Qt::CaseInsensitive) == 0)
            return i;
    }
    return order.size();
}

bool isSameRegion(const QString &name, const QString &wanted)
{
    return regionCode(name).compare(regionCode(wanted), Qt::CaseInsensitive) == 0;
}

/// The most wanted region that offers `product`: its cluster name, or empty when every region does and none is asked for.
QString bestRegion(const Product &product, const ProductQuery &query)
{
    if (!query.region.isEmpty())
        return regionCode(query.region);
    QString best;
    qsizetype bestPlace = query.regionOrder.size() + 1;
    for (const QString &name : product.regions) {
        const QString code = regionCode(name);
        if (const qsizetype place = placeOf(code, query.regionOrder); place < bestPlace) {
            best = code;
            bestPlace = place;
        }
    }
    return best;
}

RankVerdict verdictOf(const Product &product, const std::optional<Money> &price, const ProductQuery &query)
{
    if (!query.region.isEmpty() && !product.regions.isEmpty()
        && std::none_of(product.regions.begin(), product.regions.end(),
                        [&](const QString &name) { return isSameRegion(name, query.region); }))
        return RankVerdict::NotInRegion;
    const bool modeRefused = !product.billingModes.isEmpty() && !product.billingModes.contains(query.mode);
    if (modeRefused || (product.kind == ProductKind::Cpu && query.mode != BillingMode::OnDemand))
        return RankVerdict::NotBillable;
    if (!price)
        return RankVerdict::NoPrice;
    return product.inStock() ? RankVerdict::Offered : RankVerdict::OutOfStock;
}

Candidate judge(const Product &product, const QHash<QString, ClusterId> &clusterOf, const ProductQuery &query)
{
    Candidate candidate{&product, {}, 0};
    RankedProduct &ranked = candidate.ranked;
    ranked.id = product.id;
    ranked.price = product.priceFor(query.mode);
    // The decoder drops such prices already; a product from elsewhere must not win by them either.
    if (ranked.price && *ranked.price <= Money())
        ranked.price.reset();
    if (ranked.price)
        ranked.total = product.kind == ProductKind::Gpu ? *ranked.price * query.gpuCount : *ranked.price;
    ranked.verdict = verdictOf(product, ranked.price, query);
    if (ranked.verdict != RankVerdict::NotInRegion) {
        ranked.region = bestRegion(product, query);
        ranked.clusterId = clusterOf.value(ranked.region.toUpper());
    }
    candidate.regionPlace = placeOf(ranked.region, query.regionOrder);
    return candidate;
}

bool comesBefore(const Candidate &a, const Candidate &b)
{
    if (a.ranked.isOffered() != b.ranked.isOffered())
        return a.ranked.isOffered();
    if (a.ranked.isOffered()) {
        if (*a.ranked.price != *b.ranked.price)
            return *a.ranked.price < *b.ranked.price;
        if (a.regionPlace != b.regionPlace)
            return a.regionPlace < b.regionPlace;
        if (a.product->memoryGb != b.product->memoryGb)
            return a.product->memoryGb.value_or(0) > b.product->memoryGb.value_or(0);
    } else if (const int byName = a.product->name.compare(b.product->name); byName != 0) {
        return byName < 0;
    }
    return a.ranked.id < b.ranked.id;
}

QString winnerReason(const Candidate &winner, const ProductQuery &query)
{
    const QString &region = winner.ranked.region;
    switch (query.mode) {
    case BillingMode::Spot:
        return region.isEmpty() ? say(QT_TRANSLATE_NOOP("ProductRanking", "Cheapest spot offer"))
                                : say(QT_TRANSLATE_NOOP("ProductRanking", "Cheapest spot offer in %1")).arg(region);
    case BillingMode::Monthly:
        return region.isEmpty() ? say(QT_TRANSLATE_NOOP("ProductRanking", "Cheapest monthly offer"))
                                : say(QT_TRANSLATE_NOOP("ProductRanking", "Cheapest monthly offer in %1")).arg(region);
    case BillingMode::OnDemand:
    case BillingMode::Unknown: break;
    }
    return region.isEmpty() ? say(QT_TRANSLATE_NOOP("ProductRanking", "Cheapest on-demand offer"))
                            : say(QT_TRANSLATE_NOOP("ProductRanking", "Cheapest on-demand offer in %1")).arg(region);
}

QString followerReason(const Candidate &follower, const Candidate &winner)
{
    const qint64 best = winner.ranked.price->priceUnits();
    const qint64 extra = follower.ranked.price->priceUnits() - best;
    if (extra > 0) {
        // In floating point, because extra × 100 of a hostile price would overflow; only shown, never added up.
        const double percent = 100.0 * static_cast<double>(extra) / static_cast<double>(best);
        if (percent < 0.5)
            return say(QT_TRANSLATE_NOOP("ProductRanking", "Less than 1 % above the cheapest"));
        if (percent > 999.0)
            return say(QT_TRANSLATE_NOOP("ProductRanking", "More than ten times the cheapest"));
        return say(QT_TRANSLATE_NOOP("ProductRanking", "%1 % above the cheapest")).arg(qRound(percent));
    }
    if (follower.regionPlace != winner.regionPlace)
        return say(QT_TRANSLATE_NOOP("ProductRanking", "Same price, later in your region order"));
    if (follower.product->memoryGb != winner.product->memoryGb)
        return say(QT_TRANSLATE_NOOP("ProductRanking", "Same price, less memory"));
    return say(QT_TRANSLATE_NOOP("ProductRanking", "Same price"));
}

QString refusal(const Candidate &candidate, const ProductQuery &query)
{
    switch (candidate.ranked.verdict) {
    case RankVerdict::NotInRegion:
        return say(QT_TRANSLATE_NOOP("ProductRanking", "Not offered in %1")).arg(regionCode(query.region));
    case RankVerdict::OutOfStock: return say(QT_TRANSLATE_NOOP("ProductRanking", "Out of stock"));
    case RankVerdict::NotBillable:
        if (candidate.product->kind == ProductKind::Cpu)
            return say(QT_TRANSLATE_NOOP("ProductRanking", "CPU instances are billed on demand only"));
        switch (query.mode) {
        case BillingMode::Spot: return say(QT_TRANSLATE_NOOP("ProductRanking", "Not offered as spot"));
        case BillingMode::Monthly: return say(QT_TRANSLATE_NOOP("ProductRanking", "Not offered monthly"));
        case BillingMode::OnDemand:
        case BillingMode::Unknown: return say(QT_TRANSLATE_NOOP("ProductRanking", "Not offered on demand"));
        }
        break;
    case RankVerdict::NoPrice:
        switch (query.mode) {
        case BillingMode::Spot: return say(QT_TRANSLATE_NOOP("ProductRanking", "No spot price"));
        case BillingMode::Monthly: return say(QT_TRANSLATE_NOOP("ProductRanking", "No monthly price"));
        case BillingMode::OnDemand:
        case BillingMode::Unknown: return say(QT_TRANSLATE_NOOP("ProductRanking", "No on-demand price"));
        }
        break;
    case RankVerdict::Offered: break;
    }
    return {};
}

} // namespace

QString regionCode(const QString &clusterName)
{
    const qsizetype bracket = clusterName.indexOf(QLatin1String(" ("));
    return (bracket < 0 ? clusterName : clusterName.left(bracket)).trimmed();
}

QStringList preferredRegions(const QString &defaultRegion, const QStringList &order)
{
    QStringList out;
    const auto add = [&out](const QString &region) {
        const QString code = regionCode(region);
        if (!code.isEmpty() && !out.contains(code, Qt::CaseInsensitive))
            out.append(code);
    };
    add(defaultRegion);
    for (const QString &region : order)
        add(region);
    return out;
}

QList<RankedProduct> rankProducts(const QList<Product> &products, const QList<Cluster> &clusters, const ProductQuery &query)
{
    QHash<QString, ClusterId> clusterOf;
    for (const Cluster &cluster : clusters)
        clusterOf.insert(regionCode(cluster.name).toUpper(), cluster.id);

    QList<Candidate> candidates;
    candidates.reserve(products.size());
    for (const Product &product : products) {
        if (product.kind == query.kind)
            candidates.append(judge(product, clusterOf, query));
    }
    std::sort(candidates.begin(), candidates.end(), comesBefore);

    QList<RankedProduct> out;
    out.reserve(candidates.size());
    for (Candidate &candidate : candidates) {
        RankedProduct &ranked = candidate.ranked;
        if (!ranked.isOffered()) {
            ranked.reason = refusal(candidate, query);
        } else if (out.isEmpty()) {
            ranked.place = 1;
            ranked.reason = winnerReason(candidate, query);
        } else {
            ranked.place = static_cast<int>(out.size()) + 1;
            ranked.reason = followerReason(candidate, candidates.first());
        }
        out.append(ranked);
    }
    return out;
}

} // namespace novita
