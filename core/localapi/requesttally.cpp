// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/localapi/requesttally.h"

#include "core/net/apiclient.h"

#include <algorithm>

namespace novita {

namespace {

constexpr int kTooManyRequests = 429;
/// Operations are those of the contract; a bound all the same.
constexpr qsizetype kMostOperations = 200;

RequestEnding endingOf(const RequestRecord &record)
{
    if (!record.error)
        return RequestEnding::Ok;
    if (record.httpStatus == kTooManyRequests)
        return RequestEnding::Limited;
    return record.httpStatus >= 400 && record.httpStatus < 500 ? RequestEnding::Refused : RequestEnding::Failed;
}

} // namespace

QString requestEndingName(RequestEnding ending)
{
    switch (ending) {
    case RequestEnding::Ok: return QStringLiteral("ok");
    case RequestEnding::Refused: return QStringLiteral("refused");
    case RequestEnding::Limited: return QStringLiteral("limited");
    case RequestEnding::Failed: break;
    }
    return QStringLiteral("failed");
}

RequestTally::RequestTally(const ApiClient &client, const Clock &clock, QObject *parent)
    : QObject(parent), m_clock(clock), m_since(clock.steadyNow())
{
    connect(&client, &ApiClient::requestFinished, this, &RequestTally::add);
}

void RequestTally::add(const RequestRecord &record)
{
    if (record.error && record.error->isCanceled())
        return;
    if (record.fromCache || record.shared) {
        m_figures.cacheHits += record.fromCache ? 1 : 0;
        return;
    }
    const RequestEnding ending = endingOf(record);
    const TimePoint now = m_clock.now();
    ++m_figures.endings[static_cast<std::size_t>(ending)];
    if (record.method == QLatin1String("GET"))
        ++m_figures.cacheMisses;
    addTo(m_figures.byMethod[record.method], record, now);
    if (m_figures.byOperation.contains(record.operation) || m_figures.byOperation.size() < kMostOperations)
        addTo(m_figures.byOperation[record.operation], record, now);
    m_figures.lastAt = now;

    const qint64 number = slotNumber();
    Slot &slot = m_slots[static_cast<std::size_t>(number) % kSlots];
    if (slot.number != number)
        slot = Slot{number, 0, 0, 0, Milliseconds(0)};
    ++slot.count;
    slot.failed += ending == RequestEnding::Failed || ending == RequestEnding::Limited ? 1 : 0;
    if (record.httpStatus == 0)
        return;
    m_figures.latency.add(record.duration);
    m_figures.lastLatency = record.duration;
    ++slot.answered;
    slot.total += record.duration;
}

void RequestTally::addTo(RequestCount &count, const RequestRecord &record, TimePoint at)
{
    ++count.count;
    ++count.statuses[record.httpStatus];
    count.last = at;
    if (record.httpStatus == 0)
        return;
    count.least = count.answered == 0 ? record.duration : std::min(count.least, record.duration);
    count.most = std::max(count.most, record.duration);
    count.total += record.duration;
    ++count.answered;
}

RequestRate RequestTally::rateOf(int minutes) const
{
    const qint64 newest = slotNumber();
    const qint64 oldest = newest - std::chrono::minutes(minutes) / kSlot + 1;
    Slot sum;
    for (const Slot &slot : m_slots) {
        if (slot.number < oldest || slot.number > newest)
            continue;
        sum.count += slot.count;
        sum.failed += slot.failed;
        sum.answered += slot.answered;
        sum.total += slot.total;
    }
    // A program that has just begun has no whole minutes behind it; less than a slot says nothing.
    const Milliseconds behind = std::clamp<Milliseconds>(m_clock.steadyNow() - m_since, kSlot, std::chrono::minutes(minutes));
    RequestRate rate;
    rate.minutes = minutes;
    rate.perMinute = static_cast<double>(sum.count) * 60000.0 / static_cast<double>(behind.count());
    if (sum.count > 0)
        rate.errorPercent = 100.0 * static_cast<double>(sum.failed) / static_cast<double>(sum.count);
    if (sum.answered > 0)
        rate.averageLatency = sum.total / sum.answered;
    return rate;
}

RequestFigures RequestTally::figures() const
{
    RequestFigures figures = m_figures;
    figures.rates = {rateOf(1), rateOf(5), rateOf(15)};
    return figures;
}

} // namespace novita
