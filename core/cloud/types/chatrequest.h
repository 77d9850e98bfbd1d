// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/cloud/types/answerform.h"

#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>

namespace novita {

enum class ChatRole : std::uint8_t { System, User, Assistant };

struct ChatMessage
{
    ChatRole role = ChatRole::User;
    QString text;
    bool operator==(const ChatMessage &) const = default;
};

/// How a model is to answer. What is unset is left to the server. The ranges are those of the chat endpoint.
struct ChatParameters
{
    int maxTokens = 1024;                    ///< from 1; marked as required, lowered by the server to fit the context
    std::optional<double> temperature;       ///< 0-2
    std::optional<double> topP;              ///< 0-1
    std::optional<int> topK;                 ///< 1-128
    std::optional<double> minP;              ///< 0-1
    std::optional<double> frequencyPenalty;  ///< -2 to 2
    std::optional<double> presencePenalty;   ///< -2 to 2
    std::optional<double> repetitionPenalty; ///< 0-2
    std::optional<qint64> seed;
    QStringList stop;                        ///< at most 4, none empty
    QMap<int, int> logitBias;                ///< by token id, from 0: -100 to 100; at most 300
    std::optional<bool> thinking;            ///< of models that can do both
    std::optional<bool> separateReasoning;   ///< reasoning apart from the answer, of models that can
    AnswerForm form;

    static constexpr int kMostTopK = 128;
    static constexpr int kMostBias = 100;
    static constexpr qsizetype kMostStops = 4;
    static constexpr qsizetype kMostBiases = 300;

    bool operator==(const ChatParameters &) const = default;

    /// What is set, under the names of the endpoint.
    QJsonObject toJson() const;
    /// Sentences about what is out of range, in the order of the members.
    QStringList problems() const;
};

struct ChatRequest
{
    LanguageModelId model;
    QList<ChatMessage> messages; ///< at least one
    ChatParameters parameters;

    /// The body of POST /openai/v1/chat/completions for a streamed answer that ends with the token counts.
    QJsonObject toJson() const;
};

} // namespace novita
