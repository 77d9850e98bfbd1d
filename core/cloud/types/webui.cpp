// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/webui.h"

#include "core/base/displaytext.h"
#include "core/base/redact.h"
#include "core/cloud/types/syncimage.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <utility>

namespace novita {

namespace {

constexpr qsizetype kLongestName = 300;
constexpr qsizetype kLongestSentence = 400;
constexpr qsizetype kMostErrorBody = 256 * 1024;
constexpr qsizetype kMostInfo = 8 * 1024 * 1024;

struct WebUiServerWords
{
    Q_DECLARE_TR_FUNCTIONS(WebUiServer)
};

QJsonArray rowsOf(const QJsonValue &answer, DecodeLog &log)
{
    if (!answer.isArray()) {
        log.fail(QStringLiteral("$"), QStringLiteral("expected a list"));
        return {};
    }
    QJsonArray rows = answer.toArray();
    if (rows.size() > kMostWebUiRows)
        log.warn(QStringLiteral("$"), QStringLiteral("%1 rows; the first %2 are taken").arg(rows.size()).arg(kMostWebUiRows));
    return rows;
}

/// What goes back to the server as it is: nothing of it may be changed, so what cannot be shown as it is, is left out.
QString usableName(const QJsonValue &value)
{
    const QString name = value.toString();
    return name.size() <= kLongestName && displayLine(name, kLongestName) == name ? name : QString();
}

/// The server's own sentence: FastAPI's `detail`, as text or as a list of what is wrong, and what the WebUI adds in `errors`.
QString sentenceOf(const QJsonObject &body)
{
    const QJsonValue detail = body.value(QLatin1String("detail"));
    QString text = detail.toString();
    if (detail.isArray()) {
        const QJsonObject first = detail.toArray().first().toObject();
        QStringList place;
        const QJsonArray parts = first.value(QLatin1String("loc")).toArray();
        for (qsizetype i = 0; i < std::min<qsizetype>(parts.size(), 6); ++i)
            place.append(parts.at(i).isString() ? parts.at(i).toString() : QString::number(parts.at(i).toInteger()));
        text = place.join(QLatin1Char('.')) + QStringLiteral(": ") + first.value(QLatin1String("msg")).toString();
    }
    for (const char *key : {"errors", "error", "message"}) {
        if (text.isEmpty())
            text = body.value(QLatin1String(key)).toString();
    }
    return redact(displayLine(text, kLongestSentence));
}

struct Info
{
    QList<qint64> seeds;
    qint64 first = 0; ///< index of the first picture: grids come before
};

Info infoOf(const QJsonValue &value)
{
    Info info;
    QJsonObject object = value.toObject();
    if (const QString text = value.toString(); !text.isEmpty() && text.size() <= kMostInfo)
        object = parseJson(text.toUtf8()).valueOr({}).toObject();
    const QJsonArray seeds = object.value(QLatin1String("all_seeds")).toArray();
    for (qsizetype i = 0; i < std::min<qsizetype>(seeds.size(), ImageTask::kMostLinks); ++i)
        info.seeds.append(seeds.at(i).toInteger(-1));
    info.first = std::clamp<qint64>(object.value(QLatin1String("index_of_first_image")).toInteger(0), 0, ImageTask::kMostLinks);
    return info;
}

/// "anime/line.safetensors [1a2b3c4d]": the short hash is no part of the name, and not every server knows it yet.
QString withoutHash(const QString &title)
{
    static const QRegularExpression &hash = *new QRegularExpression(QStringLiteral("\\s*\\[[0-9a-fA-F]{4,64}\\]$"));
    QString name = title;
    return name.remove(hash);
}

int percentOf(double part)
{
    return static_cast<int>(std::lround(std::clamp(part, 0.0, 1.0) * 100));
}

std::optional<Seconds> etaOf(const std::optional<double> &told)
{
    constexpr double kLongestEta = 24 * 3600;
    const double eta = told.value_or(0);
    return eta > 0 && eta <= kLongestEta ? std::optional(Seconds(static_cast<qint64>(std::ceil(eta)))) : std::nullopt;
}

ImageModel modelNamed(const QString &name, ImageModelType type)
{
    ImageModel model;
    model.id = ImageModelId(name);
    model.name = model.fileName = model.apiName = name;
    model.type = type;
    model.typeText = imageModelTypeToWire(type);
    return model;
}

ModelBase baseOf(const QJsonObject &row)
{
    const QString told = row.value(QLatin1String("metadata")).toObject().value(QLatin1String("ss_base_model_version")).toString().left(kLongestName);
    if (told.startsWith(QLatin1String("sdxl")))
        return ModelBase::Sdxl;
    if (told.startsWith(QLatin1String("sd_v1")) || told.startsWith(QLatin1String("sd_1")))
        return ModelBase::Sd15;
    return told.startsWith(QLatin1String("sd_v2")) ? ModelBase::Sd2 : ModelBase::Unknown;
}

} // namespace

WebUiAnswer decodeWebUiAnswer(const QJsonValue &answer, DecodeLog &log)
{
    WebUiAnswer out;
    const SyncImageAnswer raw = decodeSyncImageAnswer(answer, log);
    if (log.fatal)
        return out;
    const Info info = infoOf(answer.toObject().value(QLatin1String("info")));
    // Behind the pictures lie the maps of extensions; an interrupted job has fewer pictures than seeds.
    const qsizetype first = info.first < raw.images.size() ? info.first : 0;
    const qsizetype end = info.seeds.isEmpty() ? raw.images.size() : std::min(raw.images.size(), first + info.seeds.size());
    for (qsizetype i = first; i < end; ++i) {
        if (raw.images.at(i).bytes.isEmpty())
            continue; // an address: this server's word is no reason to ask another one
        const qint64 seed = info.seeds.value(i - first, -1);
        out.images.append({raw.images.at(i).bytes, seed >= 0 ? std::optional(seed) : std::nullopt});
    }
    out.text = raw.prompt;
    if (out.images.isEmpty() && out.text.isEmpty())
        log.fail(QStringLiteral("$.images"), QStringLiteral("no picture"));
    return out;
}

WebUiProgress decodeWebUiProgress(const QJsonValue &answer, DecodeLog &log)
{
    WebUiProgress out;
    if (!answer.isObject()) {
        log.fail(QStringLiteral("$"), QStringLiteral("expected an object"));
        return out;
    }
    const JsonReader reader(answer.toObject(), log);
    const double part = reader.real(QLatin1String("progress")).value_or(0);
    out.percent = percentOf(part);
    out.eta = etaOf(reader.real(QLatin1String("eta_relative")));
    const JsonReader state = reader.object(QLatin1String("state"));
    out.isBusy = part > 0 || state.integer(QLatin1String("job_count")).value_or(0) != 0 || !state.string(QLatin1String("job")).isEmpty();
    out.task = reader.string(QLatin1String("current_task")).left(kLongestName);
    out.job = displayLine(state.string(QLatin1String("job")), kLongestName);
    return out;
}

WebUiTaskProgress decodeWebUiTaskProgress(const QJsonValue &answer, DecodeLog &log)
{
    WebUiTaskProgress out;
    const QJsonObject object = answer.toObject();
    if (!object.value(QLatin1String("active")).isBool()) {
        log.fail(QStringLiteral("$.active"), QStringLiteral("expected true or false"));
        return out;
    }
    const JsonReader reader(object, log);
    out.isActive = object.value(QLatin1String("active")).toBool();
    out.isQueued = object.value(QLatin1String("queued")).toBool();
    out.isCompleted = object.value(QLatin1String("completed")).toBool();
    out.percent = percentOf(reader.real(QLatin1String("progress")).value_or(0));
    out.eta = etaOf(reader.real(QLatin1String("eta")));
    return out;
}

WebUiOptions decodeWebUiOptions(const QJsonValue &answer, DecodeLog &log)
{
    WebUiOptions out;
    if (!answer.isObject()) {
        log.fail(QStringLiteral("$"), QStringLiteral("expected an object"));
        return out;
    }
    const JsonReader reader(answer.toObject(), log);
    // Text alone is a name here, unlike ids: servers have no checkpoint that is called by a number.
    out.checkpoint = usableName(answer.toObject().value(QLatin1String("sd_model_checkpoint")));
    out.vae = usableName(answer.toObject().value(QLatin1String("sd_vae")));
    if (const std::optional<qint64> skip = reader.integer(QLatin1String("CLIP_stop_at_last_layers")); skip && *skip >= 1 && *skip <= 12)
        out.clipSkip = static_cast<int>(*skip);
    return out;
}

QStringList decodeWebUiNames(const QJsonValue &answer, DecodeLog &log)
{
    QStringList names;
    const QJsonArray rows = rowsOf(answer, log);
    for (qsizetype i = 0; i < std::min(rows.size(), kMostWebUiRows); ++i) {
        // Schedulers have a label beside their name, and jobs may name either.
        const QJsonObject row = rows.at(i).toObject();
        const QJsonValue label = row.value(QLatin1String("label"));
        const QString name = usableName(label.isString() ? label : row.value(QLatin1String("name")));
        if (!name.isEmpty())
            names.append(name);
    }
    names.removeDuplicates();
    return names;
}

QList<ImageModel> decodeWebUiModels(const QJsonValue &answer, ImageModelType type, DecodeLog &log)
{
    QList<ImageModel> models;
    const QJsonArray rows = rowsOf(answer, log);
    for (qsizetype i = 0; i < std::min(rows.size(), kMostWebUiRows); ++i) {
        const QJsonObject row = rows.at(i).toObject();
        QString name;
        if (type == ImageModelType::Checkpoint)
            name = withoutHash(usableName(row.value(QLatin1String("title"))));
        if (name.isEmpty())
            name = usableName(row.value(QLatin1String(type == ImageModelType::Lora ? "name" : "model_name")));
        if (name.isEmpty())
            continue;
        ImageModel model = modelNamed(name, type);
        model.hash = usableName(row.value(QLatin1String("hash")));
        model.base = baseOf(row);
        models.append(model);
    }
    return models;
}

QList<ImageModel> decodeWebUiEmbeddings(const QJsonValue &answer, DecodeLog &log)
{
    const QJsonValue loaded = answer.toObject().value(QLatin1String("loaded"));
    if (!loaded.isObject()) {
        log.fail(QStringLiteral("$.loaded"), QStringLiteral("expected an object"));
        return {};
    }
    QList<ImageModel> models;
    const QJsonObject rows = loaded.toObject();
    for (auto row = rows.begin(); row != rows.end() && models.size() < kMostWebUiRows; ++row) {
        const QString name = usableName(row.key());
        if (!name.isEmpty())
            models.append(modelNamed(name, ImageModelType::Embedding));
    }
    return models;
}

QString decodeWebUiPngInfo(const QJsonValue &answer, DecodeLog &log)
{
    constexpr qsizetype kLongestInfo = 64 * 1024;
    if (!answer.isObject()) {
        log.fail(QStringLiteral("$"), QStringLiteral("expected an object"));
        return {};
    }
    return answer.toObject().value(QLatin1String("info")).toString().left(kLongestInfo);
}

Error webUiError(int status, const QByteArray &body, bool write, bool named)
{
    const QJsonObject object = body.size() <= kMostErrorBody ? parseJson(body).valueOr({}).toObject() : QJsonObject();
    const QString sentence = sentenceOf(object);
    const auto made = [status](ErrorKind kind, const QString &message) {
        Error error = Error::make(kind, message);
        error.httpStatus = status;
        return error;
    };
    if (status == 401)
        return made(ErrorKind::Unauthorized, named ? WebUiServerWords::tr("The server does not take this user and password.") : WebUiServerWords::tr("The server asks for a user and a password."));
    if (status == 403)
        return made(ErrorKind::Forbidden, WebUiServerWords::tr("The server does not let this program in (HTTP 403)."));
    if (status == 404 && (sentence.isEmpty() || sentence == QLatin1String("Not Found")))
        return made(ErrorKind::NotFound, WebUiServerWords::tr("There is no WebUI API at this address. Was the server started with --api?"));
    if (status == 429)
        return made(ErrorKind::RateLimited, WebUiServerWords::tr("The server wants fewer requests (HTTP 429)."));
    if (status < 500)
        return made(ErrorKind::Validation, sentence.isEmpty() ? WebUiServerWords::tr("The server refuses this (HTTP %1).").arg(status) : WebUiServerWords::tr("The server refuses this: %1").arg(sentence));
    Error error = made(ErrorKind::Server, sentence.isEmpty() ? WebUiServerWords::tr("The server fails (HTTP %1).").arg(status) : WebUiServerWords::tr("The server fails: %1").arg(sentence));
    // One that speaks for itself says that the job has failed. A gateway in front of it knows nothing of the job.
    error.effectUnknown = write && object.isEmpty();
    return error;
}

} // namespace novita
