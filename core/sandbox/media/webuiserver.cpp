// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/media/webuiserver.h"

#include "core/base/constanttime.h"
#include "core/imagefile/pngfile.h"
#include "core/sandbox/media/sandboxmedia.h"
#include "core/sandbox/media/webuiorder.h"

#include <QJsonDocument>

#include <algorithm>

namespace novita {

namespace {

constexpr double kModelSeconds = 0.5;
constexpr double kStepSeconds = 0.12;
constexpr int kPreviewSide = 128;
constexpr qsizetype kMostOptionText = 300;
constexpr qsizetype kMostEnded = 16;

HttpResponse detail(int status, const QString &text)
{
    return HttpResponse::json(status, QJsonObject{{QStringLiteral("detail"), text}});
}

/// The pictures of a job and the texts that go with them, as its answer has them. Runs in another thread.
HttpResponse generated(const PaintOrder &first, int count, const QJsonObject &parameters, const QString &modelHash, const QString &jobTime)
{
    QJsonArray images, seeds, prompts, negatives, texts;
    for (int i = 0; i < count; ++i) {
        PaintOrder order = first;
        order.seed += i;
        const QString text = webUiInfoText(parameters, order.seed);
        QByteArray png = encodePicture(paintPicture(order), "png");
        if (const auto layout = readPngLayout(png))
            png = pngWithTexts(png, *layout, {{QStringLiteral("parameters"), text}});
        images.append(QString::fromLatin1(png.toBase64()));
        seeds.append(order.seed);
        prompts.append(parameters.value(QLatin1String("prompt")));
        negatives.append(parameters.value(QLatin1String("negative_prompt")));
        texts.append(text);
    }
    QJsonObject info = parameters;
    const QJsonObject more{{QStringLiteral("seed"), first.seed}, {QStringLiteral("all_seeds"), seeds}, {QStringLiteral("all_prompts"), prompts},
                           {QStringLiteral("all_negative_prompts"), negatives}, {QStringLiteral("infotexts"), texts}, {QStringLiteral("index_of_first_image"), 0},
                           {QStringLiteral("sd_model_name"), parameters.value(QLatin1String("model"))}, {QStringLiteral("sd_model_hash"), modelHash},
                           {QStringLiteral("job_timestamp"), jobTime}, {QStringLiteral("version"), QStringLiteral("v1.10.1")}};
    for (auto it = more.begin(); it != more.end(); ++it)
        info.insert(it.key(), it.value());
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("images"), images}, {QStringLiteral("parameters"), parameters},
                                               {QStringLiteral("info"), QString::fromUtf8(QJsonDocument(info).toJson(QJsonDocument::Compact))}});
}

} // namespace

WebUiServer::WebUiServer(SandboxMedia &media, SandboxWorld &world)
    : m_media(media)
    , m_world(world)
{
    const QJsonObject first = checkpoints().value(0);
    m_options = {{QStringLiteral("sd_model_checkpoint"), first.value(QLatin1String("title")).toString()}, {QStringLiteral("sd_vae"), QStringLiteral("Automatic")},
                 {QStringLiteral("CLIP_stop_at_last_layers"), 1}, {QStringLiteral("samples_format"), QStringLiteral("png")}, {QStringLiteral("samples_save"), false},
                 {QStringLiteral("grid_save"), false}, {QStringLiteral("enable_pnginfo"), true}, {QStringLiteral("eta_noise_seed_delta"), 0},
                 {QStringLiteral("show_progress_every_n_steps"), 10}, {QStringLiteral("live_previews_enable"), true}};
}

bool WebUiServer::isAllowed(const HttpRequest &request) const
{
    const QByteArray sent = request.headers.value("Authorization");
    return m_credentials.isEmpty() || (sent.startsWith("Basic ") && equalInConstantTime(QByteArray::fromBase64(sent.mid(6)), m_credentials));
}

HttpResponse WebUiServer::answer(const HttpRequest &request, const QString &path, Defer &defer)
{
    if (!isAllowed(request)) {
        HttpResponse response = detail(401, QStringLiteral("Incorrect username or password"));
        response.headers.append("WWW-Authenticate", "Basic");
        return response;
    }
    if (request.method == "POST" && path == QLatin1String("/internal/progress"))
        return taskProgress(QJsonDocument::fromJson(request.body).object().value(QLatin1String("id_task")).toString());
    const QString name = path.startsWith(QLatin1String("/sdapi/v1/")) ? path.mid(10) : QString();
    if (request.method != "POST")
        return read(request, name);
    const QJsonDocument document = QJsonDocument::fromJson(request.body);
    if (name == QLatin1String("interrupt") || name == QLatin1String("skip")) {
        interrupt();
        return HttpResponse::json(200, QJsonObject());
    }
    static const QStringList known{QStringLiteral("txt2img"), QStringLiteral("img2img"), QStringLiteral("extra-single-image"), QStringLiteral("png-info"),
                                   QStringLiteral("interrogate"), QStringLiteral("options")};
    if (!known.contains(name))
        return detail(404, QStringLiteral("Not Found"));
    if (!document.isObject())
        return HttpResponse::json(422, QJsonObject{{QStringLiteral("detail"), QJsonArray{QJsonObject{{QStringLiteral("loc"), QJsonArray{QStringLiteral("body")}},
                                                                                                   {QStringLiteral("msg"), QStringLiteral("value is not a valid dict")},
                                                                                                   {QStringLiteral("type"), QStringLiteral("type_error.dict")}}}}});
    const QJsonObject body = document.object();
    if (name == QLatin1String("txt2img") || name == QLatin1String("img2img"))
        return generate(body, name == QLatin1String("img2img"), defer);
    if (name == QLatin1String("options"))
        return setOptions(body);
    if (name == QLatin1String("extra-single-image"))
        return upscale(body, defer);
    const QByteArray file = webUiPicture(body.value(QLatin1String("image")).toString());
    if (pictureFacts(file).format.isEmpty())
        return detail(500, QStringLiteral("Invalid encoded image"));
    if (name == QLatin1String("interrogate"))
        return HttpResponse::json(200, QJsonObject{{QStringLiteral("caption"), describePicture(file)}});
    QString info;
    if (const auto layout = readPngLayout(file)) {
        for (const ImageText &text : readPngTexts(file, *layout)) {
            if (text.key == QLatin1String("parameters"))
                info = text.text;
        }
    }
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("info"), info}, {QStringLiteral("items"), QJsonObject{{QStringLiteral("parameters"), info}}},
                                               {QStringLiteral("parameters"), QJsonObject()}});
}

HttpResponse WebUiServer::generate(const QJsonObject &body, bool fromImage, Defer &defer)
{
    const Result<WebUiOrder> order = readWebUiOrder(body, fromImage);
    if (!order)
        return detail(order.error().httpStatus, order.error().message);
    if (m_jobs.size() >= kMostJobs)
        return detail(503, QStringLiteral("too many jobs wait"));
    Job job;
    job.order = order->picture;
    job.count = order->count;
    job.steps = order->picture.steps;
    job.parameters = order->parameters;
    job.task = body.value(QLatin1String("force_task_id")).toString().left(kMostOptionText);
    job.name = fromImage ? QStringLiteral("img2img") : QStringLiteral("txt2img");
    if (job.order.seed < 0)
        job.order.seed = m_world.randomBelow(4'294'967'296LL);
    const QString wanted = body.value(QLatin1String("override_settings"))[QLatin1String("sd_model_checkpoint")].toString(m_options.value(QLatin1String("sd_model_checkpoint")).toString());
    const QList<QJsonObject> models = checkpoints();
    const auto model = std::find_if(models.begin(), models.end(), [&](const QJsonObject &one) {
        return one.value(QLatin1String("title")) == wanted || one.value(QLatin1String("model_name")) == wanted || one.value(QLatin1String("file")) == wanted;
    });
    const QJsonObject used = model == models.end() ? models.value(0) : *model;
    job.modelHash = used.value(QLatin1String("hash")).toString();
    job.parameters.insert(QStringLiteral("model"), used.value(QLatin1String("model_name")));
    job.parameters.insert(QStringLiteral("model_hash"), job.modelHash);
    job.order.subject += used.value(QLatin1String("model_name")).toString();
    job.length = m_world.planner().scaled(kModelSeconds + kStepSeconds * job.steps * job.count);
    defer = [this, job](const DeferredAnswer &answer) { enqueue(job, answer); };
    return {};
}

void WebUiServer::enqueue(Job job, const DeferredAnswer &answer)
{
    job.answer = answer;
    m_jobs.push_back(std::move(job));
    if (m_jobs.size() == 1)
        m_jobs.front().begin = m_world.now();
}

HttpResponse WebUiServer::upscale(const QJsonObject &body, Defer &defer)
{
    PaintOrder order;
    order.kind = PaintKind::Upscale;
    order.source = webUiPicture(body.value(QLatin1String("image")).toString());
    const QSize size = pictureFacts(order.source).size;
    if (size.isEmpty())
        return detail(500, QStringLiteral("Invalid encoded image"));
    const QString upscaler = body.value(QLatin1String("upscaler_1")).toString(QStringLiteral("None"));
    if (upscaler != QLatin1String("None") && !webUiUpscalers().contains(upscaler))
        return detail(400, QStringLiteral("Upscaler not found"));
    order.size = size * std::clamp(body.value(QLatin1String("upscaling_resize")).toDouble(2), 1.0, 8.0);
    defer = [this, order](const DeferredAnswer &answer) {
        m_media.answerInBackground(answer, [order] {
            return HttpResponse::json(200, QJsonObject{{QStringLiteral("html_info"), QString()},
                                                       {QStringLiteral("image"), QString::fromLatin1(encodePicture(paintPicture(order), "png").toBase64())}});
        });
    };
    return {};
}

double WebUiServer::partDone(const Job &job) const
{
    const double done = double((m_world.now() - job.begin) / Milliseconds(1)) / double(std::max<qint64>(1, job.length.count()));
    return std::clamp(done, 0.0, 1.0);
}

HttpResponse WebUiServer::progress(bool withPicture) const
{
    QJsonObject state{{QStringLiteral("skipped"), false}, {QStringLiteral("interrupted"), false}, {QStringLiteral("stopping_generation"), false},
                      {QStringLiteral("job"), QString()}, {QStringLiteral("job_count"), 0}, {QStringLiteral("job_timestamp"), QStringLiteral("0")},
                      {QStringLiteral("job_no"), 0}, {QStringLiteral("sampling_step"), 0}, {QStringLiteral("sampling_steps"), 0}};
    double part = 0, eta = 0;
    QJsonValue picture(QJsonValue::Null);
    if (!m_jobs.empty()) {
        const Job &job = m_jobs.front();
        part = partDone(job);
        eta = double(job.length.count()) / 1000 * (1 - part);
        const int step = int(part * job.steps * job.count);
        state.insert(QStringLiteral("interrupted"), job.interrupted);
        state.insert(QStringLiteral("job"), job.name);
        state.insert(QStringLiteral("job_count"), job.count);
        state.insert(QStringLiteral("job_timestamp"), unixText(job.begin));
        state.insert(QStringLiteral("job_no"), std::min(step / std::max(1, job.steps), job.count - 1));
        state.insert(QStringLiteral("sampling_step"), step % std::max(1, job.steps));
        state.insert(QStringLiteral("sampling_steps"), job.steps);
        PaintOrder preview = job.order;
        preview.kind = PaintKind::Generate; // the source is left out: a large one would take its time
        preview.size = preview.size.scaled(kPreviewSide, kPreviewSide, Qt::KeepAspectRatio);
        preview.steps = step % std::max(1, job.steps);
        if (withPicture)
            picture = QString::fromLatin1(encodePicture(paintPicture(preview), "png").toBase64());
    }
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("progress"), part}, {QStringLiteral("eta_relative"), eta}, {QStringLiteral("state"), state},
                                               {QStringLiteral("current_image"), picture}, {QStringLiteral("textinfo"), QJsonValue(QJsonValue::Null)}});
}

HttpResponse WebUiServer::taskProgress(const QString &task) const
{
    const auto isIt = [&task](const Job &job) { return !task.isEmpty() && job.task == task; };
    const bool isActive = !m_jobs.empty() && isIt(m_jobs.front());
    const bool isQueued = !isActive && std::any_of(m_jobs.begin(), m_jobs.end(), isIt);
    const double part = isActive ? partDone(m_jobs.front()) : 0;
    QJsonObject out{{QStringLiteral("active"), isActive}, {QStringLiteral("queued"), isQueued}, {QStringLiteral("completed"), m_ended.contains(task)},
                    {QStringLiteral("live_preview"), QJsonValue(QJsonValue::Null)}, {QStringLiteral("id_live_preview"), -1},
                    {QStringLiteral("progress"), QJsonValue(QJsonValue::Null)}, {QStringLiteral("eta"), QJsonValue(QJsonValue::Null)},
                    {QStringLiteral("textinfo"), isActive ? QString() : isQueued ? QStringLiteral("In queue...") : QStringLiteral("Waiting...")}};
    if (isActive) {
        out.insert(QStringLiteral("progress"), part);
        out.insert(QStringLiteral("eta"), double(m_jobs.front().length.count()) / 1000 * (1 - part));
    }
    return HttpResponse::json(200, out);
}

void WebUiServer::clear()
{
    m_jobs.clear();
    m_ended.clear();
}

void WebUiServer::interrupt()
{
    if (!m_jobs.empty())
        m_jobs.front().interrupted = true;
}

void WebUiServer::tick(TimePoint now)
{
    while (!m_jobs.empty()) {
        Job &job = m_jobs.front();
        if (now < job.begin + job.length && !job.interrupted)
            return;
        finish(job, job.interrupted ? partDone(job) : 1.0);
        if (!job.task.isEmpty())
            m_ended.append(job.task);
        if (m_ended.size() > kMostEnded)
            m_ended.removeFirst();
        m_jobs.pop_front();
        if (!m_jobs.empty())
            m_jobs.front().begin = now;
    }
}

/// An interrupted job answers with what it has: the pictures that were begun, with the steps they got.
void WebUiServer::finish(Job &job, double part)
{
    const int steps = int(part * job.steps * job.count);
    const int count = part >= 1 ? job.count : std::min(job.count, steps / std::max(1, job.steps) + 1);
    PaintOrder order = job.order;
    order.steps = part >= 1 ? job.steps : steps % std::max(1, job.steps);
    m_media.answerInBackground(*job.answer, [order, count, parameters = job.parameters, hash = job.modelHash, time = unixText(job.begin)] {
        return generated(order, count, parameters, hash, time);
    });
}

HttpResponse WebUiServer::setOptions(const QJsonObject &body)
{
    for (auto it = body.begin(); it != body.end(); ++it) {
        // Of the hundreds that a real server has, those that are told here; the others are taken and forgotten.
        if (m_options.contains(it.key()) && it.value().type() == m_options.value(it.key()).type() && it.value().toString().size() <= kMostOptionText)
            m_options.insert(it.key(), it.value());
    }
    return HttpResponse::json(200, QJsonValue(QJsonValue::Null));
}

} // namespace novita
