// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/money.h"
#include "core/base/result.h"
#include "core/cloud/types/chatchunk.h"
#include "core/cloud/types/chatrequest.h"

#include <QByteArray>
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
    std::optional<Error> error;      ///< of what was cut short: kind, status, reason, message, retryAfter
    std::optional<TokenUsage> usage; ///< nullopt: the service did not say
    std::optional<Money> cost;       ///< by the prices of then; nullopt: unknown
    std::optional<Milliseconds> firstAfter; ///< from sending to the first piece
    Milliseconds took{0};            ///< from sending to the end

    /// Over the time from the first piece on; nullopt when either is not known.
    std::optional<double> tokensPerSecond() const;
};

/// A chat as it is kept and exported.
struct Conversation
{
    static constexpr qsizetype kMostTurns = 2000;
    static constexpr qsizetype kMostChars = 4 * 1024 * 1024; ///< of all texts; a conversation that has them takes no further message
    static constexpr qint64 kMostBytes = 64 * 1024 * 1024;   ///< of a file

    LanguageModelId model; ///< that is asked next
    QString system;        ///< system prompt
    ChatParameters parameters;
    QList<ChatTurn> turns;
    QString draft;         ///< what is being typed

    bool isFull() const;
    /// What is sent for the next answer: system prompt and all turns that have text.
    QList<ChatMessage> messages() const;
    /// Sum over the answers; nullopt unless each has a cost.
    std::optional<Money> cost() const;

    /// Indented JSON. `withDraft` for the file that keeps it; an export has none.
    QByteArray toJson(bool withDraft) const;
    /// Of toJson(). ErrorKind::Storage when it is something else. Turns that make no sense are left out, parameters out of range unset; an answer that was under
    /// way has been cut short.
    static Result<Conversation> fromJson(const QByteArray &bytes);
};

} // namespace novita
