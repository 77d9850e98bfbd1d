// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/money.h"
#include "core/base/result.h"
#include "core/cloud/types/chatchunk.h"
#include "core/cloud/types/chatrequest.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

namespace novita {

/// How an answer ended.
enum class ChatEnd : std::uint8_t {
    Running,  ///< it has not
    Complete,
    Length,   ///< as many tokens as were allowed
    Filtered, ///< the service's content filter
    Stopped,  ///< by the person
    CutShort, ///< by a failure: see ChatTurn::error
    ToolCall, ///< the model wanted a tool, and this chat has none
    Other,    ///< for a reason of the service's own: see ChatTurn::endReason
};

/// One message of a conversation. What is beyond `text` and `at` belongs to answers.
struct ChatTurn
{
    ChatRole role = ChatRole::User;  ///< User or Assistant
    QString text;
    TimePoint at{};                  ///< when it was sent
    QString reasoning;
    LanguageModelId model;
    ChatEnd end = ChatEnd::Complete;
    QString endReason;               ///< one word of the service
    std::optional<Error> error;      ///< of what was cut short: kind, status, reason, message, retryAfter
    std::optional<TokenUsage> usage; ///< nullopt: the service did not say
    std::optional<Money> cost;       ///< by the prices of then; nullopt: unknown
    bool isRounded = false;          ///< it cost something, but less than `cost` can say
    std::optional<Milliseconds> firstAfter; ///< from sending to the first piece
    Milliseconds took{0};            ///< from sending to the end

    /// Over the time from the first piece on; nullopt when either is not known.
    std::optional<double> tokensPerSecond() const;
    /// Whether the answer was refused, or never asked for, for certain: nothing was charged.
    bool wasRefused() const;
};

/// What answers have cost.
struct ChatSpending
{
    int answers = 0;   ///< without those that were refused
    int uncounted = 0; ///< of them, whose tokens the service did not say
    int unpriced = 0;  ///< of them, whose price is not known
    int rounded = 0;   ///< of them, that cost something, but less than Money can say
    TokenUsage tokens; ///< of the others
    Money cost;        ///< of those that have one

    bool operator==(const ChatSpending &) const = default;
    ChatSpending &operator+=(const ChatSpending &other);
    void add(const ChatTurn &answer);
};

/// A chat as it is kept and exported.
struct Conversation
{
    static constexpr qsizetype kMostTurns = 2000;
    static constexpr qsizetype kMostChars = 4 * 1024 * 1024; ///< of all texts; a conversation that has them takes no further message
    static constexpr qsizetype kMostSystem = 100'000;        ///< characters of a system prompt that is sent
    static constexpr qint64 kMostBytes = 64 * 1024 * 1024;   ///< of a file

    LanguageModelId model; ///< that is asked next
    QString system;        ///< system prompt
    ChatParameters parameters;
    QList<ChatTurn> turns;
    QString draft;         ///< what is being typed
    ChatSpending replaced; ///< on answers that gave way to others; they were charged all the same

    bool isFull() const;
    /// What is sent for the next answer: system prompt and all turns that have text.
    QList<ChatMessage> messages() const;
    bool hasReasoning() const;
    /// On all answers that have ended, replaced ones included.
    ChatSpending spending() const;

    /// Indented JSON for the file that keeps it.
    QByteArray toJson() const;
    /// The same to take along: without the draft and what cannot be sent. "content" never has the reasoning, which stands in "reasoning" or was left out;
    /// "reasoning_kept" says which.
    QByteArray exported(bool withReasoning) const;
    /// Of toJson() or exported(). ErrorKind::Storage when it is something else. Turns that make no sense are left out, parameters out of range unset; an answer that was under
    /// way has been cut short.
    static Result<Conversation> fromJson(const QByteArray &bytes);

private:
    QJsonObject json() const;
};

} // namespace novita
