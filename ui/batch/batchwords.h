// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflows/batchcreate.h"
#include "ui/prompts.h"

#include <QString>

/// What is said about batches, in one place.
namespace novita::batchwords {

/// "20 instances: $7.00/h, $5,110.00 per month of 730 h. The price of 3 rows is not known."
QString cost(int rows, const BatchCost &cost);
/// "7 of 20 created · 3 being created · 10 not begun"
QString progress(const BatchCreate &batch);
ConfirmRequest inProduction(int rows, const QString &cost);
/// Before rows are sent a second time while it is not known whether the first one worked.
ConfirmRequest again(int rows, const QString &cost);
/// Before what was entered is thrown away.
ConfirmRequest discard();

} // namespace novita::batchwords
