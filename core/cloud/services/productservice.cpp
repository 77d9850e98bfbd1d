// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/productservice.h"

#include "core/cloud/services/listanswer.h"
#include "core/net/apiclient.h"

namespace novita {

namespace {

ApiRequest productRequest(const QString &operation, const QString &path, const ReadOptions &options)
{
    ApiRequest request;
    request.operation = operation;
    request.path = path;
    request.priority = options.priority;
    request.cache = {QStringLiteral("products"), Seconds(60), options.fresh};
    return request;
}

RowList<Product> decodeGpuList(const QJsonValue &answer, DecodeLog &log)
{
    return decodeWhole<Product>(answer, log, {QLatin1String("data")}, &decodeGpuProduct);
}

/// {"data": […]}, a bare array, or, as the documentation draws it, one bare product.
RowList<Product> decodeCpuList(const QJsonValue &answer, DecodeLog &log)
{
    const QJsonObject object = answer.toObject();
    if (object.contains(QLatin1String("id")) && !object.contains(QLatin1String("data")))
        return decodeWhole<Product>(QJsonArray{object}, log, {}, &decodeCpuProduct);
    return decodeWhole<Product>(answer, log, {QLatin1String("data")}, &decodeCpuProduct);
}

} // namespace

Call<RowList<Product>> *ProductService::gpuProducts(BillingMode mode, ReadOptions options) const
{
    ApiRequest request = productRequest(QStringLiteral("listGpuProducts"), QStringLiteral("/v1/products"), options);
    if (mode != BillingMode::Unknown)
        request.query.addQueryItem(QStringLiteral("billingMethod"), billingModeToWire(mode));
    return m_client.call<RowList<Product>>(request, &decodeGpuList);
}

Call<RowList<Product>> *ProductService::cpuProducts(ReadOptions options) const
{
    return m_client.call<RowList<Product>>(productRequest(QStringLiteral("listCpuProducts"), QStringLiteral("/v1/cpu/products"), options), &decodeCpuList);
}

} // namespace novita
