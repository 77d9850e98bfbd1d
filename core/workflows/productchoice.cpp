// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/productchoice.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>

#include <algorithm>

namespace novita {

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("ProductRanking", text);
}

QString modeWords(BillingMode mode)
{
    switch (mode) {
    case BillingMode::Spot: return say(QT_TRANSLATE_NOOP("ProductRanking", "as spot"));
    case BillingMode::Monthly: return say(QT_TRANSLATE_NOOP("ProductRanking", "by the month"));
    case BillingMode::OnDemand:
    case BillingMode::Unknown: break;
    }
    return say(QT_TRANSLATE_NOOP("ProductRanking", "on demand"));
}

const Product *productOf(const QList<Product> &products, const ProductId &id)
{
    const auto found = std::find_if(products.begin(), products.end(), [&id](const Product &product) { return product.id == id; });
    return found == products.end() ? nullptr : &*found;
}

QString nameOf(const QList<Product> &products, const ProductId &id)
{
    const Product *product = productOf(products, id);
    return displayName(product ? product->name : QString(), id.toString());
}

/// "a, b and 3 more" would have to be put together per language: names up to a handful, then dots.
QString listOf(QStringList names)
{
    constexpr qsizetype kMostNames = 3;
    names.removeDuplicates();
    const bool more = names.size() > kMostNames;
    names = names.mid(0, kMostNames);
    return names.join(QStringLiteral(", ")) + (more ? QStringLiteral(", …") : QString());
}

bool isOfferedIn(const Product &product, const QString &region)
{
    return product.regions.isEmpty() || std::any_of(product.regions.begin(), product.regions.end(), [&region](const QString &name) {
        return regionCode(name).compare(region, Qt::CaseInsensitive) == 0;
    });
}

/// The other offers that cost as little as the first, and by which of the ranking's rules it stands before them.
QString tieWords(const QList<Product> &products, const QList<RankedProduct> &ranking)
{
    const RankedProduct &winner = ranking.first();
    const Product *chosen = productOf(products, winner.id);
    QStringList tied;
    qsizetype sameRegion = 0;
    qsizetype sameMemory = 0;
    for (const RankedProduct &row : ranking.mid(1)) {
        const Product *product = productOf(products, row.id);
        if (!row.isOffered() || row.price != winner.price || !product || !chosen)
            continue;
        tied.append(nameOf(products, row.id));
        if (row.region != winner.region)
            continue;
        ++sameRegion;
        sameMemory += product->memoryGb == chosen->memoryGb ? 1 : 0;
    }
    if (tied.isEmpty())
        return {};
    QStringList out{say(QT_TRANSLATE_NOOP("ProductRanking", "As cheap: %1.")).arg(listOf(tied))};
    if (sameRegion < tied.size() && !winner.region.isEmpty())
        out.append(say(QT_TRANSLATE_NOOP("ProductRanking", "%1 is earlier in your region order.")).arg(winner.region));
    if (sameMemory < sameRegion)
        out.append(say(QT_TRANSLATE_NOOP("ProductRanking", "It has more memory.")));
    if (sameMemory > 0)
        out.append(say(QT_TRANSLATE_NOOP("ProductRanking", "Between equals the id decides.")));
    return out.join(QLatin1Char(' '));
}

/// How the region of an offer that several have was found.
QString placeWords(const QList<Product> &products, const RankedProduct &winner, const ProductQuery &query)
{
    const Product *chosen = productOf(products, winner.id);
    if (!chosen || !query.region.isEmpty())
        return {};
    if (chosen->regions.isEmpty())
        return say(QT_TRANSLATE_NOOP("ProductRanking", "It is offered everywhere, and the platform picks the region."));
    if (chosen->regions.size() == 1)
        return {};
    return query.regionOrder.contains(winner.region, Qt::CaseInsensitive)
               ? say(QT_TRANSLATE_NOOP("ProductRanking", "Of the regions that have it, %1 is the first in your order.")).arg(winner.region)
               : say(QT_TRANSLATE_NOOP("ProductRanking", "None of the regions that have it is in your order; %1 is named first.")).arg(winner.region);
}

/// The regions that stand in the order before that of the winner, which has none of them: those where nothing can be had, and those
/// where there are others, all at a higher price.
QString passedOver(const QList<Product> &products, const QList<RankedProduct> &ranking, const ProductQuery &query)
{
    const RankedProduct &winner = ranking.first();
    const Product *chosen = productOf(products, winner.id);
    if (!chosen || winner.region.isEmpty() || !query.region.isEmpty() || chosen->regions.isEmpty())
        return {};
    QStringList empty;
    QStringList dearer;
    for (const QString &region : query.regionOrder) {
        if (region.compare(winner.region, Qt::CaseInsensitive) == 0)
            break;
        std::optional<Money> lowest;
        for (const RankedProduct &row : ranking) {
            const Product *product = row.isOffered() ? productOf(products, row.id) : nullptr;
            if (product && isOfferedIn(*product, region) && (!lowest || *row.price < *lowest))
                lowest = row.price;
        }
        if (!lowest)
            empty.append(region);
        else if (*lowest > *winner.price)
            dearer.append(region); // what is just as cheap is named among the equals
    }
    QStringList out;
    if (!empty.isEmpty())
        out.append(say(QT_TRANSLATE_NOOP("ProductRanking", "Nothing can be had %1 in %2.")).arg(modeWords(query.mode), listOf(empty)));
    if (!dearer.isEmpty())
        out.append(say(QT_TRANSLATE_NOOP("ProductRanking", "It is not offered in %1; what can be had there costs more.")).arg(listOf(dearer)));
    return out.join(QLatin1Char(' '));
}

QString nothingWords(const QList<RankedProduct> &ranking, const ProductQuery &query)
{
    const auto count = [&ranking](RankVerdict verdict) {
        return std::count_if(ranking.begin(), ranking.end(), [verdict](const RankedProduct &row) { return row.verdict == verdict; });
    };
    QStringList out{say(QT_TRANSLATE_NOOP("ProductRanking", "Nothing can be had %1 now.")).arg(modeWords(query.mode))};
    const auto add = [&out](qsizetype number, const QString &words) {
        if (number > 0)
            out.append(words.arg(number));
    };
    add(count(RankVerdict::OutOfStock), say(QT_TRANSLATE_NOOP("ProductRanking", "Out of stock: %1.")));
    add(count(RankVerdict::NoPrice), say(QT_TRANSLATE_NOOP("ProductRanking", "Without a price: %1.")));
    add(count(RankVerdict::NotBillable), say(QT_TRANSLATE_NOOP("ProductRanking", "Not billed in this way: %1.")));
    add(count(RankVerdict::NotInRegion), say(QT_TRANSLATE_NOOP("ProductRanking", "In other regions only: %1.")));
    return out.join(QLatin1Char(' '));
}

} // namespace

QString explainChoice(const QList<Product> &products, const QList<RankedProduct> &ranking, const ProductQuery &query)
{
    if (ranking.isEmpty() || !ranking.first().isOffered())
        return nothingWords(ranking, query);
    const RankedProduct &winner = ranking.first();
    QStringList cheaperOut;
    for (const RankedProduct &row : ranking) {
        if (row.verdict == RankVerdict::OutOfStock && row.price && *row.price < *winner.price)
            cheaperOut.append(nameOf(products, row.id));
    }
    const QString name = nameOf(products, winner.id);
    QStringList out{winner.region.isEmpty() ? say(QT_TRANSLATE_NOOP("ProductRanking", "%1 is the cheapest %2.")).arg(name, modeWords(query.mode))
                                            : say(QT_TRANSLATE_NOOP("ProductRanking", "%1 is the cheapest %2, in %3.")).arg(name, modeWords(query.mode), winner.region)};
    for (const QString &sentence : {tieWords(products, ranking), placeWords(products, winner, query), passedOver(products, ranking, query)}) {
        if (!sentence.isEmpty())
            out.append(sentence);
    }
    if (!cheaperOut.isEmpty())
        out.append(say(QT_TRANSLATE_NOOP("ProductRanking", "Cheaper, but out of stock: %1.")).arg(listOf(cheaperOut)));
    return out.join(QLatin1Char(' '));
}

} // namespace novita
