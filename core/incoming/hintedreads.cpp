// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/incoming/hintedreads.h"

#include "core/workflows/refresher.h"
#include "core/workflows/stores.h"

#include <algorithm>
#include <utility>

namespace novita {

namespace {

constexpr Milliseconds kMinute = std::chrono::minutes(1);

} // namespace

HintedReads::HintedReads(Stores &stores, Refresher &refresher, const Clock &clock, QObject *parent)
    : QObject(parent), m_stores(stores), m_refresher(refresher), m_clock(clock)
{
    m_later.setSingleShot(true);
    connect(&m_later, &QTimer::timeout, this, &HintedReads::work);
    connect(&stores.instances, &EntityStoreBase::freshnessChanged, this, &HintedReads::noteList);
    connect(&stores.instances, &EntityStoreBase::wasReset, this, &HintedReads::forget);
}

void HintedReads::add(const InstanceId &id)
{
    Wish &wish = m_wishes[id];
    const bool isNew = wish.at == TimePoint();
    wish.at = m_clock.now();
    if (!isNew) {
        wish.again = wish.again || wish.step == Step::Reading;
        if (wish.step == Step::Listed)
            m_refresher.noteHint();
        return;
    }
    m_queue.append(id);
    work();
}

void HintedReads::addNew(const InstanceId &id)
{
    if (!id.isEmpty() && (m_new.size() < kMostNew || m_new.contains(id))) {
        m_new.insert(id, m_clock.now());
        m_stores.instances.setHinted(id, true);
    }
    m_refresher.noteHint();
}

void HintedReads::wake()
{
    work();
}

bool HintedReads::takeToken()
{
    const SteadyPoint now = m_clock.steadyNow();
    while (!m_spent.isEmpty() && now - m_spent.first() >= kMinute)
        m_spent.removeFirst();
    if (m_spent.size() >= kBurst)
        return false;
    m_spent.append(now);
    return true;
}

void HintedReads::work()
{
    if (m_queue.size() > kMostWaiting) {
        leaveToList();
        return;
    }
    const SteadyPoint now = m_clock.steadyNow();
    m_readAt.removeIf([now](const auto &entry) { return now - entry.value() >= kAgainAfter; });
    QList<InstanceId> resting;
    Milliseconds rest = kAgainAfter;
    while (!m_queue.isEmpty() && m_reading < kMostAtOnce) {
        const InstanceId id = m_queue.takeFirst();
        if (const auto before = m_readAt.constFind(id); before != m_readAt.constEnd()) {
            resting.append(id);
            rest = std::min(rest, *before + kAgainAfter - now);
            continue;
        }
        if (!takeToken()) {
            m_queue.prepend(id);
            m_queue = resting + m_queue;
            leaveToList();
            return;
        }
        read(id);
    }
    m_queue = resting + m_queue;
    if (!resting.isEmpty())
        m_later.start(std::max(Milliseconds(1), rest));
}

void HintedReads::read(const InstanceId &id)
{
    Wish &wish = m_wishes[id];
    wish.step = Step::Reading;
    wish.again = false;
    m_readAt.insert(id, m_clock.steadyNow());
    ++m_reading;
    m_stores.instances.setHinted(id, true);
    m_refresher.refreshInstance(id)->onFinished(this, [this, id, epoch = m_epoch](const Result<Done> &) {
        // A read that failed is not tried again here: the poll that comes anyway sees what it would have seen.
        if (epoch == m_epoch)
            readEnded(id);
    });
}

void HintedReads::readEnded(const InstanceId &id)
{
    --m_reading;
    m_stores.instances.setHinted(id, false);
    const auto wish = m_wishes.find(id);
    if (wish != m_wishes.end() && wish->again && m_stores.instances.contains(id)) {
        wish->step = Step::Waiting;
        wish->again = false;
        m_queue.append(id);
    } else {
        m_wishes.remove(id);
    }
    work();
}

/// All that wait are part of the next list.
void HintedReads::leaveToList()
{
    for (const InstanceId &id : std::exchange(m_queue, {})) {
        m_wishes[id].step = Step::Listed;
        m_stores.instances.setHinted(id, true);
    }
    m_refresher.noteHint();
}

/// A list that was asked for after the last word about an instance has shown it as it is.
void HintedReads::noteList()
{
    const std::optional<TimePoint> listedAt = m_stores.instances.refreshedAt();
    if (!listedAt)
        return;
    const auto settle = [this, listedAt](const InstanceId &id, TimePoint at) {
        const bool over = at < *listedAt;
        if (over)
            m_stores.instances.setHinted(id, false);
        return over;
    };
    m_wishes.removeIf([&settle](const auto &entry) { return entry.value().step == Step::Listed && settle(entry.key(), entry.value().at); });
    m_new.removeIf([&settle](const auto &entry) { return settle(entry.key(), entry.value()); });
}

void HintedReads::forget()
{
    ++m_epoch;
    m_wishes.clear();
    m_queue.clear();
    m_readAt.clear();
    m_new.clear();
    m_reading = 0;
    m_later.stop();
}

} // namespace novita
