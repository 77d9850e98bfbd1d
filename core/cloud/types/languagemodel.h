// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/base/jsonreader.h"
#include "core/base/money.h"
#include "core/cloud/types/common.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace novita {

/// One entry of GET /openai/v1/models.
struct LanguageModel
{
    LanguageModelId id;                 ///< as sent: goes into chat requests verbatim
    QString title;                      ///< one line; the id where the answer has none
    QString description;                ///< one line, at most 500 characters
    std::optional<int> contextSize;     ///< tokens
    std::optional<Money> inputPrice;    ///< per million tokens; nullopt is unknown, zero is free
    std::optional<Money> outputPrice;   ///< per million tokens
    QStringList capabilities;           ///< "function-calling", "reasoning", "image input": words of the service; empty is unknown

    bool operator==(const LanguageModel &) const = default;

    /// Cost of so many tokens, half up; nullopt unless both prices are known. Negative counts are 0.
    std::optional<Money> costOf(qint64 inputTokens, qint64 outputTokens) const;
};

/// Prices arrive in 1/10000 USD per million tokens (media-notes 3.22; the unit is from other clients, not from the page).
LanguageModel decodeLanguageModel(const JsonReader &reader);

/// The id without what other programs put before it: "@", "novita/", "models/", "api/".
QString plainModelName(const QString &id);

/// The five that are offered when there is neither an answer nor a kept list: names and context, no prices.
RowList<LanguageModel> builtInLanguageModels();

} // namespace novita
