// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outgoing/webhookfeed.h"

#include "core/base/redact.h"
#include "core/outgoing/webhookfeedtexts.h"
#include "core/webhooks/webhookpayload.h"
#include "core/workflows/createinstance.h"
#include "core/workflows/instancecommands.h"
#include "core/workflows/instancetags.h"
#include "core/workflows/startupwatch.h"
#include "core/workflows/stores.h"

#include <QUuid>

namespace novita {

using Kind = InstanceEvent::Kind;

WebhookFeed::WebhookFeed(const Stores &stores, const StartupWatch &startups, const CreateInstance &creates, const InstanceCommands &commands,
                         const InstanceTags &tags, const Clock &clock, QObject *parent)
    : QObject(parent), m_stores(stores), m_startups(startups), m_commands(commands), m_tags(tags), m_clock(clock)
{
    const InstanceStore *instances = &stores.instances;
    connect(instances, &EntityStoreBase::inserted, this, &WebhookFeed::onInserted);
    connect(instances, &EntityStoreBase::changed, this, &WebhookFeed::onChanged);
    connect(instances, &EntityStoreBase::removed, this, &WebhookFeed::onRemoved);
    connect(instances, &EntityStoreBase::wasReset, this, &WebhookFeed::forget);
    connect(instances, &InstanceStore::statusChanged, this, &WebhookFeed::onStatus);
    connect(&startups, &StartupWatch::phaseChanged, this, &WebhookFeed::onPhase);
    // Not taken() of the commands: the watch may hear of that later, and would still have the start before.
    connect(&startups, &StartupWatch::startAsked, this, &WebhookFeed::onStartAsked);
    connect(&creates, &CreateInstance::made, this, [this](const CreateOutcome &outcome) { onCreated(outcome.id, outcome.name); });
    connect(&creates, &CreateInstance::failed, this, &WebhookFeed::onCreateFailed);
    connect(&commands, &InstanceCommands::taken, this, &WebhookFeed::onTaken);
}

void WebhookFeed::setProfile(const ProfileId &profile)
{
    if (m_profile != profile)
        forget();
    m_profile = profile;
}

void WebhookFeed::forget()
{
    m_names.clear();
    m_firstSeen.clear();
    m_created.clear();
    m_failing.clear();
    m_deletions.clear();
}

InstanceEvent WebhookFeed::begun(Kind kind, const InstanceId &id) const
{
    InstanceEvent event;
    event.kind = kind;
    event.instanceId = id.toString();
    event.novitaInstanceId = id.toString();
    event.timestamp = m_clock.now();
    return event;
}

void WebhookFeed::tell(const InstanceEvent &event, const QString &name)
{
    OutgoingEvent out;
    out.event = event;
    out.event.status = webhookpayload::statusOf(event.kind);
    out.instanceName = name;
    out.tags = m_tags.of(InstanceId(event.instanceId));
    out.profile = m_profile;
    emit happened(out);
}

void WebhookFeed::onCreated(const InstanceId &id, const QString &name)
{
    if (m_created.contains(id))
        return;
    m_created.insert(id);
    Instance known;
    known.id = id;
    if (const Instance *row = m_stores.instances.find(id))
        known = *row;
    InstanceEvent event = begun(Kind::Created, id);
    event.data = webhookfeedtexts::createdData(known);
    tell(event, name.isEmpty() ? known.displayName() : name);
}

void WebhookFeed::onCreateFailed(const InstanceDraft &draft, const Error &error)
{
    constexpr int kShort = 8;
    InstanceEvent event = begun(Kind::Failed, InstanceId());
    // Nothing in the cloud has an id: one in the form that receivers know.
    event.instanceId = QStringLiteral("inst_%1_%2")
                           .arg(m_clock.now().time_since_epoch().count())
                           .arg(QUuid::createUuid().toString(QUuid::Id128).left(kShort));
    event.error = redact(error.message);
    tell(event, draft.name);
}

void WebhookFeed::onTaken(const Instance &before, InstanceAction action)
{
    if (action == InstanceAction::Delete)
        m_deletions.insert(before.id, m_commands.operationId(before.id, action));
}

void WebhookFeed::onStartAsked(const InstanceId &id)
{
    InstanceEvent event = begun(Kind::StartupInitiated, id);
    event.startup = webhookfeedtexts::startupOf(*m_startups.find(id), QStringLiteral("initiated"), event.timestamp);
    event.data = webhookfeedtexts::initiatedData(m_startups.expectedReady(id));
    event.reason = QStringLiteral("The cloud has taken the request up");
    tell(event, m_startups.nameOf(id));
}

void WebhookFeed::onInserted(const QStringList &ids)
{
    // The rows of the first list come before the store says that it was read.
    const bool first = !m_stores.instances.refreshedAt();
    for (const QString &text : ids) {
        const InstanceId id(text);
        const Instance *instance = m_stores.instances.find(id);
        if (!instance)
            continue;
        m_names.insert(id, instance->displayName());
        m_firstSeen.insert(id);
        noteFailure(*instance, false);
        const bool isNew = instance->createdAt && m_clock.now() - *instance->createdAt < kNew;
        if (!first && isNew)
            onCreated(id, instance->displayName());
    }
}

void WebhookFeed::onChanged(const QStringList &ids)
{
    for (const QString &text : ids) {
        const Instance *instance = m_stores.instances.find(InstanceId(text));
        if (!instance)
            continue;
        m_names.insert(instance->id, instance->displayName());
        noteFailure(*instance, true);
    }
}

void WebhookFeed::noteFailure(const Instance &instance, bool isMove)
{
    if (!instance.hasFailed()) {
        m_failing.remove(instance.id);
        return;
    }
    if (m_failing.contains(instance.id))
        return;
    m_failing.insert(instance.id);
    if (!isMove || isWatched(instance.id))
        return; // of a start that is watched the watch tells
    InstanceEvent event = begun(Kind::Failed, instance.id);
    event.error = redact(instance.statusError);
    tell(event, instance.displayName());
}

void WebhookFeed::onRemoved(const QStringList &ids)
{
    for (const QString &text : ids) {
        const InstanceId id(text);
        InstanceEvent event = begun(Kind::Deleted, id);
        event.operationId = m_deletions.take(id);
        event.reason = event.operationId.isEmpty() ? QStringLiteral("The cloud does not list it any more") : QStringLiteral("Deleted");
        tell(event, m_names.take(id));
        m_firstSeen.remove(id);
        m_created.remove(id);
        m_failing.remove(id);
    }
}

bool WebhookFeed::isWatched(const InstanceId &id) const
{
    const StartupMonitor *monitor = m_startups.find(id);
    return monitor && !monitor->isOver();
}

void WebhookFeed::onStatus(const InstanceId &id, InstanceStatus from, InstanceStatus to)
{
    const bool firstSight = m_firstSeen.remove(id);
    const Instance *instance = m_stores.instances.find(id);
    if (!instance || firstSight || from == to)
        return;
    if (to == InstanceStatus::Running && !isWatched(id) && from != InstanceStatus::Freezing) {
        InstanceEvent event = begun(Kind::Running, id);
        event.reason = QStringLiteral("The instance runs");
        tell(event, instance->displayName());
    } else if (to == InstanceStatus::Exited && instance->isReclaimed()) {
        InstanceEvent event = begun(Kind::Failed, id);
        event.error = QStringLiteral("The spot GPU was taken back");
        event.data = {{QStringLiteral("event"), QStringLiteral("instance_reclaimed")}};
        tell(event, instance->displayName());
    } else if (to == InstanceStatus::Exited) {
        InstanceEvent event = begun(Kind::Stopped, id);
        event.reason = QStringLiteral("The instance has stopped");
        tell(event, instance->displayName());
    }
}

void WebhookFeed::onPhase(const InstanceId &id, StartupState from, StartupState to)
{
    using namespace webhookfeedtexts;
    const StartupMonitor *monitor = m_startups.find(id);
    // A check that is asked for again, or goes on in another run of the program, is not another start.
    if (!monitor || monitor->wasHereBefore())
        return;
    const TimePoint now = m_clock.now();
    const StartupCase &start = monitor->current();
    InstanceEvent event;
    switch (to) {
    case StartupState::Running:
        event = begun(Kind::Running, id);
        event.startup = startupOf(*monitor, QStringLiteral("monitoring"), now);
        event.reason = QStringLiteral("The instance runs");
        break;
    case StartupState::Checking:
        event = begun(Kind::HealthChecking, id);
        event.startup = startupOf(*monitor, QStringLiteral("health_checking"), now);
        event.reason = QStringLiteral("Its endpoints are being asked");
        break;
    case StartupState::Ready:
        event = begun(Kind::StartupCompleted, id);
        event.startup = startupOf(*monitor, QStringLiteral("completed"), now);
        event.health = healthOf(*monitor, now);
        event.data = completedData(m_stores.instances.find(id), event.health.has_value());
        event.reason = QStringLiteral("The instance is ready");
        break;
    case StartupState::Failed:
        event = begun(Kind::StartupFailed, id);
        event.error = start.phase.reason;
        event.startup = startupOf(*monitor, QStringLiteral("failed"), now);
        event.startup->error = start.phase.reason;
        event.health = healthOf(*monitor, now);
        event.reason = from == StartupState::Checking ? QStringLiteral("health_check") : QStringLiteral("startup");
        break;
    case StartupState::TimedOut:
        event = begun(Kind::Timeout, id);
        event.error = QStringLiteral("The instance has not become ready in time");
        break;
    default: return; // stopped, removed, reclaimed: the rows tell
    }
    event.elapsed = std::max(Milliseconds(0), now - start.request.at);
    tell(event, m_startups.nameOf(id));
}

} // namespace novita
