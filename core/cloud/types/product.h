// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/base/jsonreader.h"
#include "core/base/money.h"
#include "core/cloud/types/common.h"

#include <QList>
#include <QStringList>

#include <optional>

namespace novita {

enum class ProductKind : std::uint8_t { Gpu, Cpu };
enum class InventoryState : std::uint8_t { None, Low, Normal, High, Unknown };

struct SubscriptionPrice
{
    Money price;    ///< as sent; whether per month or per term is not documented
    int months = 0;
    bool operator==(const SubscriptionPrice &) const = default;
};

/// An offer. Prices are USD per hour and per GPU (CPU products: per hour). An absent, empty or zero price means "not
/// offered in that mode" and is nullopt here.
struct Product
{
    ProductId id;
    QString name;                    ///< "RTX 4090 24GB"
    ProductKind kind = ProductKind::Gpu;
    std::optional<int> vramGb;       ///< parsed from the name; the API has no field for it
    std::optional<int> cpu;          ///< vCPU, per GPU for GPU products
    std::optional<int> memoryGb;     ///< RAM, per GPU for GPU products
    std::optional<int> diskGb;
    bool available = false;          ///< availableDeploy; true when the answer does not say
    InventoryState inventory = InventoryState::Unknown;
    std::optional<int> minRootfsGb;
    std::optional<int> maxRootfsGb;
    QStringList regions;             ///< cluster display names; empty = every cluster
    std::optional<Money> price;      ///< on demand
    std::optional<Money> spotPrice;
    QList<SubscriptionPrice> monthlyPrices;
    QList<BillingMode> billingModes;

    bool operator==(const Product &) const = default;

    /// Price per hour and GPU in `mode`: nullopt when it is not offered (no price, zero, or mode not in billingModes).
    /// Monthly: the shortest term's price as sent.
    std::optional<Money> priceFor(BillingMode mode) const;
    /// What is listed for a term of `months`, per GPU, in monthly billing; nullopt when it is not offered. As sent: whether
    /// it is per month or for the whole term is not documented.
    std::optional<Money> listedFor(int months) const;
    bool inStock() const { return available && inventory != InventoryState::None; }
};

Product decodeGpuProduct(const JsonReader &reader);
Product decodeCpuProduct(const JsonReader &reader);
/// 24 of "RTX 4090 24GB", 80 of "H100 SXM 80GB".
std::optional<int> vramFromName(QStringView name);

} // namespace novita
