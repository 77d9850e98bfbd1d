// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/gallery/imagejob.h"
#include "core/images/imagerunparts.h"
#include "core/images/jobwriter.h"
#include "core/images/resultfetch.h"
#include "core/images/taskwatch.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <optional>

namespace novita {

/// One job on its way through its backend: written down as Submitting, sent once, asked for until it is finished, its pictures fetched, all
/// of it put into the gallery at once.
///
/// - What may have been sent is never sent again: a lost reply ends it as Lost.
/// - It is asked for again as TaskWatch does. Only TASK_STATUS_SUCCEED or _FAILED end it, and a server that does not know it any more.
/// - Its pictures are fetched as ResultFetch does. Those that are here are kept, whatever becomes of the others: also those of a job that was given up, or
///   that the server does not know any more; where the disk does not take those of one that was given up, its note says so.
///
/// Thread: the one that made it.
class ImageRun final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ImageRun)

public:
    ImageRun(const ImageRunParts &parts, const ImageJob &job, QObject *parent = nullptr);
    ~ImageRun() override;

    /// Of a job that waits.
    void submit(const EndpointSpec &endpoint, const RequestOptions &options);
    /// Of one that the backend has, after a restart or when it was given up before.
    void follow();
    /// Asks now: a webhook came, or the machine has slept.
    void wake();
    /// Nothing of it has left this program yet: giveUp() takes it back, and nothing was sent.
    bool isUnsent() const;
    /// Stops waiting for it: taken back while it isUnsent(), interrupted where the backend can, else Abandoned. While its request is on the wire that is
    /// done once the reply is there.
    void giveUp();

    const ImageJob &job() const { return m_job; }
    std::optional<int> percent() const { return m_percent; }
    std::optional<TimePoint> expectedAt() const { return m_expectedAt; }
    /// Why the last question was not answered, or what is doubtful about the progress; else empty.
    const QString &trouble() const { return m_trouble.isEmpty() ? m_fetch.trouble() : m_trouble; }

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
    void write(ImageJobState state, const Then &then);
    void prepare(const EndpointSpec &endpoint, const RequestOptions &options);
    void send(const EndpointSpec &endpoint, const RequestOptions &options);
    void submitted(const Result<ImageWork> &work);
    void looked(const Result<ImageWork> &work);
    void take(const ImageWork &work);
    void fetchedAll(const QList<Picture> &pictures, const QString &problem);
    void takeKeptBefore(const Error &error);
    void finish(const QList<Picture> &pictures, ImageJobState state, const QString &note);
    void notFinished(const QList<Picture> &pictures, const ImageJob &ending, const Error &error);
    void end(ImageJobState state, const QString &note);
    void refuse(const Error &error);

    const ImageRunParts m_parts;
    ImageJob m_job;
    CallGuard m_call;
    QPointer<CallBase> m_submit; ///< m_call, while it is that of ImageBackend::submit()
    JobWriter m_writer;
    TaskWatch m_watch;
    ResultFetch m_fetch;
    QList<Picture> m_here; ///< fetched, and not in the gallery yet; of one that is given up, or ends
    std::optional<int> m_percent;
    std::optional<TimePoint> m_expectedAt;
    QString m_trouble;
    quint64 m_finishes = 0; ///< attempts to write the end down
    bool m_givenUp = false;
};

} // namespace novita
