// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/usualstarts.h"

#include "core/database/timeline.h"

namespace novita {

namespace {

/// Older ones say little about today's cloud.
constexpr int kMostTimes = 200;

} // namespace

UsualStarts::UsualStarts(Timeline &timeline, QObject *parent) : QObject(parent), m_timeline(timeline) {}

void UsualStarts::setProfile(const ProfileId &profile)
{
    m_reading.reset();
    m_times.clear();
    if (profile.isEmpty())
        return;
    m_reading.reset(m_timeline.spans(profile, startupInfo(StartupState::Requested).name, startupInfo(StartupState::Ready).name, kMostTimes))
        ->onFinished(this, [this](const Result<QList<Milliseconds>> &read) { m_times = (m_times + read.valueOr({})).mid(0, kMostTimes); });
}

void UsualStarts::add(Milliseconds took)
{
    m_times.prepend(took);
    if (m_times.size() > kMostTimes)
        m_times.removeLast();
}

std::optional<UsualStart> UsualStarts::usual() const
{
    return usualStart(m_times);
}

} // namespace novita
