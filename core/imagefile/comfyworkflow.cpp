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
constexpr int kMostBends = 16;           ///< of one line

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
    if (type.startsWith(QLatin1String("Primitive")))
        return names("value");
    return {};
}

/// Where the lines of a drawing come from, straight through the nodes that only bend them.
class Lines
{
public:
    explicit Lines(const QJsonObject &workflow)
    {
        for (const QJsonValue item : workflow.value(QLatin1String("links")).toArray()) {
            const QJsonArray link = item.toArray();
            if (link.size() >= 3 && m_sources.size() < kMostParts)
                m_sources.insert(link.at(0).toInteger(), QJsonArray{scalarText(link.at(1)), link.at(2)});
        }
        for (const QJsonValue item : workflow.value(QLatin1String("nodes")).toArray()) {
            const QJsonValue link = item[QLatin1String("inputs")][0][QLatin1String("link")];
            if (item[QLatin1String("type")].toString() == QLatin1String("Reroute") && link.isDouble() && m_bends.size() < kMostParts)
                m_bends.insert(scalarText(item[QLatin1String("id")]), link.toInteger());
        }
    }

    /// [node, output], or an empty array.
    QJsonArray sourceOf(qint64 link) const
    {
        QJsonArray source = m_sources.value(link);
        for (int i = 0; i < kMostBends && m_bends.contains(source.at(0).toString()); ++i)
            source = m_sources.value(m_bends.value(source.at(0).toString()));
        return source;
    }

private:
    QHash<qint64, QJsonArray> m_sources; // by the number of the line
    QHash<QString, qint64> m_bends;      // by node: the line that comes in
};

} // namespace

std::optional<ImageParameters> fromComfyWorkflow(const QJsonObject &workflow)
{
    const Lines lines(workflow);
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
            const QJsonArray source = link.isDouble() ? lines.sourceOf(link.toInteger()) : QJsonArray();
            if (!source.isEmpty() && inputs.size() < kMostInputs)
                inputs.insert(name, source);
        }
        if (graph.size() < kMostParts)
            graph.insert(scalarText(node.value(QLatin1String("id"))), QJsonObject{{QStringLiteral("class_type"), type}, {QStringLiteral("inputs"), inputs}});
    }
    return fromComfyPrompt(graph);
}

} // namespace novita
