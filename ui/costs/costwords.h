// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/resources.h"
#include "core/workflows/fleetsummary.h"
#include "core/workflows/ledger.h"

#include <QList>
#include <QString>

#include <optional>
#include <utility>

/// The figures of the account in words: label and value per line. Pure. What is not known is a dash or says so.
namespace novita::costwords {

using Facts = QList<std::pair<QString, QString>>;

Facts balanceFacts(const std::optional<Balance> &balance, const std::optional<TimePoint> &readAt, const FleetNumbers &fleet, TimePoint now);
/// The figures to see first: "$4.21/h", "≥ $38.72 this month"; empty when there is none.
QString burnLead(const FleetNumbers &fleet);
QString spendingLead(const std::optional<Spending> &month);
Facts burnFacts(const FleetNumbers &fleet);
Facts spendingFacts(const std::optional<Spending> &today, const std::optional<Spending> &month);
Facts reconciliationFacts(const std::optional<Reconciliation> &checked);
Facts statementFacts(const QList<MonthlyStatement> &statements);
/// "pending" of a statement as people say it; unknown text verbatim.
QString statementStatus(const QString &wire);

} // namespace novita::costwords
