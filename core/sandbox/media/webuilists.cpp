// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/media/webuiserver.h"

#include "core/sandbox/media/endpointswitch.h"
#include "core/sandbox/media/sandboxmedia.h"

#include <QJsonArray>

// What a WebUI server says it has.

namespace novita {

namespace {

constexpr qsizetype kMostOfAKind = 12; // what somebody has downloaded, not the whole catalogue

QStringList valuesOf(const QString &list)
{
    QStringList values;
    for (const ChoiceOption &option : sandboxEndpoints().list(list))
        values.append(option.value);
    return values;
}

QString stemOf(const QString &fileName)
{
    return fileName.section(u'.', 0, -2);
}

QList<QJsonObject> some(const ModelCatalogue &catalogue, const char *type)
{
    CatalogueFilter filter;
    filter.type = QLatin1String(type);
    return catalogue.matching(filter).mid(0, kMostOfAKind);
}

QString fileOf(const QJsonObject &model)
{
    return model.value(QLatin1String("sd_name")).toString();
}

QJsonArray named(const QStringList &names, const QJsonObject &more)
{
    QJsonArray rows;
    for (const QString &name : names) {
        QJsonObject row = more;
        row.insert(QStringLiteral("name"), name);
        rows.append(row);
    }
    return rows;
}

} // namespace

const QStringList &webUiSamplers()
{
    static const QStringList samplers = valuesOf(QStringLiteral("webui-samplers"));
    return samplers;
}

const QStringList &webUiUpscalers()
{
    static const QStringList upscalers = valuesOf(QStringLiteral("webui-upscalers"));
    return upscalers;
}

QList<QJsonObject> WebUiServer::checkpoints() const
{
    QList<QJsonObject> rows;
    for (const QJsonObject &model : some(m_media.models(), "checkpoint")) {
        const QString file = fileOf(model), hash = model.value(QLatin1String("hash_sha256")).toString().toLower();
        rows.append({{QStringLiteral("title"), QStringLiteral("%1 [%2]").arg(file, hash)}, {QStringLiteral("model_name"), stemOf(file)}, {QStringLiteral("hash"), hash},
                     {QStringLiteral("sha256"), QJsonValue(QJsonValue::Null)}, {QStringLiteral("filename"), QStringLiteral("/models/Stable-diffusion/") + file},
                     {QStringLiteral("config"), QJsonValue(QJsonValue::Null)}, {QStringLiteral("file"), file}});
    }
    return rows;
}

HttpResponse WebUiServer::read(const HttpRequest &request, const QString &name)
{
    const auto list = [](const QJsonArray &rows) { return HttpResponse::json(200, rows); };
    if (name == QLatin1String("progress"))
        return progress(request.queryValues(QStringLiteral("skip_current_image")).value(0) != QLatin1String("true"));
    if (name == QLatin1String("options"))
        return HttpResponse::json(200, m_options);
    if (name == QLatin1String("samplers"))
        return list(named(webUiSamplers(), {{QStringLiteral("aliases"), QJsonArray()}, {QStringLiteral("options"), QJsonObject()}}));
    if (name == QLatin1String("upscalers"))
        return list(named(QStringList(QStringLiteral("None")) + webUiUpscalers(), {{QStringLiteral("model_name"), QJsonValue(QJsonValue::Null)}, {QStringLiteral("scale"), 4}}));
    if (name == QLatin1String("schedulers"))
        return list(named(valuesOf(QStringLiteral("schedulers")), {{QStringLiteral("aliases"), QJsonValue(QJsonValue::Null)}}));
    QJsonArray rows;
    if (name == QLatin1String("sd-models")) {
        for (QJsonObject row : checkpoints()) {
            row.remove(QStringLiteral("file"));
            rows.append(row);
        }
        return list(rows);
    }
    if (name == QLatin1String("loras")) {
        for (const QJsonObject &model : some(m_media.models(), "lora")) {
            const QString stem = stemOf(fileOf(model));
            rows.append(QJsonObject{{QStringLiteral("name"), stem}, {QStringLiteral("alias"), stem}, {QStringLiteral("path"), QStringLiteral("/models/Lora/") + fileOf(model)},
                                    {QStringLiteral("metadata"), QJsonObject()}});
        }
        return list(rows);
    }
    if (name == QLatin1String("sd-vae")) {
        for (const QJsonObject &model : some(m_media.models(), "vae"))
            rows.append(QJsonObject{{QStringLiteral("model_name"), fileOf(model)}, {QStringLiteral("filename"), QStringLiteral("/models/VAE/") + fileOf(model)}});
        return list(rows);
    }
    if (name == QLatin1String("embeddings")) {
        QJsonObject loaded;
        for (const QJsonObject &model : some(m_media.models(), "textualinversion"))
            loaded.insert(stemOf(fileOf(model)), QJsonObject{{QStringLiteral("step"), QJsonValue(QJsonValue::Null)}, {QStringLiteral("shape"), 768}, {QStringLiteral("vectors"), 4}});
        return HttpResponse::json(200, QJsonObject{{QStringLiteral("loaded"), loaded}, {QStringLiteral("skipped"), QJsonObject()}});
    }
    return HttpResponse::json(404, QJsonObject{{QStringLiteral("detail"), QStringLiteral("Not Found")}});
}

} // namespace novita
