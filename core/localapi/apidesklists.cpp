// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/localapi/apidesk.h"

#include "core/base/displaytext.h"
#include "core/base/isotime.h"
#include "core/webhooks/deliverystore.h"
#include "core/workflows/stores.h"

#include <QJsonArray>

#include <algorithm>
#include <limits>
#include <utility>

// The orders that read instances and deliveries.

namespace novita {

namespace {

using L1 = QLatin1String;

constexpr int kMostRows = 100000;
constexpr int kMostDeliveries = 1000;
constexpr qsizetype kMostName = 40;

/// A whole number from `least` to `most`; nullopt for anything else. `fallback` when nothing stands there.
std::optional<qint64> numberIn(const QString &text, qint64 least, qint64 most, qint64 fallback)
{
    if (text.isEmpty())
        return fallback;
    bool ok = false;
    const qint64 number = text.toLongLong(&ok);
    return ok && number >= least && number <= most ? std::optional(number) : std::nullopt;
}

ApiProblem badQuery(const QString &name, const QString &why)
{
    ApiProblem problem = ApiProblem::make(400, "BAD_REQUEST", why);
    problem.fields.append({name, why, QJsonValue(QJsonValue::Undefined)});
    return problem;
}

ApiProblem badNumber(const QString &name, qint64 least, qint64 most)
{
    return badQuery(name, QStringLiteral("%1 must be a whole number from %2 to %3.").arg(name).arg(least).arg(most));
}

/// Who misspells a filter must not be answered with everything.
std::optional<ApiProblem> unknownParameter(const ApiOrder &order, const QStringList &known)
{
    for (const auto &[name, value] : order.query) {
        if (known.contains(name))
            continue;
        const QString shown = displayLine(name, kMostName);
        return badQuery(shown, QStringLiteral("This list has no parameter \"%1\", but %2.").arg(shown, known.join(QStringLiteral(", "))));
    }
    return std::nullopt;
}

QString resultNames()
{
    QStringList names;
    for (int i = 0; i <= static_cast<int>(kLastDeliveryResult); ++i)
        names.append(deliveryResultName(static_cast<DeliveryResult>(i)));
    return names.join(QStringLiteral(", "));
}

QJsonObject deliveryJson(const Delivery &delivery)
{
    QJsonObject out{{L1("id"), delivery.id},
                    {L1("receivedAt"), isoTime(delivery.receivedAt)},
                    {L1("path"), delivery.path},
                    {L1("scheme"), deliverySchemeName(delivery.scheme)},
                    {L1("result"), deliveryResultName(delivery.result)},
                    {L1("reason"), delivery.reason},
                    {L1("bytes"), delivery.bytes}};
    if (delivery.duplicateOf)
        out.insert(L1("duplicateOf"), *delivery.duplicateOf);
    return out;
}

QJsonObject wholeDeliveryJson(const Delivery &delivery)
{
    QJsonObject out = deliveryJson(delivery);
    QJsonArray headers;
    for (const HttpHeaders::Field &field : delivery.headers)
        headers.append(QJsonObject{{L1("name"), QString::fromUtf8(field.name)}, {L1("value"), QString::fromUtf8(field.value)}});
    out.insert(L1("headers"), headers);
    out.insert(L1("bodyBase64"), QString::fromLatin1(delivery.body.toBase64()));
    return out;
}

QJsonObject pageJson(const DeliveryPage &page)
{
    QJsonArray rows;
    for (const Delivery &delivery : page.deliveries)
        rows.append(deliveryJson(delivery));
    QJsonObject out{{L1("deliveries"), rows}, {L1("total"), page.total}};
    if (page.next)
        out.insert(L1("next"), *page.next);
    return out;
}

ApiProblem noDeliveries()
{
    return ApiProblem::make(503, "DELIVERIES_UNAVAILABLE", QStringLiteral("No webhook deliveries are kept."));
}

} // namespace

struct ApiDesk::ListWork
{
    quint64 key = 0;
    QList<InstanceId> ids;
    QString status; ///< only these; empty: all
    qint64 offset = 0;
    qint64 limit = 0;
    qsizetype next = 0;
    QList<InstanceSnapshot> rows;
    qint64 total = 0;
};

std::optional<ApiProblem> ApiDesk::notRead() const
{
    if (m_parts.stores.instances.refreshedAt())
        return std::nullopt;
    ApiProblem problem = ApiProblem::make(503, "NOT_READY", QStringLiteral("The instances have not been read yet."));
    problem.retryable = true;
    return problem;
}

std::optional<ApiProblem> ApiDesk::absence(const InstanceId &id) const
{
    if (m_parts.stores.instances.contains(id))
        return std::nullopt;
    const std::optional<ApiProblem> early = notRead();
    return early ? early : ApiProblem::make(404, "INSTANCE_NOT_FOUND", QStringLiteral("There is no such instance."));
}

std::optional<InstanceSnapshot> ApiDesk::snapshot(const InstanceId &id) const
{
    const Instance *instance = m_parts.stores.instances.find(id);
    if (!instance)
        return std::nullopt;
    const InstanceExtra *extra = m_parts.stores.instances.extra(id);
    return InstanceSnapshot{*instance, extra ? *extra : InstanceExtra()};
}

void ApiDesk::listInstances(quint64 key, const ApiOrder &order)
{
    auto work = std::make_shared<ListWork>();
    work->key = key;
    work->status = order.queryValue(QStringLiteral("status"));
    const std::optional<qint64> limit = numberIn(order.queryValue(QStringLiteral("limit")), 1, kMostRows, kMostRows);
    const std::optional<qint64> offset = numberIn(order.queryValue(QStringLiteral("offset")), 0, kMostRows, 0);
    if (const std::optional<ApiProblem> problem = unknownParameter(order, {QStringLiteral("status"), QStringLiteral("limit"), QStringLiteral("offset")}))
        return fail(key, *problem);
    if (!limit)
        return fail(key, badNumber(QStringLiteral("limit"), 1, kMostRows));
    if (!offset)
        return fail(key, badNumber(QStringLiteral("offset"), 0, kMostRows));
    if (const std::optional<ApiProblem> problem = notRead())
        return fail(key, *problem);
    work->limit = *limit;
    work->offset = *offset;
    work->ids = m_parts.stores.instances.ids();
    copySlice(work);
}

/// What changes between two slices is told as it is then: each row is true by itself.
void ApiDesk::copySlice(const std::shared_ptr<ListWork> &work)
{
    if (!m_answers->isOpen(work->key))
        return;
    const qsizetype end = std::min(work->next + kSlice, work->ids.size());
    for (; work->next < end; ++work->next) {
        const Instance *instance = m_parts.stores.instances.find(work->ids.at(work->next));
        if (!instance || (!work->status.isEmpty() && instance->statusText != work->status))
            continue;
        const qint64 place = work->total++;
        if (place >= work->offset && place < work->offset + work->limit)
            work->rows.append(*snapshot(instance->id));
    }
    if (work->next < work->ids.size()) {
        QTimer::singleShot(0, this, [this, work] { copySlice(work); });
        return;
    }
    makeElsewhere(work->key, [work](const QString &requestId) {
        QJsonArray rows;
        for (const InstanceSnapshot &row : std::as_const(work->rows))
            rows.append(instanceJson(row));
        return apiAnswer(200, QJsonObject{{L1("instances"), rows}, {L1("total"), work->total}}, requestId);
    });
}

void ApiDesk::readInstance(quint64 key, const ApiOrder &order)
{
    const InstanceId id(order.id);
    if (const std::optional<ApiProblem> problem = absence(id))
        fail(key, *problem);
    else
        answer(key, 200, instanceJson(*snapshot(id)));
}

void ApiDesk::listDeliveries(quint64 key, const ApiOrder &order)
{
    DeliveryQuery query;
    const std::optional<qint64> limit = numberIn(order.queryValue(QStringLiteral("limit")), 1, kMostDeliveries, query.limit);
    const std::optional<qint64> before = numberIn(order.queryValue(QStringLiteral("before")), 1, std::numeric_limits<qint64>::max(), 0);
    const QString result = order.queryValue(QStringLiteral("result"));
    query.result = deliveryResultFromName(result);
    if (const std::optional<ApiProblem> problem = unknownParameter(order, {QStringLiteral("limit"), QStringLiteral("before"), QStringLiteral("result")}))
        return fail(key, *problem);
    if (!limit)
        return fail(key, badNumber(QStringLiteral("limit"), 1, kMostDeliveries));
    if (!before)
        return fail(key, badQuery(QStringLiteral("before"), QStringLiteral("before must be the id of a delivery.")));
    if (!result.isEmpty() && !query.result)
        return fail(key, badQuery(QStringLiteral("result"), QStringLiteral("result must be one of %1.").arg(resultNames())));
    if (!m_parts.deliveries)
        return fail(key, noDeliveries());
    query.limit = static_cast<int>(*limit);
    if (*before > 0)
        query.before = *before;
    m_parts.deliveries->list(query)->onFinished(this, [this, key](const Result<DeliveryPage> &page) {
        if (!page)
            fail(key, apiProblemOf(page.error()));
        else
            makeElsewhere(key, [page = *page](const QString &requestId) { return apiAnswer(200, pageJson(page), requestId); });
    });
}

void ApiDesk::readDelivery(quint64 key, const ApiOrder &order)
{
    const std::optional<qint64> id = numberIn(order.id, 1, std::numeric_limits<qint64>::max(), 0);
    if (!id)
        return fail(key, ApiProblem::make(404, "NOT_FOUND", QStringLiteral("There is no such delivery.")));
    if (!m_parts.deliveries)
        return fail(key, noDeliveries());
    m_parts.deliveries->read(*id)->onFinished(this, [this, key](const Result<Delivery> &delivery) {
        if (!delivery)
            fail(key, apiProblemOf(delivery.error()));
        else
            makeElsewhere(key, [delivery = *delivery](const QString &requestId) { return apiAnswer(200, wholeDeliveryJson(delivery), requestId); });
    });
}

} // namespace novita
