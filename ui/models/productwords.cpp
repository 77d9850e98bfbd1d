// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/productwords.h"

#include <QCoreApplication>
#include <QStringList>

namespace novita::productwords {

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("ProductWords", text);
}

} // namespace

Stock stock(const Product &product)
{
    if (!product.inStock())
        return {say(QT_TRANSLATE_NOOP("ProductWords", "Out of stock")), QStringLiteral("dialog-close"), StateTone::Idle, 0};
    switch (product.inventory) {
    case InventoryState::Low:
        return {say(QT_TRANSLATE_NOOP("ProductWords", "Low")), QStringLiteral("emblem-warning"), StateTone::Warn, 1};
    case InventoryState::Normal:
        return {say(QT_TRANSLATE_NOOP("ProductWords", "Normal")), QStringLiteral("checkmark"), StateTone::Good, 3};
    case InventoryState::High:
        return {say(QT_TRANSLATE_NOOP("ProductWords", "High")), QStringLiteral("checkmark"), StateTone::Good, 4};
    case InventoryState::None:
    case InventoryState::Unknown: break;
    }
    return {say(QT_TRANSLATE_NOOP("ProductWords", "In stock")), QStringLiteral("checkmark"), StateTone::Good, 2};
}

QString billingMode(BillingMode mode)
{
    switch (mode) {
    case BillingMode::OnDemand: return say(QT_TRANSLATE_NOOP("ProductWords", "On demand"));
    case BillingMode::Spot: return say(QT_TRANSLATE_NOOP("ProductWords", "Spot"));
    case BillingMode::Monthly: return say(QT_TRANSLATE_NOOP("ProductWords", "Monthly"));
    case BillingMode::Unknown: break;
    }
    return say(QT_TRANSLATE_NOOP("ProductWords", "Unknown"));
}

QString diskRange(const Product &product)
{
    const int least = product.minRootfsGb.value_or(0);
    const int most = product.maxRootfsGb.value_or(0);
    if (least > 0 && most > 0)
        return say(QT_TRANSLATE_NOOP("ProductWords", "%1–%2 GB")).arg(least).arg(most);
    if (most > 0)
        return say(QT_TRANSLATE_NOOP("ProductWords", "up to %1 GB")).arg(most);
    if (least > 0)
        return say(QT_TRANSLATE_NOOP("ProductWords", "from %1 GB")).arg(least);
    return product.diskGb ? say(QT_TRANSLATE_NOOP("ProductWords", "%1 GB")).arg(*product.diskGb) : QString();
}

QString regions(const Product &product)
{
    if (product.regions.isEmpty())
        return say(QT_TRANSLATE_NOOP("ProductWords", "Any"));
    QStringList codes;
    codes.reserve(product.regions.size());
    for (const QString &name : product.regions)
        codes.append(name.section(QStringLiteral(" ("), 0, 0));
    return codes.join(QStringLiteral(", "));
}

QString regionName(const QString &name, const ClusterId &id, const ClusterStore &clusters)
{
    if (!name.isEmpty())
        return name;
    const Cluster *cluster = clusters.find(id);
    return cluster && !cluster->name.isEmpty() ? cluster->name : id.toString();
}

} // namespace novita::productwords
