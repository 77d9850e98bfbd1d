// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/services/webuiservice.h"

#include <QObject>
#include <QTimer>

#include <cstdint>
#include <optional>

namespace novita {

/// Asks a WebUI server, once a second, how the job that was sent to it is getting on, and whose job it is that it works on.
///
/// Where the server tells of a job by the name that it was given, that is what counts. Others tell of whatever they work on: a job that bears another
/// name is somebody else's, one without a name may be anybody's. One thread.
class WebUiWatch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WebUiWatch)

public:
    static constexpr int kMostMisses = 12;
    static constexpr int kMostIdle = 60;
    /// Of a server that answers for jobs by name and does not know this one: its body may be on its way.
    static constexpr int kMostUnknown = 4;

    enum class Whose : std::uint8_t {
        Nobodys, ///< it does nothing, or has not begun
        Ours,
        Theirs,
        Unsaid, ///< it works, and does not tell for whom
    };

    /// `service` must outlive it.
    explicit WebUiWatch(WebUiService &service, QObject *parent = nullptr);

    void setInterval(Milliseconds interval) { m_poll.setInterval(interval); }
    /// Another server: what that one tells is to be found out anew.
    void forget() { m_names = Names::Open; }
    /// `task`: the name that went with the job; empty for one that takes none.
    void start(const QString &task);
    void stop();
    void ask(); ///< now, unless an answer is on its way
    Whose whose() const { return m_whose; }

signals:
    /// whose() is known anew; with each answer.
    void told();
    /// Of a job that is ours, or may be.
    void progressed(int percent, std::optional<novita::Seconds> eta);
    /// kMostMisses questions in a row were not answered, or the job has been at work and is not there any more, kMostIdle times.
    void lost(const QString &why);

private:
    enum class Names : std::uint8_t { Open, Told, Untold }; ///< whether the server answers for jobs by name

    void askByName();
    void askForAny();
    void tookNamed(const Result<WebUiTaskProgress> &progress);
    void tookAny(const Result<WebUiProgress> &progress);
    Whose whoseIs(const WebUiProgress &progress) const;
    void found(Whose whose, int percent, std::optional<Seconds> eta);
    void missed(const Error &error);

    WebUiService &m_service;
    QTimer m_poll;
    CallGuard m_asking;
    QString m_task;
    Names m_names = Names::Open;
    Whose m_whose = Whose::Nobodys;
    bool m_isAsking = false;
    bool m_wasBusy = false;
    int m_unknown = 0;
    int m_misses = 0;
    int m_idle = 0;
};

} // namespace novita
