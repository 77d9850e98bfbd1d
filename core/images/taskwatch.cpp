// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/taskwatch.h"

#include <algorithm>

namespace novita {

namespace {

constexpr Milliseconds kFirst{1000};
constexpr Milliseconds kLatest{5000};
constexpr Milliseconds kLatestAfterErrors{30000};
constexpr double kGrowth = 1.3;

Milliseconds times(Milliseconds time, double factor)
{
    return Milliseconds(static_cast<qint64>(static_cast<double>(time.count()) * factor));
}

} // namespace

TaskWatch::TaskWatch(ImageBackend &backend, std::function<double()> random, Took took, QObject *parent)
    : QObject(parent)
    , m_backend(backend)
    , m_random(std::move(random))
    , m_took(std::move(took))
    , m_wait(kFirst)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { ask(m_task); });
}

void TaskWatch::ask(const QString &task)
{
    m_timer.stop();
    m_task = task;
    m_asking.reset(m_backend.look(task))->onFinished(this, [this](const Result<ImageWork> &work) {
        if (work)
            m_failures = 0;
        m_took(work);
    });
}

void TaskWatch::askLater(const QString &task)
{
    m_task = task;
    wait(m_wait);
    m_wait = std::min(kLatest, times(m_wait, kGrowth));
}

void TaskWatch::askAfter(const Error &error)
{
    const Milliseconds own = std::min(kLatestAfterErrors, kFirst * (1 << std::min(++m_failures, 5)));
    wait(std::max(own, error.retryAfter.value_or(Milliseconds(0))));
}

void TaskWatch::wake()
{
    if (m_timer.isActive())
        ask(m_task);
}

void TaskWatch::stop()
{
    m_timer.stop();
    m_asking.reset();
}

void TaskWatch::wait(Milliseconds time)
{
    m_timer.start(times(time, 0.8 + 0.4 * m_random()));
}

} // namespace novita
