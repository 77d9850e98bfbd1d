// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/rowdiff.h"

#include <algorithm>
#include <iterator>

namespace novita {

std::vector<RowRun> SlotSet::runsOutside(const std::vector<int> &order) const
{
    std::vector<RowRun> runs;
    for (int row = 0; row < static_cast<int>(order.size()); ++row) {
        if (contains(order[static_cast<std::size_t>(row)]))
            continue;
        if (!runs.empty() && runs.back().second == row - 1)
            runs.back().second = row;
        else
            runs.emplace_back(row, row);
    }
    return runs;
}

std::vector<int> SlotSet::common(const std::vector<int> &order) const
{
    std::vector<int> out;
    out.reserve(order.size());
    std::copy_if(order.cbegin(), order.cend(), std::back_inserter(out), [this](int slot) { return contains(slot); });
    return out;
}

} // namespace novita
