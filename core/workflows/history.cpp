// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/history.h"

#include "core/database/profilehistory.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/stores.h"

#include <algorithm>

namespace novita {

namespace {

constexpr std::chrono::hours kBetweenCleanUps{1};
constexpr int kHoursPerDay = 24;

} // namespace

History::History(Stores &stores, const Settings &settings, const Clock &clock, QObject *parent)
    : QObject(parent), m_stores(stores), m_settings(settings), m_clock(clock), database(clock)
{
    connect(&m_stores.activity, &ActivityStore::eventAdded, this, [this] {
        if (!m_profile.isEmpty())
            events.append(m_profile, m_stores.activity.events().back());
    });
    m_cleanUp.setInterval(kBetweenCleanUps);
    connect(&m_cleanUp, &QTimer::timeout, this, &History::cleanUp);
}

void History::open(const QString &path)
{
    // Opening, cleaning up and whatever is read later stand in one queue: nobody sees what has outlived its time.
    database.open(path);
    cleanUp();
    m_cleanUp.start();
}

void History::setProfile(const ProfileId &profile, bool beginsAnew)
{
    m_profile = profile;
    m_restoring.reset(); // events of another profile are none of this one's
    if (profile.isEmpty())
        return;
    if (beginsAnew && !m_begunAnew.contains(profile)) {
        m_begunAnew.insert(profile);
        forgetProfileHistory(database, profile);
    } else if (!beginsAnew && !m_restored) {
        restoreEvents();
    }
    m_restored = true;
}

void History::restoreEvents()
{
    EventLog::Filter latest;
    latest.limit = kRestoredEvents;
    m_restoring.reset(events.read(m_profile, latest))->onFinished(this, [this](const Result<QList<ActivityEvent>> &read) {
        if (!read || read->isEmpty())
            return;
        QList<ActivityEvent> oldestFirst = *read;
        std::reverse(oldestFirst.begin(), oldestFirst.end());
        // What this run has said so far may be in the file already.
        if (!m_stores.activity.events().empty()) {
            const TimePoint begin = m_stores.activity.events().front().at;
            oldestFirst.removeIf([begin](const ActivityEvent &event) { return event.at >= begin; });
        }
        m_stores.activity.restoreEvents(oldestFirst);
    });
}

void History::cleanUp()
{
    const TimePoint now = m_clock.now();
    const TimePoint keepFrom = now - std::chrono::hours(kHoursPerDay) * m_settings.value(keys::kHistoryDays);
    events.prune(keepFrom);
    operations.prune(keepFrom);
    timeline.prune(keepFrom);
    prices.prune(keepFrom);
    usage.prune(keepFrom);
    notified.prune(keepFrom);
    samples.maintain(now, keepFrom);
}

} // namespace novita
