// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guards/guardtools.h"

#include "core/guards/rulebook.h"
#include "core/workflows/failuretext.h"
#include "core/workflows/notificationcenter.h"

#include <QCoreApplication>

namespace novita {

void tellUnreadRules(NotificationCenter &center, RuleBook &book, NotificationKind kind, const QString &title)
{
    QObject::connect(&book, &RuleBook::readFailed, &center, [&center, kind, title](const Error &why) {
        Notification notice;
        notice.kind = kind;
        notice.severity = EventSeverity::Problem;
        notice.urgency = NotificationUrgency::Critical;
        notice.title = title;
        notice.text = QCoreApplication::translate("Guards", "%1: none of them acts until they can be. %2", "what cannot be read: … why").arg(title, failureText(why));
        center.post(notice);
    });
}

} // namespace novita
