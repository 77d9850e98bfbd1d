// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/database/databasestatus.h"
#include "core/database/sqlsession.h"

#include <QObject>
#include <QTimer>

#include <deque>
#include <functional>
#include <memory>

class QThread;

namespace novita {

class DatabaseWorker;

/// A file of the data folder, the history file where nothing else is said: SQLite in WAL mode, used by one thread of its own and by nothing else.
///
/// - `open()` brings the file up to the current schema. A file that is corrupt is set aside under a new name beside it (never
///   deleted) and a fresh one is begun, also when it shows later on; `status().notice` names it. A file that a newer version wrote, or one
///   that cannot be opened, is left as it is: `status()` says why, and `run()` tries it again, every 5 s at most.
/// - `run()` carries out one piece of work in a transaction of its own and delivers its result through the event loop. What it
///   wrote outlives a kill -9 from then on.
/// - `post()` is for the many small writes that nobody waits for (events, samples): they are written together, at the latest
///   kGroupDelay later or at kGroupSize of them. A kill -9 loses no more than that.
/// - Work is done in the order in which it was given, over both ways.
/// - While the file cannot be opened `run()` ends as ErrorKind::Storage and `post()` comes to nothing; from the first `run()`
///   that opens it after all both work again.
/// - The destructor writes what waits; a disk that hangs holds it up for kLastWrites at most.
///
/// Owner: composition root. Thread: the one that made it (UI thread), which it never blocks but for the destructor. Errors:
/// ErrorKind::Storage with SQLite's own text in `detail`.
class Database final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Database)

public:
    /// Runs in the database thread: must own what it captures. An Error rolls its transaction back.
    template<typename T>
    using Work = std::function<Result<T>(SqlSession &)>;

    static constexpr Milliseconds kGroupDelay{250};
    static constexpr int kGroupSize = 500;
    /// Posted writes on their way to a disk that is slow; beyond it they are dropped, and the log says how many.
    static constexpr int kMaxWaiting = 40 * kGroupSize;
    static constexpr Milliseconds kLastWrites{5000};

    /// `kind` must outlive it.
    explicit Database(const Clock &clock, QObject *parent = nullptr, const DatabaseKind &kind = historyKind());
    ~Database() override;

    /// `path`: the file, in a folder that exists. Once per object.
    Call<Done> *open(const QString &path);

    template<typename T>
    Call<T> *run(Work<T> work)
    {
        auto *call = Call<T>::create(this);
        const QPointer<Call<T>> out(call);
        const auto result = std::make_shared<Result<T>>(Error::make(ErrorKind::Storage, {}));
        enqueue([work = std::move(work), result](SqlSession &session) -> std::optional<Error> {
            *result = work(session);
            return result->ok() ? std::nullopt : std::optional<Error>(result->error());
        }, [result, out](const std::optional<Error> &error) {
            if (out)
                out->resolve(error ? Result<T>(*error) : std::move(*result));
        });
        return call;
    }

    void post(Work<Done> work);

    const DatabaseStatus &status() const { return m_status; }

signals:
    void statusChanged(const novita::DatabaseStatus &status);

private:
    using Step = std::function<std::optional<Error>(SqlSession &)>;
    /// Gets the error of the work or of its commit.
    using Ended = std::function<void(const std::optional<Error> &)>;
    struct Outbox;

    void enqueue(Step step, Ended ended);
    void flush();
    void groupWritten(int size);
    void setStatus(const DatabaseStatus &status);

    std::shared_ptr<Outbox> m_outbox;
    QThread *m_thread;        ///< lives on when a hung disk outlasts kLastWrites
    DatabaseWorker *m_worker; ///< lives in m_thread, goes with it
    DatabaseStatus m_status;
    std::vector<Step> m_posted;
    QTimer m_groupTimer;
    int m_underWay = 0; ///< posted writes that the thread has been given and has not told of
    quint64 m_dropped = 0;
};

} // namespace novita
