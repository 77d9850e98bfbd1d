// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/toolforms.h"

#include "core/imagefile/jsontext.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QStringList>

namespace novita {

namespace {

constexpr qsizetype kMostLoras = 64;

void set(ImageParameters &parameters, const char *key, const QString &value)
{
    if (!value.isEmpty())
        parameters.setValue(QString::fromLatin1(key), value);
}

void setSampler(ImageParameters &parameters, const SamplerName &name)
{
    set(parameters, "Sampler", name.sampler);
    set(parameters, "Schedule type", name.scheduleType);
}

void addLora(ImageParameters &parameters, const QString &name, double weight)
{
    if (!name.isEmpty() && parameters.loras.size() < kMostLoras)
        parameters.loras.append({name, weight});
}

/// Nothing when the JSON said nothing that is known: it was of another kind then.
std::optional<ImageParameters> unlessEmpty(const ImageParameters &parameters)
{
    return parameters.isEmpty() ? std::nullopt : std::optional(parameters);
}

/// A model stands as text, or as an object that names it in one of several ways, by version.
QString modelName(const QJsonValue &model)
{
    const QJsonObject object = model.toObject();
    return model.isObject() ? scalarText(object, {"name", "model_name", "key"}) : scalarText(model);
}

} // namespace

std::optional<ImageParameters> fromInvokeAi(const QJsonObject &metadata)
{
    ImageParameters parameters;
    parameters.prompt = scalarText(metadata, {"positive_prompt"});
    parameters.negativePrompt = scalarText(metadata, {"negative_prompt"});
    set(parameters, "Steps", scalarText(metadata, {"steps"}));
    setSampler(parameters, samplerFromLibraryName(scalarText(metadata, {"scheduler"})));
    set(parameters, "CFG scale", scalarText(metadata, {"cfg_scale"}));
    set(parameters, "Distilled CFG Scale", scalarText(metadata, {"guidance"}));
    set(parameters, "Seed", scalarText(metadata, {"seed"}));
    set(parameters, "Size", jsonSize(metadata, "width", "height"));
    set(parameters, "Model", modelName(metadata.value(QLatin1String("model"))));
    set(parameters, "VAE", modelName(metadata.value(QLatin1String("vae"))));
    set(parameters, "Denoising strength", scalarText(metadata, {"strength"}));
    set(parameters, "Clip skip", scalarText(metadata, {"clip_skip"}));
    for (const QJsonValue item : metadata.value(QLatin1String("loras")).toArray()) {
        const QJsonObject lora = item.toObject();
        const QJsonValue model = lora.contains(QLatin1String("model")) ? lora.value(QLatin1String("model")) : lora.value(QLatin1String("lora"));
        addLora(parameters, modelName(model), lora.value(QLatin1String("weight")).toDouble(1.0));
    }
    return unlessEmpty(parameters);
}

std::optional<ImageParameters> fromOldInvokeAi(const QJsonObject &metadata)
{
    const QJsonObject image = metadata.value(QLatin1String("image")).toObject();
    ImageParameters parameters;
    // One text, or several with weights, of which the first counts most by far.
    const QJsonValue prompt = image.value(QLatin1String("prompt"));
    const QString text = prompt.isArray() ? scalarText(prompt[0].toObject(), {"prompt"}) : scalarText(prompt);
    static const QRegularExpression &unwanted = *new QRegularExpression(QStringLiteral("\\[([^\\[\\]]*)\\]"));
    QStringList negative;
    for (auto match = unwanted.globalMatch(text); match.hasNext();)
        negative.append(match.next().captured(1).trimmed());
    parameters.prompt = QString(text).remove(unwanted).trimmed();
    parameters.negativePrompt = negative.join(QStringLiteral(", "));
    set(parameters, "Steps", scalarText(image, {"steps"}));
    QString sampler = scalarText(image, {"sampler"});
    if (sampler.startsWith(QLatin1String("k_")))
        sampler.remove(0, 2);
    setSampler(parameters, samplerFromLibraryName(sampler));
    set(parameters, "CFG scale", scalarText(image, {"cfg_scale"}));
    set(parameters, "Seed", scalarText(image, {"seed"}));
    set(parameters, "Size", jsonSize(image, "width", "height"));
    set(parameters, "Denoising strength", scalarText(image, {"strength"}));
    set(parameters, "Model", scalarText(metadata, {"model_weights"}));
    return unlessEmpty(parameters);
}

std::optional<ImageParameters> fromSwarmUi(const QJsonObject &root)
{
    const QJsonObject values = root.value(QLatin1String("sui_image_params")).toObject();
    ImageParameters parameters;
    parameters.prompt = scalarText(values, {"prompt"});
    parameters.negativePrompt = scalarText(values, {"negativeprompt"});
    set(parameters, "Steps", scalarText(values, {"steps"}));
    setSampler(parameters, samplerFromLibraryName(scalarText(values, {"sampler"}), scalarText(values, {"scheduler"})));
    set(parameters, "CFG scale", scalarText(values, {"cfgscale"}));
    set(parameters, "Distilled CFG Scale", scalarText(values, {"fluxguidancescale"}));
    set(parameters, "Seed", scalarText(values, {"seed"}));
    set(parameters, "Size", jsonSize(values, "width", "height"));
    set(parameters, "Model", scalarText(values, {"model"}));
    set(parameters, "Denoising strength", scalarText(values, {"initimagecreativity"}));
    const QJsonArray names = values.value(QLatin1String("loras")).toArray();
    const QJsonArray weights = values.value(QLatin1String("loraweights")).toArray();
    for (qsizetype i = 0; i < names.size(); ++i) {
        bool number = false;
        const double weight = scalarText(weights.at(i)).toDouble(&number);
        addLora(parameters, scalarText(names.at(i)), number ? weight : 1.0);
    }
    return unlessEmpty(parameters);
}

std::optional<ImageParameters> fromFooocus(const QJsonObject &metadata)
{
    ImageParameters parameters;
    parameters.prompt = scalarText(metadata, {"prompt"});
    parameters.negativePrompt = scalarText(metadata, {"negative_prompt"});
    set(parameters, "Steps", scalarText(metadata, {"steps"}));
    setSampler(parameters, samplerFromLibraryName(scalarText(metadata, {"sampler"}), scalarText(metadata, {"scheduler"})));
    set(parameters, "CFG scale", scalarText(metadata, {"guidance_scale"}));
    set(parameters, "Seed", scalarText(metadata, {"seed"}));
    // "(1152, 896)"
    const QStringList sides = scalarText(metadata, {"resolution"}).remove(u'(').remove(u')').split(u',');
    if (sides.size() == 2)
        set(parameters, "Size", sides.at(0).trimmed() + QLatin1Char('x') + sides.at(1).trimmed());
    set(parameters, "Model hash", scalarText(metadata, {"base_model_hash"}));
    set(parameters, "Model", scalarText(metadata, {"base_model"}));
    set(parameters, "VAE", scalarText(metadata, {"vae"}));
    set(parameters, "Clip skip", scalarText(metadata, {"clip_skip"}));
    for (const QJsonValue item : metadata.value(QLatin1String("loras")).toArray()) {
        const QJsonArray lora = item.toArray();
        addLora(parameters, scalarText(lora.at(0)), lora.at(1).toDouble(1.0));
    }
    return unlessEmpty(parameters);
}

std::optional<ImageParameters> fromNovelAi(const QJsonObject &comment, const QString &description)
{
    ImageParameters parameters;
    parameters.prompt = scalarText(comment, {"prompt"});
    if (parameters.prompt.isEmpty())
        parameters.prompt = description;
    parameters.negativePrompt = scalarText(comment, {"uc"});
    set(parameters, "Steps", scalarText(comment, {"steps"}));
    QString sampler = scalarText(comment, {"sampler"});
    if (sampler.startsWith(QLatin1String("k_")))
        sampler.remove(0, 2);
    setSampler(parameters, samplerFromLibraryName(sampler, scalarText(comment, {"noise_schedule"})));
    set(parameters, "CFG scale", scalarText(comment, {"scale"}));
    set(parameters, "Seed", scalarText(comment, {"seed"}));
    set(parameters, "Size", jsonSize(comment, "width", "height"));
    set(parameters, "Denoising strength", scalarText(comment, {"strength"}));
    return unlessEmpty(parameters);
}

} // namespace novita
