// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/startupmonitor.h"

#include "core/base/redact.h"
#include "core/workflows/operationname.h"

#include <QJsonArray>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

double toJson(TimePoint at)
{
    return static_cast<double>(at.time_since_epoch().count());
}

TimePoint timeOf(const QJsonValue &value)
{
    return TimePoint(Milliseconds(static_cast<qint64>(value.toDouble())));
}

using L1 = QLatin1String;

QJsonArray stepsToJson(const QList<TimelineEntry> &steps)
{
    QJsonArray json;
    for (const TimelineEntry &step : steps)
        json.append(QJsonObject{{L1("at"), toJson(step.at)}, {L1("state"), step.state}, {L1("note"), step.note}});
    return json;
}

QList<TimelineEntry> stepsOf(const QJsonArray &json)
{
    QList<TimelineEntry> steps;
    for (qsizetype i = 0; i < json.size() && i < StartupCase::kMostSteps; ++i) {
        const QJsonObject step = json.at(i).toObject();
        steps.append({timeOf(step.value(L1("at"))), step.value(L1("state")).toString(), step.value(L1("note")).toString()});
    }
    return steps;
}

} // namespace

QString StartupCase::operationId() const
{
    return operationName(QLatin1String("startup"), request.at, instance);
}

std::optional<TimePoint> StartupCase::readyAt() const
{
    const QLatin1String ready = startupInfo(StartupState::Ready).name;
    const auto found = std::find_if(steps.begin(), steps.end(), [ready](const TimelineEntry &step) { return step.state == ready; });
    return found == steps.end() ? std::nullopt : std::optional(found->at);
}

QJsonObject StartupCase::toJson() const
{
    QJsonObject json{
        {L1("instance"), instance.toString()},
        {L1("requestedAt"), novita::toJson(request.at)},
        {L1("wasRunning"), request.wasRunning},
        {L1("state"), startupInfo(phase.state).name},
        {L1("since"), novita::toJson(phase.since)},
        {L1("reason"), phase.reason},
        {L1("deadline"), novita::toJson(deadline)},
        {L1("steps"), stepsToJson(steps)},
    };
    if (request.lastStartedBefore)
        json.insert(L1("lastStartedBefore"), novita::toJson(*request.lastStartedBefore));
    return json;
}

std::optional<StartupCase> StartupCase::fromJson(const QJsonObject &json)
{
    StartupCase out;
    out.instance = InstanceId(json.value(L1("instance")).toString());
    if (out.instance.isEmpty() || !json.value(L1("requestedAt")).isDouble() || !json.value(L1("deadline")).isDouble())
        return std::nullopt;
    out.request.at = timeOf(json.value(L1("requestedAt")));
    out.request.wasRunning = json.value(L1("wasRunning")).toBool();
    if (json.contains(L1("lastStartedBefore")))
        out.request.lastStartedBefore = timeOf(json.value(L1("lastStartedBefore")));
    out.phase = {startupStateFromName(json.value(L1("state")).toString()), timeOf(json.value(L1("since"))), json.value(L1("reason")).toString()};
    out.deadline = timeOf(json.value(L1("deadline")));
    out.steps = stepsOf(json.value(L1("steps")).toArray());
    return out;
}

StartupMonitor::StartupMonitor(const StartupCase &begin, EndpointProbe &probe, const EndpointCheck::Limits &limits, const Clock &clock,
                               std::function<double()> random, QObject *parent)
    : QObject(parent), m_case(begin), m_probe(probe), m_random(std::move(random)), m_limits(limits), m_clock(clock)
{
    if (m_case.steps.isEmpty())
        addStep(m_case.phase);
    // What was being checked when the program ended is to be checked anew.
    if (m_case.phase.state == StartupState::Checking)
        m_case.phase.state = StartupState::Running;
}

QList<EndpointStatus> StartupMonitor::endpoints() const
{
    return m_check ? m_check->endpoints() : QList<EndpointStatus>();
}

void StartupMonitor::addStep(const StartupPhase &phase)
{
    if (m_case.steps.size() >= StartupCase::kMostSteps)
        m_case.steps.removeLast();
    m_case.steps.append({phase.since, startupInfo(phase.state).name, phase.reason});
}

bool StartupMonitor::wasHereBefore() const
{
    const QList<TimelineEntry> &steps = m_case.steps;
    const QString present = startupInfo(m_case.phase.state).name;
    return std::any_of(steps.begin(), steps.end() - 1, [&present](const TimelineEntry &step) { return step.state == present; });
}

void StartupMonitor::take(const StartupPhase &next)
{
    const StartupState from = m_case.phase.state;
    if (next == m_case.phase)
        return;
    m_case.phase = next;
    m_case.phase.reason = redact(next.reason);
    if (next.state == from)
        return;
    addStep(m_case.phase);
    if (next.state != StartupState::Running)
        m_needsDetail = false;
    if (next.state != StartupState::Checking && next.state != StartupState::Ready && next.state != StartupState::Failed)
        m_check.reset(); // it was about a run that has passed
    emit phaseChanged(from, next.state);
}

void StartupMonitor::observe(const Instance &instance, bool detailed)
{
    take(advanceStartup(m_case.phase, m_case.request, instance, m_clock.now()));
    if (m_case.phase.state != StartupState::Running)
        return;
    m_needsDetail = !detailed;
    if (detailed)
        beginChecks(instance);
}

void StartupMonitor::vanish()
{
    take(advanceStartup(m_case.phase, StartupSignal::Gone, {}, m_clock.now()));
}

void StartupMonitor::tick()
{
    if (m_clock.now() >= m_case.deadline)
        take(advanceStartup(m_case.phase, StartupSignal::Deadline, {}, m_clock.now()));
}

void StartupMonitor::recheck(const Instance &instance)
{
    if (m_case.phase.state == StartupState::Checking)
        return;
    beginChecks(instance);
}

void StartupMonitor::beginChecks(const Instance &instance)
{
    const StartupPhase next = advanceStartup(m_case.phase, StartupSignal::CheckBegun, {}, m_clock.now());
    if (next.state != StartupState::Checking)
        return;
    m_needsDetail = false;
    m_check = std::make_unique<EndpointCheck>(m_probe, m_limits, m_random, endpointsOf(instance));
    connect(m_check.get(), &EndpointCheck::changed, this, &StartupMonitor::endpointsChanged);
    connect(m_check.get(), &EndpointCheck::finished, this, &StartupMonitor::endChecks);
    m_check->start();
    take(next);
}

void StartupMonitor::endChecks()
{
    const StartupSignal outcome = m_check->allAlive() ? StartupSignal::ChecksPassed : StartupSignal::ChecksFailed;
    take(advanceStartup(m_case.phase, outcome, m_check->problems(), m_clock.now()));
}

} // namespace novita
