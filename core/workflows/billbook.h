// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/cloud/types/bills.h"

#include <QHash>
#include <QList>

#include <optional>
#include <vector>

namespace novita {

/// What has been billed, by owner. Pure; reading changes nothing, so that a book may be read while a copy is written on another thread.
class BillBook
{
public:
    struct Billed
    {
        Money gpu;
        Money disk;
        Money prepaid;      ///< subscriptions
        bool partial = false; ///< some row has an amount that cannot be read
        Money total() const { return gpu + disk + prepaid; }
        bool operator==(const Billed &) const = default;
    };

    void clear();
    /// Rows of [from, …): what was known from there on is replaced. Rows that are not over by `readAt` are left out.
    void setUsage(const QList<UsageBill> &rows, TimePoint from, TimePoint readAt);
    void setTerms(const QList<FixedTermBill> &rows);

    /// Usage before it is billed in full; nullopt when no usage was billed at all.
    std::optional<TimePoint> lastBilled() const { return m_lastBilled; }
    /// The same of one owner. Owners are billed at different times: what one row says holds for no other owner.
    std::optional<TimePoint> lastBilled(const QString &owner) const;
    /// Everything of one owner that begins at `from` or later.
    Billed of(const QString &owner, TimePoint from = {}) const;
    /// Of all owners, by the beginning of the row, or the time of payment for subscriptions.
    Billed within(TimePoint from, TimePoint to) const;
    QStringList owners() const { return m_usage.keys(); }

private:
    struct Row
    {
        TimePoint from{};
        TimePoint to{};
        std::optional<Money> paid;
        bool disk = false;
    };
    static void add(Billed &sum, const Row &row);
    void sumUp();
    Billed sumOf(const QString &owner, TimePoint from) const;

    QHash<QString, std::vector<Row>> m_usage;
    QHash<QString, std::vector<Row>> m_terms; ///< `from` is when it was paid
    std::optional<TimePoint> m_lastBilled;
    // Of whole owners: the table asks for them all the time.
    QHash<QString, Billed> m_sums;
    QHash<QString, TimePoint> m_ends;
};

} // namespace novita
