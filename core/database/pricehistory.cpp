// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/pricehistory.h"

#include "core/database/database.h"
#include "core/database/sqltypes.h"

namespace novita {

namespace {

QVariant unitsToSql(const std::optional<Money> &price)
{
    return price ? QVariant::fromValue<qint64>(price->priceUnits()) : QVariant(QMetaType::fromType<qint64>());
}

} // namespace

void PriceHistory::record(const ProfileId &profile, const QList<PricePoint> &points)
{
    m_database.post([profile, points](SqlSession &session) -> Result<Done> {
        for (const PricePoint &point : points) {
            const QVariantList key{text(profile.toString()), text(point.product.toString()), billingModeToWire(point.mode)};
            bool same = false;
            std::optional<Error> error = session.select(
                QStringLiteral("SELECT units, available FROM price WHERE profile = ? AND product = ? AND mode = ? ORDER BY at DESC LIMIT 1"), key,
                [&](const QSqlQuery &row) {
                    const QVariant units = unitsToSql(point.price);
                    same = row.value(0).isNull() == units.isNull() && row.value(0).toLongLong() == units.toLongLong()
                           && row.value(1).toBool() == point.available;
                    return false;
                });
            if (!error && !same) {
                error = session.exec(QStringLiteral("INSERT OR REPLACE INTO price (profile, product, mode, at, units, available) VALUES (?, ?, ?, ?, ?, ?)"),
                                     key + QVariantList{timeToSql(point.at), unitsToSql(point.price), point.available});
            }
            if (error)
                return *error;
        }
        return Done{};
    });
}

Call<QList<PricePoint>> *PriceHistory::read(const ProfileId &profile, const ProductId &product, BillingMode mode, TimePoint from, TimePoint to) const
{
    return m_database.run<QList<PricePoint>>([=](SqlSession &session) -> Result<QList<PricePoint>> {
        QList<PricePoint> points;
        const QVariantList key{text(profile.toString()), text(product.toString()), billingModeToWire(mode)};
        const auto take = [&](const QSqlQuery &row) {
            std::optional<Money> price;
            if (!row.value(1).isNull())
                price = Money::fromPriceUnits(row.value(1).toLongLong());
            points.append({product, mode, timeFromSql(row.value(0)), price, row.value(2).toBool()});
            return true;
        };
        const QString columns = QStringLiteral("SELECT at, units, available FROM price WHERE profile = ? AND product = ? AND mode = ? AND ");
        std::optional<Error> error = session.select(columns + QStringLiteral("at < ? ORDER BY at DESC LIMIT 1"), key + QVariantList{timeToSql(from)}, take);
        if (!error)
            error = session.select(columns + QStringLiteral("at >= ? AND at < ? ORDER BY at"), key + QVariantList{timeToSql(from), timeToSql(to)}, take);
        if (error)
            return *error;
        return points;
    });
}

Call<int> *PriceHistory::prune(TimePoint before)
{
    return m_database.run<int>([before](SqlSession &session) -> Result<int> {
        if (const std::optional<Error> error = session.exec(
                QStringLiteral("DELETE FROM price WHERE at < ? AND EXISTS (SELECT 1 FROM price AS later WHERE later.profile = price.profile"
                               " AND later.product = price.product AND later.mode = price.mode AND later.at > price.at)"),
                {timeToSql(before)}))
            return *error;
        return session.changes();
    });
}

} // namespace novita
