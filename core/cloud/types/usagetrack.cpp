// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/usagetrack.h"

#include "core/cloud/types/burn.h"

#include <QJsonArray>

#include <algorithm>

namespace novita {

namespace {

/// The cloud's times are whole seconds, cut off: one of the second in which we last looked may be news.
constexpr Milliseconds kCutOff{999};

/// The time that `facts` tell and the facts before did not, if it lies between the looks.
std::optional<TimePoint> newTime(const std::optional<TimePoint> &was, const std::optional<TimePoint> &is, TimePoint before, TimePoint at)
{
    if (!is || is == was || *is < before - kCutOff || *is > at)
        return std::nullopt;
    return is;
}

QJsonValue timeJson(const std::optional<TimePoint> &at)
{
    return at ? QJsonValue(static_cast<qint64>(at->time_since_epoch().count())) : QJsonValue(QJsonValue::Null);
}

std::optional<TimePoint> timeOf(const QJsonValue &json)
{
    return json.isDouble() ? std::optional(TimePoint(Milliseconds(json.toInteger()))) : std::nullopt;
}

QJsonValue moneyJson(const std::optional<Money> &amount)
{
    return amount ? QJsonValue(amount->priceUnits()) : QJsonValue(QJsonValue::Null);
}

std::optional<Money> moneyOf(const QJsonValue &json)
{
    return json.isDouble() ? std::optional(Money::fromPriceUnits(json.toInteger())) : std::nullopt;
}

} // namespace

UsageFacts usageFacts(const Instance &instance, const std::optional<Money> &gpuPerHour)
{
    UsageFacts facts;
    facts.billed = isBilled(instance);
    facts.running = instance.status == InstanceStatus::Running;
    facts.gpuPerHour = instance.billing == BillingMode::Monthly ? Money() : gpuPerHour;
    facts.diskPerDay = diskPerDay(instance);
    facts.createdAt = instance.createdAt;
    facts.startedAt = instance.lastStartedAt;
    facts.stoppedAt = instance.lastStoppedAt;
    return facts;
}

bool UsageTrack::observe(const UsageFacts &facts, TimePoint at, const std::optional<TimePoint> &before)
{
    if (m_facts && *m_facts == facts && !m_over)
        return false;
    // A price that was not known yet holds for the stretch that has none.
    if (m_facts && facts.gpuPerHour && !m_facts->gpuPerHour) {
        for (UsageSpan &span : m_spans)
            span.gpuPerHour = span.gpuPerHour.value_or(*facts.gpuPerHour);
        m_facts->gpuPerHour = facts.gpuPerHour;
    }
    if (!m_facts)
        firstLook(facts, at);
    else if (m_facts->billed)
        wasBilled(facts, at, before.value_or(at));
    else
        wasFree(facts, at, before.value_or(at));
    m_facts = facts;
    m_over = false;
    return true;
}

void UsageTrack::firstLook(const UsageFacts &facts, TimePoint at)
{
    const TimePoint created = facts.createdAt ? std::min(*facts.createdAt, at) : at;
    const bool ran = facts.startedAt && *facts.startedAt <= at;
    const bool stopped = facts.stoppedAt && facts.startedAt && *facts.stoppedAt >= *facts.startedAt;
    if (facts.billed) {
        const TimePoint from = ran && !stopped ? *facts.startedAt : at;
        enter(from, facts, true);
        // What it did before this run, and how long the run took to begin, nobody tells.
        m_knownSince = !ran && at - created <= kGap ? created : from;
        return;
    }
    if (ran && stopped && *facts.stoppedAt <= at) {
        enter(*facts.startedAt, facts, true);
        enter(*facts.stoppedAt, facts, false);
        m_knownSince = facts.startedAt;
        return;
    }
    const bool young = !facts.startedAt && !facts.stoppedAt;
    enter(at, facts, false);
    m_knownSince = young && at - created <= kGap ? created : at;
}

/// It was charged when last seen.
void UsageTrack::wasBilled(const UsageFacts &facts, TimePoint at, TimePoint before)
{
    const std::optional<TimePoint> stop = newTime(m_facts->stoppedAt, facts.stoppedAt, before, at);
    const std::optional<TimePoint> start = newTime(m_facts->startedAt, facts.startedAt, before, at);
    if (facts.billed && !stop) {
        enter(at, facts, true); // a restart, or another price
        return;
    }
    if (!facts.billed) {
        enter(stop.value_or(at), facts, false);
        if (!stop || start) // gone in some other way, or more than once
            missedUntil(at, before, stop.value_or(at));
        return;
    }
    // Stopped and started again between the looks.
    enter(*stop, facts, false);
    const TimePoint from = facts.running && start && *start > *stop ? *start : at;
    enter(from, facts, true);
    missedUntil(at, before, from);
}

void UsageTrack::wasFree(const UsageFacts &facts, TimePoint at, TimePoint before)
{
    const std::optional<TimePoint> stop = newTime(m_facts->stoppedAt, facts.stoppedAt, before, at);
    const std::optional<TimePoint> start = newTime(m_facts->startedAt, facts.startedAt, before, at);
    if (facts.billed) {
        const TimePoint from = facts.running && start ? *start : at;
        enter(from, facts, true);
        missedUntil(at, before, from);
        return;
    }
    if (start && stop && *start <= *stop) {
        enter(*start, facts, true);
        enter(*stop, facts, false);
        missedUntil(at, before, *stop);
        return;
    }
    enter(at, facts, false);
    if (start || stop)
        missedUntil(at, before, at);
}

/// More may have happened than was proven, unless the looks were close.
void UsageTrack::missedUntil(TimePoint at, TimePoint before, TimePoint proven)
{
    if (at - before > kGap)
        m_knownSince = proven;
}

void UsageTrack::enter(TimePoint at, const UsageFacts &facts, bool billed)
{
    UsageSpan next{at, std::nullopt, billed ? facts.gpuPerHour : std::optional(Money()), facts.diskPerDay};
    if (!m_spans.empty()) {
        UsageSpan &last = m_spans.back();
        if (!last.to && last.gpuPerHour == next.gpuPerHour && last.diskPerDay == next.diskPerDay)
            return;
        // Never backwards: a clock may have been set back, a time of the cloud may lie before what was counted already.
        next.from = std::max(next.from, last.from);
        if (last.to)
            next.from = std::max(next.from, *last.to);
        else
            last.to = next.from;
        if (last.to == last.from)
            m_spans.pop_back();
    }
    m_spans.push_back(next);
    if (m_spans.size() > kMostSpans) {
        m_spans.erase(m_spans.begin());
        m_knownSince = m_spans.front().from;
    }
}

void UsageTrack::end(TimePoint at, const std::optional<TimePoint> &before)
{
    if (m_over || !m_facts)
        return;
    m_over = true;
    // Found to be gone after a long absence: it was there when last seen, and for no later moment is there a proof.
    const bool close = !before || at - *before <= kGap;
    if (!m_spans.empty() && !m_spans.back().to)
        m_spans.back().to = std::max(m_spans.back().from, close ? at : *before);
    if (!close)
        m_knownSince = at;
}

UsageCost UsageTrack::cost(TimePoint from, TimePoint to) const
{
    UsageCost cost;
    cost.complete = m_knownSince && *m_knownSince <= from;
    for (auto span = m_spans.crbegin(); span != m_spans.crend(); ++span) {
        const TimePoint end = std::min(span->to.value_or(to), to);
        const Milliseconds time = end - std::max(span->from, from);
        if (time > Milliseconds(0)) {
            cost.disk.addDaily(span->diskPerDay, time);
            cost.gpu.addHourly(span->gpuPerHour.value_or(Money()), time);
            cost.complete = cost.complete && span->gpuPerHour;
        }
        if (span->from <= from)
            break;
    }
    return cost;
}

void UsageTrack::forgetBefore(TimePoint before)
{
    const auto old = [before](const UsageSpan &span) { return span.to && *span.to <= before; };
    if (std::erase_if(m_spans, old) > 0 && m_knownSince)
        m_knownSince = std::max(*m_knownSince, before);
}

QJsonObject UsageTrack::toJson() const
{
    QJsonArray spans;
    for (const UsageSpan &span : m_spans)
        spans.append(QJsonArray{timeJson(span.from), timeJson(span.to), moneyJson(span.gpuPerHour), moneyJson(span.diskPerDay)});
    QJsonObject json{{QStringLiteral("spans"), spans}, {QStringLiteral("knownSince"), timeJson(m_knownSince)}, {QStringLiteral("over"), m_over}};
    if (m_facts) {
        json.insert(QStringLiteral("facts"), QJsonArray{m_facts->billed, m_facts->running, moneyJson(m_facts->gpuPerHour), moneyJson(m_facts->diskPerDay),
                                                        timeJson(m_facts->createdAt), timeJson(m_facts->startedAt), timeJson(m_facts->stoppedAt)});
    }
    return json;
}

std::optional<UsageTrack> UsageTrack::fromJson(const QJsonObject &json)
{
    const QJsonArray facts = json.value(QLatin1String("facts")).toArray();
    constexpr qsizetype kFacts = 7;
    if (facts.size() != kFacts)
        return std::nullopt;
    UsageTrack track;
    track.m_facts = UsageFacts{facts.at(0).toBool(), facts.at(1).toBool(), moneyOf(facts.at(2)), moneyOf(facts.at(3)).value_or(Money()),
                               timeOf(facts.at(4)), timeOf(facts.at(5)), timeOf(facts.at(6))};
    track.m_knownSince = timeOf(json.value(QLatin1String("knownSince")));
    track.m_over = json.value(QLatin1String("over")).toBool();
    for (const QJsonValue &item : json.value(QLatin1String("spans")).toArray()) {
        const std::optional<TimePoint> from = timeOf(item[0]);
        const bool inOrder = from && (track.m_spans.empty() || (track.m_spans.back().to && *track.m_spans.back().to <= *from));
        if (!inOrder || track.m_spans.size() >= kMostSpans)
            return std::nullopt;
        track.m_spans.push_back({*from, timeOf(item[1]), moneyOf(item[2]), moneyOf(item[3]).value_or(Money())});
    }
    return track;
}

} // namespace novita
