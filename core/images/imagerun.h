// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/gallery/imagejob.h"
#include "core/images/imagekeeper.h"

#include <QObject>
#include <QTimer>
#include <QUrl>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace novita {

class ImageJobLog;
class PictureStore;

/// What all runs of a queue work with; each must outlive them.
struct ImageRunParts
{
    ImageJobLog &jobs;
    PictureStore &pictures;
    ImageKeeper &keeper;
    ImageBackend &backend;
    const Clock &clock;
    std::function<double()> random; ///< values in [0, 1)
    /// Where the cloud is to report to, asked for each job; empty, null, or an Error: nowhere.
    std::function<Call<QUrl> *()> webhook;
    Milliseconds fetchWait; ///< before a picture is fetched again, doubled each time
    /// Calls `then` once after `wait`, unless `who` has died; empty: by a timer.
    std::function<void(Milliseconds wait, QObject *who, const std::function<void()> &then)> later = {};
};

/// One job on its way through its backend: written down as Submitting, sent once, asked for until it is finished, its pictures fetched, all
/// of it put into the gallery at once.
///
/// - What may have been sent is never sent again: a lost reply ends it as Lost.
/// - It is asked for again after 1 s, then ever later up to 5 s; after errors up to 30 s; at once by wake(). Only
///   TASK_STATUS_SUCCEED or _FAILED end it, and a server that does not know it any more.
/// - A picture that cannot be fetched is tried kMostFetches times, as late as its server asks, with the link asked for anew when it has expired; one that the disk does not take, once
///   there is room: the disk is asked every 30 s, and nothing is downloaded before. The others are kept all the same, also those of a job that was given up, or that the server does not know any more; where the disk does not take those
///   of one that was given up, its note says so.
///
/// Thread: the one that made it.
class ImageRun final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ImageRun)

public:
    static constexpr int kMostFetches = 5;

    ImageRun(const ImageRunParts &parts, const ImageJob &job, QObject *parent = nullptr);
    ~ImageRun() override;

    /// Of a job that waits.
    void submit(const EndpointSpec &endpoint, const RequestOptions &options);
    /// Of one that the backend has, after a restart or when it was given up before.
    void follow();
    /// Asks now: a webhook came, or the machine has slept.
    void wake();
    /// Stops waiting for it: interrupted where the backend can, else Abandoned. While it is being sent that is done once its reply is there.
    void giveUp();

    const ImageJob &job() const { return m_job; }
    std::optional<int> percent() const { return m_percent; }
    std::optional<TimePoint> expectedAt() const { return m_expectedAt; }
    /// Why the last question was not answered, or what is doubtful about the progress; else empty.
    const QString &trouble() const { return m_trouble; }

signals:
    void changed();
    /// Nothing was sent, and may be tried later: the job waits again. `error` says why.
    void held(const novita::Error &error);
    /// job().state is one of the last.
    void ended();
    /// An answer that a table of endpoints should hear of: success, or any error of a submit.
    void answered(const QString &endpoint, const std::optional<novita::Error> &error);
    /// See ImageQueue.
    void writeFailed(const novita::Error &error);

private:
    using Then = std::function<void()>;
    void write(ImageJobState state, Then then);
    void save(Then then, bool isAgain);
    bool isStale(const Error &error) const;
    void renewVersion(Then then);
    void prepare(const EndpointSpec &endpoint, const RequestOptions &options);
    void send(const EndpointSpec &endpoint, const RequestOptions &options);
    void submitted(const Result<ImageWork> &work);
    void look();
    void looked(const Result<ImageWork> &work);
    void take(const ImageWork &work);
    void fetchAll(const QList<ImageResult> &results);
    void linksAreGiven();
    void fetch(std::size_t index);
    void fetched(std::size_t index, const Result<Picture> &picture);
    void fetchLater(std::size_t index, Milliseconds wait);
    void waitForRoom(std::size_t index, const Error &error, Milliseconds wait);
    void fetchedOne();
    void fetchedAll();
    void takeKeptBefore(const Error &error);
    void finish(const QList<Picture> &pictures, ImageJobState state, const QString &note, bool isAgain = false);
    void end(ImageJobState state, const QString &note);
    void refuse(const Error &error);
    void lookLater(Milliseconds wait);
    void later(Milliseconds wait, const Then &then);

    struct Fetch
    {
        ImageResult result;
        CallGuard call;
        int tries = 0;
        int refusals = 0;       ///< by the disk
        bool waits = false;     ///< for its next try
        bool needsRoom = false; ///< it waits for the disk
        std::optional<Picture> picture;
        QString problem; ///< of one that was given up
    };

    const ImageRunParts m_parts;
    ImageJob m_job;
    CallGuard m_call;
    CallGuard m_writing;
    QTimer m_timer;
    std::vector<std::unique_ptr<Fetch>> m_fetches;
    QList<Picture> m_here; ///< fetched, and not in the gallery yet; of one that is given up, or ends
    std::optional<int> m_percent;
    std::optional<TimePoint> m_expectedAt;
    QString m_trouble;
    Milliseconds m_wait;
    int m_failures = 0;
    quint64 m_finishes = 0; ///< attempts to write the end down
    enum class Links { AsGiven, AskedAnew, GivenAnew } m_links = Links::AsGiven; ///< expired ones are asked for anew once
    bool m_givenUp = false;
};

} // namespace novita
