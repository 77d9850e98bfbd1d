// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflows/productranking.h"

namespace novita {

/// Why the first of `ranking` (a result of rankProducts() for `products` and `query`) is the choice, in sentences that follow the ranking
/// step by step: its price and region, what was as cheap and what decided between them, how its region was found, which regions of the
/// person's order were passed over and why, what would be cheaper and cannot be had. Without a winner: why there is none. Pure.
QString explainChoice(const QList<Product> &products, const QList<RankedProduct> &ranking, const ProductQuery &query);

} // namespace novita
