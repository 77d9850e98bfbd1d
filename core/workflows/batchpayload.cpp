// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/batchpayload.h"

#include "core/base/redact.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonArray>

#include <algorithm>
#include <utility>

namespace novita::batchpayload {

namespace {

using L1 = QLatin1String;

/// Numbers for values: equal values of one variable share one.
class Slots
{
public:
    int of(const QString &key, const QString &value)
    {
        const auto found = m_numbers.constFind({key, value});
        if (found != m_numbers.constEnd())
            return *found;
        const int number = static_cast<int>(m_numbers.size());
        m_numbers.insert({key, value}, number);
        return number;
    }

private:
    QHash<std::pair<QString, QString>, int> m_numbers;
};

QJsonObject writeRow(const BatchRow &row, Slots &numbers)
{
    QJsonObject body = row.draft.toJson();
    QJsonArray envs;
    for (const EnvVar &env : row.draft.envs)
        envs.append(QJsonObject{{L1("key"), env.key}, {L1("slot"), numbers.of(env.key, env.value)}});
    if (!envs.isEmpty())
        body.insert(L1("envs"), envs);
    for (const char *name : {"command", "entrypoint"}) {
        const QString text = body.value(L1(name)).toString();
        if (redact(text) != text)
            body.insert(L1(name), QJsonObject{{L1("slot"), numbers.of(L1(name), text)}});
    }
    return body;
}

BatchRow readRow(const QJsonObject &body)
{
    BatchRow row;
    row.draft = InstanceDraft::fromJson(body);
    const QJsonArray envs = body.value(L1("envs")).toArray();
    for (const QJsonValue &env : envs) {
        if (env[L1("slot")].isDouble())
            row.missing.append({DraftField::Envs, env[L1("key")].toString(), env[L1("slot")].toInt()});
    }
    for (const auto &[name, field] : {std::pair("command", DraftField::Command), std::pair("entrypoint", DraftField::Entrypoint)}) {
        if (body.value(L1(name)).isObject())
            row.missing.append({field, {}, body.value(L1(name))[L1("slot")].toInt()});
    }
    return row;
}

QString say(const char *text)
{
    return QCoreApplication::translate("BatchCreate", text);
}

void applyOne(BatchRow &row, const Operation &create)
{
    row.message = create.outcome.value(L1("message")).toString();
    if (!create.title.isEmpty())
        row.draft.name = create.title;
    if (create.isOpen()) {
        row.state = BatchRow::State::Creating;
        row.message = say(QT_TRANSLATE_NOOP("BatchCreate", "The program ended before the cloud had answered; the instance is being looked for."));
    } else if (create.state == OperationState::Done) {
        row.state = BatchRow::State::Created;
        row.id = InstanceId(create.subject);
    } else if (create.state == OperationState::Canceled) {
        row.state = BatchRow::State::Canceled;
    } else {
        const bool doubtful = create.outcome.value(L1("kind")).toString() == L1("unknown");
        row.state = doubtful ? BatchRow::State::Unknown : BatchRow::State::Failed;
    }
}

} // namespace

QJsonObject write(const QList<BatchRow> &rows, int parallel)
{
    Slots numbers;
    QJsonArray out;
    for (const BatchRow &row : rows)
        out.append(writeRow(row, numbers));
    return {{L1("parallel"), parallel}, {L1("rows"), out}};
}

Plan read(const QJsonObject &payload)
{
    Plan plan;
    plan.parallel = payload.value(L1("parallel")).toInt(1);
    const QJsonArray rows = payload.value(L1("rows")).toArray();
    for (const QJsonValue &row : rows) {
        if (plan.rows.size() < BatchCreate::kMostRows)
            plan.rows.append(readRow(row.toObject()));
    }
    return plan;
}

void apply(QList<BatchRow> &rows, const QList<Operation> &creates)
{
    QList<Operation> inOrder = creates;
    std::stable_sort(inOrder.begin(), inOrder.end(), [](const Operation &a, const Operation &b) { return a.createdAt < b.createdAt; });
    // A row that was tried again has several; the last one counts, unless an earlier one made it.
    for (const Operation &create : std::as_const(inOrder)) {
        const int row = create.payload.value(L1("row")).toInt(-1);
        if (row < 0 || row >= rows.size() || rows.at(row).state == BatchRow::State::Created)
            continue;
        // That a second request was refused says nothing of a first one of unknown outcome.
        const bool inDoubt = rows.at(row).state == BatchRow::State::Unknown || rows.at(row).state == BatchRow::State::Creating;
        const bool refused = create.state == OperationState::Canceled
            || (create.state == OperationState::Failed && create.outcome.value(L1("kind")).toString() != L1("unknown"));
        if (!inDoubt || !refused)
            applyOne(rows[row], create);
    }
}

QJsonObject outcome(const BatchCreate &batch)
{
    using State = BatchRow::State;
    QJsonObject out{{L1("rows"), static_cast<int>(batch.rows().size())}};
    for (const auto &[name, state] : {std::pair("created", State::Created), std::pair("unknown", State::Unknown), std::pair("failed", State::Failed),
                                      std::pair("skipped", State::Skipped), std::pair("canceled", State::Canceled)})
        out.insert(L1(name), batch.count(state));
    if (!batch.stopReason().isEmpty())
        out.insert(L1("message"), batch.stopReason());
    return out;
}

} // namespace novita::batchpayload
