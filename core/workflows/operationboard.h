// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/database/operationlog.h"

#include <QList>
#include <QObject>
#include <QTimer>

#include <optional>

namespace novita {

class BatchRuns;
class CreateInstance;
class History;
class JobWatch;
class StartupWatch;
struct Job;
struct Stores;

/// Something that goes on in steps, as a person looks at it.
struct OperationRow
{
    OperationId id;        ///< of a job that was begun elsewhere: "job:" and its own
    QString kind;          ///< "create", "startup", "batch", "saveImage", "migrate", "renew", "toMonthly", or the type of a job
    QString title;         ///< name of the instance or batch, or the image
    InstanceId instance;   ///< may be empty
    OperationState state = OperationState::Running;
    QString progress;      ///< how far, or why it ended so; a few words, translated in context "OperationBoard"
    std::optional<TimePoint> begunAt;   ///< nullopt: the cloud does not tell
    std::optional<TimePoint> touchedAt; ///< the last step
    QString whyNoCancel;   ///< empty: it can be canceled
    QString whyNoResume;   ///< empty: it can be taken up, or looked at, once more

    bool isOpen() const { return state == OperationState::Waiting || state == OperationState::Running; }
    bool operator==(const OperationRow &) const = default;
};

/// What is still running and what ended of late, newest first: the operation log, with what the workflows that carry things out know
/// beyond it, and the cloud's jobs that others began. Cancels and resumes by handing on to whoever carries it out.
/// One thread.
class OperationBoard final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OperationBoard)

public:
    static constexpr int kMostRows = 300;

    /// All must outlive it.
    OperationBoard(Stores &stores, History &history, CreateInstance &creates, StartupWatch &startups, BatchRuns &batches, JobWatch &jobs,
                   QObject *parent = nullptr);

    const QList<OperationRow> &rows() const { return m_rows; }
    const OperationRow *find(const OperationId &id) const;
    int openCount() const;
    /// Reads the log anew; changed() follows when something differs. Also done by itself a moment after any of them moved.
    void refresh();
    /// What whyNoCancel denies is ErrorKind::Conflict.
    Call<Done> *cancel(const OperationId &id);
    /// Goes on with what was cut off, or looks once more at what is open; what whyNoResume denies is ErrorKind::Conflict.
    Call<Done> *resume(const OperationId &id);

signals:
    void changed();

private:
    void adopt(const QList<Operation> &operations);
    OperationRow rowOf(const Operation &operation) const;
    void describeCreate(const Operation &operation, OperationRow &row) const;
    void describeStartup(const Operation &operation, OperationRow &row) const;
    void describeBatch(const Operation &operation, OperationRow &row) const;
    static void describePayment(const Operation &operation, OperationRow &row);
    void describeJob(const Operation &operation, OperationRow &row) const;
    OperationRow foreignJob(const Job &job) const;
    QString nameOf(const InstanceId &id, const QString &otherwise) const;
    void changeSoon();

    Stores &m_stores;
    History &m_history;
    CreateInstance &m_creates;
    StartupWatch &m_startups;
    BatchRuns &m_batches;
    JobWatch &m_jobs;
    QList<Operation> m_operations;
    QList<OperationRow> m_rows;
    QTimer m_soon;
    CallGuard m_reading;
};

} // namespace novita
