// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/language/modellistfile.h"

#include "core/base/displaytext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

namespace novita::modellistfile {

namespace {

constexpr qint64 kVersion = 1;
constexpr qsizetype kMostIdChars = 256;
constexpr qsizetype kMostDescriptionChars = 500;
constexpr qsizetype kMostCapabilities = 16;
constexpr qsizetype kMostCapabilityChars = 40;

QJsonObject toJson(const LanguageModel &model)
{
    QJsonObject out{{QStringLiteral("id"), model.id.toString()}, {QStringLiteral("title"), model.title}};
    if (!model.description.isEmpty())
        out.insert(QStringLiteral("description"), model.description);
    if (model.contextSize)
        out.insert(QStringLiteral("context"), *model.contextSize);
    if (model.inputPrice)
        out.insert(QStringLiteral("input"), model.inputPrice->priceUnits());
    if (model.outputPrice)
        out.insert(QStringLiteral("output"), model.outputPrice->priceUnits());
    if (!model.capabilities.isEmpty())
        out.insert(QStringLiteral("capabilities"), QJsonArray::fromStringList(model.capabilities));
    return out;
}

std::optional<Money> priceOf(const JsonReader &reader, QLatin1String key)
{
    const std::optional<Money> price = reader.priceUnits(key);
    return price && !price->isNegative() ? price : std::nullopt;
}

LanguageModel fromJson(const JsonReader &reader)
{
    LanguageModel model;
    model.id = LanguageModelId(reader.string(QLatin1String("id")));
    model.title = displayName(reader.string(QLatin1String("title")), model.id.toString());
    model.description = displayLine(reader.string(QLatin1String("description")), kMostDescriptionChars);
    model.contextSize = decodeCount(reader, QLatin1String("context"));
    if (model.contextSize == 0)
        model.contextSize.reset();
    model.inputPrice = priceOf(reader, QLatin1String("input"));
    model.outputPrice = priceOf(reader, QLatin1String("output"));
    const QStringList capabilities = reader.strings(QLatin1String("capabilities")).mid(0, kMostCapabilities);
    for (const QString &capability : capabilities)
        model.capabilities.append(displayLine(capability, kMostCapabilityChars));
    return model;
}

} // namespace

QByteArray written(const KeptModelList &list)
{
    QJsonArray rows;
    for (const LanguageModel &model : list.models)
        rows.append(toJson(model));
    return QJsonDocument(QJsonObject{{QStringLiteral("version"), kVersion}, {QStringLiteral("at"), qint64(list.at.time_since_epoch().count())}, {QStringLiteral("models"), rows}})
        .toJson(QJsonDocument::Compact);
}

Result<KeptModelList> read(const QByteArray &bytes)
{
    const Result<QJsonValue> json = parseJson(bytes);
    if (!json)
        return Error::make(ErrorKind::Storage, QStringLiteral("The kept list of models is damaged"));
    DecodeLog log;
    const JsonReader reader(json->toObject(), log);
    const std::optional<qint64> at = reader.integer(QLatin1String("at"));
    if (reader.integer(QLatin1String("version")) != kVersion || !at || *at <= 0)
        return Error::make(ErrorKind::Storage, QStringLiteral("The kept list of models is of another kind"));
    KeptModelList out;
    out.at = TimePoint(Milliseconds(*at));
    reader.forEach(QLatin1String("models"), [&out](const JsonReader &row) {
        if (out.models.size() < kMostModels)
            out.models.append(fromJson(row));
    });
    out.models = usable(out.models);
    return out;
}

QList<LanguageModel> usable(const QList<LanguageModel> &models)
{
    QList<LanguageModel> out;
    QSet<LanguageModelId> seen;
    for (const LanguageModel &model : models) {
        if (model.id.isEmpty() || model.id.toString().size() > kMostIdChars || seen.contains(model.id))
            continue;
        if (out.size() == kMostModels)
            break;
        seen.insert(model.id);
        out.append(model);
    }
    return out;
}

} // namespace novita::modellistfile
