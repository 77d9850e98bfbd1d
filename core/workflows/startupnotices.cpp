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
}

void StartupNotices::onPhase(const InstanceId &id, StartupState to)
{
    const StartupMonitor *monitor = m_watch.find(id);
    if (!monitor)
        return;
    const Instance *row = m_stores.instances.find(id);
    const QString name = row ? row->displayName() : id.toString();
    Notification notice;
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
    default: return;
    }
    notice.subjectId = id.toString();
    notice.subjectName = name;
    notice.page = QStringLiteral("instances/") + id.toString();
    notice.inActivity = true; // the watch has told it
    notice.key = QStringLiteral("startup/%1/%2/%3")
                     .arg(id.toString(), startupInfo(to).name)
                     .arg(monitor->current().request.at.time_since_epoch().count());
    m_center.post(notice);
}

} // namespace novita
