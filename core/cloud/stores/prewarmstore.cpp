// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/stores/prewarmstore.h"

#include <algorithm>

namespace novita {

void PrewarmStore::setQuota(const PrewarmQuota &quota)
{
    if (m_quota == quota)
        return;
    m_quota = quota;
    emit quotaChanged();
}

bool PrewarmStore::anyUnfinished() const
{
    return std::any_of(ids().begin(), ids().end(), [this](const PrewarmId &id) { return !find(id)->isFinished(); });
}

void PrewarmStore::allRemoved()
{
    setQuota({});
}

} // namespace novita
