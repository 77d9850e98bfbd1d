// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/cloud/services/gpuservices.h"
#include "core/workflows/datakind.h"
#include "core/workflows/listmerge.h"

#include <QHash>
#include <QObject>

#include <vector>

namespace novita {

class EntityStoreBase;
struct Stores;

/// Reads one kind of data whole: services → stores. Knows how, not when: that is the Refresher's part.
///
/// A read that fails changes no row; the store counts it. A list with rows that cannot be read removes none at once: a
/// missing row may be one of those. Instances that it lacks are asked for one by one, a few for each list and in turn, those
/// whose answer fails ever more seldom; other rows go when they stay missing (EntityStore::adoptPartial). A second wish for a kind that is being read joins that read.
class DataReader final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DataReader)

public:
    DataReader(ApiClient &client, Stores &stores, const Clock &clock, QObject *parent = nullptr);

    /// Result: rows read. Canceling it stops the listening, not the read.
    Call<int> *read(DataKind kind, ReadOptions options);
    /// As read(), but the answer to a question that is asked from now on: what is under way comes to its end first, and
    /// another read follows. For what a read that began before a change cannot know.
    Call<int> *readAnew(DataKind kind, ReadOptions options);
    /// Detail of one instance. NotFound removes the row and is reported; other failures count as a miss of the row.
    Call<Done> *readInstance(const InstanceId &id, ReadOptions options);
    bool isReading(DataKind kind) const { return m_reads.contains(kind); }

    EntityStoreBase &store(DataKind kind) const;

    /// Drops every read under way: what is still answered reaches no store, and the calls end as Canceled.
    void abandon();

signals:
    /// A read of `kind` ended, well or not. Not after abandon().
    void ended(novita::DataKind kind, bool ok);

private:
    struct Read
    {
        std::vector<QPointer<CallBase>> requests;
        std::vector<QPointer<Call<int>>> listeners;
        std::vector<QPointer<Call<int>>> next; ///< want the read after this one
        ReadOptions nextOptions;
    };

    /// How the search for an instance that partial lists lack has gone.
    struct Look
    {
        quint64 turn = 0;        ///< number of the last look for it, 0 = never
        SteadyPoint notBefore{}; ///< backoff after failures
        int failures = 0;        ///< in a row
        bool underWay = false;
    };

    void begin(DataKind kind, ReadOptions options);
    void readQuota(ReadOptions options);
    void lookForMissing(const QList<InstanceId> &ids);
    void freeElsewhere(const RowList<Instance> &rows);
    void noteLook(const InstanceId &id, const Result<Done> &result);
    void end(DataKind kind, const Result<int> &result);
    template<typename T, typename Adopt>
    void readList(DataKind kind, Call<T> *call, Adopt adopt);
    template<typename T, typename Join, typename Target>
    void readLists(DataKind kind, const QList<Call<RowList<T>> *> &calls, Join join, Target &target);

    ApiClient &m_client;
    Stores &m_stores;
    const Clock &m_clock;
    QHash<DataKind, Read> m_reads;
    std::vector<QPointer<CallBase>> m_details; ///< detail requests under way
    QHash<InstanceId, Look> m_looks;           ///< of what the last list of instances lacked
    quint64 m_lastTurn = 0;
    quint64 m_epoch = 0;                       ///< rises with abandon(): older answers are dropped
};

} // namespace novita
