// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/cloud/endpoints/endpointspec.h"
#include "core/cloud/endpoints/recipe.h"
#include "core/cloud/endpoints/requestbody.h"
#include "core/gallery/imagejoblog.h"
#include "core/images/imagekeeper.h"
#include "core/images/joblist.h"
#include "core/images/queueholds.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace novita {

class Database;
class ImageRun;
class PictureStore;

/// What is to be made: a job without its place, its state and its number.
struct NewImageJob
{
    QString backend;
    Recipe recipe;           ///< prompt expanded
    QString promptTemplate;  ///< as typed, when something was expanded
    RequestOptions options;  ///< without a webhook, which is given when it is sent
    QJsonObject inputs;      ///< ImageJob::inputs
    QString batch;
    QJsonObject cell;
    int expected = 1;
};

/// A job as it is shown: what is on disk, and what is known beside.
struct ImageJobView
{
    ImageJob job;
    std::optional<int> percent;
    std::optional<TimePoint> expectedAt;
    QString trouble; ///< why the last question was not answered, or why it waits
};

/// The queue of image jobs of the session's profile: kept on the disk, sent in order, as many at a time as their backend takes.
///
/// After a restart it stands still until resume(): nothing is charged that nobody asked for now. What the backends have is followed at once. What
/// may have been sent when the program ended is Lost, and never sent again by itself.
///
/// An error that hits every job (no key, no money, no connection, a rate limit) puts the job back and holds its backend: for as long as the server asked
/// for; where only a person can help the queue is paused.
///
/// Thread: the one that made it; blocks nowhere.
class ImageQueue final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ImageQueue)

public:
    struct Parts
    {
        Database &images;      ///< images.sqlite
        ImageKeeper &keeper;
        std::function<const EndpointSpec *(const QString &id)> endpoint; ///< EndpointTable::find()
        const Clock &clock;
        std::function<double()> random; ///< values in [0, 1)
        std::function<Call<QUrl> *()> webhook; ///< see ImageRunParts
        Milliseconds fetchWait{1000};          ///< see ImageRunParts
        std::function<void(Milliseconds wait, QObject *who, const std::function<void()> &then)> later = {}; ///< see ImageRunParts
        /// Of an endpoint that is not there: it may come yet. Its jobs wait for it; where there is no such function, nothing is waited for.
        std::function<bool(const QString &id)> awaited = {};
    };

    explicit ImageQueue(const Parts &parts, QObject *parent = nullptr);
    ~ImageQueue() override;

    /// Must outlive the queue, or be taken away. Jobs of backends that are not there wait.
    void addBackend(ImageBackend &backend);
    void removeBackend(const QString &id);

    /// Reads what the profile has, in place of what was there. When it cannot be read holdReason() says why, and resume() tries again.
    void open(const ProfileId &profile);
    void close();

    /// Durable once delivered. ErrorKind::Storage, or Quota when the queue is full: nothing was added then.
    Call<QList<ImageJobId>> *add(const QList<NewImageJob> &jobs, ImageJobLog::Place place = ImageJobLog::Place::Back);
    /// Those of `ids` that wait, before `before`, or at the end.
    void place(const QList<ImageJobId> &ids, const ImageJobId &before);
    /// Each as canTakeBack() and canInterrupt() say; what neither goes for is not waited for any more.
    void cancel(const QList<ImageJobId> &ids);
    /// The same again, as new jobs at the end.
    Call<QList<ImageJobId>> *redo(const QList<ImageJobId> &ids);
    /// Waits again for one that was abandoned, or whose pictures could not be fetched. False: it has no task.
    bool followAgain(const ImageJobId &id);
    /// Takes ended ones out of the list; their pictures stay.
    void dismiss(const QList<ImageJobId> &ids);

    /// Counts while the first read is still under way, too; resume() does not: nobody has seen yet what waits.
    void pause();
    void resume();
    bool isPaused() const { return m_paused; }
    /// Sends nothing more to a backend until `why` is empty; its jobs that wait say why. What it has is followed. Holds for every profile opened since.
    void bar(const QString &backend, const QString &why);
    /// Why nothing is sent, for people; empty while jobs go out.
    QString holdReason() const;
    /// When the first backend that is held is asked again; the others go on.
    std::optional<TimePoint> heldUntil() const;

    /// In the order of the queue, then what has ended in this session or not long before, newest first.
    QList<ImageJobView> jobs() const;
    std::optional<ImageJobView> job(const ImageJobId &id) const;
    int openCount() const;
    /// It waits, or nothing of it has left this program: nothing is sent then, nor charged.
    bool canTakeBack(const ImageJobId &id) const;
    /// Its backend can stop it.
    bool canInterrupt(const ImageJobId &id) const;

    /// News of a task by another way: it is asked for now.
    void noteTask(const QString &task);
    /// The machine has slept, or the network is back.
    void wake();
    /// Others may be known now than when jobs were looked at last.
    void followEndpoints();

signals:
    /// Something about these; new and removed ones included. Empty: all of them.
    void changed(const QList<novita::ImageJobId> &ids);
    void pausedChanged();
    /// One has ended: state, note and what it made are final.
    void finished(const novita::ImageJob &job);
    /// See ImageRun::answered().
    void endpointAnswered(const QString &endpoint, const std::optional<novita::Error> &error);
    /// Jobs could go, were the endpoint of Parts::awaited known.
    void endpointAwaited();
    /// What is shown could not be written down: after a restart it is as it was before. Of add() and redo() their calls tell.
    void writeFailed(const novita::Error &error);

private:
    void read();
    void opened(const QList<ImageJob> &jobs);
    void sendNext();
    bool isAwaited(const QString &endpoint) const;
    void send(const ImageJob &job);
    void startRun(ImageJob job, const std::function<void(ImageRun &)> &begin);
    void runEnded(const ImageJobId &id);
    void runHeld(const ImageJobId &id, const Error &error);
    void hold(const QString &backend, const Error &error);
    /// Starts the timer for the hold that ends first; after each change of m_holds.
    void armHold();
    /// After the end of holds.
    void goOn();
    void endHoldsThatAreOver();
    ImageJobView viewOf(const ImageJob &job) const;
    void lose(const ImageJob &job, const QString &why);
    /// Ends the run of a job. One that nothing was sent of waits again.
    void dropRun(const ImageJobId &id);
    void keepEnded(const ImageJob &job);
    ImageRun *run(const ImageJobId &id) const;
    void write(const ImageJob &job);

    const Parts m_parts;
    std::unique_ptr<ImageJobLog> m_log;
    std::unique_ptr<PictureStore> m_pictures;
    ProfileId m_profile;
    QHash<QString, ImageBackend *> m_backends;
    JobList m_jobs;
    QHash<ImageJobId, ImageRun *> m_runs;
    CallGuard m_reading;
    QTimer m_holdTimer;
    QueueHolds m_holds;
    QHash<QString, QString> m_bars; ///< by backend: why
    QString m_pauseReason;
    bool m_paused = true;
    bool m_isPauseWanted = false; ///< somebody asked for it
    bool m_isRead = false;        ///< what the profile has is here
};

} // namespace novita
