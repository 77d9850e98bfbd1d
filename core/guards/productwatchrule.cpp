// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guards/productwatchrule.h"

#include "core/guards/rulejson.h"
#include "core/workflows/productranking.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace novita {

QJsonObject ProductWatchRule::toJson() const
{
    QJsonObject json{{QStringLiteral("mode"), billingModeToWire(mode)},
                     {QStringLiteral("region"), region},
                     {QStringLiteral("inStock"), inStock},
                     {QStringLiteral("productName"), productName}};
    if (atMost)
        json.insert(QStringLiteral("atMostUnits"), static_cast<double>(atMost->priceUnits()));
    return json;
}

Result<ProductWatchRule> ProductWatchRule::fromJson(const QJsonObject &json)
{
    const auto invalid = [](const char *sentence) {
        return Error::make(ErrorKind::Validation, QCoreApplication::translate("GuardRules", sentence));
    };
    ProductWatchRule rule;
    rule.mode = billingModeFromWire(json.value(QLatin1String("mode")).toString());
    rule.region = json.value(QLatin1String("region")).toString().left(rulejson::kLongestId);
    rule.productName = json.value(QLatin1String("productName")).toString().left(rulejson::kLongestId);
    rule.inStock = json.value(QLatin1String("inStock")).toBool();
    if (rule.mode == BillingMode::Unknown)
        return invalid(QT_TRANSLATE_NOOP("GuardRules", "The billing mode is missing."));
    if (const QJsonValue units = json.value(QLatin1String("atMostUnits")); !units.isUndefined() && !units.isNull()) {
        const double number = units.toDouble(NAN);
        if (!(number >= 1 && number <= static_cast<double>(kMostUnits)) || number != std::floor(number))
            return invalid(QT_TRANSLATE_NOOP("GuardRules", "The price must be above 0 and at most 1000 dollars."));
        rule.atMost = Money::fromPriceUnits(static_cast<qint64>(number));
    }
    if (!rule.atMost && !rule.inStock)
        return invalid(QT_TRANSLATE_NOOP("GuardRules", "Give a price or choose the stock: there is nothing to watch."));
    return rule;
}

QJsonObject ProductWatchState::toJson() const
{
    return {{QStringLiteral("priceTold"), priceTold},
            {QStringLiteral("stockTold"), stockTold},
            {QStringLiteral("outSince"), rulejson::time(outSince)},
            {QStringLiteral("lastTold"), rulejson::time(lastTold)}};
}

ProductWatchState ProductWatchState::fromJson(const QJsonObject &json)
{
    ProductWatchState state;
    state.priceTold = json.value(QLatin1String("priceTold")).toBool(false);
    state.stockTold = json.value(QLatin1String("stockTold")).toBool(true);
    state.outSince = rulejson::time(json.value(QLatin1String("outSince")));
    state.lastTold = rulejson::time(json.value(QLatin1String("lastTold")));
    return state;
}

bool isToBeHad(const ProductWatchRule &rule, const Product &product)
{
    const auto isWanted = [&rule](const QString &region) { return regionCode(region) == rule.region; };
    const bool there = rule.region.isEmpty() || product.regions.isEmpty() || std::any_of(product.regions.begin(), product.regions.end(), isWanted);
    return there && product.inStock() && product.priceFor(rule.mode).has_value();
}

ProductWatchStep nextProductWatch(const ProductWatchRule &rule, const ProductWatchState &before, const Product *product, TimePoint now)
{
    ProductWatchStep step;
    step.state = before;
    ProductWatchState &state = step.state;
    const bool available = product && isToBeHad(rule, *product);
    const std::optional<Money> price = product ? product->priceFor(rule.mode) : std::nullopt;
    if (rule.atMost && price) {
        // A price for something that nobody can have is no news.
        if (available && *price <= *rule.atMost && !state.priceTold) {
            step.tellPrice = state.priceTold = true;
        } else if (state.priceTold && *price * 100 >= *rule.atMost * (100 + kPriceHysteresisPercent)) {
            state.priceTold = false;
        }
    }
    if (rule.inStock) {
        if (!available) {
            if (!state.outSince || *state.outSince > now)
                state.outSince = now;
            if (now - *state.outSince >= kOutOfStockFor)
                state.stockTold = false;
        } else {
            state.outSince.reset();
            if (!state.stockTold)
                step.tellStock = state.stockTold = true;
        }
    }
    if (step.tellPrice || step.tellStock)
        state.lastTold = now;
    return step;
}

} // namespace novita
