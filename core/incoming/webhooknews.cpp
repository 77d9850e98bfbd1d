// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/incoming/webhooknews.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>
#include <QStringList>

namespace novita {

namespace {

using Kind = InstanceEvent::Kind;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(WebhookNews)
};

/// A sender that makes up a new status each time must not fill the memory.
constexpr qsizetype kMostTold = 16;

bool isTurn(Kind kind)
{
    return kind != Kind::Running && kind != Kind::HealthChecking && kind != Kind::Other;
}

} // namespace

bool WebhookNews::isNews(const InstanceEvent &event)
{
    // Created has the status of Running and means something else.
    const QString key = event.kind == Kind::Created ? QStringLiteral("+") : event.status;
    if (m_told.contains(key))
        return false;
    if (isTurn(event.kind) || m_told.size() >= kMostTold)
        m_told.clear();
    m_told.insert(key);
    return true;
}

namespace webhooknews {

QString sentence(const InstanceEvent &event, const QString &name)
{
    switch (event.kind) {
    case Kind::Created: return Text::tr("“%1” is said to be created.").arg(name);
    case Kind::Running: return Text::tr("“%1” is said to run.").arg(name);
    case Kind::HealthChecking: return Text::tr("The endpoints of “%1” are said to be checked.").arg(name);
    case Kind::Ready: return Text::tr("“%1” is said to be ready.").arg(name);
    case Kind::Failed: return Text::tr("“%1” is said to have failed.").arg(name);
    case Kind::Timeout: return Text::tr("“%1” is said to take too long.").arg(name);
    case Kind::StartupInitiated: return Text::tr("“%1” is said to be starting.").arg(name);
    case Kind::StartupCompleted: return Text::tr("“%1” is said to have started.").arg(name);
    case Kind::StartupFailed: return Text::tr("“%1” is said not to have started.").arg(name);
    case Kind::Stopped: return Text::tr("“%1” is said to be stopped.").arg(name);
    case Kind::Deleted: return Text::tr("“%1” is said to be deleted.").arg(name);
    case Kind::Other: break;
    }
    return Text::tr("“%1” is said to be: %2.", "an instance, and a status that this program does not know").arg(name, displayLine(event.status, 64));
}

QString sentence(const TaskEvent &event)
{
    const QString id = displayLine(event.taskId, 64);
    if (event.status == QLatin1String("TASK_STATUS_SUCCEED"))
        return Text::tr("The task %1 is said to be done.").arg(id);
    if (event.status == QLatin1String("TASK_STATUS_FAILED"))
        return Text::tr("The task %1 is said to have failed.").arg(id) + QLatin1Char(' ') + displayLine(event.reason);
    return Text::tr("The task %1 is said to be: %2.").arg(id, displayLine(event.status, 64));
}

QString detail(const InstanceEvent &event)
{
    QStringList lines;
    for (const QString &text : {event.error, event.reason}) {
        if (const QString line = displayLine(text, 1024); !line.isEmpty() && !lines.contains(line))
            lines.append(line);
    }
    return lines.join(QLatin1Char('\n'));
}

EventSeverity severity(const InstanceEvent &event)
{
    switch (event.kind) {
    case Kind::Ready:
    case Kind::StartupCompleted: return EventSeverity::Success;
    case Kind::Failed:
    case Kind::Timeout:
    case Kind::StartupFailed: return EventSeverity::Warning; // a problem it is once the cloud says so
    default: return EventSeverity::Info;
    }
}

EventSeverity severity(const TaskEvent &event)
{
    if (event.status == QLatin1String("TASK_STATUS_FAILED"))
        return EventSeverity::Warning;
    return event.status == QLatin1String("TASK_STATUS_SUCCEED") ? EventSeverity::Success : EventSeverity::Info;
}

} // namespace webhooknews

} // namespace novita
