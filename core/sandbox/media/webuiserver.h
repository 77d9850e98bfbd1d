// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/sandbox/media/painter.h"
#include "core/sandbox/sandboxrequest.h"

#include <QJsonObject>
#include <QStringList>

#include <deque>
#include <functional>
#include <optional>

namespace novita {

/// A Stable Diffusion WebUI server, as one runs on a person's instance: the API below /sdapi/v1/, and /internal/progress for one job by its
/// name. One job at a time; the others wait.
class WebUiServer
{
public:
    static constexpr std::size_t kMostJobs = 16;

    explicit WebUiServer(SandboxMedia &media, SandboxWorld &world);

    /// "user:password", which every request must then have; empty = none.
    void setCredentials(const QString &credentials) { m_credentials = credentials.toUtf8(); }

    /// Answers a request for `path`, "/sdapi/v1/txt2img". Where `defer` is set by it, that is to be called instead of sending what it returns.
    HttpResponse answer(const HttpRequest &request, const QString &path, std::function<void(const DeferredAnswer &)> &defer);

    bool isBusy() const { return !m_jobs.empty(); }
    void tick(TimePoint now); ///< ends the job whose time has come, and begins the next
    void clear();

private:
    struct Job
    {
        PaintOrder order;       ///< of the first picture
        int count = 1;
        int steps = 20;
        QJsonObject parameters; ///< as they were understood
        QString name;           ///< "txt2img"
        QString task;           ///< what the client calls it; may be empty
        QString model, modelHash;
        bool interrupted = false;
        TimePoint begin{};      ///< once it is its turn
        Milliseconds length{0};
        std::optional<DeferredAnswer> answer;
    };
    using Defer = std::function<void(const DeferredAnswer &)>;

    HttpResponse read(const HttpRequest &request, const QString &name);
    HttpResponse generate(const QJsonObject &body, bool fromImage, Defer &defer);
    HttpResponse upscale(const QJsonObject &body, Defer &defer);
    HttpResponse progress(bool withPicture) const;
    HttpResponse taskProgress(const QString &task) const;
    HttpResponse setOptions(const QJsonObject &body);
    void interrupt();
    bool isAllowed(const HttpRequest &request) const;
    void enqueue(Job job, const DeferredAnswer &answer);
    void finish(Job &job, double part);
    double partDone(const Job &job) const; ///< 0 to 1
    QList<QJsonObject> checkpoints() const;

    SandboxMedia &m_media;
    SandboxWorld &m_world;
    QByteArray m_credentials;
    QJsonObject m_options;
    std::deque<Job> m_jobs; ///< the first one is at work
    QStringList m_ended;    ///< names of the last ones
};

/// The text that such a server writes into its pictures.
QString webUiInfoText(const QJsonObject &parameters, qint64 seed);

const QStringList &webUiSamplers();
const QStringList &webUiUpscalers();

} // namespace novita
