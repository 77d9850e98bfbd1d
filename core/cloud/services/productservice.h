// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/cloud/services/readoptions.h"
#include "core/cloud/types/product.h"

#include <QList>

namespace novita {

class ApiClient;

/// The price list. Not paged; kept for 60 s (cache kind "products").
class ProductService final
{
public:
    explicit ProductService(ApiClient &client) : m_client(client) {}

    /// GPU offers of one billing mode (the API's own default is onDemand only).
    Call<RowList<Product>> *gpuProducts(BillingMode mode, ReadOptions options = {}) const;
    Call<RowList<Product>> *cpuProducts(ReadOptions options = {}) const;

private:
    ApiClient &m_client;
};

} // namespace novita
