// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/cloud/backends/imagebackend.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace novita {

/// Asks a backend how a task stands, when it is told to: at once, or after a while that begins with 1 s and grows to 5
/// s; after an error after 2 s and more, up to 30 s, or as late as the server asks. Each wait is up to a fifth shorter
/// or longer. Thread: the one that made it.
class TaskWatch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TaskWatch)

public:
    using Took = std::function<void(const Result<ImageWork> &)>;

    /// `backend` must outlive it. `random`: values in [0, 1). `took` is called once for each question, unless it is
    /// taken back.
    TaskWatch(ImageBackend &backend, std::function<double()> random, Took took, QObject *parent = nullptr);

    /// Now, in place of a question that is under way.
    void ask(const QString &task);
    /// After a while.
    void askLater(const QString &task);
    /// After a question that came to this, once more.
    void askAfter(const Error &error);
    /// Now, if it waits for its time.
    void wake();
    void stop();

private:
    void wait(Milliseconds time);

    ImageBackend &m_backend;
    const std::function<double()> m_random;
    const Took m_took;
    QString m_task;
    CallGuard m_asking;
    QTimer m_timer;
    Milliseconds m_wait;
    int m_failures = 0; ///< in a row
};

} // namespace novita
