// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/stores/entitystore.h"

namespace novita {

void EntityStoreBase::setRefreshing(bool on)
{
    if (m_refreshing == on)
        return;
    m_refreshing = on;
    emit freshnessChanged();
}

void EntityStoreBase::markRefreshed(TimePoint at)
{
    m_refreshedAt = at;
    m_lastError.reset();
    m_missed = 0;
    emit freshnessChanged();
}

void EntityStoreBase::markRefreshFailed(const Error &error)
{
    // Withdrawn by ourselves: that says nothing about the data.
    if (error.isCanceled())
        return;
    m_lastError = error;
    ++m_missed;
    emit freshnessChanged();
}

void EntityStoreBase::resetFreshness()
{
    m_refreshedAt.reset();
    m_lastError.reset();
    m_missed = 0;
    m_refreshing = false;
    ++m_resets;
    emit freshnessChanged();
}

} // namespace novita
