// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxroutes.h"

#include "core/cloud/endpoints/estimate.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/cloud/endpoints/schemaform.h"
#include "core/sandbox/media/mediaplan.h"
#include "core/sandbox/media/mediarequest.h"
#include "core/sandbox/media/sandboxmedia.h"

#include <QFile>
#include <QJsonDocument>

#include <algorithm>

// The endpoints of the table: what they take, and how they answer.

namespace novita {

namespace {

constexpr double kQueueSeconds = 1;
constexpr double kBlockingSeconds = 1.5;
constexpr int kNormalLifetime = 3600;
constexpr int kWeek = 604'800;

QJsonArray videoConfigs()
{
    QFile file(QStringLiteral(":/sandbox/videomodels.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object().value(QLatin1String("configs")).toArray() : QJsonArray();
}

QString taskTypeOf(const EndpointSpec &spec)
{
    static const QHash<QString, QString> types{
        {QStringLiteral("txt2img"), QStringLiteral("TXT_TO_IMG")}, {QStringLiteral("img2img"), QStringLiteral("IMG_TO_IMG")},
        {QStringLiteral("txt2video"), QStringLiteral("TXT_TO_VIDEO")}, {QStringLiteral("img2video"), QStringLiteral("IMG_TO_VIDEO")},
        {QStringLiteral("wan-t2v"), QStringLiteral("WAN_TXT_TO_VIDEO")}, {QStringLiteral("qwen-image-txt2img"), QStringLiteral("QWEN_IMAGE_TEXT_TO_IMAGE")}};
    QString plain = spec.id.section(u':', -1).toUpper();
    plain.replace(u'-', u'_').replace(u'.', u'_');
    return types.value(spec.id, plain);
}

/// How long links live, in the form that the endpoint's answers have it.
void setLifetime(MediaTask &task, const EndpointSpec &spec)
{
    if (spec.id.startsWith(QLatin1String("qwen-"))) {
        task.lifetimeText = QStringLiteral("0");
    } else if (spec.output.delivery == OutputDelivery::Urls) {
        task.lifetime = Seconds(kWeek);
        task.lifetimeText = kWeek;
    } else {
        task.lifetime = Seconds(kNormalLifetime);
        task.lifetimeText = QString::number(kNormalLifetime);
    }
}

qint64 seedFor(ApiCall &call, const MediaRequest &request)
{
    const QJsonValue sent = request.values.value(fields::kSeed);
    return sent.isDouble() && sent.toInteger() >= 0 ? sent.toInteger() : call.world.randomBelow(2'147'483'648LL);
}

MediaTask taskOf(ApiCall &call, const EndpointSpec &spec, const MediaRequest &request)
{
    MediaTask task;
    task.id = call.world.newUuid();
    task.type = taskTypeOf(spec);
    task.submitted = call.world.now();
    task.isFilm = spec.output.kind == OutputKind::Video;
    task.film = filmOrderOf(spec, request, seedFor(call, request));
    task.outputType = request.outputType;
    task.count = request.count(spec);
    task.nsfwCheck = request.nsfwCheck;
    task.failure = call.taskFailure;
    task.parameters = request.values;
    task.webhook = request.webhook;
    task.webhookEcho = request.webhookEcho;
    setLifetime(task, spec);
    if (request.webhookTest) { // a rehearsal: nothing is made, and it is over at once
        task.failure = *request.webhookTest ? QString() : QStringLiteral("test mode");
    } else if (spec.givesTask()) {
        task.waiting = call.world.planner().scaled(kQueueSeconds);
        task.working = call.world.planner().scaled(workSecondsOf(spec, request));
    }
    if (!task.webhook.isEmpty() && !WebhookCalls::mayCall(task.webhook)) {
        call.violations.append(QStringLiteral("the webhook is not on this computer: it will not be called"));
        task.webhookSettled = true;
    }
    return task;
}

HttpResponse taskAnswer(ApiCall &call, const EndpointSpec &spec, const MediaRequest &request)
{
    const MediaTask &task = call.media->tasks().add(taskOf(call, spec, request));
    if (!task.webhook.isEmpty())
        call.media->watchWebhook();
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("task_id"), task.id}});
}

HttpResponse urlAnswer(ApiCall &call, const EndpointSpec &spec, const MediaRequest &request)
{
    const MediaTask &task = call.media->tasks().add(taskOf(call, spec, request));
    QJsonArray links, images;
    for (int i = 0; i < task.count; ++i) {
        links.append(resultLink(task, i, call.origin, call.media->signatureOf(task.id, i)));
        images.append(QJsonObject{{QStringLiteral("image_url"), links.last()}, {QStringLiteral("image_url_ttl"), task.lifetimeText}, {QStringLiteral("image_type"), task.outputType}});
    }
    QJsonObject answer{{QStringLiteral("images"), links}};
    if (spec.id == QLatin1String("seedream-3-0-txt2img"))
        answer = {{QStringLiteral("image_urls"), links}, {QStringLiteral("binary_data_base64"), QJsonArray()}};
    else if (spec.id == QLatin1String("flux-1-schnell"))
        answer = {{QStringLiteral("task"), QJsonObject{{QStringLiteral("task_id"), task.id}}}, {QStringLiteral("images"), images}};
    HttpResponse response = HttpResponse::json(200, answer);
    response.fault.delay = call.world.planner().scaled(kBlockingSeconds);
    return response;
}

/// Answers that carry their result in base64; it is painted in another thread.
HttpResponse inlineAnswer(ApiCall &call, const EndpointSpec &spec, const MediaRequest &request)
{
    const PaintOrder order = paintOrderOf(spec, request, seedFor(call, request));
    const bool asText = spec.output.kind == OutputKind::Text;
    const bool asList = spec.output.delivery == OutputDelivery::Urls; // Seedream with response_format b64_json
    const Milliseconds delay = call.world.planner().scaled(kBlockingSeconds);
    call.defer = [order, asText, asList, delay, type = request.outputType, media = call.media](const DeferredAnswer &answer) {
        media->answerInBackground(answer, [order, asText, asList, delay, type] {
            QJsonObject json;
            if (asText) {
                json.insert(QStringLiteral("prompt"), describePicture(order.source));
            } else {
                const QString picture = QString::fromLatin1(encodePicture(paintPicture(order), type.toLatin1()).toBase64());
                json = asList ? QJsonObject{{QStringLiteral("image_urls"), QJsonArray()}, {QStringLiteral("binary_data_base64"), QJsonArray{picture}}}
                              : QJsonObject{{QStringLiteral("image_file"), picture}, {QStringLiteral("image_type"), type}};
            }
            HttpResponse response = HttpResponse::json(200, json);
            response.fault.delay = delay;
            return response;
        });
    };
    return {};
}

/// Takes what the results cost, where that is known, from the balance; false when it does not reach.
bool charge(ApiCall &call, const EndpointSpec &spec, const MediaRequest &request)
{
    RequestOptions options;
    options.nsfwCheck = request.nsfwCheck;
    const std::optional<Money> price = estimate(spec, {spec.id, request.values}, options).price;
    if (request.webhookTest || !price)
        return true;
    const qint64 results = std::max(1, request.count(spec));
    return call.world.charge({{}, QStringLiteral("gen_api"), spec.id, results, 0, Money::fromPriceUnits(price->priceUnits() / results), {}, *price});
}

/// Nothing when the endpoint is alive.
std::optional<HttpResponse> switchedOff(const ApiCall &call, const EndpointSpec &spec)
{
    switch (call.media->endpoints().lifeOf(spec.id)) {
    case EndpointLife::Alive: return {};
    case EndpointLife::Gone: return apiError(404, QStringLiteral("API_NOT_FOUND"), QStringLiteral("this API has been retired"));
    case EndpointLife::Forbidden: return apiError(403, QStringLiteral("API_NOT_ALLOWED"), QStringLiteral("this API is not available to the account"));
    }
    return {};
}

/// `body`: what the request looks like.
HttpResponse serve(ApiCall &call, const EndpointSpec &spec, const EndpointSpec &body)
{
    const MediaRequestReader reader(body, call.body, call.violations);
    if (reader.refusal())
        return *reader.refusal();
    const MediaRequest &request = reader.request();
    if (!call.media->admits(spec, request.count(body)))
        return apiError(429, QStringLiteral("RATE_LIMIT_EXCEEDED"), QStringLiteral("more than %1 per minute").arg(spec.rate->perMinute));
    if (!charge(call, body, request))
        return apiError(400, QStringLiteral("BILLING_BALANCE_NOT_ENOUGH"), QStringLiteral("the balance does not reach"));
    if (body.givesTask())
        return taskAnswer(call, body, request);
    const bool wantsBytes = call.body.value(QLatin1String("response_format")) == QLatin1String("b64_json");
    return body.output.delivery == OutputDelivery::Urls && !wantsBytes ? urlAnswer(call, body, request) : inlineAnswer(call, body, request);
}

HttpResponse serveOne(ApiCall &call, const EndpointSpec &spec)
{
    const std::optional<HttpResponse> refusal = switchedOff(call, spec);
    return refusal ? *refusal : serve(call, spec, spec);
}

/// The endpoint for all video models: the body is that of the model's schema.
HttpResponse serveUnified(ApiCall &call, const EndpointSpec &spec)
{
    if (auto refusal = switchedOff(call, spec))
        return *refusal;
    const QString model = call.body.value(QLatin1String("model")).toString();
    const QJsonArray configs = videoConfigs();
    const auto config = std::find_if(configs.begin(), configs.end(), [&](const QJsonValue &one) { return one[QLatin1String("name")] == model; });
    if (config == configs.end())
        return bodyError(QStringLiteral("model is none of those of /v3/admin/video-unify-api/config"));
    const Result<EndpointSpec> read = endpointOfSchema(model, (*config)[QLatin1String("json_schema")].toObject());
    if (!read)
        return apiError(500, QStringLiteral("CREATE_TASK_FAILED"), read.error().message);
    EndpointSpec body = *read;
    body.webhook = spec.webhook;
    return serve(call, spec, body);
}

HttpResponse taskResult(ApiCall &call)
{
    const QString id = call.request.queryValues(QStringLiteral("task_id")).value(0);
    if (id.isEmpty())
        return bodyError(QStringLiteral("task_id is required"));
    const MediaTask *task = call.media->tasks().find(id);
    if (!task)
        return apiError(404, QStringLiteral("TASK_NOT_FOUND"), QStringLiteral("there is no such task"));
    return HttpResponse::json(200, taskResultJson(*task, call.world.now(), call.origin, [&](int index) { return call.media->signatureOf(id, index); }));
}

HttpResponse videoConfig(ApiCall &)
{
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("configs"), videoConfigs()}});
}

} // namespace

QList<ApiOperation> mediaOperations()
{
    QList<ApiOperation> operations{{"GET", "/v3/async/task-result", "getTaskResult", taskResult, ApiFamily::Media},
                                   {"GET", "/v3/admin/video-unify-api/config", "getUnifiedVideoConfig", videoConfig, ApiFamily::Media, true}};
    for (const EndpointSpec &spec : sandboxEndpoints().all()) {
        if (!isServedEndpoint(spec))
            continue;
        const bool unified = spec.family == EndpointFamily::UnifiedVideo;
        operations.append({"POST", spec.path.toLatin1(), spec.id.toLatin1(),
                           [&spec, unified](ApiCall &call) { return unified ? serveUnified(call, spec) : serveOne(call, spec); }, ApiFamily::Media});
    }
    return operations;
}

} // namespace novita
