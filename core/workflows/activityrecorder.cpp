// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/activityrecorder.h"

#include "core/base/displaytext.h"
#include "core/net/apiclient.h"
#include "core/workflows/failuretext.h"
#include "core/workflows/stores.h"

#include <QCoreApplication>

namespace novita {

namespace {

/// What an instance does for so long after we asked something of it is our doing.
constexpr std::chrono::minutes kOurDoing{10};

QString stateWord(const Instance *instance, InstanceStatus status)
{
    if (status == InstanceStatus::Unknown && instance && !instance->statusText.isEmpty())
        return displayLine(instance->statusText);
    return QCoreApplication::translate("InstanceState", stateInfo(status).label);
}

EventSeverity severityOf(const Instance &instance)
{
    if (instance.hasFailed())
        return EventSeverity::Problem;
    if (instance.isReclaimed())
        return EventSeverity::Warning;
    return instance.status == InstanceStatus::Running ? EventSeverity::Success : EventSeverity::Info;
}

} // namespace

ActivityRecorder::ActivityRecorder(ApiClient &client, Stores &stores, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_stores(stores)
    , m_clock(clock)
{
    connect(&client, &ApiClient::requestFinished, &stores.activity, &ActivityStore::addRequest);
    connect(&stores.instances, &EntityStoreBase::inserted, this, &ActivityRecorder::onInserted);
    connect(&stores.instances, &EntityStoreBase::changed, this, &ActivityRecorder::onChanged);
    connect(&stores.instances, &EntityStoreBase::removed, this, &ActivityRecorder::onRemoved);
    connect(&stores.instances, &InstanceStore::statusChanged, this, &ActivityRecorder::onStatusChanged);
    connect(&stores.instances, &EntityStoreBase::freshnessChanged, this, &ActivityRecorder::onFreshness);
    connect(&stores.instances, &EntityStoreBase::wasReset, this, [this] {
        m_names.clear();
        m_asked.clear();
        m_justSeen.clear();
        m_firstListRead = false;
        m_failing = false;
    });
}

void ActivityRecorder::onInserted(const QStringList &ids)
{
    for (const QString &text : ids) {
        const InstanceId id(text);
        const Instance *instance = m_stores.instances.find(id);
        if (!instance)
            continue;
        m_names.insert(id, instance->displayName());
        m_justSeen.insert(id);
        if (m_firstListRead)
            tell(EventSeverity::Info, whoSaw(id), id, instance->displayName(),
                 tr("“%1” has appeared: %2.").arg(instance->displayName(), stateWord(instance, instance->status)));
    }
}

void ActivityRecorder::onChanged(const QStringList &ids)
{
    for (const QString &text : ids) {
        const InstanceId id(text);
        const Instance *instance = m_stores.instances.find(id);
        if (!instance)
            continue;
        m_names.insert(id, instance->displayName());
        // The store forgets what was asked for before it tells of the move that followed.
        const InstanceExtra *extra = m_stores.instances.extra(id);
        if (extra && extra->asked)
            m_asked.insert(id, *extra->asked);
    }
}

void ActivityRecorder::onRemoved(const QStringList &ids)
{
    for (const QString &text : ids) {
        const InstanceId id(text);
        const QString name = m_names.take(id);
        tell(EventSeverity::Info, whoMoved(id), id, name, tr("“%1” is gone.").arg(name));
        m_asked.remove(id);
        m_justSeen.remove(id);
    }
}

EventSource ActivityRecorder::whoMoved(const InstanceId &id) const
{
    const auto asked = m_asked.constFind(id);
    return asked != m_asked.constEnd() && m_clock.now() - asked->at < kOurDoing ? asked->by : whoSaw(id);
}

EventSource ActivityRecorder::whoSaw(const InstanceId &id) const
{
    return m_stores.instances.isHinted(id) ? EventSource::Webhook : EventSource::Poll;
}

void ActivityRecorder::onStatusChanged(const InstanceId &id, InstanceStatus from, InstanceStatus to)
{
    // First sight is told by onInserted(), or not at all when the first list came in.
    const bool firstSight = m_justSeen.remove(id);
    const Instance *instance = m_stores.instances.find(id);
    if (!instance || firstSight || (from == to && to != InstanceStatus::Unknown))
        return;
    QString text = tr("“%1” is now: %2.").arg(instance->displayName(), stateWord(instance, to));
    if (instance->hasFailed())
        text += QLatin1Char(' ') + displayLine(instance->statusError);
    tell(severityOf(*instance), whoMoved(id), id, instance->displayName(), text);
}

void ActivityRecorder::onFreshness()
{
    const InstanceStore &store = m_stores.instances;
    m_firstListRead = m_firstListRead || store.refreshedAt();
    // A rejected key is told of as such, once, by the session.
    const bool failing = store.lastError() && store.lastError()->kind != ErrorKind::Unauthorized;
    if (failing == m_failing)
        return;
    m_failing = failing;
    if (failing)
        note(EventSeverity::Warning, tr("The instances cannot be read. %1 What is shown may be out of date.").arg(failureText(*store.lastError())),
             store.lastError()->toLogString());
    else
        note(EventSeverity::Success, tr("The instances can be read again."));
}

void ActivityRecorder::noteConnection(ConnectionState state)
{
    if (state == m_connection)
        return;
    const ConnectionState before = std::exchange(m_connection, state);
    switch (state) {
    case ConnectionState::KeyRejected: note(EventSeverity::Problem, tr("The API key was rejected. Requests wait until there is another.")); break;
    case ConnectionState::BreakerOpen: note(EventSeverity::Warning, tr("The cloud does not answer; requests pause for a moment.")); break;
    case ConnectionState::RateLimited: note(EventSeverity::Warning, tr("The cloud asks for fewer requests; they pause for a moment.")); break;
    case ConnectionState::Connected:
        if (before == ConnectionState::Connecting)
            note(EventSeverity::Success, tr("Connected."));
        else if (before == ConnectionState::BreakerOpen || before == ConnectionState::Degraded || before == ConnectionState::RateLimited)
            note(EventSeverity::Success, tr("Requests flow again."));
        break;
    default: break;
    }
}

void ActivityRecorder::note(EventSeverity severity, const QString &text, const QString &detail)
{
    ActivityEvent event;
    event.at = m_clock.now();
    event.severity = severity;
    event.source = EventSource::System;
    event.text = text;
    event.detail = detail;
    m_stores.activity.addEvent(std::move(event));
}

void ActivityRecorder::tell(EventSeverity severity, EventSource source, const InstanceId &id, const QString &name, const QString &text)
{
    ActivityEvent event;
    event.at = m_clock.now();
    event.severity = severity;
    event.source = source;
    event.subjectId = id.toString();
    event.subjectName = name;
    event.text = text;
    m_stores.activity.addEvent(std::move(event));
}

} // namespace novita
