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
