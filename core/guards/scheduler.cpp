// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guards/scheduler.h"

#include "core/base/displaytext.h"
#include "core/base/logging.h"
#include "core/guards/guardtools.h"
#include "core/workflows/failuretext.h"
#include "core/workflows/instancecommands.h"
#include "core/workflows/notificationcenter.h"
#include "core/workflows/stores.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <memory>

namespace novita {

namespace {

/// The wall clock may be set at any time: no timer is trusted for longer.
constexpr Milliseconds kLongestSleep{60000};
constexpr Milliseconds kShortestSleep{50};
constexpr qsizetype kNamed = 3;

QString timeText(TimePoint at)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count()), QStringLiteral("d MMM yyyy, HH:mm"));
}

} // namespace

Scheduler::Scheduler(RuleLog &log, Stores &stores, InstanceCommands &commands, NotificationCenter &center, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_book(log, QStringLiteral("schedule"), clock)
    , m_gone(stores)
    , m_stores(stores)
    , m_commands(commands)
    , m_center(center)
    , m_clock(clock)
    , m_begun(clock.now())
{
    tellUnreadRules(center, m_book, NotificationKind::Schedule, tr("The schedules could not be read"));
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Scheduler::wake);
    connect(&m_book, &RuleBook::loaded, this, [this] {
        emit changed();
        wake();
    });
    connect(&m_book, &RuleBook::changed, this, &Scheduler::changed);
    // Instances are known only after the first list.
    connect(&m_stores.instances, &EntityStoreBase::freshnessChanged, this, [this] {
        forgetGone();
        if (!m_timer.isActive())
            wake();
    });
}

void Scheduler::setProfile(const ProfileId &profile)
{
    m_busy.clear();
    m_timer.stop();
    m_book.setProfile(profile);
}

QList<Schedule> Scheduler::schedules() const
{
    QList<Schedule> out;
    const QList<RuleRecord> records = m_book.rules();
    for (const RuleRecord &record : records) {
        if (const Result<ScheduleRule> rule = ScheduleRule::fromJson(record.body))
            out.append({record.id, *rule, ScheduleState::fromJson(record.state), record.enabled});
        else
            m_book.warnUnreadable(record.id, rule.error());
    }
    return out;
}

QList<Schedule> Scheduler::schedulesOf(const InstanceId &id) const
{
    QList<Schedule> out = schedules();
    out.removeIf([&id](const Schedule &schedule) { return !schedule.rule.instances.contains(id); });
    return out;
}

Call<RuleId> *Scheduler::add(const ScheduleRule &rule)
{
    if (const Result<ScheduleRule> checked = ScheduleRule::fromJson(rule.toJson()); !checked)
        return Call<RuleId>::settledWith(checked.error(), this);
    ScheduleState state;
    state.next = rule.nextAfter(m_clock.now());
    if (!state.next)
        return Call<RuleId>::settledWith(Error::make(ErrorKind::Validation, tr("This time has passed.")), this);
    Call<RuleId> *call = m_book.add({}, rule.toJson(), state.toJson());
    arm();
    return call;
}

Call<Done> *Scheduler::change(const RuleId &id, const ScheduleRule &rule)
{
    if (const Result<ScheduleRule> checked = ScheduleRule::fromJson(rule.toJson()); !checked)
        return Call<Done>::settledWith(checked.error(), this);
    ScheduleState state;
    state.next = rule.nextAfter(m_clock.now());
    if (!state.next)
        return Call<Done>::settledWith(Error::make(ErrorKind::Validation, tr("This time has passed.")), this);
    Call<Done> *call = m_book.change(id, rule.toJson(), state.toJson(), true);
    arm();
    return call;
}

Call<Done> *Scheduler::setEnabled(const RuleId &id, bool enabled)
{
    const RuleRecord *record = m_book.find(id);
    const Result<ScheduleRule> rule = record ? ScheduleRule::fromJson(record->body) : Result<ScheduleRule>(Error::make(ErrorKind::NotFound, {}));
    if (!rule)
        return Call<Done>::settledWith(Error::make(ErrorKind::NotFound, tr("The schedule is not there any more.")), this);
    ScheduleState state = ScheduleState::fromJson(record->state);
    if (enabled)
        state.next = rule->nextAfter(m_clock.now());
    Call<Done> *call = m_book.change(id, record->body, state.toJson(), enabled);
    arm();
    return call;
}

Call<Done> *Scheduler::remove(const RuleId &id)
{
    return m_book.remove(id)->onFinished(this, [this](const Result<Done> &removed) {
        if (!removed)
            wake(); // it stands again
    });
}

void Scheduler::wake()
{
    if (!m_book.isLoaded() || !m_stores.instances.refreshedAt()) {
        m_timer.stop();
        return;
    }
    const QList<Schedule> all = schedules();
    for (const Schedule &schedule : all) {
        if (!schedule.enabled || m_busy.contains(schedule.id.toString()))
            continue;
        const ScheduleStep step = nextSchedule(schedule.rule, schedule.state, m_begun, m_clock.now());
        if (step.turn == ScheduleTurn::Wait)
            continue;
        ScheduleState next = step.state;
        next.outcome = step.turn == ScheduleTurn::Missed ? tr("missed: the console was not running or had no connection") : tr("under way");
        m_busy.insert(schedule.id.toString());
        m_book.advance(schedule.id, next.toJson())->onFinished(this, [this, schedule, step, body = m_book.find(schedule.id)->body](const Result<Done> &written) {
            m_busy.remove(schedule.id.toString());
            const bool holds = written && m_book.stillAsksFor(schedule.id, body);
            if (holds && step.turn == ScheduleTurn::Act)
                act(schedule.id, schedule.rule, step.due);
            if (holds && step.missed > 0)
                tellMissed(schedule.id, schedule.rule, step);
            if (!written && !written.error().isCanceled())
                qCWarning(lcWorkflow).noquote() << "A schedule did not act:" << written.error().toLogString();
            arm();
        });
    }
    arm();
}

QString Scheduler::namesOf(const ScheduleRule &rule) const
{
    QStringList names;
    for (const InstanceId &id : rule.instances) {
        const Instance *row = m_stores.instances.find(id);
        names.append(row ? row->displayName() : displayLine(id.toString()));
    }
    const qsizetype more = names.size() - kNamed;
    const QString first = names.mid(0, kNamed).join(QStringLiteral(", "));
    return more > 0 ? tr("%1 and %Ln more", "names", static_cast<int>(more)).arg(first) : first;
}

void Scheduler::tellMissed(const RuleId &id, const ScheduleRule &rule, const ScheduleStep &step)
{
    const bool start = rule.action == InstanceAction::Start;
    Notification notice;
    notice.kind = NotificationKind::Schedule;
    notice.source = EventSource::Policy;
    notice.severity = EventSeverity::Warning;
    notice.urgency = NotificationUrgency::Critical;
    notice.title = start ? tr("A scheduled start was missed") : tr("A scheduled stop was missed");
    notice.text = start ? tr("%1: not started at %2. The console was not running then, or had no connection; nothing is made up for.").arg(namesOf(rule), timeText(step.lastMissed))
                        : tr("%1: not stopped at %2. The console was not running then, or had no connection; nothing is made up for.").arg(namesOf(rule), timeText(step.lastMissed));
    notice.subjectId = rule.instances.size() == 1 ? rule.instances.first().toString() : QString();
    notice.subjectName = namesOf(rule);
    notice.page = notice.subjectId.isEmpty() ? QStringLiteral("instances") : QStringLiteral("instances/") + notice.subjectId;
    notice.key = QStringLiteral("schedule/%1/%2").arg(id.toString()).arg(step.lastMissed.time_since_epoch().count());
    m_center.post(notice);
}

void Scheduler::act(const RuleId &id, const ScheduleRule &rule, TimePoint due)
{
    struct Progress
    {
        qsizetype open = 0;
        int done = 0;
        QStringList failures;
    };
    qCInfo(lcWorkflow).noquote() << "schedule" << id.toString() << "acts on" << rule.instances.size() << "instances, due" << timeText(due);
    const auto progress = std::make_shared<Progress>();
    progress->open = rule.instances.size();
    const ProfileId profile = m_book.profile();
    for (const InstanceId &instance : rule.instances) {
        const Instance *row = m_stores.instances.find(instance);
        const QString name = row ? row->displayName() : displayLine(instance.toString());
        m_commands.run(instance, rule.action, EventSource::Policy)->onFinished(this, [this, id, rule, name, progress, profile](const Result<Done> &result) {
            if (profile != m_book.profile())
                return;
            if (result)
                ++progress->done;
            else
                progress->failures.append(tr("%1: %2", "name: why").arg(name, failureText(result.error())));
            if (--progress->open == 0)
                ended(id, rule, progress->done, progress->failures);
        });
    }
}

void Scheduler::ended(const RuleId &id, const ScheduleRule &rule, int done, const QStringList &failures)
{
    const bool start = rule.action == InstanceAction::Start;
    Notification notice;
    notice.kind = NotificationKind::Schedule;
    notice.source = EventSource::Policy;
    notice.severity = failures.isEmpty() ? EventSeverity::Success : EventSeverity::Problem;
    notice.urgency = failures.isEmpty() ? NotificationUrgency::Normal : NotificationUrgency::Critical;
    notice.subjectId = rule.instances.size() == 1 ? rule.instances.first().toString() : QString();
    notice.subjectName = namesOf(rule);
    notice.page = notice.subjectId.isEmpty() ? QStringLiteral("instances") : QStringLiteral("instances/") + notice.subjectId;
    if (failures.isEmpty()) {
        notice.title = start ? tr("Started by schedule") : tr("Stopped by schedule");
        notice.text = start ? tr("The schedule asked to start: %1.").arg(namesOf(rule)) : tr("The schedule asked to stop: %1.").arg(namesOf(rule));
    } else {
        notice.title = start ? tr("A scheduled start failed") : tr("A scheduled stop failed");
        notice.text = failures.join(QLatin1Char(' '));
    }
    m_center.post(notice);
    if (const RuleRecord *record = m_book.find(id)) {
        ScheduleState state = ScheduleState::fromJson(record->state);
        state.outcome = failures.isEmpty() ? tr("done") : tr("%1 of %2 done. %3").arg(done).arg(rule.instances.size()).arg(failures.first());
        m_book.advance(id, state.toJson());
    }
}

/// What the cloud no longer has is taken out of the schedules; one without instances goes.
void Scheduler::forgetGone()
{
    if (!m_book.isLoaded())
        return;
    const QList<Schedule> all = schedules();
    for (const Schedule &schedule : all) {
        ScheduleRule left = schedule.rule;
        left.instances.removeIf([this](const InstanceId &id) { return m_gone.contains(id); });
        if (left.instances == schedule.rule.instances || m_busy.contains(schedule.id.toString()))
            continue;
        const QString names = namesOf(schedule.rule);
        const bool none = left.instances.isEmpty();
        Call<Done> *call = none ? m_book.remove(schedule.id) : m_book.change(schedule.id, left.toJson(), schedule.state.toJson(), schedule.enabled);
        call->onFinished(this, [this, names, none](const Result<Done> &written) {
            if (!written)
                return; // the next list tries again
            const QString sentence = none ? tr("A schedule was removed, since its instances are gone: %1.").arg(names)
                                          : tr("What is gone was taken out of a schedule of %1.").arg(names);
            m_stores.activity.addEvent({0, m_clock.now(), EventSeverity::Info, EventSource::Policy, {}, names, sentence, {}});
        });
    }
}

void Scheduler::arm()
{
    if (!m_book.isLoaded() || !m_stores.instances.refreshedAt())
        return;
    std::optional<Milliseconds> sleep;
    const TimePoint now = m_clock.now();
    const QList<Schedule> all = schedules();
    for (const Schedule &schedule : all) {
        if (schedule.enabled && schedule.state.next)
            sleep = std::min(sleep.value_or(kLongestSleep), *schedule.state.next - now);
    }
    if (sleep)
        m_timer.start(std::clamp(*sleep, kShortestSleep, kLongestSleep));
    else
        m_timer.stop();
}

} // namespace novita
