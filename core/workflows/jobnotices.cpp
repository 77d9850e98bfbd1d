// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/jobnotices.h"

#include "core/workflows/jobwatch.h"
#include "core/workflows/notificationcenter.h"

namespace novita {

JobNotices::JobNotices(JobWatch &jobs, NotificationCenter &center, QObject *parent) : QObject(parent), m_center(center)
{
    connect(&jobs, &JobWatch::ended, this, &JobNotices::onEnded);
}

void JobNotices::onEnded(const WatchedJob &job)
{
    const bool done = job.state == WatchedJob::State::Done;
    if (!done && job.state != WatchedJob::State::Failed)
        return;
    const bool image = job.kind == WatchedJob::Kind::SaveImage;
    Notification notice;
    notice.kind = NotificationKind::JobEnded;
    notice.severity = done ? EventSeverity::Success : EventSeverity::Problem;
    if (image)
        notice.title = done ? tr("The image of “%1” was saved").arg(job.name) : tr("The image of “%1” could not be saved").arg(job.name);
    else
        notice.title = done ? tr("“%1” was migrated").arg(job.name) : tr("“%1” could not be migrated").arg(job.name);
    notice.text = done ? job.image : job.reason;
    notice.subjectId = job.instance.toString();
    notice.subjectName = job.name;
    notice.page = QStringLiteral("activity/operations");
    notice.inActivity = true; // JobWatch has written it
    m_center.post(notice);
}

} // namespace novita
