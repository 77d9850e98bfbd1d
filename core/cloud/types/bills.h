// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/jsonreader.h"
#include "core/base/money.h"

#include <optional>

/// What the account was charged, as the billing API tells it. Its rows have no id of their own: `id` is made of what tells one row
/// from another, and is empty when the row says too little to count.
namespace novita {

using BillId = StrongId<struct BillTag>;

/// A charge of what is paid by use: one owner and one kind over one cycle.
struct UsageBill
{
    BillId id;
    QString owner;               ///< id of the instance or network volume; empty for other products
    QString category;            ///< "gpu", "local_storage", "cloud_storage", …; verbatim
    QString productName;
    TimePoint from{};
    TimePoint to{};
    std::optional<Money> paid;
    bool operator==(const UsageBill &) const = default;
    bool isDisk() const;         ///< of disks and volumes, not of computing time
};

/// A charge paid in advance: a subscription, or the disk that goes with it.
struct FixedTermBill
{
    BillId id;
    QString owner;
    QString category;
    QString productName;
    QString tradeType;           ///< "monthly_new_buy", "monthly_re_buy", "monthly_re_config"; verbatim
    TimePoint paidAt{};
    std::optional<TimePoint> from;
    std::optional<TimePoint> to;
    std::optional<Money> paid;
    bool operator==(const FixedTermBill &) const = default;
};

/// The statement of one month. Amounts are those of all products of the account.
struct MonthlyStatement
{
    BillId id;
    QString month;               ///< "2026-10"
    QString status;              ///< "pending", "outed", "paid", "overdue"; verbatim
    std::optional<Money> total;
    std::optional<Money> debt;
    bool operator==(const MonthlyStatement &) const = default;
};

UsageBill decodeUsageBill(const JsonReader &reader);
FixedTermBill decodeFixedTermBill(const JsonReader &reader);
MonthlyStatement decodeMonthlyStatement(const JsonReader &reader);

/// What a row says was paid. `payAmountDisplay` decides, being what the vendor shows; `payAmount` counts in units of 1/pricePrecision
/// USD and fills in digits that the display rounded away. The unit of payAmount is not documented where there is no
/// pricePrecision: then the display alone counts.
std::optional<Money> paidAmount(const JsonReader &reader);

} // namespace novita
