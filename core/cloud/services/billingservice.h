// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/cloud/services/readoptions.h"
#include "core/cloud/types/bills.h"
#include "core/cloud/types/common.h"

namespace novita {

class ApiClient;

/// Over what time one row of the usage bills runs.
enum class BillCycle : std::uint8_t { Hour, Day, Week, Month };

/// The bills of the account. They live outside the GPU prefix (ApiArea::Root), come in one answer without pages, and the service
/// wants to be asked seldom (LIST_BILL_TOO_FAST, 429): never poll. Stateless.
class BillingService final
{
public:
    explicit BillingService(ApiClient &client) : m_client(client) {}

    /// Usage of computing time and disks of all products, [from, to). Rows without owner or time are left out; more than
    /// PageWalk::kMostRows fail as ProtocolFault::TooLarge: ask for less time or longer cycles then.
    Call<RowList<UsageBill>> *usage(BillCycle cycle, TimePoint from, TimePoint to, ReadOptions options = {}) const;
    /// Subscriptions paid in [from, to).
    Call<RowList<FixedTermBill>> *fixedTerm(TimePoint from, TimePoint to, ReadOptions options = {}) const;
    Call<RowList<MonthlyStatement>> *statements(ReadOptions options = {}) const;

private:
    ApiClient &m_client;
};

} // namespace novita
