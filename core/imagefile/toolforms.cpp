// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/toolforms.h"

#include "core/imagefile/jsontext.h"

#include <QJsonArray>
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
    return model.isObject() ? jsonText(object, {"name", "model_name", "key"}) : jsonText(model);
}

} // namespace

std::optional<ImageParameters> fromInvokeAi(const QJsonObject &metadata)
{
    ImageParameters parameters;
    parameters.prompt = jsonText(metadata, {"positive_prompt"});
    parameters.negativePrompt = jsonText(metadata, {"negative_prompt"});
    set(parameters, "Steps", jsonText(metadata, {"steps"}));
    setSampler(parameters, samplerFromLibraryName(jsonText(metadata, {"scheduler"})));
    set(parameters, "CFG scale", jsonText(metadata, {"cfg_scale"}));
    set(parameters, "Distilled CFG Scale", jsonText(metadata, {"guidance"}));
    set(parameters, "Seed", jsonText(metadata, {"seed"}));
    set(parameters, "Size", jsonSize(metadata, "width", "height"));
    set(parameters, "Model", modelName(metadata.value(QLatin1String("model"))));
    set(parameters, "VAE", modelName(metadata.value(QLatin1String("vae"))));
    set(parameters, "Denoising strength", jsonText(metadata, {"strength"}));
    set(parameters, "Clip skip", jsonText(metadata, {"clip_skip"}));
    for (const QJsonValue item : metadata.value(QLatin1String("loras")).toArray()) {
        const QJsonObject lora = item.toObject();
        const QJsonValue model = lora.contains(QLatin1String("model")) ? lora.value(QLatin1String("model")) : lora.value(QLatin1String("lora"));
        addLora(parameters, modelName(model), lora.value(QLatin1String("weight")).toDouble(1.0));
    }
    return unlessEmpty(parameters);
}

std::optional<ImageParameters> fromSwarmUi(const QJsonObject &root)
{
    const QJsonObject values = root.value(QLatin1String("sui_image_params")).toObject();
    ImageParameters parameters;
    parameters.prompt = jsonText(values, {"prompt"});
    parameters.negativePrompt = jsonText(values, {"negativeprompt"});
    set(parameters, "Steps", jsonText(values, {"steps"}));
    setSampler(parameters, samplerFromLibraryName(jsonText(values, {"sampler"}), jsonText(values, {"scheduler"})));
    set(parameters, "CFG scale", jsonText(values, {"cfgscale"}));
    set(parameters, "Distilled CFG Scale", jsonText(values, {"fluxguidancescale"}));
    set(parameters, "Seed", jsonText(values, {"seed"}));
    set(parameters, "Size", jsonSize(values, "width", "height"));
    set(parameters, "Model", jsonText(values, {"model"}));
    set(parameters, "Denoising strength", jsonText(values, {"initimagecreativity"}));
    const QJsonArray names = values.value(QLatin1String("loras")).toArray();
    const QJsonArray weights = values.value(QLatin1String("loraweights")).toArray();
    for (qsizetype i = 0; i < names.size(); ++i) {
        bool number = false;
        const double weight = jsonText(weights.at(i)).toDouble(&number);
        addLora(parameters, jsonText(names.at(i)), number ? weight : 1.0);
    }
    return unlessEmpty(parameters);
}

std::optional<ImageParameters> fromFooocus(const QJsonObject &metadata)
{
    ImageParameters parameters;
    parameters.prompt = jsonText(metadata, {"prompt"});
    parameters.negativePrompt = jsonText(metadata, {"negative_prompt"});
    set(parameters, "Steps", jsonText(metadata, {"steps"}));
    setSampler(parameters, samplerFromLibraryName(jsonText(metadata, {"sampler"}), jsonText(metadata, {"scheduler"})));
    set(parameters, "CFG scale", jsonText(metadata, {"guidance_scale"}));
    set(parameters, "Seed", jsonText(metadata, {"seed"}));
    // "(1152, 896)"
    const QStringList sides = jsonText(metadata, {"resolution"}).remove(u'(').remove(u')').split(u',');
    if (sides.size() == 2)
        set(parameters, "Size", sides.at(0).trimmed() + QLatin1Char('x') + sides.at(1).trimmed());
    set(parameters, "Model hash", jsonText(metadata, {"base_model_hash"}));
    set(parameters, "Model", jsonText(metadata, {"base_model"}));
    set(parameters, "VAE", jsonText(metadata, {"vae"}));
    set(parameters, "Clip skip", jsonText(metadata, {"clip_skip"}));
    for (const QJsonValue item : metadata.value(QLatin1String("loras")).toArray()) {
        const QJsonArray lora = item.toArray();
        addLora(parameters, jsonText(lora.at(0)), lora.at(1).toDouble(1.0));
    }
    return unlessEmpty(parameters);
}

std::optional<ImageParameters> fromNovelAi(const QJsonObject &comment, const QString &description)
{
    ImageParameters parameters;
    parameters.prompt = jsonText(comment, {"prompt"});
    if (parameters.prompt.isEmpty())
        parameters.prompt = description;
    parameters.negativePrompt = jsonText(comment, {"uc"});
    set(parameters, "Steps", jsonText(comment, {"steps"}));
    QString sampler = jsonText(comment, {"sampler"});
    if (sampler.startsWith(QLatin1String("k_")))
        sampler.remove(0, 2);
    setSampler(parameters, samplerFromLibraryName(sampler, jsonText(comment, {"noise_schedule"})));
    set(parameters, "CFG scale", jsonText(comment, {"scale"}));
    set(parameters, "Seed", jsonText(comment, {"seed"}));
    set(parameters, "Size", jsonSize(comment, "width", "height"));
    set(parameters, "Denoising strength", jsonText(comment, {"strength"}));
    return unlessEmpty(parameters);
}

} // namespace novita
