// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guards/idleguard.h"

#include "core/base/displaytext.h"
#include "core/base/logging.h"
#include "core/guards/guardtools.h"
#include "core/workflows/failuretext.h"
#include "core/workflows/instancecommands.h"
#include "core/workflows/notificationcenter.h"
#include "core/workflows/stores.h"

#include <QDateTime>
#include <QLocale>
#include <QTime>

#include <algorithm>

namespace novita {

namespace {

constexpr Milliseconds kShortestSleep{200};
/// After a stop that the cloud refused.
constexpr Milliseconds kAfterFailure{10 * 60 * 1000};
/// What is read beyond the time of the rule, so that the last point before it is there.
constexpr std::chrono::minutes kBeyond{5};

QString clockText(TimePoint at)
{
    return QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count()).time().toString(QStringLiteral("HH:mm"));
}

QString noticeKey(const RuleId &id, const IdleState &state)
{
    return QStringLiteral("idle/%1/%2").arg(id.toString()).arg(state.deadline ? state.deadline->time_since_epoch().count() : 0);
}

} // namespace

IdleGuard::IdleGuard(RuleLog &log, Stores &stores, InstanceCommands &commands, NotificationCenter &center, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_book(log, QStringLiteral("idle"), clock)
    , m_gone(stores)
    , m_stores(stores)
    , m_commands(commands)
    , m_center(center)
    , m_clock(clock)
    , m_begun(clock.now())
{
    tellUnreadRules(center, m_book, NotificationKind::Guard, tr("The idle rules could not be read"));
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &IdleGuard::wake);
    connect(&m_book, &RuleBook::loaded, this, [this] {
        const QList<InstanceId> ids = instances();
        for (const InstanceId &id : ids)
            mark(id);
        emit changed(InstanceId());
        wake();
    });
    connect(&m_book, &RuleBook::changed, this, [this](const RuleId &id) {
        const RuleRecord *rule = m_book.find(id);
        if (rule)
            mark(InstanceId(rule->subject));
        emit changed(rule ? InstanceId(rule->subject) : InstanceId());
    });
    connect(&m_stores.instances, &EntityStoreBase::freshnessChanged, this, [this] {
        forgetGone();
        const QList<InstanceId> ids = instances();
        for (const InstanceId &id : ids) // rows that came later
            mark(id);
        if (!m_timer.isActive())
            wake();
    });
    connect(&m_center, &NotificationCenter::actionTriggered, this, [this](const Notification &notification, const QString &action) {
        if (notification.kind == NotificationKind::Guard && action == QLatin1String("keep"))
            keep(InstanceId(notification.subjectId));
    });
}

IdleGuard::~IdleGuard() = default;

void IdleGuard::setProfile(const ProfileId &profile)
{
    m_looks.clear();
    m_timer.stop();
    m_book.setProfile(profile);
}

const RuleRecord *IdleGuard::record(const InstanceId &id) const
{
    return m_book.findFor(id.toString());
}

std::optional<IdleRule> IdleGuard::ruleOf(const InstanceId &id) const
{
    const RuleRecord *rule = record(id);
    const Result<IdleRule> read = rule ? IdleRule::fromJson(rule->body) : Result<IdleRule>(Error::make(ErrorKind::NotFound, {}));
    return read ? std::optional(*read) : std::nullopt;
}

IdleState IdleGuard::stateOf(const InstanceId &id) const
{
    const RuleRecord *rule = record(id);
    return rule ? IdleState::fromJson(rule->state) : IdleState();
}

QList<InstanceId> IdleGuard::instances() const
{
    QList<InstanceId> out;
    const QList<RuleRecord> rules = m_book.rules();
    for (const RuleRecord &rule : rules)
        out.append(InstanceId(rule.subject));
    return out;
}

Call<Done> *IdleGuard::setRule(const InstanceId &id, const IdleRule &rule)
{
    if (const Result<IdleRule> checked = IdleRule::fromJson(rule.toJson()); !checked)
        return Call<Done>::settledWith(checked.error(), this);
    const Instance *row = m_stores.instances.find(id);
    const QString name = row ? row->displayName() : id.toString();
    const auto saved = [this, id, name, rule](const Result<Done> &done) {
        if (done)
            audit(EventSeverity::Info, EventSource::You, id.toString(), name,
                  rule.dryRun ? tr("“%1” has an idle rule, as a dry run: %2").arg(name, reasonOf(rule)) : tr("“%1” has an idle rule: %2").arg(name, reasonOf(rule)));
    };
    if (const RuleRecord *known = record(id)) {
        const IdleState before = IdleState::fromJson(known->state);
        m_center.withdraw(noticeKey(known->id, before));
        m_looks[known->id.toString()].due.reset();
        Call<Done> *call = m_book.change(known->id, rule.toJson(), IdleState().toJson(), true)->onFinished(this, saved);
        arm();
        return call;
    }
    auto *call = Call<Done>::create(this)->onFinished(this, saved);
    m_book.add(id.toString(), rule.toJson(), IdleState().toJson())->onFinished(call, [this, call](const Result<RuleId> &added) {
        if (added)
            m_looks[added->toString()].resumed = false;
        call->resolve(added ? Result<Done>(Done{}) : Result<Done>(added.error()));
        wake();
    });
    return call;
}

Call<Done> *IdleGuard::removeRule(const InstanceId &id)
{
    const RuleRecord *rule = record(id);
    if (!rule)
        return Call<Done>::settledWith(Done{}, this);
    const RuleId ruleId = rule->id;
    m_center.withdraw(noticeKey(ruleId, IdleState::fromJson(rule->state)));
    const Instance *row = m_stores.instances.find(id);
    const QString name = row ? row->displayName() : id.toString();
    Call<Done> *call = m_book.remove(ruleId)->onFinished(this, [this, ruleId, id, name](const Result<Done> &removed) {
        if (!removed) {
            wake(); // it stands again
            return;
        }
        m_looks.erase(ruleId.toString());
        audit(EventSeverity::Info, EventSource::You, id.toString(), name, tr("The idle rule of “%1” was removed.").arg(name));
    });
    mark(id);
    emit changed(id);
    return call;
}

/// The row of an instance says that it is being counted down.
void IdleGuard::mark(const InstanceId &id)
{
    const IdleState state = stateOf(id);
    m_stores.instances.setStopsAt(id, state.phase == IdleState::Phase::Countdown ? state.deadline : std::nullopt);
}

void IdleGuard::keep(const InstanceId &id)
{
    if (const std::optional<IdleRule> rule = ruleOf(id))
        quieten(id, keepRunning(*rule, stateOf(id), m_clock.now()), tr("“%1” is kept running; its idle rule is quiet for an hour."));
}

void IdleGuard::noteUse(const InstanceId &id)
{
    const IdleState before = stateOf(id);
    if (const std::optional<IdleRule> rule = ruleOf(id))
        quieten(id, novita::noteUse(*rule, before, m_clock.now()),
                before.phase == IdleState::Phase::Countdown ? tr("“%1” is not stopped by its idle rule: it was opened from here.") : QString());
}

/// `sentence`: for the activity, with a place for the name; may be empty.
void IdleGuard::quieten(const InstanceId &id, const IdleState &next, const QString &sentence)
{
    const RuleRecord *rule = record(id);
    const IdleState before = stateOf(id);
    if (!rule || before.phase == IdleState::Phase::Stopping || next == before)
        return;
    m_center.withdraw(noticeKey(rule->id, before));
    const Instance *row = m_stores.instances.find(id);
    const QString name = row ? row->displayName() : id.toString();
    if (!sentence.isEmpty())
        audit(EventSeverity::Info, EventSource::You, id.toString(), name, sentence.arg(name));
    m_book.advance(rule->id, next.toJson());
    arm();
}

void IdleGuard::wake()
{
    if (!m_book.isLoaded() || !m_stores.instances.refreshedAt()) {
        m_timer.stop();
        return;
    }
    const SteadyPoint now = m_clock.steadyNow();
    const QList<RuleRecord> rules = m_book.rules();
    for (const RuleRecord &rule : rules) {
        Look &look = m_looks[rule.id.toString()];
        const IdleState state = IdleState::fromJson(rule.state);
        const bool deadline = state.phase == IdleState::Phase::Countdown && state.deadline && *state.deadline <= m_clock.now();
        if (rule.enabled && !look.busy && !look.reading.isBusy() && (!look.due || *look.due <= now || deadline))
            this->look(rule);
    }
    arm();
}

void IdleGuard::look(const RuleRecord &rule)
{
    Look &look = m_looks[rule.id.toString()];
    look.due = m_clock.steadyNow() + kLookEvery;
    const Result<IdleRule> read = IdleRule::fromJson(rule.body);
    if (!read) {
        m_book.warnUnreadable(rule.id, read.error());
        return;
    }
    const Instance *row = m_stores.instances.find(InstanceId(rule.subject));
    if (!row)
        return;
    const bool measured = read->trigger == IdleRule::Trigger::Idle && row->status == InstanceStatus::Running;
    if (!measured || !m_source || !row->lastStartedAt) {
        step(rule.id, {});
        return;
    }
    const TimePoint started = *row->lastStartedAt;
    const bool hasGpu = row->kind != QLatin1String("cpu");
    const Seconds span = std::chrono::minutes(read->minutes) + kBeyond;
    look.reading.reset(m_source(row->id, span))->onFinished(this, [this, id = rule.id, idle = *read, hasGpu, started](const Result<QList<Utilisation>> &points) {
        const IdleJudgement judgement = judgeIdle(points.valueOr({}), idle, hasGpu, started, m_clock.now());
        if (const auto found = m_looks.find(id.toString()); found != m_looks.end())
            found->second.due = m_clock.steadyNow() + pauseAfter(idle, judgement);
        step(id, judgement);
        arm();
    });
}

/// What worked a moment ago cannot become idle before its time has passed.
Milliseconds IdleGuard::pauseAfter(const IdleRule &rule, const IdleJudgement &judgement) const
{
    if (judgement.verdict != IdleJudgement::Verdict::Busy || !judgement.lastBusy)
        return kLookEvery;
    const Milliseconds until = *judgement.lastBusy + std::chrono::minutes(rule.minutes) - m_clock.now();
    return std::clamp(until, kLookEvery, kLongestWait);
}

void IdleGuard::step(const RuleId &id, const IdleJudgement &judgement)
{
    const RuleRecord *rule = m_book.find(id);
    const Result<IdleRule> read = rule ? IdleRule::fromJson(rule->body) : Result<IdleRule>(Error::make(ErrorKind::NotFound, {}));
    const Instance *row = rule ? m_stores.instances.find(InstanceId(rule->subject)) : nullptr;
    if (!read || !row || !rule->enabled)
        return;
    Look &look = m_looks[id.toString()];
    const std::optional<TimePoint> listed = m_stores.instances.refreshedAt();
    IdleSight sight;
    sight.now = m_clock.now();
    sight.begun = m_begun;
    sight.running = row->status == InstanceStatus::Running;
    sight.startedAt = row->lastStartedAt;
    sight.judgement = judgement;
    sight.mayStop = listed && sight.now - *listed < kListStale && m_commands.verdict(row->id, InstanceAction::Stop).allowed;
    const IdleState before = IdleState::fromJson(rule->state);
    const IdleStep next = nextIdle(*read, before, sight, std::exchange(look.resumed, false));
    if (next.state == before && next.action == IdleAction::None)
        return;
    // A notice that no longer holds goes at once; what follows waits for the disk.
    if (before.phase == IdleState::Phase::Countdown && next.state != before)
        m_center.withdraw(noticeKey(id, before));
    look.busy = true;
    m_book.advance(id, next.state.toJson())->onFinished(this, [this, id, instance = *row, idle = *read, body = rule->body, next](const Result<Done> &written) {
        if (const auto found = m_looks.find(id.toString()); found != m_looks.end())
            found->second.busy = false;
        if (written && m_book.stillAsksFor(id, body) && IdleState::fromJson(m_book.find(id)->state) == next.state)
            perform(id, instance, idle, next);
        else if (!written && !written.error().isCanceled())
            qCWarning(lcWorkflow).noquote() << "A step of an idle rule was not taken:" << written.error().toLogString();
        arm();
    });
}

void IdleGuard::perform(const RuleId &id, const Instance &instance, const IdleRule &rule, const IdleStep &step)
{
    switch (step.action) {
    case IdleAction::Announce:
    case IdleAction::Repeat:
    case IdleAction::Restart:
    case IdleAction::WouldStop: announce(id, instance, rule, step); break;
    case IdleAction::CallOff:
        audit(EventSeverity::Info, EventSource::Policy, instance.id.toString(), instance.displayName(),
              tr("“%1” will not be stopped by its idle rule: it works, has stopped, or its use is not known.").arg(instance.displayName()));
        break;
    case IdleAction::Stop: stop(id, instance); break;
    case IdleAction::None: break;
    }
}

void IdleGuard::announce(const RuleId &id, const Instance &instance, const IdleRule &rule, const IdleStep &step)
{
    const QString name = instance.displayName();
    Notification notice;
    notice.kind = NotificationKind::Guard;
    notice.source = EventSource::Policy;
    notice.subjectId = instance.id.toString();
    notice.subjectName = name;
    notice.page = QStringLiteral("instances/") + instance.id.toString();
    if (step.action == IdleAction::WouldStop) {
        notice.title = tr("Dry run: “%1” would be stopped").arg(name);
        notice.text = tr("The idle rule of “%1” would stop it now: %2 Nothing was done.").arg(name, reasonOf(rule));
        m_center.post(notice);
        return;
    }
    notice.severity = EventSeverity::Warning;
    notice.urgency = NotificationUrgency::Critical;
    notice.title = tr("“%1” will be stopped at %2").arg(name, clockText(*step.state.deadline));
    notice.text = tr("The idle rule of “%1” stops it at %2: %3").arg(name, clockText(*step.state.deadline), reasonOf(rule));
    notice.actions = {{QStringLiteral("keep"), tr("Keep running")}};
    notice.expiresAt = step.state.deadline;
    notice.key = noticeKey(id, step.state);
    m_center.post(notice);
}

void IdleGuard::stop(const RuleId &id, const Instance &instance)
{
    if (const auto found = m_looks.find(id.toString()); found != m_looks.end())
        found->second.busy = true;
    const QString name = instance.displayName();
    m_commands.run(instance.id, InstanceAction::Stop, EventSource::Policy)->onFinished(this, [this, id, instanceId = instance.id, name, profile = m_book.profile()](const Result<Done> &stopped) {
        if (profile != m_book.profile())
            return;
        if (const auto found = m_looks.find(id.toString()); found != m_looks.end())
            found->second.busy = false;
        Notification notice;
        notice.kind = NotificationKind::Guard;
        notice.source = EventSource::Policy;
        notice.subjectId = instanceId.toString();
        notice.subjectName = name;
        notice.page = QStringLiteral("instances/") + instanceId.toString();
        if (stopped) {
            notice.severity = EventSeverity::Success;
            notice.title = tr("“%1” was stopped").arg(name);
            notice.text = tr("“%1” was stopped by its idle rule.").arg(name);
        } else {
            notice.severity = EventSeverity::Problem;
            notice.urgency = NotificationUrgency::Critical;
            notice.title = tr("“%1” could not be stopped").arg(name);
            notice.text = tr("The idle rule of “%1” could not stop it: %2").arg(name, failureText(stopped.error()));
        }
        m_center.post(notice);
        if (const RuleRecord *rule = m_book.find(id)) {
            IdleState state = IdleState::fromJson(rule->state);
            state.phase = IdleState::Phase::Watching;
            state.deadline.reset();
            state.quietUntil = m_clock.now() + kAfterFailure;
            m_book.advance(id, state.toJson());
        }
        arm();
    });
}

/// Rules of instances that the cloud no longer has go with them.
void IdleGuard::forgetGone()
{
    if (!m_book.isLoaded())
        return;
    const QList<RuleRecord> rules = m_book.rules();
    for (const RuleRecord &rule : rules) {
        if (!m_gone.contains(InstanceId(rule.subject)))
            continue;
        m_book.remove(rule.id)->onFinished(this, [this, id = rule.id, subject = rule.subject](const Result<Done> &removed) {
            if (!removed)
                return; // the next list tries again
            m_looks.erase(id.toString());
            audit(EventSeverity::Info, EventSource::Policy, subject, {}, tr("The idle rule of %1 was removed: the instance is gone.").arg(displayLine(subject)));
        });
    }
}

QString IdleGuard::reasonOf(const IdleRule &rule) const
{
    const QLocale locale;
    switch (rule.trigger) {
    case IdleRule::Trigger::Idle:
        return rule.cpuToo ? tr("GPU and CPU under %1 % for %2 min.").arg(rule.percent).arg(locale.toString(rule.minutes))
                           : tr("GPU under %1 % for %2 min.").arg(rule.percent).arg(locale.toString(rule.minutes));
    case IdleRule::Trigger::RunTime: return tr("it has run for %1 min.").arg(locale.toString(rule.minutes));
    case IdleRule::Trigger::ClockTime: break;
    }
    return tr("each day at %1 (%2).")
        .arg(QTime(0, 0).addSecs(rule.minuteOfDay * 60).toString(QStringLiteral("HH:mm")), QString::fromLatin1(rule.zone));
}

void IdleGuard::audit(EventSeverity severity, EventSource source, const QString &subjectId, const QString &name, const QString &sentence) const
{
    m_stores.activity.addEvent({0, m_clock.now(), severity, source, subjectId, name, sentence, {}});
}

void IdleGuard::arm()
{
    if (!m_book.isLoaded() || !m_stores.instances.refreshedAt())
        return;
    const SteadyPoint steady = m_clock.steadyNow();
    std::optional<Milliseconds> sleep;
    const auto within = [&sleep](Milliseconds time) { sleep = std::min(sleep.value_or(time), time); };
    const QList<RuleRecord> rules = m_book.rules();
    for (const RuleRecord &rule : rules) {
        if (!rule.enabled)
            continue;
        const auto look = m_looks.find(rule.id.toString());
        within(look != m_looks.end() && look->second.due ? *look->second.due - steady : Milliseconds(0));
        const IdleState state = IdleState::fromJson(rule.state);
        if (state.phase == IdleState::Phase::Countdown && state.deadline && *state.deadline > m_clock.now())
            within(*state.deadline - m_clock.now());
        if (state.clockDue && *state.clockDue > m_clock.now())
            within(*state.clockDue - m_clock.now());
    }
    if (sleep)
        m_timer.start(std::clamp(*sleep, kShortestSleep, kLookEvery));
    else
        m_timer.stop();
}

} // namespace novita
