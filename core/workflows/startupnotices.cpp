// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/startupnotices.h"

#include "core/workflows/notificationcenter.h"
#include "core/workflows/startupwatch.h"
#include "core/workflows/stores.h"

namespace novita {

StartupNotices::StartupNotices(const Stores &stores, StartupWatch &watch, NotificationCenter &center, QObject *parent)
    : QObject(parent), m_stores(stores), m_watch(watch), m_center(center)
{
    connect(&watch, &StartupWatch::phaseChanged, this, [this](const InstanceId &id, StartupState, StartupState to) { onPhase(id, to); });
    connect(&stores.instances, &EntityStoreBase::changed, this, &StartupNotices::onRows);
    connect(&stores.instances, &EntityStoreBase::wasReset, this, [this] { m_deletedHere.clear(); });
}

/// The store forgets what was asked for when the status moves or the row goes, before the watch tells of it.
void StartupNotices::onRows(const QStringList &ids)
{
    for (const QString &id : ids) {
        const Instance *row = m_stores.instances.find(InstanceId(id));
        const InstanceExtra *extra = m_stores.instances.extra(InstanceId(id));
        if (!row || !extra)
            continue;
        if (extra->asked && extra->asked->action == InstanceAction::Delete)
            m_deletedHere.insert(id);
        else if (signalOf(*row) != StartupSignal::Gone)
            m_deletedHere.remove(id); // it failed
    }
}

void StartupNotices::onPhase(const InstanceId &id, StartupState to)
{
    const StartupMonitor *monitor = m_watch.find(id);
    if (!monitor)
        return;
    const QString name = m_watch.nameOf(id);
    Notification notice;
    notice.page = QStringLiteral("instances/") + id.toString();
    switch (to) {
    case StartupState::Ready:
        notice.kind = NotificationKind::Ready;
        notice.severity = EventSeverity::Success;
        notice.title = tr("“%1” is ready").arg(name);
        notice.text = tr("It runs, and what was to answer has answered.");
        break;
    case StartupState::Failed:
        notice.kind = NotificationKind::StartFailed;
        notice.severity = EventSeverity::Problem;
        notice.urgency = NotificationUrgency::Critical;
        notice.title = tr("“%1” did not get ready").arg(name);
        notice.text = monitor->current().phase.reason;
        break;
    case StartupState::TimedOut:
        notice.kind = NotificationKind::StartLate;
        notice.severity = EventSeverity::Warning;
        notice.title = tr("“%1” is late").arg(name);
        notice.text = tr("It has not become ready in time; it is watched on.");
        break;
    case StartupState::Removed:
        if (m_deletedHere.remove(id.toString()))
            return;
        notice.kind = NotificationKind::StartFailed;
        notice.severity = EventSeverity::Problem;
        notice.urgency = NotificationUrgency::Critical;
        notice.title = tr("“%1” is gone").arg(name);
        notice.text = tr("It was removed while it started, and not from here.");
        notice.page.clear();
        break;
    default: return;
    }
    notice.subjectId = id.toString();
    notice.subjectName = name;
    notice.inActivity = true; // the watch has told it, or the recorder that the row is gone
    notice.key = QStringLiteral("startup/%1/%2/%3")
                     .arg(id.toString(), startupInfo(to).name)
                     .arg(monitor->current().request.at.time_since_epoch().count());
    m_center.post(notice);
}

} // namespace novita
