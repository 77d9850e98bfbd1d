// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxcatalog.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

/// Resources of a static library are dropped by the linker unless something asks for them; the macro wants no namespace.
static void initSandboxResources()
{
    Q_INIT_RESOURCE(sandbox);
}

namespace novita {

namespace {

Money priceOf(const QJsonObject &json, QLatin1String key)
{
    return Money::fromPriceUnits(json.value(key).toInteger());
}

QStringList textsOf(const QJsonValue &array)
{
    QStringList texts;
    for (const QJsonValue &item : array.toArray())
        texts.append(item.toString());
    return texts;
}

SandboxProduct productOf(const QJsonObject &json, bool cpuOnly)
{
    SandboxProduct product;
    product.id = json.value(QLatin1String("id")).toString();
    product.name = json.value(QLatin1String("name")).toString();
    product.cpuOnly = cpuOnly;
    product.cpu = json.value(QLatin1String("cpu")).toInt();
    product.memory = json.value(QLatin1String("memory")).toInt();
    product.disk = json.value(cpuOnly ? QLatin1String("rootfs") : QLatin1String("disk")).toInt();
    product.localDisk = json.value(QLatin1String("local")).toInt();
    product.price = priceOf(json, QLatin1String("price"));
    product.spotPrice = priceOf(json, QLatin1String("spot"));
    product.monthlyPrice = priceOf(json, QLatin1String("monthly"));
    product.stock = json.value(QLatin1String("stock")).toInt();
    product.clusters = textsOf(json.value(QLatin1String("clusters")));
    return product;
}

} // namespace

SandboxCatalog SandboxCatalog::load()
{
    initSandboxResources();
    QFile file(QStringLiteral(":/sandbox/catalog.json"));
    const bool opened = file.open(QIODevice::ReadOnly);
    const QJsonObject json = QJsonDocument::fromJson(opened ? file.readAll() : QByteArray()).object();
    Q_ASSERT(!json.isEmpty());

    SandboxCatalog catalog;
    for (const QJsonValue &item : json.value(QLatin1String("clusters")).toArray())
        catalog.clusters.append({item[QLatin1String("id")].toString(), item[QLatin1String("name")].toString(),
                                 item[QLatin1String("storage")].toBool(), item[QLatin1String("network")].toBool()});
    for (const QJsonValue &item : json.value(QLatin1String("gpuProducts")).toArray())
        catalog.products.append(productOf(item.toObject(), false));
    for (const QJsonValue &item : json.value(QLatin1String("cpuProducts")).toArray())
        catalog.products.append(productOf(item.toObject(), true));
    catalog.serverlessProducts = textsOf(json.value(QLatin1String("serverlessProducts")));
    catalog.images = textsOf(json.value(QLatin1String("images")));
    for (const QJsonValue &item : json.value(QLatin1String("templates")).toArray())
        catalog.templates.append(item.toObject());
    return catalog;
}

const SandboxCluster *SandboxCatalog::cluster(const QString &id) const
{
    const auto found = std::find_if(clusters.cbegin(), clusters.cend(), [&](const SandboxCluster &c) { return c.id == id; });
    return found == clusters.cend() ? nullptr : &*found;
}

const SandboxProduct *SandboxCatalog::product(const QString &id) const
{
    const auto found = std::find_if(products.cbegin(), products.cend(), [&](const SandboxProduct &p) { return p.id == id; });
    return found == products.cend() ? nullptr : &*found;
}

} // namespace novita
