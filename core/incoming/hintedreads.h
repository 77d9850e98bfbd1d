// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/ids.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>
#include <QTimer>

namespace novita {

class Refresher;
struct Stores;

/// Reads instances anew because somebody said that they changed, however often that is said: each at once, then no more than once in
/// kAgainAfter; more than a few at a time, or more than kBurst in a minute, as one list (Refresher::noteHint()).
///
/// While a read that was asked for here is under way, the store knows its instances as hinted (InstanceStore::setHinted()).
class HintedReads final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HintedReads)

public:
    static constexpr Milliseconds kAgainAfter{5000};
    static constexpr int kMostWaiting = 8; ///< beyond, a list is cheaper than one by one
    static constexpr int kMostAtOnce = 2;
    static constexpr int kBurst = 20;      ///< single reads in a minute
    static constexpr qsizetype kMostNew = 64;

    HintedReads(Stores &stores, Refresher &refresher, const Clock &clock, QObject *parent = nullptr);

    /// `id` is in the store and is to be looked at.
    void add(const InstanceId &id);
    /// There may be one that the store lacks: the list is read. `id` may be empty.
    void addNew(const InstanceId &id);

    /// Looks at the clock now instead of when the timer fires, for tests.
    void wake();

private:
    enum class Step {
        Waiting,  ///< for its turn to be read by itself
        Reading,
        Listed,   ///< for the list
    };
    struct Wish
    {
        TimePoint at{};         ///< when it was last said
        Step step = Step::Waiting;
        bool again = false;     ///< was said again while it was being read
    };

    void work();
    void read(const InstanceId &id);
    void readEnded(const InstanceId &id);
    void leaveToList();
    void noteList();
    bool takeToken();
    void forget();

    Stores &m_stores;
    Refresher &m_refresher;
    const Clock &m_clock;
    QHash<InstanceId, Wish> m_wishes;
    QList<InstanceId> m_queue;                ///< of those that wait, in the order of arrival
    QHash<InstanceId, SteadyPoint> m_readAt;  ///< when each was read by itself; not before kAgainAfter has passed
    QHash<InstanceId, TimePoint> m_new;       ///< hinted although the store has them not
    QList<SteadyPoint> m_spent;               ///< single reads of the last minute
    int m_reading = 0;
    quint64 m_epoch = 0;                      ///< rises with forget()
    QTimer m_later;
};

} // namespace novita
