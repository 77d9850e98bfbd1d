// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/instanceservice.h"

#include "core/cloud/services/instancecalls.h"
#include "core/cloud/services/listanswer.h"
#include "core/cloud/services/mappedcall.h"
#include "core/cloud/services/pagedlist.h"
#include "core/net/apiclient.h"

namespace novita {

namespace {

PagedQuery listQuery(const ReadOptions &options)
{
    PagedQuery query;
    query.request.operation = QStringLiteral("listInstances");
    query.request.path = QStringLiteral("/v1/gpu/instances");
    query.request.priority = options.priority;
    query.request.sensitiveReply = true; // old answers carry sshPassword in list rows
    query.expectedRows = options.expectedRows;
    return query;
}

ListPage<Instance> decodeList(const QJsonValue &answer, DecodeLog &log)
{
    return decodeRows<Instance>(answer, log, {QLatin1String("instances"), QLatin1String("data")}, &decodeInstance);
}

InstanceId decodeCreated(const QJsonValue &answer, DecodeLog &log)
{
    const JsonReader reader(answer.toObject(), log);
    InstanceId id(firstString(reader, {QLatin1String("id"), QLatin1String("instanceId")}));
    if (id.isEmpty()) {
        log.fail(QStringLiteral("$.id"), QStringLiteral("the answer names no instance, although one may have been created"));
        log.fatal->effectUnknown = true;
    }
    return id;
}

/// {instanceId, state}, {jobId}, {newInstanceId}, {} or nothing back.
InstanceActionReply decodeReply(const InstanceId &asked, const QJsonValue &answer, DecodeLog &log)
{
    const JsonReader reader(answer.toObject(), log);
    InstanceActionReply reply;
    reply.id = InstanceId(reader.string(QLatin1String("instanceId"), asked.toString()));
    reply.state = reader.string(QLatin1String("state"));
    reply.job = JobId(reader.string(QLatin1String("jobId")));
    if (const QString moved = reader.string(QLatin1String("newInstanceId")); moved != asked.toString())
        reply.successor = InstanceId(moved);
    return reply;
}

} // namespace

Call<RowList<Instance>> *InstanceService::list(ReadOptions options) const
{
    return PagedList<Instance>::fetch(m_client, listQuery(options), &decodeList);
}

Call<RowList<Instance>> *InstanceService::findByName(const QString &name) const
{
    PagedQuery query = listQuery({RequestPriority::Interactive, true, 0});
    query.request.query.addQueryItem(QStringLiteral("name"), name);
    // The filter is called fuzzy, and a server may ignore it: what does not match is dropped here, after the walk, which
    // counts every row against the total.
    using Rows = RowList<Instance>;
    return mappedCall<Rows, Rows>(&m_client, PagedList<Instance>::fetch(m_client, query, &decodeList), [name](const Result<Rows> &all) {
        if (!all)
            return all;
        Rows matching = *all;
        matching.removeIf([&name](const Instance &row) { return !row.name.contains(name, Qt::CaseInsensitive); });
        return Result<Rows>(std::move(matching));
    });
}

Call<Instance> *InstanceService::get(const InstanceId &id, ReadOptions options) const
{
    ApiRequest request;
    request.operation = QStringLiteral("getInstance");
    request.path = QStringLiteral("/v1/gpu/instance");
    request.query.addQueryItem(QStringLiteral("instanceId"), id.toString());
    request.priority = options.priority;
    request.sensitiveReply = true;
    return m_client.call<Instance>(request, [](const QJsonValue &answer, DecodeLog &log) { return decodeEntity<Instance>(answer, log, &decodeInstance); });
}

Call<InstanceId> *InstanceService::create(const InstanceDraft &draft) const
{
    return m_client.call<InstanceId>(instancecalls::create(draft), &decodeCreated);
}

Call<InstanceActionReply> *InstanceService::perform(const InstanceId &id, const InstanceRequest &request) const
{
    using Reply = InstanceActionReply;
    auto *call = m_client.call<Reply>(instancecalls::action(id, request),
                                      [id](const QJsonValue &answer, DecodeLog &log) { return decodeReply(id, answer, log); });
    if (request.action() != InstanceAction::Delete)
        return call;
    return mappedCall<Reply, Reply>(&m_client, call, [id](const Result<Reply> &reply) {
        const bool gone = !reply && reply.error().kind == ErrorKind::NotFound;
        return gone ? Result<Reply>(Reply{id, {}, {}, {}}) : reply;
    });
}

} // namespace novita
