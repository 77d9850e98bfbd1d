// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/imagerun.h"

#include "core/base/sentence.h"
#include "core/images/jobfailure.h"
#include "core/images/jobsentence.h"

#include <QTimer>

#include <algorithm>

namespace novita {

namespace {

constexpr Milliseconds kDiskWait{30000};

/// Its backend lets nobody in with this login: it is nothing about this job.
bool isBarred(const Error &error, const ImageBackend &backend)
{
    return jobfailure::isOfLogin(error) && !error.effectUnknown && backend.hasOwnLogin();
}

ImageRunParts withTimer(ImageRunParts parts)
{
    if (!parts.later)
        parts.later = [](Milliseconds wait, QObject *who, const std::function<void()> &then) { QTimer::singleShot(wait, who, then); };
    return parts;
}

QString someAreHere(qsizetype here, qsizetype total, const QString &why)
{
    return ImageRun::tr("%1 of %2 pictures are here. %3").arg(here).arg(total).arg(why).trimmed();
}

} // namespace

ImageRun::ImageRun(const ImageRunParts &parts, const ImageJob &job, QObject *parent)
    : QObject(parent)
    , m_parts(withTimer(parts))
    , m_job(job)
    , m_writer(parts.jobs, parts.pictures)
    , m_watch(parts.backend, parts.random, [this](const Result<ImageWork> &work) { looked(work); })
    , m_fetch(m_parts, m_job)
{
    connect(&m_fetch, &ResultFetch::changed, this, &ImageRun::changed);
    connect(&m_fetch, &ResultFetch::linksExpired, this, [this] { m_watch.ask(m_job.task); });
    connect(&m_fetch, &ResultFetch::ended, this, &ImageRun::fetchedAll);
}

ImageRun::~ImageRun() = default;

void ImageRun::write(ImageJobState state, const Then &then)
{
    m_job.state = state;
    m_job.updatedAt = m_parts.clock.now();
    m_writer.save(m_job, [this, then](const Result<qint64> &version) {
        if (version) {
            m_job.version = *version;
        } else {
            m_trouble = version.error().message;
            emit writeFailed(version.error());
        }
        then();
    });
    emit changed();
}

void ImageRun::submit(const EndpointSpec &endpoint, const RequestOptions &options)
{
    m_job.submittedAt = m_parts.clock.now();
    const qint64 version = m_job.version;
    write(ImageJobState::Submitting, [this, endpoint, options, version] {
        if (m_job.version != version) {
            prepare(endpoint, options);
            return;
        }
        // Not written down: after a kill it would be sent again.
        m_job.state = ImageJobState::Waiting;
        m_job.submittedAt.reset();
        emit held(Error::make(ErrorKind::Storage, m_trouble));
    });
}

void ImageRun::prepare(const EndpointSpec &endpoint, const RequestOptions &options)
{
    Call<QUrl> *webhook = m_parts.webhook ? m_parts.webhook() : nullptr;
    if (!webhook) {
        send(endpoint, options);
        return;
    }
    m_call.reset(webhook)->onFinished(this, [this, endpoint, options](const Result<QUrl> &url) {
        RequestOptions complete = options;
        complete.webhook = url.valueOr({});
        send(endpoint, complete);
    });
}

void ImageRun::send(const EndpointSpec &endpoint, const RequestOptions &options)
{
    m_call.reset(m_parts.keeper.inputs(m_job))->onFinished(this, [this, endpoint, options](const Result<InputImages> &images) {
        if (!images) {
            end(ImageJobState::Failed, images.error().message);
            return;
        }
        connect(&m_parts.backend, &ImageBackend::progressed, this, [this](int percent, std::optional<Seconds> eta) {
            m_percent = percent;
            m_expectedAt = eta ? std::optional(m_parts.clock.now() + *eta) : std::nullopt;
            emit changed();
        });
        connect(&m_parts.backend, &ImageBackend::doubted, this, [this](const QString &sentence) {
            m_trouble = sentence;
            emit changed();
        });
        Call<ImageWork> *call = m_parts.backend.submit({endpoint, {m_job.endpoint, m_job.recipe}, *images, options});
        m_submit = call;
        m_call.reset(call)->onFinished(this, [this](const Result<ImageWork> &work) { submitted(work); });
    });
}

void ImageRun::submitted(const Result<ImageWork> &work)
{
    disconnect(&m_parts.backend, nullptr, this, nullptr);
    m_trouble.clear();
    emit answered(m_job.endpoint, work ? std::nullopt : std::optional(work.error()));
    if (!work) {
        refuse(work.error());
        return;
    }
    m_job.task = work->task;
    if (m_givenUp && !work->isFinished()) {
        end(ImageJobState::Abandoned, {});
        return;
    }
    m_givenUp = false; // too late: what was made and paid for is kept
    write(ImageJobState::Following, [this, work = *work] { take(work); });
}

void ImageRun::refuse(const Error &answer)
{
    Error error = answer;
    error.message = jobsentence::of(answer);
    if (m_givenUp && !error.effectUnknown) {
        end(ImageJobState::Canceled, error.kind == ErrorKind::Canceled ? error.detail : QString());
    } else if (jobfailure::mayBeSentLater(error) || isBarred(error, m_parts.backend)) {
        m_job.submittedAt.reset();
        write(ImageJobState::Waiting, [this, error] { emit held(error); });
    } else {
        end(error.effectUnknown ? ImageJobState::Lost : ImageJobState::Failed, error.message);
    }
}

void ImageRun::follow()
{
    if (m_job.state == ImageJobState::Following)
        m_watch.ask(m_job.task);
    else
        write(ImageJobState::Following, [this] { m_watch.ask(m_job.task); });
}

void ImageRun::wake()
{
    m_watch.wake();
}

void ImageRun::looked(const Result<ImageWork> &work)
{
    if (work) {
        m_trouble.clear();
        take(*work);
    } else if (work.error().kind == ErrorKind::NotFound && m_fetch.hasBegun()) {
        m_fetch.noNewLinks(); // what is here is kept
    } else if (work.error().kind == ErrorKind::NotFound) {
        takeKeptBefore(work.error());
    } else {
        m_trouble = jobsentence::of(work.error());
        m_watch.askAfter(work.error());
        emit changed();
    }
}

void ImageRun::take(const ImageWork &work)
{
    m_percent = work.percent;
    m_expectedAt = work.eta ? std::optional(m_parts.clock.now() + *work.eta) : std::nullopt;
    const bool hasNoLinks = work.status == TaskStatus::Failed || (work.status == TaskStatus::Succeeded && work.results.isEmpty());
    if (hasNoLinks && m_fetch.hasBegun()) {
        m_fetch.noNewLinks(); // as if it were not known any more: what is here is kept
        return;
    }
    if (work.status == TaskStatus::Failed) {
        end(ImageJobState::Failed, work.reason.isEmpty() ? tr("The server gives no reason.") : closedSentence(work.reason));
    } else if (work.status == TaskStatus::Succeeded) {
        if (work.results.isEmpty())
            end(work.text.isEmpty() ? ImageJobState::Failed : ImageJobState::Done, work.text.isEmpty() ? tr("The server has made no picture.") : work.text);
        else
            write(ImageJobState::Downloading, [this, results = work.results] { m_fetch.take(results); });
    } else if (m_job.task.isEmpty()) {
        end(ImageJobState::Lost, tr("The server took the job and gave it no number."));
    } else {
        m_watch.askLater(m_job.task);
        emit changed();
    }
}

void ImageRun::fetchedAll(const QList<Picture> &pictures, const QString &problem)
{
    if (problem.isEmpty())
        finish(pictures, ImageJobState::Done, {});
    else
        finish(pictures, ImageJobState::Failed, pictures.isEmpty() ? problem : someAreHere(pictures.size(), m_fetch.total(), problem));
}

/// The server has forgotten it. What a run that was killed had fetched is in the folder all the same.
void ImageRun::takeKeptBefore(const Error &error)
{
    m_call.reset(m_parts.keeper.keptBefore(m_job))->onFinished(this, [this, error](const Result<QList<Picture>> &kept) {
        const QList<Picture> pictures = kept.valueOr({});
        if (pictures.isEmpty())
            end(ImageJobState::Failed, jobsentence::of(error));
        else if (pictures.size() >= m_job.expected)
            finish(pictures, ImageJobState::Done, {});
        else
            finish(pictures, ImageJobState::Failed, someAreHere(pictures.size(), m_job.expected, jobsentence::of(error)));
    });
}

void ImageRun::finish(const QList<Picture> &pictures, ImageJobState state, const QString &note)
{
    ++m_finishes;
    m_here = pictures;
    ImageJob ending = m_job;
    ending.state = state;
    ending.note = note;
    ending.updatedAt = m_parts.clock.now();
    m_writer.finish(ending, pictures, [this, pictures, ending](const Result<qint64> &version) {
        if (!version) {
            notFinished(pictures, ending, version.error());
            return;
        }
        m_job = ending;
        m_job.version = *version;
        emit changed();
        emit ended();
    });
}

/// The disk may be full; the pictures lie in the folder, and their job still knows its task.
void ImageRun::notFinished(const QList<Picture> &pictures, const ImageJob &ending, const Error &error)
{
    m_trouble = error.message;
    emit writeFailed(error);
    if (m_givenUp || error.kind == ErrorKind::Conflict) { // nobody waits for it, or there is no such job any more
        m_job = ending;
        if (!pictures.isEmpty()) {
            if (m_job.state == ImageJobState::Done)
                m_job.state = ImageJobState::Failed;
            m_job.note = tr("The pictures that were fetched could not be put into the gallery. %1").arg(closedSentence(error.message));
        }
        emit ended();
        return;
    }
    m_parts.later(kDiskWait, this, [this, pictures, ending, number = m_finishes] {
        if (number == m_finishes)
            finish(pictures, ending.state, ending.note);
    });
    emit changed();
}

bool ImageRun::isUnsent() const
{
    return m_job.state == ImageJobState::Submitting && (!m_submit || m_parts.backend.isUnsent(*m_submit));
}

void ImageRun::giveUp()
{
    m_givenUp = true;
    if (isUnsent()) {
        disconnect(&m_parts.backend, nullptr, this, nullptr);
        m_call.reset();
        end(ImageJobState::Canceled, {});
        return;
    }
    if (m_job.state == ImageJobState::Submitting) {
        if (m_parts.backend.canInterrupt())
            m_parts.backend.interrupt();
        return; // its reply tells
    }
    m_watch.stop();
    m_call.reset();
    ++m_finishes;
    const qsizetype begun = m_fetch.total();
    if (m_fetch.hasBegun())
        m_here = m_fetch.stop();
    const auto total = std::max({begun, static_cast<qsizetype>(m_job.expected), m_here.size()});
    // What was made, paid for and fetched is kept.
    const auto endWith = [this, total](ImageJobState state, const QString &why) {
        if (m_here.isEmpty())
            end(state, why);
        else
            finish(QList<Picture>(m_here), state, someAreHere(m_here.size(), total, why));
    };
    if (m_parts.backend.canInterrupt()) {
        m_call.reset(m_parts.backend.interrupt())->onFinished(this, [endWith](const Result<Done> &done) {
            endWith(done ? ImageJobState::Canceled : ImageJobState::Abandoned, done ? QString() : done.error().message);
        });
    } else {
        endWith(ImageJobState::Abandoned, {});
    }
}

void ImageRun::end(ImageJobState state, const QString &note)
{
    m_job.note = note;
    write(state, [this] { emit ended(); });
}

} // namespace novita
