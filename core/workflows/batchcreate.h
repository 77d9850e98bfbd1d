// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/cloud/types/instancedraft.h"
#include "core/database/operationlog.h"
#include "core/workflows/createoutcome.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QString>

#include <optional>
#include <vector>

namespace novita {

class CreateInstance;
struct Stores;

/// One instance of a batch.
struct BatchRow
{
    enum class State {
        Waiting,
        Creating, ///< the request is on its way, or its answer was lost and the instance is being looked for
        Created,
        Unknown,  ///< it may or may not exist; never sent again by the batch
        Failed,
        Skipped,  ///< not sent: the batch stopped before
        Canceled, ///< not sent: the person stopped it
    };
    /// A value that was kept nowhere, since it may be a secret: a person has to give it again before the row can be sent.
    struct Missing
    {
        DraftField field = DraftField::Envs; ///< Envs, Command or Entrypoint
        QString key;                         ///< of the variable; empty for the others
        int slot = 0;                        ///< one number for one value: rows that shared it are filled together
        bool operator==(const Missing &) const = default;
    };
    InstanceDraft draft;
    State state = State::Waiting;
    InstanceId id;       ///< of Created
    QString message;     ///< why not
    QList<Missing> missing;
    bool doubtful = false; ///< sent again although the first request may have made it: never Failed, so never retried without a yes
};

/// What a batch will cost, as far as the prices are known.
struct BatchCost
{
    Money perHour;     ///< of rows that are billed by the hour
    Money inAdvance;   ///< of monthly rows: the price of their terms as the catalogue says it
    int unpriced = 0;  ///< rows whose price is unknown: the sums are "at least"
};

/// Several creates under way: at most `parallel` at a time, each sent at most once, a result per row. The first refusal for
/// want of money, quota or capacity stops the rest, since each further one would meet the same. One thread.
class BatchCreate final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BatchCreate)

public:
    static constexpr int kLeastParallel = 1;
    static constexpr int kMostParallel = 10;
    static constexpr int kMostRows = 1000;

    /// `drafts`: at most kMostRows; what is beyond is left out. Rows of one name get numbers: "trainer", "trainer-2", …
    BatchCreate(CreateInstance &creator, const QList<InstanceDraft> &drafts, int parallel, QObject *parent = nullptr);
    /// One of an earlier run of the program, as far as it came: nothing is sent before start().
    BatchCreate(CreateInstance &creator, const OperationId &operation, const QList<BatchRow> &rows, int parallel, QObject *parent = nullptr);

    const QList<BatchRow> &rows() const { return m_rows; }
    const OperationId &operation() const { return m_operation; } ///< parent of the rows in the operation log
    int parallel() const { return m_parallel; }
    bool isRunning() const { return m_active > 0; }
    /// Why the rest was not sent; empty while it was not stopped.
    const QString &stopReason() const { return m_stopReason; }
    int count(BatchRow::State state) const;
    int count(const QList<BatchRow::State> &states) const;
    /// Rows wait and nobody sends them: the run that did has ended, or start() was not called yet.
    bool isCutOff() const { return !m_started && count(BatchRow::State::Waiting) > 0; }
    /// Another account was taken up before the end: what was on its way is unknown, the rest is not sent.
    bool isAbandoned() const { return m_abandoned; }
    /// What has to be given again before the rows in `states` can be sent; each slot once.
    QList<BatchRow::Missing> missingValues(const QList<BatchRow::State> &states = {BatchRow::State::Waiting}) const;
    void supply(const QHash<int, QString> &valueBySlot);

    /// Sends the rows that wait. Refused (false) while a value is missing.
    bool start();
    /// What became of a row that an earlier run of the program has sent.
    void settle(int row, const Result<CreateOutcome> &result);
    /// Rows that wait become Canceled; what is on its way is let finish.
    void cancelRest();
    /// What retryFailed() sends: what surely was not made.
    static QList<BatchRow::State> retried() { return {BatchRow::State::Failed, BatchRow::State::Skipped, BatchRow::State::Canceled}; }
    /// Sends what Failed, was Skipped or Canceled. Rows that lack a value, or whose outcome is unknown, stay as they are.
    void retryFailed();
    /// Reads the instances for those of `rows` whose outcome is unknown: Created when it is there, else Unknown with what was seen.
    void lookAgain(const QList<int> &rows);
    /// Sends those of `rows` whose outcome is unknown once more; each is looked for before. Only after a person's yes, since
    /// there may be two then. Nothing while rows wait or are sent; a row that lacks a value stays as it is.
    void createAgain(const QList<int> &rows);
    QList<int> rowsIn(BatchRow::State state) const;

    /// A CPU product is billed by the hour, whatever a row says.
    static bool isMonthly(const InstanceDraft &draft) { return draft.kind == ProductKind::Gpu && draft.billing == BillingMode::Monthly; }
    /// Per hour, or what is listed for the term of a monthly row; nothing when that is not known.
    static std::optional<Money> price(const InstanceDraft &draft, const Product &product);
    static BatchCost cost(const QList<InstanceDraft> &drafts, const Stores &stores);
    /// What keeps a row from being sent: the field rules with its product's, a product that the list does not have, or that is
    /// out of stock.
    static QStringList problems(const InstanceDraft &draft, const Stores &stores);
    /// `count` drafts like `model`, named by `pattern`: "{n}" stands for the number from 1, "{nnn}" for the same with at least three
    /// digits; without one of them "-1" to "-n" are added.
    static QList<InstanceDraft> copies(const InstanceDraft &model, int count, const QString &pattern);
    static QList<InstanceDraft> copies(const InstanceDraft &model, int count) { return copies(model, count, model.name); }

signals:
    void rowChanged(int row);
    /// No row waits or is on its way any more; again after each retryFailed().
    void finished();

private:
    void pump();
    void send(qsizetype row);
    void ended(qsizetype row, const Result<CreateOutcome> &result);
    void take(qsizetype row, const Result<CreateOutcome> &result);
    void turnedUp(const CreateOutcome &outcome);
    void setRow(qsizetype row, BatchRow::State state, const QString &message = {});
    void stop(BatchRow::State rest, const QString &reason);

    CreateInstance &m_creator;
    int m_parallel;
    OperationId m_operation;
    QList<BatchRow> m_rows;
    int m_active = 0;
    bool m_started = false;
    bool m_abandoned = false;
    QString m_stopReason;
};

} // namespace novita
