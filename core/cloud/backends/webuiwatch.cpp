// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/backends/webuiwatch.h"

#include <utility>

namespace novita {

namespace {

constexpr Milliseconds kPoll{1000};

/// Whoever answers is there, be it to say that there is no such question here. A gateway answers for a server that is not.
bool isThere(const Error &error)
{
    constexpr int kBadGateway = 502;
    constexpr int kGatewayTimeout = 504;
    const bool isGateway = error.httpStatus >= kBadGateway && error.httpStatus <= kGatewayTimeout;
    return error.kind == ErrorKind::Protocol || (error.httpStatus > 0 && !isGateway);
}

/// What a page of the server itself calls its jobs.
bool isTaskName(const QString &job)
{
    return job.startsWith(QLatin1String("task("));
}

} // namespace

WebUiWatch::WebUiWatch(WebUiService &service, QObject *parent) : QObject(parent), m_service(service)
{
    m_poll.setInterval(kPoll);
    connect(&m_poll, &QTimer::timeout, this, &WebUiWatch::ask);
}

void WebUiWatch::start(const QString &task)
{
    stop();
    m_task = task;
    m_whose = Whose::Nobodys;
    m_wasBusy = false;
    m_unknown = m_misses = m_idle = 0;
    m_poll.start();
}

void WebUiWatch::stop()
{
    m_poll.stop();
    m_asking.reset();
    m_isAsking = false;
}

void WebUiWatch::ask()
{
    // An answer that is on its way to here counts as one: to ask anew would take it back.
    if (std::exchange(m_isAsking, true))
        return;
    if (m_task.isEmpty() || m_names == Names::Untold)
        askForAny();
    else
        askByName();
}

void WebUiWatch::askByName()
{
    m_asking.reset(m_service.taskProgress(m_task))->onFinished(this, [this](const Result<WebUiTaskProgress> &progress) { tookNamed(progress); });
}

void WebUiWatch::askForAny()
{
    m_asking.reset(m_service.progress())->onFinished(this, [this](const Result<WebUiProgress> &progress) { tookAny(progress); });
}

void WebUiWatch::tookNamed(const Result<WebUiTaskProgress> &progress)
{
    if (!progress && isThere(progress.error())) {
        const bool mayPass = progress.error().kind == ErrorKind::Server || progress.error().kind == ErrorKind::RateLimited;
        if (mayPass && m_names == Names::Told) { // it can tell, and will
            m_isAsking = false;
            m_misses = 0;
            return;
        }
        if (!mayPass)
            m_names = Names::Untold;
        askForAny();
        return;
    }
    if (!progress) {
        m_isAsking = false;
        missed(progress.error());
        return;
    }
    const bool isKnown = progress->isActive || progress->isQueued || progress->isCompleted;
    if (isKnown)
        m_names = Names::Told;
    // Older ones answer for the jobs of their own page alone.
    if (!isKnown && m_names != Names::Told && ++m_unknown > kMostUnknown) {
        askForAny();
        return;
    }
    m_isAsking = false;
    m_misses = 0;
    found(progress->isActive ? Whose::Ours : progress->isQueued ? Whose::Theirs : Whose::Nobodys, progress->percent, progress->eta);
}

void WebUiWatch::tookAny(const Result<WebUiProgress> &progress)
{
    m_isAsking = false;
    if (!progress) {
        missed(progress.error());
        return;
    }
    m_misses = 0;
    found(whoseIs(*progress), progress->percent, progress->eta);
}

WebUiWatch::Whose WebUiWatch::whoseIs(const WebUiProgress &progress) const
{
    if (!progress.isBusy)
        return Whose::Nobodys;
    const QString name = !progress.task.isEmpty() ? progress.task : isTaskName(progress.job) ? progress.job : QString();
    if (!name.isEmpty())
        return name == m_task ? Whose::Ours : Whose::Theirs;
    // One without a name is no drawing.
    return m_task.isEmpty() && progress.job.endsWith(QLatin1String("2img")) ? Whose::Theirs : Whose::Unsaid;
}

void WebUiWatch::found(Whose whose, int percent, std::optional<Seconds> eta)
{
    m_whose = whose;
    const bool mayBeOurs = whose == Whose::Ours || whose == Whose::Unsaid;
    m_wasBusy = m_wasBusy || mayBeOurs;
    m_idle = whose == Whose::Nobodys && m_wasBusy ? m_idle + 1 : 0;
    const bool isLost = m_idle >= kMostIdle;
    if (mayBeOurs)
        emit progressed(percent, eta);
    emit told();
    if (isLost)
        emit lost(tr("The server has nothing to do any more, and has not answered."));
}

void WebUiWatch::missed(const Error &error)
{
    m_misses = isThere(error) ? 0 : m_misses + 1;
    if (m_misses >= kMostMisses)
        emit lost(tr("The server has stopped answering while it made this. %1").arg(error.message));
}

} // namespace novita
