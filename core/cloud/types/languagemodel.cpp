// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/languagemodel.h"

#include "core/base/displaytext.h"

#include <algorithm>

namespace novita {

namespace {

constexpr qint64 kTokensPerPrice = 1'000'000;
constexpr qsizetype kMostDescriptionChars = 500;

/// Absent is unknown; a negative price is none.
std::optional<Money> priceOf(const JsonReader &reader, QLatin1String key)
{
    const std::optional<Money> price = reader.billingUnits(key);
    return price && !price->isNegative() ? price : std::nullopt;
}

/// What the service calls features, and what the model reads beside text. Neither is in the reference; other clients read both.
QStringList capabilitiesOf(const JsonReader &reader)
{
    constexpr qsizetype kMost = 16;
    constexpr qsizetype kMostChars = 40;
    QStringList out;
    const auto add = [&out](const QString &word) {
        const QString line = displayLine(word, kMostChars);
        if (!line.isEmpty() && out.size() < kMost && !out.contains(line))
            out.append(line);
    };
    const QStringList features = reader.strings(QLatin1String("features"));
    for (const QString &feature : features) {
        if (feature != QLatin1String("serverless")) // where it runs, not what it can
            add(feature);
    }
    const QStringList inputs = reader.strings(QLatin1String("input_modalities"));
    for (const QString &input : inputs) {
        if (input != QLatin1String("text"))
            add(input + QStringLiteral(" input"));
    }
    return out;
}

LanguageModel builtIn(const char *id, const char *title, int context)
{
    LanguageModel model;
    model.id = LanguageModelId(QString::fromLatin1(id));
    model.title = QString::fromLatin1(title);
    model.contextSize = context;
    return model;
}

} // namespace

std::optional<Money> LanguageModel::costOf(qint64 inputTokens, qint64 outputTokens) const
{
    if (!inputPrice || !outputPrice)
        return std::nullopt;
    const qint64 millionfold = (*inputPrice * std::max<qint64>(0, inputTokens) + *outputPrice * std::max<qint64>(0, outputTokens)).priceUnits();
    return Money::fromPriceUnits(millionfold / kTokensPerPrice + (millionfold % kTokensPerPrice >= kTokensPerPrice / 2 ? 1 : 0));
}

LanguageModel decodeLanguageModel(const JsonReader &reader)
{
    LanguageModel model;
    model.id = LanguageModelId(reader.string(QLatin1String("id")));
    model.title = displayName(reader.string(QLatin1String("title")), model.id.toString());
    model.description = displayLine(reader.string(QLatin1String("description")), kMostDescriptionChars);
    model.contextSize = decodeCount(reader, QLatin1String("context_size"));
    if (model.contextSize == 0)
        model.contextSize.reset();
    model.inputPrice = priceOf(reader, QLatin1String("input_token_price_per_m"));
    model.outputPrice = priceOf(reader, QLatin1String("output_token_price_per_m"));
    model.capabilities = capabilitiesOf(reader);
    return model;
}

QString plainModelName(const QString &id)
{
    QString plain = id.trimmed();
    for (const QLatin1String prefix : {QLatin1String("@"), QLatin1String("novita/"), QLatin1String("models/"), QLatin1String("api/")}) {
        if (plain.startsWith(prefix))
            plain.remove(0, prefix.size());
    }
    return plain;
}

RowList<LanguageModel> builtInLanguageModels()
{
    return {QList<LanguageModel>{builtIn("qwen3-235b-thinking", "Qwen3 235B Thinking", 32768), builtIn("qwen3-max", "Qwen3 Max", 32768),
                                 builtIn("deepseek-v3", "DeepSeek V3", 64000), builtIn("llama-3.3-70b", "Llama 3.3 70B", 8192),
                                 builtIn("mistral-nemo", "Mistral Nemo", 8192)}};
}

} // namespace novita
