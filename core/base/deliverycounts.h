// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace novita {

/// How many webhook deliveries ended how.
struct DeliveryCounts
{
    qint64 accepted = 0;
    qint64 duplicate = 0; ///< seen before
    qint64 refused = 0;   ///< bad signature, too old, malformed, too large, an address that may not deliver, or not to be stored
    qint64 limited = 0;   ///< too many from one address

    qint64 total() const { return accepted + duplicate + refused + limited; }
    bool operator==(const DeliveryCounts &) const = default;

    DeliveryCounts &operator+=(const DeliveryCounts &other)
    {
        accepted += other.accepted;
        duplicate += other.duplicate;
        refused += other.refused;
        limited += other.limited;
        return *this;
    }
    /// What came since `before`; all of it when it was counted anew since then.
    DeliveryCounts since(const DeliveryCounts &before) const
    {
        if (accepted < before.accepted || duplicate < before.duplicate || refused < before.refused || limited < before.limited)
            return *this;
        return {accepted - before.accepted, duplicate - before.duplicate, refused - before.refused, limited - before.limited};
    }
};

} // namespace novita
