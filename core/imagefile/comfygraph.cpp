// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/jsontext.h"
#include "core/imagefile/toolforms.h"

#include <QJsonArray>
#include <QSet>
#include <QStringList>

#include <algorithm>

namespace novita {

namespace {

constexpr int kMostVisits = 2000;   ///< nodes looked at for one picture
constexpr int kLongestChain = 64;   ///< nodes from the sampler back to a source
constexpr qsizetype kMostLoras = 64;
constexpr qsizetype kLongestPrompt = 256 * 1024;

bool nameHas(const QString &text, const char *part)
{
    return text.contains(QLatin1String(part), Qt::CaseInsensitive);
}

/// A graph as ComfyUI ran it: id → {class_type, inputs}; an input is a value, or [id, number of the output] of another node.
class ComfyGraph
{
public:
    explicit ComfyGraph(const QJsonObject &nodes) : m_nodes(nodes) {}

    std::optional<ImageParameters> read()
    {
        const QString sampler = chosenSampler();
        if (sampler.isEmpty())
            return std::nullopt;
        readSettings(sampler);
        readPrompts(sampler);
        readModels(sampler);
        set("Size", sizeFrom(linkOf(inputsOf(sampler), {"latent_image", "samples"})));
        return m_out.isEmpty() ? std::nullopt : std::optional(m_out);
    }

private:
    using Names = std::initializer_list<const char *>;

    struct Link
    {
        QString node;
        int output = 0;
    };

    QString classOf(const QString &id) const { return m_nodes.value(id).toObject().value(QLatin1String("class_type")).toString(); }
    QJsonObject inputsOf(const QString &id) const { return m_nodes.value(id).toObject().value(QLatin1String("inputs")).toObject(); }

    static Link asLink(const QJsonValue &value)
    {
        const QJsonArray pair = value.toArray();
        return pair.size() == 2 ? Link{scalarText(pair.at(0)), pair.at(1).toInt()} : Link{};
    }

    static Link linkOf(const QJsonObject &inputs, Names names)
    {
        for (const char *name : names) {
            const Link link = asLink(inputs.value(QLatin1String(name)));
            if (!link.node.isEmpty())
                return link;
        }
        return {};
    }

    bool mayVisit() { return ++m_visits <= kMostVisits; }

    /// An input's text, followed through nodes that only hold a value.
    QString valueOf(const QJsonObject &inputs, Names names)
    {
        QSet<QString> seen;
        return valueOf(inputs, names, seen);
    }

    QString valueOf(const QJsonObject &inputs, Names names, QSet<QString> &seen)
    {
        for (const char *name : names) {
            const QJsonValue value = inputs.value(QLatin1String(name));
            const QString text = scalarText(value);
            if (!text.isEmpty())
                return text;
            const Link link = asLink(value);
            if (link.node.isEmpty() || seen.contains(link.node) || seen.size() == kLongestChain || !mayVisit())
                continue;
            seen.insert(link.node);
            const QString held = valueOf(inputsOf(link.node), {name, "value", "seed", "noise_seed", "text", "string", "int", "float", "Value", "Text"}, seen);
            if (!held.isEmpty())
                return held;
        }
        return {};
    }

    /// Whether the way back from the sampler's picture ends in an empty one, without another sampler between.
    bool beginsFromNothing(const QString &sampler)
    {
        Link at = linkOf(inputsOf(sampler), {"latent_image", "samples"});
        for (int i = 0; i < kLongestChain && !at.node.isEmpty() && mayVisit(); ++i) {
            if (isSampler(at.node))
                return false;
            if (nameHas(classOf(at.node), "Empty"))
                return true;
            at = linkOf(inputsOf(at.node), {"samples", "latent_image", "latent", "pixels"});
        }
        return false;
    }

    bool isSampler(const QString &id) const
    {
        const QString type = classOf(id);
        if (!nameHas(type, "Sampler") || nameHas(type, "SamplerSelect"))
            return false;
        const QJsonObject inputs = inputsOf(id);
        return inputs.contains(QLatin1String("positive")) || inputs.contains(QLatin1String("guider"));
    }

    QString chosenSampler()
    {
        QStringList samplers;
        for (const QString &id : m_nodes.keys()) {
            if (isSampler(id) && samplers.size() < kLongestChain)
                samplers.append(id);
        }
        std::sort(samplers.begin(), samplers.end(), [](const QString &a, const QString &b) {
            return a.size() != b.size() ? a.size() < b.size() : a < b; // as numbers, which they mostly are
        });
        for (const QString &id : std::as_const(samplers)) {
            if (beginsFromNothing(id))
                return id;
        }
        return samplers.value(0);
    }

    void set(const char *key, const QString &value)
    {
        if (!value.isEmpty())
            m_out.setValue(QString::fromLatin1(key), value);
    }

    /// The sampler's own inputs, and those of the nodes that stand in for them in a custom sampler.
    QString setting(const QString &sampler, Names names)
    {
        const QJsonObject inputs = inputsOf(sampler);
        const QString own = valueOf(inputs, names);
        if (!own.isEmpty())
            return own;
        for (const char *part : {"sigmas", "noise", "guider", "sampler"}) {
            const Link link = linkOf(inputs, {part});
            const QString text = link.node.isEmpty() ? QString() : valueOf(inputsOf(link.node), names);
            if (!text.isEmpty())
                return text;
        }
        return {};
    }

    void readSettings(const QString &sampler)
    {
        set("Steps", setting(sampler, {"steps"}));
        const SamplerName name = samplerFromLibraryName(setting(sampler, {"sampler_name"}), setting(sampler, {"scheduler"}));
        set("Sampler", name.sampler);
        set("Schedule type", name.scheduleType);
        set("CFG scale", setting(sampler, {"cfg"}));
        set("Seed", setting(sampler, {"seed", "noise_seed"}));
        const QString denoise = setting(sampler, {"denoise"});
        if (denoise != QLatin1String("1"))
            set("Denoising strength", denoise);
    }

    void readPrompts(const QString &sampler)
    {
        QJsonObject inputs = inputsOf(sampler);
        const Link guider = linkOf(inputs, {"guider"});
        if (!guider.node.isEmpty())
            inputs = inputsOf(guider.node);
        m_out.prompt = promptFrom(linkOf(inputs, {"positive", "conditioning"}), "positive");
        m_out.negativePrompt = promptFrom(linkOf(inputs, {"negative"}), "negative");
    }

    /// The texts that a conditioning is made of, a line each. `side` is which of two inputs a node that has both stands for.
    QString promptFrom(const Link &start, const char *side)
    {
        QStringList texts;
        QSet<QString> seen;
        collectPrompts(start, side, 0, seen, texts);
        texts.removeDuplicates();
        return texts.join(u'\n').left(kLongestPrompt);
    }

    void collectPrompts(const Link &link, const char *side, int depth, QSet<QString> &seen, QStringList &texts)
    {
        if (link.node.isEmpty() || depth == kLongestChain || seen.contains(link.node) || !mayVisit())
            return;
        seen.insert(link.node);
        const QJsonObject inputs = inputsOf(link.node);
        if (nameHas(classOf(link.node), "ZeroOut"))
            return;
        bool found = false;
        for (const char *name : {"text", "text_g", "text_l", "t5xxl", "clip_l", "prompt"}) {
            const QString text = valueOf(inputs, {name});
            if (!text.trimmed().isEmpty())
                texts.append(text.trimmed());
            found = found || !text.isEmpty();
        }
        set("Distilled CFG Scale", valueOf(inputs, {"guidance"}));
        if (found)
            return;
        if (inputs.contains(QLatin1String(side))) {
            collectPrompts(linkOf(inputs, {side}), side, depth + 1, seen, texts);
            return;
        }
        collectPrompts(linkOf(inputs, {"conditioning_to"}), side, depth + 1, seen, texts); // what others are added to comes first
        for (auto it = inputs.begin(); it != inputs.end(); ++it) {
            if (it.key().startsWith(QLatin1String("conditioning")))
                collectPrompts(asLink(it.value()), side, depth + 1, seen, texts);
        }
    }

    void readModels(const QString &sampler)
    {
        const QJsonObject inputs = inputsOf(sampler);
        Link at = linkOf(inputs, {"model"});
        for (const char *part : {"guider", "sigmas"}) {
            if (at.node.isEmpty())
                at = linkOf(inputsOf(linkOf(inputs, {part}).node), {"model"});
        }
        QSet<QString> seen;
        while (!at.node.isEmpty() && !seen.contains(at.node) && seen.size() < kLongestChain && mayVisit()) {
            seen.insert(at.node);
            const QJsonObject node = inputsOf(at.node);
            const QString lora = valueOf(node, {"lora_name"});
            if (!lora.isEmpty() && m_out.loras.size() < kMostLoras)
                m_out.loras.prepend({lora, node.value(QLatin1String("strength_model")).toDouble(1.0)}); // the last in the chain comes first here
            set("Model", valueOf(node, {"ckpt_name", "unet_name", "model_name"}));
            at = linkOf(node, {"model"});
        }
    }

    QString sizeFrom(Link at)
    {
        for (int i = 0; i < kLongestChain && !at.node.isEmpty() && mayVisit(); ++i) {
            const QJsonObject inputs = inputsOf(at.node);
            const QString width = valueOf(inputs, {"width"});
            const QString height = valueOf(inputs, {"height"});
            if (!width.isEmpty() && !height.isEmpty())
                return width + QLatin1Char('x') + height;
            at = linkOf(inputs, {"samples", "latent_image", "latent"});
        }
        return {};
    }

    QJsonObject m_nodes;
    ImageParameters m_out;
    int m_visits = 0;
};

} // namespace

std::optional<ImageParameters> fromComfyPrompt(const QJsonObject &graph)
{
    return ComfyGraph(graph).read();
}

} // namespace novita
