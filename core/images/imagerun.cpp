// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/imagerun.h"

#include "core/base/sentence.h"
#include "core/gallery/imagejoblog.h"
#include "core/gallery/picturestore.h"
#include "core/images/jobsentence.h"

#include <algorithm>

namespace novita {

namespace {

constexpr Milliseconds kFirstLook{1000};
constexpr Milliseconds kLatestLook{5000};
constexpr Milliseconds kLatestAfterErrors{30000};
constexpr double kGrowth = 1.3;
constexpr int kMostDiskDoublings = 4; ///< of kLatestAfterErrors, while the disk promises room and does not take it

/// The server has said no before anything ran, and may say yes later.
bool mayBeSentLater(const Error &error)
{
    if (error.effectUnknown)
        return false;
    switch (error.kind) {
    case ErrorKind::Network:
    case ErrorKind::Timeout:
    case ErrorKind::Tls:
    case ErrorKind::Unauthorized:
    case ErrorKind::RateLimited:
    case ErrorKind::Quota:
    case ErrorKind::BreakerOpen:
    case ErrorKind::QueueFull:
    case ErrorKind::Keychain:
    case ErrorKind::Canceled: return true;
    default: return false;
    }
}

/// Its backend lets nobody in with this login: it is nothing about this job.
bool isBarred(const Error &error, const ImageBackend &backend)
{
    return error.kind == ErrorKind::Forbidden && !error.effectUnknown && backend.hasOwnLogin();
}

QString someAreHere(qsizetype here, qsizetype total, const QString &why)
{
    return ImageRun::tr("%1 of %2 pictures are here. %3").arg(here).arg(total).arg(why).trimmed();
}

} // namespace

ImageRun::ImageRun(const ImageRunParts &parts, const ImageJob &job, QObject *parent) : QObject(parent), m_parts(parts), m_job(job), m_wait(kFirstLook)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ImageRun::look);
}

ImageRun::~ImageRun() = default;

void ImageRun::write(ImageJobState state, Then then)
{
    m_job.state = state;
    m_job.updatedAt = m_parts.clock.now();
    save(std::move(then), false);
    emit changed();
}

void ImageRun::save(Then then, bool isAgain)
{
    m_writing.reset(m_parts.jobs.save(m_job))->onFinished(this, [this, then = std::move(then), isAgain](const Result<qint64> &version) {
        if (version) {
            m_job.version = *version;
        } else if (isStale(version.error()) && !isAgain) {
            renewVersion([this, then] { save(then, true); });
            return;
        } else {
            m_trouble = version.error().message;
            emit writeFailed(version.error());
        }
        then();
    });
}

/// A write whose answer was not waited for has counted on. Not for one that is to be sent: there it may be somebody else who sends it.
bool ImageRun::isStale(const Error &error) const
{
    return error.kind == ErrorKind::Conflict && m_job.state != ImageJobState::Submitting;
}

void ImageRun::renewVersion(Then then)
{
    m_writing.reset(m_parts.jobs.read(m_job.id))->onFinished(this, [this, then = std::move(then)](const Result<ImageJob> &kept) {
        if (kept)
            m_job.version = kept->version;
        then();
    });
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
        if (m_givenUp) {
            end(ImageJobState::Canceled, {});
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
        m_call.reset(m_parts.backend.submit({endpoint, {m_job.endpoint, m_job.recipe}, *images, options}))->onFinished(this, [this](const Result<ImageWork> &work) {
            submitted(work);
        });
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
    } else if (mayBeSentLater(error) || isBarred(error, m_parts.backend)) {
        m_job.submittedAt.reset();
        write(ImageJobState::Waiting, [this, error] { emit held(error); });
    } else {
        end(error.effectUnknown ? ImageJobState::Lost : ImageJobState::Failed, error.message);
    }
}

void ImageRun::follow()
{
    if (m_job.state == ImageJobState::Following)
        look();
    else
        write(ImageJobState::Following, [this] { look(); });
}

void ImageRun::wake()
{
    if (m_timer.isActive())
        look();
}

void ImageRun::lookLater(Milliseconds wait)
{
    m_timer.start(Milliseconds(static_cast<qint64>(static_cast<double>(wait.count()) * (0.8 + 0.4 * m_parts.random()))));
}

void ImageRun::later(Milliseconds wait, const Then &then)
{
    if (m_parts.later)
        m_parts.later(wait, this, then);
    else
        QTimer::singleShot(wait, this, then);
}

void ImageRun::look()
{
    m_timer.stop();
    m_call.reset(m_parts.backend.look(m_job.task))->onFinished(this, [this](const Result<ImageWork> &work) { looked(work); });
}

void ImageRun::looked(const Result<ImageWork> &work)
{
    if (work) {
        m_trouble.clear();
        m_failures = 0;
        take(*work);
    } else if (work.error().kind == ErrorKind::NotFound && !m_fetches.empty()) {
        linksAreGiven(); // none, then: what is here is kept
    } else if (work.error().kind == ErrorKind::NotFound) {
        takeKeptBefore(work.error());
    } else {
        m_trouble = jobsentence::of(work.error());
        const Milliseconds wait = std::min(kLatestAfterErrors, kFirstLook * (1 << std::min(++m_failures, 5)));
        lookLater(std::max(wait, work.error().retryAfter.value_or(Milliseconds(0))));
        emit changed();
    }
}

void ImageRun::take(const ImageWork &work)
{
    m_percent = work.percent;
    m_expectedAt = work.eta ? std::optional(m_parts.clock.now() + *work.eta) : std::nullopt;
    const bool hasNoLinks = work.status == TaskStatus::Failed || (work.status == TaskStatus::Succeeded && work.results.isEmpty());
    if (hasNoLinks && !m_fetches.empty()) {
        linksAreGiven(); // as if it were not known any more: what is here is kept
        return;
    }
    if (work.status == TaskStatus::Failed) {
        end(ImageJobState::Failed, work.reason.isEmpty() ? tr("The server gives no reason.") : closedSentence(work.reason));
    } else if (work.status == TaskStatus::Succeeded) {
        if (work.results.isEmpty())
            end(work.text.isEmpty() ? ImageJobState::Failed : ImageJobState::Done, work.text.isEmpty() ? tr("The server has made no picture.") : work.text);
        else
            write(ImageJobState::Downloading, [this, results = work.results] { fetchAll(results); });
    } else if (m_job.task.isEmpty()) {
        end(ImageJobState::Lost, tr("The server took the job and gave it no number."));
    } else {
        lookLater(m_wait);
        m_wait = std::min(kLatestLook, Milliseconds(static_cast<qint64>(static_cast<double>(m_wait.count()) * kGrowth)));
        emit changed();
    }
}

void ImageRun::fetchAll(const QList<ImageResult> &results)
{
    if (m_givenUp)
        return; // while it was being written down
    // Asked for anew: what is here already stays.
    m_fetches.resize(std::max(m_fetches.size(), static_cast<std::size_t>(results.size())));
    for (std::size_t i = 0; i < static_cast<std::size_t>(results.size()); ++i) {
        if (!m_fetches[i])
            m_fetches[i] = std::make_unique<Fetch>();
        m_fetches[i]->result = results.at(static_cast<qsizetype>(i));
        if (!m_fetches[i]->needsRoom)
            fetch(i);
    }
    if (m_links == Links::AskedAnew)
        linksAreGiven();
}

/// From here on, and not while the disk is still writing it down, the rest of them may end the job.
void ImageRun::linksAreGiven()
{
    m_links = Links::GivenAnew;
    fetchedOne();
}

void ImageRun::fetch(std::size_t index)
{
    if (index >= m_fetches.size() || !m_fetches[index])
        return; // given up while it waited for its next try
    Fetch &one = *m_fetches[index];
    if (one.picture || one.call.isBusy())
        return;
    one.waits = one.needsRoom = false;
    ++one.tries;
    one.problem.clear();
    one.call.reset(m_parts.keeper.keep(m_job, one.result, static_cast<int>(index)))->onFinished(this, [this, index](const Result<Picture> &picture) { fetched(index, picture); });
}

void ImageRun::fetched(std::size_t index, const Result<Picture> &picture)
{
    Fetch &one = *m_fetches[index];
    if (picture) {
        one.picture = *picture;
        if (std::none_of(m_fetches.begin(), m_fetches.end(), [](const auto &fetch) { return fetch && fetch->waits; }))
            m_trouble.clear();
    } else if (picture.error().kind == ErrorKind::Storage) {
        // Paid for, and there as long as its link is: somebody may make room.
        --one.tries;
        waitForRoom(index, picture.error(), kLatestAfterErrors * (1 << std::min(one.refusals++, kMostDiskDoublings)));
        return;
    } else if (picture.error().isTransient() && one.tries < kMostFetches) {
        const std::optional<Milliseconds> asked = picture.error().retryAfter;
        if (asked)
            m_trouble = picture.error().message;
        fetchLater(index, std::max(m_parts.fetchWait * (1 << (one.tries - 1)), asked.value_or(Milliseconds(0))));
        emit changed();
        return;
    } else {
        one.problem = closedSentence(picture.error().message);
        if (picture.error().kind == ErrorKind::NotFound && m_links == Links::AsGiven && !m_job.task.isEmpty()) {
            m_links = Links::AskedAnew;
            look();
        }
    }
    fetchedOne();
}

void ImageRun::fetchLater(std::size_t index, Milliseconds wait)
{
    m_fetches[index]->waits = true;
    later(wait, [this, index] {
        // It may have been fetched by another link meanwhile.
        if (index < m_fetches.size() && m_fetches[index] && m_fetches[index]->waits)
            fetch(index);
    });
}

/// It is not downloaded to be thrown away: the disk is asked first.
void ImageRun::waitForRoom(std::size_t index, const Error &error, Milliseconds wait)
{
    m_trouble = error.message;
    m_fetches[index]->waits = m_fetches[index]->needsRoom = true;
    later(wait, [this, index] {
        if (index >= m_fetches.size() || !m_fetches[index] || !m_fetches[index]->needsRoom)
            return; // given up
        m_fetches[index]->call.reset(m_parts.keeper.room(m_job, static_cast<int>(index)))->onFinished(this, [this, index](const Result<Done> &room) {
            if (room)
                fetch(index);
            else
                waitForRoom(index, room.error(), kLatestAfterErrors);
        });
    });
    emit changed();
}

void ImageRun::fetchedOne()
{
    if (m_links == Links::AskedAnew)
        return; // all that failed is fetched again by the new ones
    const bool isLast = std::all_of(m_fetches.begin(), m_fetches.end(), [](const auto &fetch) { return fetch && (fetch->picture || !fetch->problem.isEmpty()); });
    if (isLast)
        fetchedAll();
    else
        emit changed();
}

void ImageRun::fetchedAll()
{
    QList<Picture> pictures;
    QString problem;
    for (const auto &fetch : m_fetches) {
        if (fetch->picture)
            pictures.append(*fetch->picture);
        else
            problem = fetch->problem;
    }
    if (problem.isEmpty())
        finish(pictures, ImageJobState::Done, {});
    else
        finish(pictures, ImageJobState::Failed, pictures.isEmpty() ? problem : someAreHere(pictures.size(), static_cast<qsizetype>(m_fetches.size()), problem));
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

void ImageRun::finish(const QList<Picture> &pictures, ImageJobState state, const QString &note, bool isAgain)
{
    const quint64 number = ++m_finishes;
    m_here = pictures;
    ImageJob ending = m_job;
    ending.state = state;
    ending.note = note;
    ending.updatedAt = m_parts.clock.now();
    m_writing.reset(m_parts.pictures.add(m_job.profile, pictures, ending))->onFinished(this, [this, pictures, ending, number, isAgain](const Result<QList<PictureId>> &ids) {
        if (ids) {
            m_job = ending;
            ++m_job.version;
            emit changed();
            emit ended();
            return;
        }
        if (isStale(ids.error()) && !isAgain) {
            renewVersion([this, pictures, ending, number] {
                if (number == m_finishes)
                    finish(pictures, ending.state, ending.note, true);
            });
            return;
        }
        // The disk may be full; the pictures lie in the folder, and their job still knows its task.
        m_trouble = ids.error().message;
        emit writeFailed(ids.error());
        if (m_givenUp || ids.error().kind == ErrorKind::Conflict) { // nobody waits for it, or there is no such job any more
            m_job = ending;
            if (!pictures.isEmpty()) {
                if (m_job.state == ImageJobState::Done)
                    m_job.state = ImageJobState::Failed;
                m_job.note = tr("The pictures that were fetched could not be put into the gallery. %1").arg(closedSentence(ids.error().message));
            }
            emit ended();
            return;
        }
        later(kLatestAfterErrors, [this, pictures, ending, number] {
            if (number == m_finishes)
                finish(pictures, ending.state, ending.note);
        });
        emit changed();
    });
}

void ImageRun::giveUp()
{
    m_givenUp = true;
    if (m_job.state == ImageJobState::Submitting) {
        if (m_parts.backend.canInterrupt())
            m_parts.backend.interrupt();
        return; // its reply tells
    }
    m_timer.stop();
    m_call.reset();
    ++m_finishes;
    if (!m_fetches.empty())
        m_here.clear();
    for (const auto &fetch : m_fetches) {
        if (fetch && fetch->picture)
            m_here.append(*fetch->picture);
    }
    const auto total = std::max({static_cast<qsizetype>(m_fetches.size()), static_cast<qsizetype>(m_job.expected), m_here.size()});
    m_fetches.clear();
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
