// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/modeljson.h"

#include "core/base/unsignedlink.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrlQuery>

namespace novita::modeljson {

namespace {

constexpr qsizetype kMostChars = 4 * 1024 * 1024;

std::optional<ImageModel> decoded(const QJsonObject &json)
{
    DecodeLog log;
    ImageModel model = decodeImageModel(JsonReader(json, log));
    if (model.id.isEmpty())
        return std::nullopt;
    return model;
}

void addText(QJsonObject &json, QLatin1String key, const QString &text)
{
    if (!text.isEmpty())
        json.insert(key, text);
}

} // namespace

QJsonObject toJson(const ImageModel &model)
{
    QJsonObject json{{QStringLiteral("id"), model.id.toString()}};
    addText(json, QLatin1String("name"), model.name);
    addText(json, QLatin1String("sd_name"), model.fileName);
    addText(json, QLatin1String("sd_name_in_api"), model.apiName);
    if (!model.typeText.isEmpty())
        json.insert(QLatin1String("type"), QJsonObject{{QStringLiteral("name"), model.typeText}});
    if (!model.usable)
        json.insert(QLatin1String("status"), 0);
    if (!model.tags.isEmpty())
        json.insert(QLatin1String("tags"), QJsonArray::fromStringList(model.tags));
    addText(json, QLatin1String("cover_url"), unsignedLink(model.cover).toString(QUrl::FullyEncoded));
    addText(json, QLatin1String("source"), model.source);
    addText(json, QLatin1String("base_model"), model.baseModel);
    addText(json, QLatin1String("base_model_type"), model.baseModelType);
    if (model.base == ModelBase::Sdxl)
        json.insert(QLatin1String("is_sdxl"), true);
    if (model.nsfw)
        json.insert(QLatin1String("is_nsfw"), *model.nsfw);
    addText(json, QLatin1String("hash_sha256"), model.hash);
    return json;
}

QString toText(const ImageModel &model)
{
    return QString::fromUtf8(QJsonDocument(toJson(model)).toJson(QJsonDocument::Compact));
}

std::optional<ImageModel> fromText(const QString &text)
{
    if (text.size() > kMostChars)
        return std::nullopt;
    return decoded(QJsonDocument::fromJson(text.toUtf8()).object());
}

QString listToText(const QList<ImageModel> &models)
{
    QJsonArray list;
    for (const ImageModel &model : models)
        list.append(toJson(model));
    return QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact));
}

QList<ImageModel> listFromText(const QString &text)
{
    QList<ImageModel> models;
    if (text.size() > kMostChars)
        return models;
    const QJsonArray list = QJsonDocument::fromJson(text.toUtf8()).array();
    for (const QJsonValue &one : list) {
        if (std::optional<ImageModel> model = decoded(one.toObject()))
            models.append(*std::move(model));
    }
    return models;
}

QString questionKey(const ImageModelQuery &query)
{
    const auto flag = [](const std::optional<bool> &value) { return value ? QString::number(int(*value)) : QString(); };
    QUrlQuery key;
    const auto add = [&key](const char *name, const QString &value) {
        if (!value.isEmpty())
            key.addQueryItem(QLatin1String(name), QString::fromLatin1(QUrl::toPercentEncoding(value)));
    };
    add("type", imageModelTypeToWire(query.type));
    add("text", query.text);
    add("visibility", query.visibility);
    add("source", query.source);
    add("sdxl", flag(query.sdxl));
    add("inpainting", flag(query.inpainting));
    return key.toString(QUrl::FullyEncoded);
}

} // namespace novita::modeljson
