// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/jsontext.h"
#include "core/imagefile/toolforms.h"

#include <QHash>
#include <QJsonArray>
#include <QStringList>

namespace novita {

namespace {

constexpr qsizetype kMostParts = 10'000; ///< nodes, and links between them
constexpr qsizetype kMostInputs = 64;    ///< of one node

/// What the settings of a drawn node are called, in their order; empty: one that is passed over.
QStringList widgetNames(const QString &type)
{
    const auto names = [](const char *text) { return QString::fromLatin1(text).split(u' '); };
    if (type == QLatin1String("KSampler"))
        return names("seed control_after_generate steps cfg sampler_name scheduler denoise");
    if (type == QLatin1String("KSamplerAdvanced"))
        return names("add_noise noise_seed control_after_generate steps cfg sampler_name scheduler");
    if (type == QLatin1String("KSamplerSelect"))
        return names("sampler_name");
    if (type == QLatin1String("BasicScheduler"))
        return names("scheduler steps denoise");
    if (type == QLatin1String("RandomNoise"))
        return names("noise_seed");
    if (type == QLatin1String("CFGGuider"))
        return names("cfg");
    if (type == QLatin1String("FluxGuidance"))
        return names("guidance");
    if (type == QLatin1String("CLIPTextEncode"))
        return names("text");
    if (type == QLatin1String("CheckpointLoaderSimple"))
        return names("ckpt_name");
    if (type == QLatin1String("UNETLoader"))
        return names("unet_name");
    if (type == QLatin1String("LoraLoader") || type == QLatin1String("LoraLoaderModelOnly"))
        return names("lora_name strength_model");
    if (type.startsWith(QLatin1String("Empty")) && type.contains(QLatin1String("Latent")))
        return names("width height");
    return {};
}

} // namespace

std::optional<ImageParameters> fromComfyWorkflow(const QJsonObject &workflow)
{
    QHash<qint64, QJsonArray> sources; // number of a link → [node, output]
    for (const QJsonValue item : workflow.value(QLatin1String("links")).toArray()) {
        const QJsonArray link = item.toArray();
        if (link.size() >= 3 && sources.size() < kMostParts)
            sources.insert(link.at(0).toInteger(), QJsonArray{scalarText(link.at(1)), link.at(2)});
    }
    QJsonObject graph;
    for (const QJsonValue item : workflow.value(QLatin1String("nodes")).toArray()) {
        const QJsonObject node = item.toObject();
        const QString type = node.value(QLatin1String("type")).toString();
        QJsonObject inputs;
        const QJsonArray values = node.value(QLatin1String("widgets_values")).toArray();
        const QStringList names = widgetNames(type);
        for (qsizetype i = 0; i < qMin(names.size(), values.size()); ++i)
            inputs.insert(names.at(i), values.at(i));
        for (const QJsonValue value : node.value(QLatin1String("inputs")).toArray()) {
            const QJsonObject input = value.toObject();
            const QJsonValue link = input.value(QLatin1String("link"));
            const QString name = input.value(QLatin1String("name")).toString();
            if (link.isDouble() && sources.contains(link.toInteger()) && inputs.size() < kMostInputs)
                inputs.insert(name, sources.value(link.toInteger()));
        }
        if (graph.size() < kMostParts)
            graph.insert(scalarText(node.value(QLatin1String("id"))), QJsonObject{{QStringLiteral("class_type"), type}, {QStringLiteral("inputs"), inputs}});
    }
    return fromComfyPrompt(graph);
}

} // namespace novita
