// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/localapi/apidesk.h"

#include "core/base/isotime.h"
#include "core/net/apiclient.h"
#include "core/settings/profilestore.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/createinstance.h"
#include "core/workflows/instancecommands.h"
#include "core/workflows/productranking.h"
#include "core/workflows/refresher.h"
#include "core/workflows/startupwatch.h"
#include "core/workflows/stores.h"

// The orders that change something.

namespace novita {

namespace {

using L1 = QLatin1String;

InstanceAction actionOf(ApiRoute route)
{
    switch (route) {
    case ApiRoute::StartInstance: return InstanceAction::Start;
    case ApiRoute::StopInstance: return InstanceAction::Stop;
    default: return InstanceAction::Delete;
    }
}

/// What the routes are answered with.
struct Taken
{
    int status;
    const char *state;
    const char *message; ///< when the cloud has taken the action up
    const char *already; ///< when it had before
};

Taken takenAs(ApiRoute route)
{
    switch (route) {
    case ApiRoute::StartInstance: return {202, "starting", "The cloud has taken up the start.", "The instance is starting already."};
    case ApiRoute::StopInstance: return {200, "stopping", "The cloud has taken up the stop.", "The instance is stopping already."};
    default: return {200, "deleted", "The cloud has taken up the deletion.", "The instance is being deleted already."};
    }
}

bool isOnTheWay(ApiRoute route, InstanceStatus status)
{
    switch (route) {
    case ApiRoute::StartInstance: return status == InstanceStatus::ToStart || status == InstanceStatus::Starting;
    case ApiRoute::StopInstance: return status == InstanceStatus::ToStop || status == InstanceStatus::Stopping;
    default: return status == InstanceStatus::ToRemove || status == InstanceStatus::Removing;
    }
}

} // namespace

struct ApiDesk::CreateWork
{
    quint64 key = 0;
    ApiOrder order;
    CreateRequest request;
    ProfileId profile;     ///< whom it was asked of
    QList<DataKind> toRead; ///< before the request can be understood
};

std::optional<ApiProblem> ApiDesk::changeRefusal(const ApiOrder &order) const
{
    const std::optional<Profile> profile = m_parts.profiles.active();
    if (!profile || !m_parts.client.hasKey()) {
        ApiProblem problem = ApiProblem::make(503, "NOT_CONNECTED", QStringLiteral("No account is connected."));
        problem.retryable = true;
        return problem;
    }
    if (profile->readOnly)
        return ApiProblem::make(403, "READ_ONLY_PROFILE", QStringLiteral("The profile is read-only."));
    if (profile->production && order.confirmation != profile->name) {
        return ApiProblem::make(403, "PRODUCTION_CONFIRMATION_REQUIRED",
                                QStringLiteral("The profile in use is a production profile: send its name, percent-encoded, as X-Confirm-Production."));
    }
    return std::nullopt;
}

void ApiDesk::createInstance(quint64 key, const ApiOrder &order)
{
    if (const std::optional<ApiProblem> problem = changeRefusal(order))
        return fail(key, *problem);
    auto work = std::make_shared<CreateWork>(CreateWork{key, order, CreateRequest(order.body), m_parts.profiles.active()->id, {}});
    const Stores &stores = m_parts.stores;
    if (work->request.namesProduct() && !stores.products.refreshedAt())
        work->toRead.append(DataKind::Products);
    if ((work->request.namesProduct() || work->request.namesRegion()) && !stores.clusters.refreshedAt())
        work->toRead.append(DataKind::Clusters);
    if (const TemplateId id = work->request.templateId(); !id.isEmpty() && !stores.templates.contains(id))
        work->toRead.append(DataKind::Templates);
    readThenCreate(work);
}

void ApiDesk::readThenCreate(const std::shared_ptr<CreateWork> &work)
{
    // Whoever asked is gone, or was told that it is off: nothing has been asked of the cloud yet, and nothing will be.
    if (!m_answers->isOpen(work->key))
        return;
    if (const std::optional<ApiProblem> problem = changeRefusal(work->order))
        return fail(work->key, *problem);
    if (m_parts.profiles.active()->id != work->profile)
        return fail(work->key, ApiProblem::make(409, "PROFILE_CHANGED", QStringLiteral("Another profile was chosen meanwhile; nothing was sent.")));
    if (!work->toRead.isEmpty()) {
        m_parts.refresher.refresh(work->toRead.takeFirst())->onFinished(this, [this, work](const Result<int> &read) {
            if (read)
                readThenCreate(work);
            else
                fail(work->key, apiProblemOf(read.error()));
        });
        return;
    }
    const Settings &settings = m_parts.settings;
    const QStringList order = preferredRegions(settings.value(keys::kDefaultRegion), settings.value(keys::kRegionOrder));
    const auto asked = work->request.draft(m_parts.stores, order);
    if (const auto *problem = std::get_if<ApiProblem>(&asked))
        return fail(work->key, *problem);
    const InstanceDraft draft = std::get<InstanceDraft>(asked);
    m_parts.create.create(draft, {}, EventSource::LocalApi)->onFinished(this, [this, key = work->key, draft](const Result<CreateOutcome> &result) { onCreated(key, draft, result); });
}

void ApiDesk::onCreated(quint64 key, const InstanceDraft &draft, const Result<CreateOutcome> &result)
{
    if (!result)
        return fail(key, apiProblemOf(result.error()));
    if (result->kind == CreateOutcome::Kind::Unknown)
        return fail(key, ApiProblem::make(504, "OUTCOME_UNKNOWN", result->message));
    const Instance *row = m_parts.stores.instances.find(result->id);
    const QString id = result->id.toString();
    const bool adopted = result->kind == CreateOutcome::Kind::Adopted;
    QJsonObject out{{L1("instanceId"), id}, {L1("novitaInstanceId"), id}, {L1("name"), result->name},
                    {L1("status"), row && !row->statusText.isEmpty() ? row->statusText : QStringLiteral("creating")},
                    {L1("message"), adopted ? result->message : QStringLiteral("The instance is being created.")},
                    {L1("productId"), draft.productId.toString()}};
    const Cluster *cluster = m_parts.stores.clusters.find(draft.clusterId);
    const QString region = row && !row->region().isEmpty() ? row->region() : cluster ? cluster->region() : draft.clusterId.toString();
    if (!region.isEmpty())
        out.insert(L1("region"), region);
    const Product *product = m_parts.stores.products.find(draft.productId);
    const std::optional<Money> price = product ? draft.pricePerHour(*product) : std::nullopt;
    if (price && draft.billing != BillingMode::Monthly)
        out.insert(draft.billing == BillingMode::Spot ? L1("spotPrice") : L1("pricePerHour"), apiMoney(*price));
    if (const std::optional<TimePoint> ready = m_parts.startups.expectedReady(result->id))
        out.insert(L1("estimatedReadyTime"), isoTime(*ready));
    answer(key, 201, out);
}

void ApiDesk::act(quint64 key, const ApiOrder &order)
{
    const InstanceId id(order.id);
    if (!order.body.isEmpty()) {
        ApiProblem problem = ApiProblem::make(422, "VALIDATION_ERROR", QStringLiteral("This action takes no members."));
        problem.fields.append({order.body.keys().first().left(100), QStringLiteral("There is no such member."), QJsonValue(QJsonValue::Undefined)});
        return fail(key, problem);
    }
    if (const std::optional<ApiProblem> problem = absence(id))
        return fail(key, *problem);
    if (const std::optional<ApiProblem> problem = changeRefusal(order))
        return fail(key, *problem);
    const InstanceAction action = actionOf(order.route);
    if (action == InstanceAction::Delete && m_parts.commands.isDeleteLocked(id))
        return fail(key, ApiProblem::make(409, "DELETE_LOCKED", QStringLiteral("The instance is locked against deletion in the console.")));
    const InstanceStatus status = m_parts.stores.instances.find(id)->status;
    if (isOnTheWay(order.route, status))
        return answerTaken(key, order.route, id, takenAs(order.route).already);
    if (action == InstanceAction::Stop && status == InstanceStatus::Exited) {
        return answer(key, 200, {{L1("instanceId"), order.id}, {L1("novitaInstanceId"), order.id}, {L1("status"), QStringLiteral("stopped")},
                                 {L1("message"), QStringLiteral("The instance is stopped already.")}});
    }
    m_parts.commands.run(id, action, EventSource::LocalApi)->onFinished(this, [this, key, route = order.route, id](const Result<Done> &result) { onDone(key, route, id, result); });
}

void ApiDesk::onDone(quint64 key, ApiRoute route, const InstanceId &id, const Result<Done> &result)
{
    const InstanceExtra *extra = m_parts.stores.instances.extra(id);
    const bool refusedHere = !result && result.error().kind == ErrorKind::Validation && result.error().httpStatus == 0;
    // The cloud took the same action up a moment ago, and no list shows it yet.
    if (refusedHere && extra && extra->asked && extra->asked->action == actionOf(route) && !m_parts.commands.operationId(id, actionOf(route)).isEmpty())
        return answerTaken(key, route, id, takenAs(route).already);
    if (!result) {
        ApiProblem problem = apiProblemOf(result.error());
        // By the instance's state: nothing was sent.
        if (refusedHere) {
            problem.status = 409;
            problem.code = QStringLiteral("ACTION_NOT_ALLOWED");
        }
        return fail(key, problem);
    }
    answerTaken(key, route, id, takenAs(route).message);
}

void ApiDesk::answerTaken(quint64 key, ApiRoute route, const InstanceId &id, const char *message)
{
    const Taken taken = takenAs(route);
    QJsonObject out{{L1("instanceId"), id.toString()}, {L1("novitaInstanceId"), id.toString()}, {L1("status"), L1(taken.state)},
                    {L1("message"), L1(message)}};
    QString operation = m_parts.commands.operationId(id, actionOf(route));
    if (route == ApiRoute::StartInstance) {
        // The name that the webhooks of this start have.
        if (const StartupMonitor *start = m_parts.startups.find(id); start && !start->isOver())
            operation = start->current().operationId();
        if (const std::optional<TimePoint> ready = m_parts.startups.expectedReady(id))
            out.insert(L1("estimatedReadyTime"), isoTime(*ready));
    }
    if (!operation.isEmpty())
        out.insert(L1("operationId"), operation);
    answer(key, taken.status, out);
}

} // namespace novita
