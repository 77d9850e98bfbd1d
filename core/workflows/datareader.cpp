// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/datareader.h"

#include "core/net/apiclient.h"
#include "core/workflows/gather.h"
#include "core/workflows/stores.h"

#include <QMetaObject>
#include <QThreadPool>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

/// A list comes every five seconds at most often, and a detail costs as much of the budget as a page of the list.
constexpr qsizetype kLooksPerList = 3;
constexpr Milliseconds kLookAgain{10000};
constexpr Milliseconds kLookAgainMost{std::chrono::minutes(5)};
constexpr int kMostDoublings = 5;

Error canceled()
{
    return Error::make(ErrorKind::Canceled, QStringLiteral("Canceled"));
}

} // namespace

DataReader::DataReader(ApiClient &client, Stores &stores, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_stores(stores)
    , m_clock(clock)
{}

Call<int> *DataReader::read(DataKind kind, ReadOptions options)
{
    auto *out = Call<int>::create(this);
    const bool join = m_reads.contains(kind);
    m_reads[kind].listeners.push_back(out);
    if (!join)
        begin(kind, options);
    return out;
}

Call<int> *DataReader::readAnew(DataKind kind, ReadOptions options)
{
    if (!m_reads.contains(kind))
        return read(kind, options);
    auto *out = Call<int>::create(this);
    Read &running = m_reads[kind];
    running.next.push_back(out);
    running.nextOptions = options;
    return out;
}

/// To free ten thousand rows takes longer than half a frame. Whoever delivers `rows` lets go of them before the next turn.
void DataReader::freeElsewhere(const RowList<Instance> &rows)
{
    QMetaObject::invokeMethod(
        this, [gone = rows]() mutable { QThreadPool::globalInstance()->start([last = std::move(gone)] {}); }, Qt::QueuedConnection);
}

template<typename T, typename Adopt>
void DataReader::readList(DataKind kind, Call<T> *call, Adopt adopt)
{
    m_reads[kind].requests = {QPointer<CallBase>(call)};
    call->onFinished(this, [this, kind, adopt, epoch = m_epoch](const Result<T> &result) {
        if (epoch != m_epoch)
            return;
        if (result) {
            end(kind, adopt(*result));
        } else {
            store(kind).markRefreshFailed(result.error());
            end(kind, result.error());
        }
    });
}

template<typename T, typename Join, typename Target>
void DataReader::readLists(DataKind kind, const QList<Call<RowList<T>> *> &calls, Join join, Target &target)
{
    std::vector<QPointer<CallBase>> requests;
    for (Call<RowList<T>> *call : calls)
        requests.emplace_back(call);
    m_reads[kind].requests = std::move(requests);
    gather<RowList<T>>(calls, this, [this, kind, join, &target, epoch = m_epoch, asked = m_clock.now()](const auto &lists) {
        if (epoch != m_epoch)
            return;
        const MergedList<T> merged = mergeLists(lists, join);
        if (merged.error) {
            // What did come is worth having; what did not come must not make rows vanish.
            target.upsert(merged.rows);
            target.markRefreshFailed(*merged.error);
            end(kind, *merged.error);
            return;
        }
        if (merged.partial)
            target.adoptPartial(merged.rows);
        else
            target.replaceAll(merged.rows);
        target.markRefreshed(asked);
        end(kind, static_cast<int>(merged.rows.size()));
    });
}

void DataReader::begin(DataKind kind, ReadOptions options)
{
    store(kind).setRefreshing(true);
    const TimePoint asked = m_clock.now();
    const ResourceService resources(m_client);
    const auto into = [asked](auto &target) {
        return [asked, &target](const auto &rows) {
            if (rows.partial)
                target.adoptPartial(rows);
            else
                target.replaceAll(rows);
            target.markRefreshed(asked);
            return static_cast<int>(rows.size());
        };
    };
    switch (kind) {
    case DataKind::Instances:
        readList(kind, InstanceService(m_client).list(options), [this, asked](const RowList<Instance> &rows) {
            lookForMissing(m_stores.instances.adoptList(rows, asked));
            freeElsewhere(rows);
            return static_cast<int>(rows.size());
        });
        break;
    case DataKind::Products: {
        const ProductService products(m_client);
        // The API lists one billing mode at a time, on demand unless told otherwise (gpu-notes section 7).
        readLists<Product>(kind,
                           {products.gpuProducts(BillingMode::OnDemand, options), products.gpuProducts(BillingMode::Spot, options),
                            products.gpuProducts(BillingMode::Monthly, options), products.cpuProducts(options)},
                           mergeOffer, m_stores.products);
        break;
    }
    case DataKind::Templates: {
        const TemplateService templates(m_client);
        readLists<InstanceTemplate>(kind,
                                    {templates.list(QStringLiteral("official"), options), templates.list(QStringLiteral("community"), options),
                                     templates.list(QStringLiteral("private"), options)},
                                    [](InstanceTemplate &, const InstanceTemplate &) {}, m_stores.templates);
        break;
    }
    case DataKind::Clusters: readList(kind, resources.clusters(options), into(m_stores.clusters)); break;
    case DataKind::RegistryAuths: readList(kind, resources.registryAuths(options), into(m_stores.registryAuths)); break;
    case DataKind::Storages: readList(kind, resources.networkStorages(options), into(m_stores.storages)); break;
    case DataKind::Networks: readList(kind, resources.networks(options), into(m_stores.networks)); break;
    case DataKind::Prewarms:
        readQuota(options);
        readList(kind, PrewarmService(m_client).list(options), into(m_stores.prewarms));
        break;
    case DataKind::Jobs: readList(kind, JobService(m_client).list({}, options), into(m_stores.jobs)); break;
    case DataKind::Balance:
        readList(kind, AccountService(m_client).balance(options), [this, asked](const Balance &balance) {
            m_stores.account.setBalance(balance);
            m_stores.account.markRefreshed(asked);
            return 1;
        });
        break;
    }
}

/// Beside the list, and no part of it: without a quota the list is worth as much.
void DataReader::readQuota(ReadOptions options)
{
    Call<PrewarmQuota> *request = PrewarmService(m_client).quota(options);
    std::erase_if(m_details, [](const QPointer<CallBase> &call) { return call.isNull(); });
    m_details.emplace_back(request);
    request->onFinished(this, [this, epoch = m_epoch](const Result<PrewarmQuota> &quota) {
        if (quota && epoch == m_epoch)
            m_stores.prewarms.setQuota(*quota);
    });
}

void DataReader::end(DataKind kind, const Result<int> &result)
{
    const Read read = m_reads.take(kind);
    store(kind).setRefreshing(false);
    for (const QPointer<Call<int>> &listener : read.listeners) {
        if (listener)
            listener->resolve(result);
    }
    if (!read.next.empty()) {
        m_reads[kind].listeners = read.next;
        begin(kind, read.nextOptions);
    }
    emit ended(kind, result.ok());
}

/// In turn, those first that were never asked for: one that always fails must neither keep others waiting nor eat the
/// requests that people wait for.
void DataReader::lookForMissing(const QList<InstanceId> &ids)
{
    const SteadyPoint now = m_clock.steadyNow();
    QHash<InstanceId, Look> looks;
    QList<InstanceId> due;
    for (const InstanceId &id : ids) {
        const Look look = m_looks.value(id);
        looks.insert(id, look);
        if (!look.underWay && look.notBefore <= now)
            due.append(id);
    }
    m_looks = looks;
    std::stable_sort(due.begin(), due.end(), [&looks](const InstanceId &a, const InstanceId &b) { return looks[a].turn < looks[b].turn; });
    for (const InstanceId &id : due.mid(0, kLooksPerList)) {
        Look &look = m_looks[id];
        look.turn = ++m_lastTurn;
        look.underWay = true;
        readInstance(id, {RequestPriority::Poll, true, 0})->onFinished(this, [this, id, epoch = m_epoch](const Result<Done> &result) {
            if (epoch == m_epoch)
                noteLook(id, result);
        });
    }
}

void DataReader::noteLook(const InstanceId &id, const Result<Done> &result)
{
    const auto look = m_looks.find(id);
    if (look == m_looks.end())
        return;
    look->underWay = false;
    if (result || result.error().isCanceled()) {
        look->failures = 0;
        return;
    }
    const Milliseconds wait = std::min(kLookAgainMost, kLookAgain * (1 << std::min(look->failures, kMostDoublings)));
    ++look->failures;
    look->notBefore = m_clock.steadyNow() + wait;
}

Call<Done> *DataReader::readInstance(const InstanceId &id, ReadOptions options)
{
    auto *out = Call<Done>::create(this);
    Call<Instance> *request = InstanceService(m_client).get(id, options);
    std::erase_if(m_details, [](const QPointer<CallBase> &call) { return call.isNull(); });
    m_details.emplace_back(request);
    const QPointer<Call<Done>> guarded(out);
    request->onFinished(this, [this, id, guarded, asked = m_clock.now(), epoch = m_epoch](const Result<Instance> &result) {
        const auto settle = [&guarded](const Result<Done> &answer) {
            if (guarded)
                guarded->resolve(answer);
        };
        if (epoch != m_epoch) {
            settle(canceled());
            return;
        }
        if (result && result->id != id) {
            // An answer to another question says nothing about this one, and nothing that was asked about the other.
            m_stores.instances.markMissed(id);
            settle(Error::make(ErrorKind::Protocol, tr("The answer is about another instance.")));
            return;
        }
        if (result) {
            // The answer's time, not the question's: it is newer than any list that was asked for before it came. Unless a
            // list that was asked for after it has shown that the instance is gone.
            if (!m_stores.instances.isGoneSince(id, asked))
                m_stores.instances.adoptRows({*result}, m_clock.now(), false);
            settle(Done{});
            return;
        }
        if (result.error().kind == ErrorKind::NotFound)
            m_stores.instances.adoptAbsence(id, m_clock.now());
        else if (!result.error().isCanceled())
            m_stores.instances.markMissed(id);
        settle(result.error());
    });
    return out;
}

void DataReader::abandon()
{
    ++m_epoch;
    m_looks.clear();
    const QHash<DataKind, Read> reads = std::exchange(m_reads, {});
    for (auto it = reads.constBegin(); it != reads.constEnd(); ++it) {
        for (const QPointer<CallBase> &request : it->requests) {
            if (request)
                request->cancel();
        }
        store(it.key()).setRefreshing(false);
        for (const auto &listeners : {it->listeners, it->next}) {
            for (const QPointer<Call<int>> &listener : listeners) {
                if (listener)
                    listener->resolve(canceled());
            }
        }
    }
    for (const QPointer<CallBase> &request : std::exchange(m_details, {})) {
        if (request)
            request->cancel();
    }
}

EntityStoreBase &DataReader::store(DataKind kind) const
{
    switch (kind) {
    case DataKind::Instances: return m_stores.instances;
    case DataKind::Products: return m_stores.products;
    case DataKind::Templates: return m_stores.templates;
    case DataKind::Clusters: return m_stores.clusters;
    case DataKind::RegistryAuths: return m_stores.registryAuths;
    case DataKind::Storages: return m_stores.storages;
    case DataKind::Networks: return m_stores.networks;
    case DataKind::Prewarms: return m_stores.prewarms;
    case DataKind::Jobs: return m_stores.jobs;
    case DataKind::Balance: break;
    }
    return m_stores.account;
}

} // namespace novita
