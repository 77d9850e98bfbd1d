// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/backends/imagebackend.h"
#include "core/cloud/backends/webuiwatch.h"

#include <QFutureWatcher>

#include <memory>
#include <optional>

namespace novita {

/// A Stable Diffusion WebUI server of one's own. One job at a time, and its answer is all that there is of it: a lost one cannot be asked for.
///
/// - While a job runs, its progress is asked for every second. A server that leaves WebUiWatch::kMostMisses of these questions in a row unanswered is gone,
///   and so is one that has been at work and then says kMostIdle times that it has nothing to do: the job ends with Error::effectUnknown.
/// - interrupt() stops the job that was sent from here, once it is its turn; the job then ends as ErrorKind::Canceled. Where the server tells jobs apart
///   nobody else's is shown or stopped. Where it does not, it is whatever the server works on, and doubted() says so.
/// - A server that goes on although it was told to stop kMostStops times is left with it, and that is said.
/// - What a job names (checkpoint, VAE, clip skip) goes for this job alone: the server's own settings are put back by it.
///
/// Without a target it takes no jobs, and trouble() says why. Nor does it after its server has refused the login (401, 403): that job and those behind
/// it wait until there is another target, another question to the same one is answered, or tryAgain().
class WebUiBackend final : public ImageBackend
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WebUiBackend)

public:
    /// How often a server is told to stop before its answer is not waited for any more.
    static constexpr int kMostStops = 30;

    /// ImageJob::backend of the jobs for a server.
    static QString backendId(const QString &server) { return QStringLiteral("webui:") + server; }
    static bool isBackendId(const QString &id) { return id.startsWith(QLatin1String("webui:")); }

    /// `server`: its id, for good. `network` as for WebUiService.
    WebUiBackend(const QString &server, QNetworkAccessManager &network, QObject *parent = nullptr);
    ~WebUiBackend() override;

    void setName(const QString &name) { m_name = name; }
    /// Where it is, or why it is nowhere now. A job under way goes on with the server that it was sent to.
    void setTarget(const std::optional<WebUiTarget> &target, const QString &trouble = {});
    const std::optional<WebUiTarget> &target() const { return m_target; }
    /// What another question to the present target was answered: nullopt = what was asked for, and answered() follows.
    void noteAnswer(const std::optional<Error> &error);
    /// Why the server lets nobody in with this login; empty while it does, as far as is known.
    QString refusal() const { return m_refusal; }
    WebUiService &service() { return m_service; }
    /// How often progress is asked for; for tests.
    void setPollInterval(Milliseconds interval) { m_watch.setInterval(interval); }

    QString id() const override { return m_id; }
    QString name() const override { return m_name; }
    int capacity() const override { return m_target && m_refusal.isEmpty() ? 1 : 0; }
    bool keepsTasks() const override { return false; }
    bool canInterrupt() const override { return true; }
    QString trouble() const override { return m_trouble.isEmpty() ? m_refusal : m_trouble; }
    bool hasOwnLogin() const override { return true; }
    void tryAgain() override { noteLogin({}); }

    Call<ImageWork> *submit(const ImageRequest &request) override;
    Call<ImageWork> *look(const QString &task) override;
    Call<Done> *interrupt() override;

private:
    /// What an answer says of the login.
    void noteLogin(const std::optional<Error> &error);
    bool isBusy() const { return m_job && !m_job->isSettled(); }
    void prepare(const ImageRequest &request);
    void send(const QString &path, const Result<QByteArray> &body);
    void told();
    QString doubt() const;
    void loseJob(const QString &why);
    void finished(const Result<WebUiAnswer> &answer);
    void rest();

    const QString m_id;
    QString m_name;
    QString m_trouble;
    QString m_refusal;
    std::optional<WebUiTarget> m_target;
    WebUiService m_service;
    WebUiWatch m_watch{m_service};
    std::unique_ptr<QFutureWatcher<std::shared_ptr<Result<QByteArray>>>> m_preparing; ///< while its body is made
    CallGuard m_working;  ///< the job's request
    CallGuard m_stopping;
    QPointer<Call<ImageWork>> m_job;
    QString m_task;       ///< what the job is called on the server
    QString m_doubt;      ///< as it was told last
    bool m_isStopping = false;
    int m_stops = 0;
    bool m_stoppedUnsaid = false; ///< what was stopped may have been another's
};

} // namespace novita
