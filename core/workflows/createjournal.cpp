// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/createjournal.h"

#include <QJsonArray>
#include <QUuid>

#include <memory>

namespace novita {

namespace {

using L1 = QLatin1String;

constexpr L1 kRow("row");

QString kindName()
{
    return QStringLiteral("create");
}

QJsonObject toJson(const CreateTrace &trace)
{
    QJsonArray known;
    for (const InstanceId &id : trace.knownBefore)
        known.append(id.toString());
    return {{L1("name"), trace.name},
            {L1("productId"), trace.productId.toString()},
            {L1("askedAt"), static_cast<double>(trace.askedAt.time_since_epoch().count())},
            {L1("knowsAll"), trace.knowsAll},
            {L1("namesakes"), known}};
}

std::optional<CreateTrace> traceFromJson(const QJsonObject &json)
{
    CreateTrace trace;
    trace.name = json.value(L1("name")).toString();
    if (trace.name.isEmpty() || !json.value(L1("askedAt")).isDouble())
        return std::nullopt;
    trace.productId = ProductId(json.value(L1("productId")).toString());
    trace.askedAt = TimePoint(Milliseconds(static_cast<qint64>(json.value(L1("askedAt")).toDouble())));
    trace.knowsAll = json.value(L1("knowsAll")).toBool();
    for (const QJsonValue &id : json.value(L1("namesakes")).toArray())
        trace.knownBefore.insert(InstanceId(id.toString()));
    return trace;
}

QString outcomeName(CreateOutcome::Kind kind)
{
    switch (kind) {
    case CreateOutcome::Kind::Created: return QStringLiteral("created");
    case CreateOutcome::Kind::Adopted: return QStringLiteral("adopted");
    default: return QStringLiteral("unknown");
    }
}

} // namespace

CreateJournal::CreateJournal(OperationLog &operations, const Clock &clock, QObject *parent)
    : QObject(parent), m_operations(operations), m_clock(clock), m_worker(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
}

Call<Done> *CreateJournal::sending(const OperationId &id, const BatchPlace &place, const CreateTrace &trace)
{
    Operation operation;
    operation.id = id;
    operation.profile = m_profile;
    operation.kind = kindName();
    operation.parent = place.batch;
    operation.title = trace.name;
    operation.state = OperationState::Running;
    operation.payload = toJson(trace);
    if (!place.batch.isEmpty())
        operation.payload.insert(kRow, place.row);
    operation.worker = m_worker;
    operation.createdAt = operation.updatedAt = m_clock.now();
    m_open.insert(id, operation);
    return m_operations.save(operation);
}

void CreateJournal::ended(const OperationId &id, const Result<CreateOutcome> &result)
{
    const auto found = m_open.find(id);
    if (found == m_open.end())
        return;
    Operation operation = *found;
    operation.updatedAt = m_clock.now();
    const bool inDoubt = result ? result->kind == CreateOutcome::Kind::Unknown : result.error().effectUnknown;
    // A search that was cut off by another account says nothing: it is taken up again as well.
    if (inDoubt && (!result || !m_taken.contains(id))) {
        m_leftOpen.insert(id);
        return;
    }
    m_leftOpen.remove(id);
    if (!inDoubt)
        m_open.erase(found);
    if (result) {
        operation.state = result->kind == CreateOutcome::Kind::Unknown ? OperationState::Failed : OperationState::Done;
        operation.subject = result->id.toString();
        operation.outcome = {{L1("kind"), outcomeName(result->kind)}, {L1("message"), result->message}};
    } else {
        operation.state = result.error().isCanceled() ? OperationState::Canceled : OperationState::Failed;
        operation.outcome = {{L1("kind"), QStringLiteral("failed")}, {L1("message"), result.error().message}};
    }
    m_operations.save(operation);
}

std::optional<UnfinishedCreate> CreateJournal::recall(const Operation &closed)
{
    const bool unknown = closed.state == OperationState::Failed && closed.outcome.value(L1("kind")).toString() == outcomeName(CreateOutcome::Kind::Unknown);
    const std::optional<CreateTrace> trace = traceFromJson(closed.payload);
    if (closed.kind != kindName() || closed.profile != m_profile || !unknown || !trace)
        return std::nullopt;
    m_open.insert(closed.id, closed);
    m_taken.insert(closed.id);
    return UnfinishedCreate{closed.id, {closed.parent, closed.payload.value(kRow).toInt(-1)}, *trace};
}

Call<QList<UnfinishedCreate>> *CreateJournal::takeUnfinished()
{
    auto *call = Call<QList<UnfinishedCreate>>::create(this);
    const QPointer<Call<QList<UnfinishedCreate>>> out(call);
    OperationLog::Filter open;
    open.kinds = {kindName()};
    open.openOnly = true;
    m_operations.read(m_profile, open)->onFinished(this, [this, out](const Result<QList<Operation>> &read) {
        if (!out)
            return;
        if (!read) {
            out->resolve(read.error());
            return;
        }
        struct Claims
        {
            qsizetype left = 0;
            QList<UnfinishedCreate> mine;
        };
        const auto claims = std::make_shared<Claims>();
        for (const Operation &operation : *read) {
            const std::optional<CreateTrace> trace = traceFromJson(operation.payload);
            if ((operation.worker == m_worker && !m_leftOpen.contains(operation.id)) || !trace)
                continue;
            ++claims->left;
            m_operations.claim(operation.id, operation.worker, m_worker)->onFinished(this, [=, this](const Result<bool> &claimed) {
                if (claimed.valueOr(false)) {
                    Operation taken = operation;
                    taken.worker = m_worker;
                    m_open.insert(taken.id, taken);
                    m_taken.insert(taken.id);
                    m_leftOpen.remove(taken.id);
                    claims->mine.append({operation.id, {operation.parent, operation.payload.value(kRow).toInt(-1)}, *trace});
                }
                if (--claims->left == 0 && out)
                    out->resolve(claims->mine);
            });
        }
        if (claims->left == 0)
            out->resolve(claims->mine);
    });
    return call;
}

} // namespace novita
