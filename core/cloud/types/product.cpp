// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/product.h"

#include <algorithm>

namespace novita {

namespace {

/// "0", "" and null mean "not offered" (gpu-notes section 6); a negative price is no price either.
std::optional<Money> decodePrice(const JsonReader &reader, QLatin1String key)
{
    const std::optional<Money> price = reader.priceUnits(key);
    return price && *price > Money() ? price : std::nullopt;
}

InventoryState inventoryFromWire(QStringView wire)
{
    if (wire == QLatin1String("none"))
        return InventoryState::None;
    if (wire == QLatin1String("low"))
        return InventoryState::Low;
    if (wire == QLatin1String("normal"))
        return InventoryState::Normal;
    if (wire == QLatin1String("high"))
        return InventoryState::High;
    return InventoryState::Unknown;
}

Product decodeCommon(const JsonReader &reader, ProductKind kind)
{
    Product product;
    product.kind = kind;
    product.id = ProductId(reader.string(QLatin1String("id")));
    product.name = reader.string(QLatin1String("name"));
    product.available = reader.boolean(QLatin1String("availableDeploy")).value_or(true);
    product.inventory = inventoryFromWire(reader.string(QLatin1String("inventoryState")));
    product.regions = reader.strings(QLatin1String("regions"));
    product.price = decodePrice(reader, QLatin1String("price"));
    return product;
}

} // namespace

std::optional<Money> Product::priceFor(BillingMode mode) const
{
    if (!billingModes.isEmpty() && !billingModes.contains(mode))
        return std::nullopt;
    switch (mode) {
    case BillingMode::OnDemand: return price;
    case BillingMode::Spot: return spotPrice;
    case BillingMode::Monthly: {
        const auto shortest = std::min_element(monthlyPrices.begin(), monthlyPrices.end(),
                                               [](const SubscriptionPrice &a, const SubscriptionPrice &b) { return a.months < b.months; });
        return shortest == monthlyPrices.end() ? std::nullopt : std::optional(shortest->price);
    }
    case BillingMode::Unknown: break;
    }
    return std::nullopt;
}

Product decodeGpuProduct(const JsonReader &reader)
{
    Product product = decodeCommon(reader, ProductKind::Gpu);
    product.vramGb = vramFromName(product.name);
    product.cpu = decodeCount(reader, QLatin1String("cpuPerGpu"));
    product.memoryGb = decodeCount(reader, QLatin1String("memoryPerGpu"));
    product.diskGb = decodeCount(reader, QLatin1String("diskPerGpu"));
    product.minRootfsGb = decodeCount(reader, QLatin1String("minRootFS"));
    product.maxRootfsGb = decodeCount(reader, QLatin1String("maxRootFS"));
    product.spotPrice = decodePrice(reader, QLatin1String("spotPrice"));
    reader.forEach(QLatin1String("monthlyPrice"), [&product](const JsonReader &item) {
        const std::optional<Money> price = decodePrice(item, QLatin1String("price"));
        const std::optional<int> months = decodeCount(item, QLatin1String("month"));
        if (price && months)
            product.monthlyPrices.append({*price, *months});
    });
    const QStringList modes = reader.strings(QLatin1String("billingMethods"));
    for (const QString &wire : modes) {
        if (const BillingMode mode = billingModeFromWire(wire); mode != BillingMode::Unknown)
            product.billingModes.append(mode);
    }
    return product;
}

Product decodeCpuProduct(const JsonReader &reader)
{
    Product product = decodeCommon(reader, ProductKind::Cpu);
    product.cpu = decodeCount(reader, QLatin1String("cpuNum"));
    product.memoryGb = decodeCount(reader, QLatin1String("memorySize"));
    product.diskGb = decodeCount(reader, QLatin1String("rootfsSize"));
    return product;
}

std::optional<int> vramFromName(QStringView name)
{
    constexpr int kMostDigits = 4;
    for (qsizetype end = name.lastIndexOf(QLatin1String("GB"), -1, Qt::CaseInsensitive); end > 0;
         end = name.left(end).lastIndexOf(QLatin1String("GB"), -1, Qt::CaseInsensitive)) {
        const QStringView before = name.left(end).trimmed();
        qsizetype start = before.size();
        while (start > 0 && before.at(start - 1) >= QLatin1Char('0') && before.at(start - 1) <= QLatin1Char('9'))
            --start;
        const QStringView digits = before.mid(start);
        if (!digits.isEmpty() && digits.size() <= kMostDigits && digits.toInt() > 0)
            return digits.toInt();
    }
    return std::nullopt;
}

std::optional<Money> Product::listedFor(int months) const
{
    const auto listed = std::find_if(monthlyPrices.begin(), monthlyPrices.end(), [months](const SubscriptionPrice &term) { return term.months == months; });
    return listed == monthlyPrices.end() || !priceFor(BillingMode::Monthly) ? std::nullopt : std::optional(listed->price);
}

} // namespace novita
