// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace novita {

using RowRun = std::pair<int, int>; ///< first and last of neighbouring rows

/// A set of slot numbers as one flag each: what makes comparing two row orders linear.
class SlotSet
{
public:
    SlotSet(const std::vector<int> &members, std::size_t slotCount) : m_flags(slotCount, 0) { add(members); }
    void add(const std::vector<int> &members)
    {
        for (const int slot : members)
            m_flags[static_cast<std::size_t>(slot)] = 1;
    }
    bool contains(int slot) const { return m_flags[static_cast<std::size_t>(slot)] != 0; }

    /// The runs of neighbours in `order` that are not in this set.
    std::vector<RowRun> runsOutside(const std::vector<int> &order) const;
    /// What of `order` is in this set, in that order.
    std::vector<int> common(const std::vector<int> &order) const;

private:
    std::vector<char> m_flags;
};

} // namespace novita
