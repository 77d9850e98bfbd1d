// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/batchcreate.h"

#include "core/workflows/createinstance.h"
#include "core/workflows/createsearch.h"
#include "core/workflows/failuretext.h"
#include "core/workflows/stores.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace novita {

BatchCreate::BatchCreate(CreateInstance &creator, const QList<InstanceDraft> &drafts, int parallel, QObject *parent)
    : QObject(parent)
    , m_creator(creator)
    , m_parallel(std::clamp(parallel, kLeastParallel, kMostParallel))
    , m_operation(OperationLog::newId())
{
    QSet<QString> taken;
    for (const InstanceDraft &draft : drafts.mid(0, kMostRows)) {
        BatchRow row;
        row.draft = draft;
        if (!draft.name.isEmpty())
            row.draft.name = freeNameAmong(draft.name, taken);
        taken.insert(row.draft.name);
        m_rows.append(row);
    }
    connect(&creator, &CreateInstance::turnedUp, this, &BatchCreate::turnedUp);
}

BatchCreate::BatchCreate(CreateInstance &creator, const OperationId &operation, const QList<BatchRow> &rows, int parallel, QObject *parent)
    : QObject(parent)
    , m_creator(creator)
    , m_parallel(std::clamp(parallel, kLeastParallel, kMostParallel))
    , m_operation(operation)
    , m_rows(rows)
{
    connect(&creator, &CreateInstance::turnedUp, this, &BatchCreate::turnedUp);
}

int BatchCreate::count(BatchRow::State state) const
{
    return count(QList{state});
}

int BatchCreate::count(const QList<BatchRow::State> &states) const
{
    return static_cast<int>(std::count_if(m_rows.begin(), m_rows.end(), [&states](const BatchRow &row) { return states.contains(row.state); }));
}

QList<int> BatchCreate::rowsIn(BatchRow::State state) const
{
    QList<int> out;
    for (qsizetype row = 0; row < m_rows.size(); ++row) {
        if (m_rows.at(row).state == state)
            out.append(static_cast<int>(row));
    }
    return out;
}

QList<BatchRow::Missing> BatchCreate::missingValues(const QList<BatchRow::State> &states) const
{
    QList<BatchRow::Missing> out;
    QSet<int> seen;
    for (const BatchRow &row : m_rows) {
        if (!states.contains(row.state))
            continue;
        for (const BatchRow::Missing &missing : row.missing) {
            if (!seen.contains(missing.slot))
                out.append(missing);
            seen.insert(missing.slot);
        }
    }
    return out;
}

void BatchCreate::supply(const QHash<int, QString> &valueBySlot)
{
    for (BatchRow &row : m_rows) {
        row.missing.removeIf([&](const BatchRow::Missing &missing) {
            const auto value = valueBySlot.constFind(missing.slot);
            if (value == valueBySlot.constEnd())
                return false;
            if (missing.field == DraftField::Command)
                row.draft.command = *value;
            else if (missing.field == DraftField::Entrypoint)
                row.draft.entrypoint = *value;
            for (EnvVar &env : row.draft.envs) {
                if (missing.field == DraftField::Envs && env.key == missing.key)
                    env.value = *value;
            }
            return true;
        });
    }
}

bool BatchCreate::start()
{
    if (m_started)
        return true;
    if (!missingValues().isEmpty())
        return false;
    m_started = true;
    pump();
    return true;
}

void BatchCreate::pump()
{
    for (qsizetype row = 0; row < m_rows.size() && m_active < m_parallel; ++row) {
        if (m_rows.at(row).state == BatchRow::State::Waiting)
            send(row);
    }
    if (m_active == 0 && m_started) {
        m_started = false;
        QMetaObject::invokeMethod(this, &BatchCreate::finished, Qt::QueuedConnection);
    }
}

void BatchCreate::send(qsizetype row)
{
    ++m_active;
    setRow(row, BatchRow::State::Creating);
    // Not guarded: a create that is on its way is not taken back when the batch goes.
    m_creator.create(m_rows.at(row).draft, {m_operation, static_cast<int>(row)})->onFinished(this, [this, row](const Result<CreateOutcome> &result) { ended(row, result); });
}

void BatchCreate::ended(qsizetype row, const Result<CreateOutcome> &result)
{
    --m_active;
    take(row, result);
    pump();
}

void BatchCreate::take(qsizetype row, const Result<CreateOutcome> &result)
{
    if (result && result->kind != CreateOutcome::Kind::Unknown) {
        m_rows[row].id = result->id;
        m_rows[row].draft.name = result->name;
        setRow(row, BatchRow::State::Created, result->message);
    } else if (result) {
        if (!result->name.isEmpty())
            m_rows[row].draft.name = result->name;
        setRow(row, BatchRow::State::Unknown, result->message);
    } else if (result.error().isCanceled() && !result.error().effectUnknown) {
        // It waited its turn when the key was taken out of use, with or without the account.
        const QString reason = tr("Not sent: the API key was taken out of use.");
        setRow(row, BatchRow::State::Canceled, reason);
        stop(BatchRow::State::Canceled, reason);
    } else if (result.error().isCanceled()) {
        m_abandoned = true;
        setRow(row, BatchRow::State::Unknown, tr("Another account was taken up."));
        stop(BatchRow::State::Canceled, tr("Another account was taken up."));
    } else {
        const QString reason = failureText(result.error());
        setRow(row, BatchRow::State::Failed, reason);
        const ErrorKind kind = result.error().kind;
        if (kind == ErrorKind::Quota || kind == ErrorKind::Unauthorized || kind == ErrorKind::Forbidden)
            stop(BatchRow::State::Skipped, reason);
    }
}

void BatchCreate::settle(int row, const Result<CreateOutcome> &result)
{
    if (row < 0 || row >= m_rows.size())
        return;
    // A row that was sent twice is searched for twice, and one of the two may find it.
    const bool found = result && result->kind != CreateOutcome::Kind::Unknown;
    const BatchRow::State state = m_rows.at(row).state;
    if (state == BatchRow::State::Creating || (state == BatchRow::State::Unknown && found))
        take(row, result);
}

void BatchCreate::turnedUp(const CreateOutcome &outcome)
{
    for (qsizetype row = 0; row < m_rows.size(); ++row) {
        if (m_rows.at(row).state == BatchRow::State::Unknown && m_rows.at(row).draft.name == outcome.name)
            take(row, outcome);
    }
}

void BatchCreate::stop(BatchRow::State rest, const QString &reason)
{
    if (m_stopReason.isEmpty())
        m_stopReason = reason;
    for (qsizetype row = 0; row < m_rows.size(); ++row) {
        if (m_rows.at(row).state == BatchRow::State::Waiting)
            setRow(row, rest, rest == BatchRow::State::Skipped ? tr("Not sent: the batch stopped. %1").arg(reason) : reason);
    }
}

void BatchCreate::cancelRest()
{
    stop(BatchRow::State::Canceled, tr("Not sent: canceled."));
}

void BatchCreate::retryFailed()
{
    m_stopReason.clear();
    for (qsizetype row = 0; row < m_rows.size(); ++row) {
        if (retried().contains(m_rows.at(row).state) && m_rows.at(row).missing.isEmpty())
            setRow(row, BatchRow::State::Waiting);
    }
    m_started = true;
    pump();
}

void BatchCreate::lookAgain(const QList<int> &rows)
{
    for (const int row : rows) {
        if (row < 0 || row >= m_rows.size() || m_rows.at(row).state != BatchRow::State::Unknown)
            continue;
        setRow(row, BatchRow::State::Creating, tr("Nothing is sent: the instance is being looked for."));
        m_creator.lookAgain({m_operation, row})->onFinished(this, [this, row](const Result<CreateOutcome> &result) { settle(row, result); });
    }
}

void BatchCreate::createAgain(const QList<int> &rows)
{
    if (m_started || m_active > 0 || count(BatchRow::State::Waiting) > 0)
        return;
    m_stopReason.clear();
    for (const int row : rows) {
        if (row < 0 || row >= m_rows.size() || m_rows.at(row).state != BatchRow::State::Unknown || !m_rows.at(row).missing.isEmpty())
            continue;
        m_rows[row].doubtful = true;
        setRow(row, BatchRow::State::Waiting);
    }
    m_started = true;
    pump();
}

void BatchCreate::setRow(qsizetype row, BatchRow::State state, const QString &message)
{
    m_rows[row].state = state;
    m_rows[row].message = message;
    if (retried().contains(state) && m_rows.at(row).doubtful) {
        m_rows[row].state = BatchRow::State::Unknown;
        m_rows[row].message = tr("%1 It is still not known whether it was created the first time.").arg(message);
    }
    emit rowChanged(static_cast<int>(row));
}

std::optional<Money> BatchCreate::price(const InstanceDraft &draft, const Product &product)
{
    if (draft.kind == ProductKind::Gpu && (draft.gpuNum < 1 || draft.months < 0))
        return std::nullopt;
    if (!isMonthly(draft))
        return draft.pricePerHour(product);
    const std::optional<Money> listed = product.listedFor(draft.months);
    return listed ? std::optional(*listed * draft.gpuNum) : std::nullopt;
}

BatchCost BatchCreate::cost(const QList<InstanceDraft> &drafts, const Stores &stores)
{
    BatchCost cost;
    for (const InstanceDraft &draft : drafts) {
        const Product *product = stores.products.find(draft.productId);
        const std::optional<Money> known = product ? price(draft, *product) : std::nullopt;
        if (!known)
            ++cost.unpriced;
        else if (isMonthly(draft))
            cost.inAdvance += *known;
        else
            cost.perHour += *known;
    }
    return cost;
}

QStringList BatchCreate::problems(const InstanceDraft &draft, const Stores &stores)
{
    const Product *product = stores.products.find(draft.productId);
    QStringList out;
    for (const DraftProblem &problem : draft.problems(product))
        out.append(problem.message);
    if (!product && !draft.productId.isEmpty() && stores.products.refreshedAt())
        out.append(tr("There is no product “%1”.").arg(draft.productId.toString().left(40)));
    else if (product && !product->inStock())
        out.append(tr("%1 is out of stock.").arg(product->name));
    return out;
}

QList<InstanceDraft> BatchCreate::copies(const InstanceDraft &model, int count, const QString &pattern)
{
    static const QRegularExpression number(QStringLiteral("\\{(n{1,9})\\}"));
    const bool numbered = pattern.contains(number);
    QList<InstanceDraft> out;
    for (int i = 1; i <= std::min(count, kMostRows); ++i) {
        InstanceDraft copy = model;
        copy.name = pattern;
        for (QRegularExpressionMatch match = number.match(copy.name); match.hasMatch(); match = number.match(copy.name))
            copy.name.replace(match.capturedStart(), match.capturedLength(), QStringLiteral("%1").arg(i, static_cast<int>(match.capturedLength(1)), 10, QLatin1Char('0')));
        if (!numbered && !pattern.isEmpty() && count > 1)
            copy.name = QStringLiteral("%1-%2").arg(pattern).arg(i);
        out.append(copy);
    }
    return out;
}

} // namespace novita
