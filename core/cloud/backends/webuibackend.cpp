// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/backends/webuibackend.h"

#include "core/cloud/services/mappedcall.h"

#include <QFutureWatcher>
#include <QJsonDocument>
#include <QUuid>
#include <QtConcurrentRun>

#include <utility>

namespace novita {

namespace {

/// What goes with every job that is drawn in steps.
void addManners(QJsonObject &body, const QString &task)
{
    body.insert(QStringLiteral("force_task_id"), task);
    body.insert(QStringLiteral("override_settings_restore_afterwards"), true);
    body.insert(QStringLiteral("send_images"), true);
    body.insert(QStringLiteral("save_images"), false);
}

bool isDrawn(const EndpointSpec &endpoint)
{
    return endpoint.path.endsWith(QLatin1String("2img"));
}

/// Base64 and JSON of pictures take their time: where these are large, not for the caller's thread.
Result<QByteArray> bodyOf(const ImageRequest &request, const QString &task)
{
    const Result<QJsonObject> made = requestBody(request.endpoint, request.recipe, request.images, request.options);
    if (!made)
        return made.error();
    QJsonObject body = *made;
    if (isDrawn(request.endpoint))
        addManners(body, task);
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

bool isLarge(const InputImages &images)
{
    qsizetype bytes = 0;
    for (const InputImage &image : images)
        bytes += image.bytes.size();
    return bytes > ReplyDecoder::kLargeBody;
}

ImageWork workOf(const WebUiAnswer &answer)
{
    ImageWork work;
    work.status = TaskStatus::Succeeded;
    work.text = answer.text;
    for (const WebUiAnswer::Image &image : answer.images)
        work.results.append({image.bytes, {}, false, image.seed});
    return work;
}

} // namespace

WebUiBackend::WebUiBackend(const QString &server, QNetworkAccessManager &network, QObject *parent)
    : ImageBackend(parent), m_id(backendId(server)), m_name(server), m_service(network)
{
    connect(&m_watch, &WebUiWatch::progressed, this, &ImageBackend::progressed);
    connect(&m_watch, &WebUiWatch::told, this, &WebUiBackend::told);
    connect(&m_watch, &WebUiWatch::lost, this, &WebUiBackend::loseJob);
}

WebUiBackend::~WebUiBackend()
{
    if (isBusy())
        delete m_job.data(); // its canceler needs what this object is made of
}

void WebUiBackend::setTarget(const std::optional<WebUiTarget> &target, const QString &trouble)
{
    const bool wasReady = m_target.has_value();
    const QString before = this->trouble();
    if (m_target != target) {
        m_refusal.clear();
        m_watch.forget();
    }
    m_target = target;
    m_trouble = target ? QString() : trouble;
    // While a job runs it is the server that has it who is asked.
    if (target && !isBusy())
        m_service.setTarget(*target);
    if (wasReady != target.has_value() || before != this->trouble())
        emit readinessChanged();
}

void WebUiBackend::noteAnswer(const std::optional<Error> &error)
{
    noteLogin(error);
    if (!error)
        emit answered();
}

void WebUiBackend::noteLogin(const std::optional<Error> &error)
{
    const bool isRefused = error && (error->kind == ErrorKind::Unauthorized || error->kind == ErrorKind::Forbidden);
    // No answer, or a poor one, says nothing of the login.
    if (error && !isRefused)
        return;
    const QString refusal = error ? tr("%1 Its jobs wait: edit the server in “Image servers…” and enter user and password anew.").arg(error->message) : QString();
    if (m_refusal == refusal)
        return;
    m_refusal = refusal;
    emit readinessChanged();
}

Call<ImageWork> *WebUiBackend::submit(const ImageRequest &request)
{
    const auto refuse = [this](ErrorKind kind, const QString &why) { return Call<ImageWork>::settledWith(Error::make(kind, why), this); };
    if (request.endpoint.family != EndpointFamily::WebUi)
        return refuse(ErrorKind::Validation, tr("“%1” is no endpoint of an image server.").arg(request.endpoint.title));
    if (!m_target)
        return refuse(ErrorKind::Network, m_trouble);
    if (isBusy())
        return refuse(ErrorKind::RateLimited, tr("The server is at work on another job."));
    m_task = isDrawn(request.endpoint) ? QStringLiteral("task(%1)").arg(QUuid::createUuid().toString(QUuid::Id128).left(15)) : QString();
    m_isStopping = m_stoppedUnsaid = false;
    m_stops = 0;
    m_doubt.clear();
    auto *job = Call<ImageWork>::create(this);
    m_job = job;
    job->setCanceler([this] {
        m_working.reset();
        rest();
    });
    m_service.setTarget(*m_target);
    if (isLarge(request.images))
        prepare(request);
    else
        send(request.endpoint.path, bodyOf(request, m_task));
    return job;
}

void WebUiBackend::prepare(const ImageRequest &request)
{
    using Body = std::shared_ptr<Result<QByteArray>>; // QFuture wants to make empty ones
    m_preparing = std::make_unique<QFutureWatcher<Body>>();
    auto *watcher = m_preparing.get();
    connect(watcher, &QFutureWatcherBase::finished, this, [this, path = request.endpoint.path] {
        const Body body = m_preparing->result();
        m_preparing.release()->deleteLater();
        send(path, *body);
    });
    watcher->setFuture(QtConcurrent::run([request, task = m_task] { return std::make_shared<Result<QByteArray>>(bodyOf(request, task)); }));
}

void WebUiBackend::send(const QString &path, const Result<QByteArray> &body)
{
    if (!body) {
        rest();
        m_job->resolve(body.error());
        return;
    }
    m_working.reset(m_service.generate(path, *body))->onFinished(this, [this](const Result<WebUiAnswer> &answer) { finished(answer); });
    m_watch.start(m_task);
}

void WebUiBackend::finished(const Result<WebUiAnswer> &answer)
{
    const bool wasStopped = m_isStopping;
    const bool isSameTarget = m_target && m_service.target() == *m_target;
    rest();
    if (isSameTarget)
        noteLogin(answer ? std::nullopt : std::optional(answer.error()));
    if (!m_job)
        return;
    // The server answers a job that was stopped with what it has of it, which nobody asked for.
    if (answer && wasStopped)
        m_job->resolve(Error::make(ErrorKind::Canceled, tr("Stopped."), m_stoppedUnsaid ? tr("Stopped, with whatever the server worked on: it does not tell whose job that was.") : QString()));
    else
        m_job->resolve(answer ? Result<ImageWork>(workOf(*answer)) : Result<ImageWork>(answer.error()));
}

void WebUiBackend::rest()
{
    m_preparing.reset();
    m_watch.stop();
    m_stopping.reset();
    m_isStopping = false;
    if (m_target)
        m_service.setTarget(*m_target); // it may have become another meanwhile
}

QString WebUiBackend::doubt() const
{
    switch (m_watch.whose()) {
    case WebUiWatch::Whose::Theirs:
        return m_isStopping ? tr("The server works on somebody else’s job, which is not stopped. This one is, once its turn comes.") : tr("The server works on somebody else’s job first.");
    case WebUiWatch::Whose::Unsaid:
        return tr("The server does not tell whose job it works on: progress may be of another, and cancelling stops whatever it is.");
    default: return {};
    }
}

void WebUiBackend::told()
{
    if (!isBusy())
        return;
    const WebUiWatch::Whose whose = m_watch.whose();
    // It was asked for before the server had begun, or the server has not heard.
    if (m_isStopping && !m_stopping.isBusy() && (whose == WebUiWatch::Whose::Ours || whose == WebUiWatch::Whose::Unsaid)) {
        m_stoppedUnsaid = m_stoppedUnsaid || whose == WebUiWatch::Whose::Unsaid;
        if (++m_stops > kMostStops) {
            m_working.reset();
            rest();
            m_job->resolve(Error::make(ErrorKind::Canceled, tr("Stopped."), tr("The server was told to stop, and has not answered: it may go on with it.")));
            return;
        }
        m_stopping.reset(m_service.interrupt());
    }
    if (const QString now = doubt(); std::exchange(m_doubt, now) != now)
        emit doubted(now);
}

void WebUiBackend::loseJob(const QString &why)
{
    m_working.reset();
    rest();
    Error error = Error::make(ErrorKind::Network, why);
    error.effectUnknown = true;
    if (isBusy())
        m_job->resolve(error);
}

Call<ImageWork> *WebUiBackend::look(const QString &)
{
    return Call<ImageWork>::settledWith(Error::make(ErrorKind::NotFound, tr("An image server keeps no jobs that could be asked for.")), this);
}

Call<Done> *WebUiBackend::interrupt()
{
    if (!isBusy() || m_isStopping)
        return Call<Done>::settledWith(Done{}, this);
    if (m_preparing) { // it has not been sent
        rest();
        m_job->resolve(Error::make(ErrorKind::Canceled, tr("Stopped.")));
        return Call<Done>::settledWith(Done{}, this);
    }
    m_isStopping = true;
    // What runs there may be somebody else's: it is asked first, and told once it is ours.
    m_watch.ask();
    return Call<Done>::settledWith(Done{}, this);
}

} // namespace novita
