// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace novita {

class JobWatch;
class NotificationCenter;
struct WatchedJob;

/// Tells a person how each job of the cloud that is followed has ended: an image saved or not, an instance migrated or not. A job that
/// was canceled is not told of. *Show* opens the operations. Thread: UI.
class JobNotices final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(JobNotices)

public:
    /// Both must outlive it.
    JobNotices(JobWatch &jobs, NotificationCenter &center, QObject *parent = nullptr);

private:
    void onEnded(const WatchedJob &job);

    NotificationCenter &m_center;
};

} // namespace novita
