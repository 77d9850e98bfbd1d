// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxroutes.h"

#include "core/sandbox/media/painter.h"
#include "core/sandbox/media/sandboxmedia.h"

#include <QJsonDocument>

#include <algorithm>

// GET /v3/model and the pictures that go with it.

namespace novita {

namespace {

constexpr const char *kPreviews = "/_previews/";
constexpr qint64 kMostPerPage = 100;

/// The value of a query item in any spelling that clients use: filter.types, filter[types], and the official Python client's filter.type.
QString queryValue(const ApiCall &call, const QStringList &spellings)
{
    for (const auto &[name, value] : call.request.queryItems()) {
        QString plain = name;
        plain.replace(u'[', u'.').remove(u']');
        if (spellings.contains(plain))
            return value;
    }
    return {};
}

std::optional<bool> flagOf(const ApiCall &call, const QString &name)
{
    const QString value = queryValue(call, {name}).toLower();
    if (value.isEmpty())
        return {};
    return value == QLatin1String("true") || value == QLatin1String("1");
}

/// Where a cursor points: "c_100", or "c_" and the base64 of a JSON list that holds the offset. Empty for anything else.
std::optional<qint64> offsetOf(const QString &cursor)
{
    if (cursor.isEmpty())
        return 0;
    if (!cursor.startsWith(QLatin1String("c_")))
        return {};
    bool isNumber = false;
    const qint64 plain = cursor.mid(2).toLongLong(&isNumber);
    if (isNumber)
        return plain >= 0 ? std::optional(plain) : std::nullopt;
    const QJsonArray list = QJsonDocument::fromJson(QByteArray::fromBase64(cursor.mid(2).toLatin1())).array();
    const qint64 offset = list.at(0).toInteger(-1);
    return list.size() == 1 && offset >= 0 ? std::optional(offset) : std::nullopt;
}

QString cursorAt(qint64 offset)
{
    return QStringLiteral("c_") + QString::fromLatin1(QJsonDocument(QJsonArray{offset}).toJson(QJsonDocument::Compact).toBase64());
}

HttpResponse listModels(ApiCall &call)
{
    static const QStringList types{QStringLiteral("checkpoint"), QStringLiteral("lora"), QStringLiteral("vae"), QStringLiteral("controlnet"),
                                   QStringLiteral("upscaler"), QStringLiteral("textualinversion")};
    CatalogueFilter filter;
    filter.type = queryValue(call, {QStringLiteral("filter.types"), QStringLiteral("filter.type")});
    filter.query = queryValue(call, {QStringLiteral("filter.query")});
    filter.visibility = queryValue(call, {QStringLiteral("filter.visibility")});
    filter.source = queryValue(call, {QStringLiteral("filter.source")});
    filter.sdxl = flagOf(call, QStringLiteral("filter.is_sdxl"));
    filter.inpainting = flagOf(call, QStringLiteral("filter.is_inpainting"));
    filter.nsfw = flagOf(call, QStringLiteral("filter.is_nsfw"));
    if (!filter.type.isEmpty() && !types.contains(filter.type))
        return bodyError(QStringLiteral("filter.types must be one of %1").arg(types.join(QStringLiteral(", "))));
    const QString limitText = queryValue(call, {QStringLiteral("pagination.limit")});
    const qint64 limit = limitText.isEmpty() ? kMostPerPage : limitText.toLongLong();
    if (limit < 1 || limit > kMostPerPage)
        return bodyError(QStringLiteral("pagination.limit must be within 1 and 100"));
    const std::optional<qint64> offset = offsetOf(queryValue(call, {QStringLiteral("pagination.cursor")}));
    if (!offset)
        return bodyError(QStringLiteral("pagination.cursor is not one of this list"));

    const QList<QJsonObject> found = call.media->models().matching(filter);
    const qint64 begin = std::min<qint64>(*offset, found.size());
    const qint64 end = std::min<qint64>(begin + limit, found.size());
    QJsonArray rows;
    for (qint64 i = begin; i < end; ++i) {
        QJsonObject row = found.at(i);
        row.insert(QStringLiteral("cover_url"), call.origin + QLatin1String(kPreviews) + QString::number(row.value(QLatin1String("id")).toInteger()) + QStringLiteral(".jpeg"));
        rows.append(row);
    }
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("models"), rows},
                                               {QStringLiteral("pagination"), QJsonObject{{QStringLiteral("next_cursor"), end < found.size() ? cursorAt(end) : QString()}}}});
}

HttpResponse preview(ApiCall &call)
{
    QString name = call.request.path.mid(qsizetype(qstrlen(kPreviews)));
    if (!name.endsWith(QLatin1String(".jpeg")))
        return HttpResponse::text(404, "no such picture\n");
    const QJsonObject model = call.media->models().byId(name.chopped(5).toLongLong());
    if (model.isEmpty())
        return HttpResponse::text(404, "no such picture\n");
    PaintOrder order;
    order.subject = model.value(QLatin1String("sd_name")).toString();
    order.seed = model.value(QLatin1String("id")).toInteger();
    order.size = model.value(QLatin1String("is_sdxl")).toBool() ? QSize(512, 512) : QSize(384, 512);
    call.defer = [order, media = call.media](const DeferredAnswer &answer) {
        media->answerInBackground(answer, [order] {
            HttpResponse response = HttpResponse::text(200, encodePicture(paintPicture(order), "jpeg"), "image/jpeg");
            response.headers.append("Cache-Control", "public, max-age=86400");
            return response;
        });
    };
    return {};
}

} // namespace

QList<ApiOperation> modelOperations()
{
    return {{"GET", "/v3/model", "listModels", listModels, ApiFamily::Media}, {"GET", "/_previews/*", "modelPreview", preview, ApiFamily::Open}};
}

} // namespace novita
