// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/cloud/types/common.h"

#include <QList>

#include <optional>

namespace novita {

class Database;

/// Price and stock of one product in one billing mode, from a moment on.
struct PricePoint
{
    ProductId product;
    BillingMode mode = BillingMode::OnDemand;
    TimePoint at{};
    std::optional<Money> price; ///< per hour and GPU; nullopt = not offered in this mode
    bool available = false;
};

/// How prices and stock moved, as this program saw them: a row only where something changed. Thread: the Database's.
class PriceHistory final
{
    Q_DISABLE_COPY_MOVE(PriceHistory)

public:
    explicit PriceHistory(Database &database) : m_database(database) {}

    /// Posted. Points equal to the last known of their product and mode are left out.
    void record(const ProfileId &profile, const QList<PricePoint> &points);
    /// Points of [from, to), oldest first, with the one that was in force at `from` in front.
    Call<QList<PricePoint>> *read(const ProfileId &profile, const ProductId &product, BillingMode mode, TimePoint from, TimePoint to) const;
    /// Deletes what is older, but for the last point of each product and mode. Result: rows deleted.
    Call<int> *prune(TimePoint before);

private:
    Database &m_database;
};

} // namespace novita
