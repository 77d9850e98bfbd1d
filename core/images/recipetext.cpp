// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/recipetext.h"

#include "core/base/isotime.h"
#include "core/cloud/endpoints/fieldnames.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <array>
#include <cmath>

namespace novita::recipetext {

namespace {

constexpr QLatin1String kModelKey("model");
constexpr QLatin1String kStrengthKey("strength");
constexpr QLatin1String kWidthKey("width");
constexpr QLatin1String kHeightKey("height");
constexpr QLatin1String kRecipe("recipe");
constexpr qint64 kLargestSeed = qint64(1) << 53; // JSON carries no more

/// Their values are keys into the pictures of this computer.
bool isPicture(const QString &name)
{
    static constexpr std::array kPictures{fields::kImage, fields::kImages, fields::kMask, fields::kFaceImage, fields::kControlNets, fields::kIpAdapters};
    return std::find(kPictures.begin(), kPictures.end(), name) != kPictures.end();
}

QJsonObject shareable(const QJsonObject &values)
{
    QJsonObject out;
    for (auto value = values.begin(); value != values.end(); ++value) {
        if (!isPicture(value.key()))
            out.insert(value.key(), value.value());
    }
    return out;
}

QString numberText(const QJsonValue &value)
{
    return value.isDouble() ? QString::number(value.toDouble(), 'g', 15) : QString();
}

/// The stem of a file name: what other programs call the model.
QString modelName(QString file)
{
    static const QRegularExpression &ending = *new QRegularExpression(QStringLiteral("\\.(safetensors|ckpt|pt|bin)$"), QRegularExpression::CaseInsensitiveOption);
    return file.remove(ending);
}

QList<LoraUse> lorasOf(const QJsonObject &values)
{
    QList<LoraUse> loras;
    for (const QJsonValue &entry : values.value(fields::kLoras).toArray()) {
        const QJsonObject lora = entry.toObject();
        loras.append({modelName(lora.value(kModelKey).toString()), lora.value(kStrengthKey).toDouble(1)});
    }
    return loras;
}

struct NumberKey
{
    QLatin1String field;
    const char *key;
    bool isInteger;
};
constexpr std::array kNumbers{
    NumberKey{fields::kSteps, "Steps", true},
    NumberKey{fields::kGuidance, "CFG scale", false},
    NumberKey{fields::kSeed, "Seed", true},
    NumberKey{fields::kStrength, "Denoising strength", false},
    NumberKey{fields::kClipSkip, "Clip skip", true},
};

ImageParameters parametersOf(const ImageJob &job, std::optional<qint64> seed, const QSize &size)
{
    QJsonObject values = job.recipe;
    if (seed)
        values.insert(fields::kSeed, *seed);
    else if (values.value(fields::kSeed).toDouble(-1) < 0)
        values.remove(fields::kSeed); // drawn by the server, which does not tell
    ImageParameters parameters;
    parameters.prompt = values.value(fields::kPrompt).toString();
    parameters.negativePrompt = values.value(fields::kNegativePrompt).toString();
    parameters.loras = lorasOf(values);
    const SamplerName sampler = splitSamplerName(values.value(fields::kSampler).toString());
    parameters.setValue(QStringLiteral("Steps"), numberText(values.value(fields::kSteps)));
    parameters.setValue(QStringLiteral("Sampler"), sampler.sampler);
    parameters.setValue(QStringLiteral("Schedule type"), sampler.scheduleType.isEmpty() ? values.value(fields::kScheduler).toString() : sampler.scheduleType);
    for (const NumberKey &number : kNumbers)
        parameters.setValue(QString::fromLatin1(number.key), numberText(values.value(number.field)));
    if (!size.isEmpty())
        parameters.setValue(QStringLiteral("Size"), QStringLiteral("%1x%2").arg(size.width()).arg(size.height()));
    parameters.setValue(QStringLiteral("Model"), modelName(values.value(fields::kModel).toString(job.endpoint)));
    parameters.setValue(QStringLiteral("VAE"), modelName(values.value(fields::kVae).toString()));
    parameters.setValue(QStringLiteral("Version"), QStringLiteral("Novita Console " NOVITA_VERSION));
    return parameters;
}

std::optional<QJsonObject> sizeFromText(const QString &text)
{
    static const QRegularExpression &form = *new QRegularExpression(QStringLiteral("^(\\d{1,5})x(\\d{1,5})$"));
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    return QJsonObject{{kWidthKey, match.captured(1).toInt()}, {kHeightKey, match.captured(2).toInt()}};
}

/// Values are anybody's text.
void takeNumbers(const ImageParameters &parameters, QJsonObject &values)
{
    for (const NumberKey &number : kNumbers) {
        bool ok = false;
        const double value = parameters.value(QString::fromLatin1(number.key)).toDouble(&ok);
        const bool fits = std::isfinite(value) && std::abs(value) <= static_cast<double>(kLargestSeed) && (!number.isInteger || value == std::floor(value));
        if (ok && fits)
            values.insert(number.field, value);
    }
}

Recipe recipeOfParameters(const ImageParameters &parameters)
{
    QJsonObject values;
    values.insert(fields::kPrompt, promptWithoutLoras(parameters.prompt));
    if (!parameters.negativePrompt.isEmpty())
        values.insert(fields::kNegativePrompt, parameters.negativePrompt);
    takeNumbers(parameters, values);
    const QString sampler = joinSamplerName({parameters.value(u"Sampler"), parameters.value(u"Schedule type")});
    if (!sampler.isEmpty())
        values.insert(fields::kSampler, sampler);
    if (const std::optional<QJsonObject> size = sizeFromText(parameters.value(u"Size")))
        values.insert(fields::kSize, *size);
    for (const auto &[field, key] : {std::pair(fields::kModel, u"Model"), std::pair(fields::kVae, u"VAE")}) {
        if (const QString name = parameters.value(key); !name.isEmpty())
            values.insert(field, name);
    }
    QJsonArray loras;
    for (const LoraUse &lora : parameters.loras)
        loras.append(QJsonObject{{kModelKey, lora.name}, {kStrengthKey, lora.weight}});
    if (!loras.isEmpty())
        values.insert(fields::kLoras, loras);
    return {QString(), values};
}

/// Times of one clock: from two of them nobody could tell how long it took.
void addTimes(const ImageJob &job, const Making &making, QJsonObject &json)
{
    const bool isServers = making.submittedAt && making.completedAt && *making.submittedAt <= *making.completedAt;
    if (const std::optional<TimePoint> submitted = isServers ? making.submittedAt : job.submittedAt)
        json.insert(QStringLiteral("submitted"), isoTime(*submitted));
    if (isServers)
        json.insert(QStringLiteral("finished"), isoTime(*making.completedAt));
}

void addCost(const GenerationEstimate &estimate, QJsonObject &json)
{
    if (!estimate.price || estimate.price->isZero()) // less than the smallest unit is not nothing
        return;
    const QJsonObject cost{{QStringLiteral("amount"), estimate.price->toPlainString()}, {QStringLiteral("currency"), QStringLiteral("USD")}, {QStringLiteral("results"), estimate.results}};
    json.insert(QStringLiteral("estimatedCost"), cost);
}

} // namespace

MetadataToWrite metadataOf(const ImageJob &job, std::optional<qint64> seed, const QSize &size, const Making &making)
{
    MetadataToWrite metadata;
    metadata.parameters = parametersOf(job, seed, size);
    QJsonObject values = shareable(job.recipe);
    if (seed)
        values.insert(fields::kSeed, *seed);
    metadata.json = {{kRecipe, Recipe{job.endpoint, values}.toJson()}};
    if (!job.promptTemplate.isEmpty())
        metadata.json.insert(QStringLiteral("template"), job.promptTemplate);
    if (!job.task.isEmpty())
        metadata.json.insert(QStringLiteral("task"), job.task);
    addTimes(job, making, metadata.json);
    addCost(making.estimate, metadata.json);
    metadata.source = job.inputs.isEmpty() ? DigitalSource::TrainedAlgorithmicMedia : DigitalSource::CompositeWithTrainedAlgorithmicMedia;
    return metadata;
}

std::optional<Recipe> recipeOf(const ImageMetadata &metadata)
{
    if (const std::optional<Recipe> ours = Recipe::fromJson(metadata.json.value(kRecipe).toObject()))
        return Recipe{ours->endpoint, shareable(ours->values)};
    return metadata.parameters.isEmpty() ? std::nullopt : std::optional(recipeOfParameters(metadata.parameters));
}

} // namespace novita::recipetext
