// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guards/spotguard.h"

#include "core/base/displaytext.h"
#include "core/base/logging.h"
#include "core/guards/guardtools.h"
#include "core/workflows/failuretext.h"
#include "core/workflows/instancecommands.h"
#include "core/workflows/notificationcenter.h"
#include "core/workflows/stores.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

constexpr Milliseconds kShortestSleep{100};
constexpr Milliseconds kLongestSleep{60000};

QString clockText(TimePoint at)
{
    return QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count()).time().toString(QStringLiteral("HH:mm"));
}

QString announceKey(const InstanceId &id, TimePoint at)
{
    return QStringLiteral("migrate/%1/%2").arg(id.toString()).arg(at.time_since_epoch().count());
}

qint64 stamp(const std::optional<TimePoint> &at)
{
    return at ? at->time_since_epoch().count() : 0;
}

} // namespace

SpotGuard::SpotGuard(RuleLog &log, Stores &stores, InstanceCommands &commands, NotificationCenter &center, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_book(log, QStringLiteral("spot"), clock)
    , m_gone(stores)
    , m_stores(stores)
    , m_commands(commands)
    , m_center(center)
    , m_clock(clock)
{
    tellUnreadRules(center, m_book, NotificationKind::Spot, tr("The spot rules could not be read"));
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &SpotGuard::wake);
    connect(&m_book, &RuleBook::loaded, this, [this] {
        emit changed(InstanceId());
        wake();
    });
    connect(&m_book, &RuleBook::changed, this, [this](const RuleId &id) {
        const RuleRecord *rule = m_book.find(id);
        emit changed(rule ? InstanceId(rule->subject) : InstanceId());
    });
    connect(&m_stores.instances, &EntityStoreBase::freshnessChanged, this, &SpotGuard::forgetGone);
    connect(&m_stores.instances, &EntityStoreBase::inserted, this, &SpotGuard::onRows);
    connect(&m_stores.instances, &EntityStoreBase::changed, this, &SpotGuard::onRows);
    connect(&m_commands, &InstanceCommands::taken, this, [this](const Instance &before, InstanceAction action) {
        const RuleRecord *rule = m_book.findFor(before.id.toString());
        if (action != InstanceAction::Stop || !rule)
            return;
        SpotState state = SpotState::fromJson(rule->state);
        state.stoppedByUs = m_clock.now();
        m_book.advance(rule->id, state.toJson());
    });
    connect(&m_center, &NotificationCenter::actionTriggered, this, [this](const Notification &notification, const QString &action) {
        if (notification.kind != NotificationKind::Spot)
            return;
        if (action == QLatin1String("migrate"))
            askToMigrate(InstanceId(notification.subjectId));
        else if (action == QLatin1String("leave"))
            leave(InstanceId(notification.subjectId));
    });
}

void SpotGuard::setProfile(const ProfileId &profile)
{
    m_seen.clear();
    m_busy.clear();
    m_migrating.clear();
    m_shown.clear();
    m_asked.clear();
    m_timer.stop();
    m_book.setProfile(profile);
}

std::optional<SpotRule> SpotGuard::ruleOf(const InstanceId &id) const
{
    const RuleRecord *rule = m_book.findFor(id.toString());
    const Result<SpotRule> read = rule ? SpotRule::fromJson(rule->body) : Result<SpotRule>(Error::make(ErrorKind::NotFound, {}));
    return read ? std::optional(*read) : std::nullopt;
}

SpotState SpotGuard::stateOf(const InstanceId &id) const
{
    const RuleRecord *rule = m_book.findFor(id.toString());
    return rule ? SpotState::fromJson(rule->state) : SpotState();
}

QList<InstanceId> SpotGuard::instances() const
{
    QList<InstanceId> out;
    const QList<RuleRecord> rules = m_book.rules();
    for (const RuleRecord &rule : rules)
        out.append(InstanceId(rule.subject));
    return out;
}

Call<Done> *SpotGuard::setRule(const InstanceId &id, const SpotRule &rule)
{
    if (const Result<SpotRule> checked = SpotRule::fromJson(rule.toJson()); !checked)
        return Call<Done>::settledWith(checked.error(), this);
    const auto saved = [this, id](const Result<Done> &done) {
        if (done)
            audit(EventSource::You, id, tr("“%1” will be migrated by itself when its spot GPU is reclaimed.").arg(nameOf(id)));
    };
    if (const RuleRecord *known = m_book.findFor(id.toString()))
        return m_book.change(known->id, rule.toJson(), known->state, true)->onFinished(this, saved);
    SpotState begin;
    // What was reclaimed before the rule was made is left as it is.
    const Instance *row = m_stores.instances.find(id);
    begin.handled = row && spotStageOf(*row) == SpotStage::Reclaimed;
    auto *call = Call<Done>::create(this)->onFinished(this, saved);
    m_book.add(id.toString(), rule.toJson(), begin.toJson())->onFinished(call, [call](const Result<RuleId> &added) {
        call->resolve(added ? Result<Done>(Done{}) : Result<Done>(added.error()));
    });
    return call;
}

Call<Done> *SpotGuard::removeRule(const InstanceId &id)
{
    const RuleRecord *rule = m_book.findFor(id.toString());
    if (!rule)
        return Call<Done>::settledWith(Done{}, this);
    if (const SpotState state = SpotState::fromJson(rule->state); state.migrateAt)
        m_center.withdraw(announceKey(id, *state.migrateAt));
    Call<Done> *call = m_book.remove(rule->id)->onFinished(this, [this, id](const Result<Done> &removed) {
        if (removed)
            audit(EventSource::You, id, tr("“%1” will no longer be migrated by itself.").arg(nameOf(id)));
        else
            wake(); // it stands again
    });
    emit changed(id);
    return call;
}

void SpotGuard::leave(const InstanceId &id)
{
    const RuleRecord *rule = m_book.findFor(id.toString());
    SpotState state = stateOf(id);
    if (!rule || !state.migrateAt)
        return;
    m_center.withdraw(announceKey(id, *state.migrateAt));
    state.migrateAt.reset();
    state.handled = true;
    m_book.advance(rule->id, state.toJson());
    audit(EventSource::You, id, tr("“%1” is left as it is; it will not be migrated this time.").arg(nameOf(id)));
}

/// The instances of one notice are answered one after the other in one turn: one question is about all of them.
void SpotGuard::askToMigrate(const InstanceId &id)
{
    m_asked.append(id);
    if (m_asked.size() > 1)
        return;
    QMetaObject::invokeMethod(this, [this] {
        if (const QList<InstanceId> ids = std::exchange(m_asked, {}); !ids.isEmpty())
            emit migrationAsked(ids);
    }, Qt::QueuedConnection);
}

void SpotGuard::migrateNow(const InstanceId &id)
{
    const RuleRecord *rule = m_book.findFor(id.toString());
    if (rule && m_commands.verdict(id, InstanceAction::Migrate).allowed) {
        SpotState state = SpotState::fromJson(rule->state);
        if (state.migrateAt)
            m_center.withdraw(announceKey(id, *state.migrateAt));
        state.migrateAt.reset();
        state.handled = true;
        state.lastMigrated = m_clock.now();
        m_book.advance(rule->id, state.toJson());
    }
    migrate(id, false);
}

void SpotGuard::onRows(const QStringList &ids)
{
    for (const QString &text : ids) {
        const Instance *row = m_stores.instances.find(InstanceId(text));
        if (!row)
            continue;
        tellStage(*row);
        if (const RuleRecord *rule = m_book.findFor(text))
            step(*rule);
    }
    arm();
}

Notification SpotGuard::noticeAbout(const InstanceId &id) const
{
    Notification notice;
    notice.kind = NotificationKind::Spot;
    notice.severity = EventSeverity::Warning;
    notice.urgency = NotificationUrgency::Critical;
    notice.subjectId = id.toString();
    notice.subjectName = nameOf(id);
    notice.page = QStringLiteral("instances/") + id.toString();
    return notice;
}

void SpotGuard::tellStage(const Instance &instance)
{
    const SpotStage stage = spotStageOf(instance);
    if (stage == SpotStage::None) {
        // It runs again elsewhere, or was not taken after all.
        if (const QString shown = m_shown.take(instance.id); !shown.isEmpty())
            m_center.withdraw(shown);
        return;
    }
    Notification notice = noticeAbout(instance.id);
    notice.remembered = true;
    const TimePoint now = m_clock.now();
    if (m_commands.verdict(instance.id, InstanceAction::Migrate).allowed)
        notice.actions = {{QStringLiteral("migrate"), tr("Migrate now")}};
    if (stage == SpotStage::Noticed) {
        if (instance.spotReclaimTime && *instance.spotReclaimTime <= now)
            return;
        notice.title = instance.spotReclaimTime ? tr("“%1” loses its GPU at %2").arg(nameOf(instance.id), clockText(*instance.spotReclaimTime))
                                                : tr("“%1” is about to lose its GPU").arg(nameOf(instance.id));
        notice.text = tr("The spot GPU of “%1” is called back. Save what is on its local disks.").arg(nameOf(instance.id));
        notice.expiresAt = instance.spotReclaimTime;
        notice.key = QStringLiteral("spotNotice/%1/%2").arg(instance.id.toString()).arg(stamp(instance.spotReclaimTime ? instance.spotReclaimTime : instance.lastStartedAt));
    } else {
        if (instance.lastStoppedAt && now - *instance.lastStoppedAt > kNews)
            return;
        notice.title = tr("The spot GPU of “%1” was reclaimed").arg(nameOf(instance.id));
        notice.text = tr("“%1” has stopped: its spot GPU was taken back. Migrating looks for another host.").arg(nameOf(instance.id));
        // List rows may lack the time; then each start makes for another reclaim.
        notice.key = QStringLiteral("reclaimed/%1/%2").arg(instance.id.toString()).arg(stamp(instance.lastStartedAt ? instance.lastStartedAt : instance.createdAt));
    }
    QString &shown = m_shown[instance.id];
    if (!shown.isEmpty() && shown != notice.key)
        m_center.withdraw(shown);
    shown = notice.key;
    m_center.post(notice);
}

void SpotGuard::wake()
{
    if (m_book.isLoaded() && m_stores.instances.refreshedAt()) {
        const QList<RuleRecord> rules = m_book.rules();
        for (const RuleRecord &rule : rules)
            step(rule);
    }
    arm();
}

void SpotGuard::step(const RuleRecord &rule)
{
    const QString key = rule.id.toString();
    const InstanceId id(rule.subject);
    const Instance *row = m_stores.instances.find(id);
    if (!rule.enabled || !row || m_busy.contains(key))
        return;
    const Result<SpotRule> read = SpotRule::fromJson(rule.body);
    if (!read) {
        m_book.warnUnreadable(rule.id, read.error());
        return;
    }
    const bool resumed = !m_seen.contains(key);
    m_seen.insert(key);
    const SpotState before = SpotState::fromJson(rule.state);
    const TimePoint now = m_clock.now();
    const std::optional<TimePoint> listed = m_stores.instances.refreshedAt();
    const bool mayAct = m_migrating.size() < kMostAtOnce && listed && now - *listed < kListStale
                        && m_commands.verdict(id, InstanceAction::Migrate).allowed;
    const SpotStep next = nextSpot(*read, before, spotStageOf(*row), mayAct, resumed, now);
    if (next.state == before && next.action == SpotAction::None)
        return;
    if (before.migrateAt && next.state.migrateAt != before.migrateAt)
        m_center.withdraw(announceKey(id, *before.migrateAt));
    if (next.action == SpotAction::Migrate)
        m_migrating.insert(id); // its place is taken from now on
    m_busy.insert(key);
    m_book.advance(rule.id, next.state.toJson())->onFinished(this, [this, key, id, ruleId = rule.id, body = rule.body, next](const Result<Done> &written) {
        m_busy.remove(key);
        const Instance *instance = m_stores.instances.find(id);
        if (!written || !m_book.stillAsksFor(ruleId, body)) {
            if (next.action == SpotAction::Migrate)
                m_migrating.remove(id);
            if (!written && !written.error().isCanceled())
                qCWarning(lcWorkflow).noquote() << "A step of a spot rule was not taken:" << written.error().toLogString();
        } else if (next.action == SpotAction::Announce && instance) {
            announce(*instance, *next.state.migrateAt);
        } else if (next.action == SpotAction::Migrate) {
            migrate(id, true);
        } else if (next.action == SpotAction::TooSoon) {
            audit(EventSource::Policy, id, tr("“%1” was reclaimed again too soon after its last migration; it is left as it is.").arg(nameOf(id)));
        }
        arm();
    });
}

void SpotGuard::announce(const Instance &instance, TimePoint at)
{
    Notification notice = noticeAbout(instance.id);
    notice.source = EventSource::Policy;
    notice.title = tr("“%1” will be migrated at %2").arg(nameOf(instance.id), clockText(at));
    notice.text = tr("Its spot GPU was reclaimed, and its rule looks for another host. New data on its local disks is lost.");
    notice.actions = {{QStringLiteral("leave"), tr("Leave it")}, {QStringLiteral("migrate"), tr("Migrate now")}};
    notice.expiresAt = at;
    notice.key = announceKey(instance.id, at);
    m_center.post(notice);
}

void SpotGuard::migrate(const InstanceId &id, bool byRule)
{
    m_migrating.insert(id);
    const EventSource by = byRule ? EventSource::Policy : EventSource::You;
    m_commands.run(id, InstanceAction::Migrate, by)->onFinished(this, [this, id, byRule, by, profile = m_book.profile()](const Result<Done> &result) {
        if (profile != m_book.profile())
            return;
        m_migrating.remove(id);
        Notification notice = noticeAbout(id);
        notice.source = by;
        if (result) {
            notice.severity = EventSeverity::Success;
            notice.urgency = NotificationUrgency::Normal;
            notice.title = tr("“%1” is being migrated").arg(nameOf(id));
            notice.text = byRule ? tr("The rule of “%1” asked for another host.").arg(nameOf(id)) : tr("Another host was asked for.");
        } else {
            notice.severity = EventSeverity::Problem;
            notice.title = tr("“%1” could not be migrated").arg(nameOf(id));
            notice.text = failureText(result.error());
        }
        m_center.post(notice);
        wake();
    });
}

/// Rules of instances that the cloud no longer has go with them.
void SpotGuard::forgetGone()
{
    if (!m_book.isLoaded())
        return;
    const QList<RuleRecord> rules = m_book.rules();
    for (const RuleRecord &rule : rules) {
        const InstanceId id(rule.subject);
        if (!m_gone.contains(id))
            continue;
        m_book.remove(rule.id)->onFinished(this, [this, id](const Result<Done> &removed) {
            if (removed)
                audit(EventSource::Policy, id, tr("The spot rule of %1 was removed: the instance is gone.").arg(displayLine(id.toString())));
        });
    }
}

QString SpotGuard::nameOf(const InstanceId &id) const
{
    const Instance *row = m_stores.instances.find(id);
    return row ? row->displayName() : displayLine(id.toString());
}

void SpotGuard::audit(EventSource source, const InstanceId &id, const QString &sentence) const
{
    m_stores.activity.addEvent({0, m_clock.now(), EventSeverity::Info, source, id.toString(), nameOf(id), sentence, {}});
}

void SpotGuard::arm()
{
    std::optional<Milliseconds> sleep;
    const QList<RuleRecord> rules = m_book.rules();
    for (const RuleRecord &rule : rules) {
        if (const SpotState state = SpotState::fromJson(rule.state); rule.enabled && state.migrateAt)
            sleep = std::min(sleep.value_or(kLongestSleep), *state.migrateAt - m_clock.now());
    }
    if (sleep)
        m_timer.start(std::clamp(*sleep, kShortestSleep, kLongestSleep));
    else
        m_timer.stop();
}

} // namespace novita
