// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/jsonreader.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <cstdint>
#include <optional>

namespace novita {

/// What the service counted. What it says beyond kMost is taken as that.
struct TokenUsage
{
    static constexpr qint64 kMost = 1'000'000'000'000;

    qint64 prompt = 0;
    qint64 completion = 0;
    qint64 total = 0;
    bool operator==(const TokenUsage &) const = default;
};

/// What one chunk adds to one choice.
struct ChatDelta
{
    int index = 0;
    QString content;
    QString reasoning;    ///< reasoning_content of models that keep it apart
    QString finishReason; ///< "stop", "length"; empty while it goes on
    bool callsTool = false; ///< it names a tool; what it wants of it is not read
    bool operator==(const ChatDelta &) const = default;
};

/// One event of a streamed chat answer.
struct ChatChunk
{
    static constexpr qsizetype kMostChoices = 128;

    bool done = false;               ///< the event was [DONE]: nothing follows
    QString id;
    QString model;
    QList<ChatDelta> choices;        ///< empty in the chunk that carries the usage
    std::optional<TokenUsage> usage; ///< on whichever chunk it comes
    bool operator==(const ChatChunk &) const = default;
};

/// A chunk; or a whole answer, whose choices have a message in place of a delta.
ChatChunk decodeChatChunk(const JsonReader &reader);

/// The data of one event, or the body of an answer that was not streamed. An error object instead ({code, reason, message}, or OpenAI's
/// {error}) is an Error with the server's words, and with its code as httpStatus where that is one; what is no JSON is
/// ErrorKind::Protocol. Bytes that are no UTF-8 are read as U+FFFD. No error holds an excerpt of what was written.
Result<ChatChunk> readChatEvent(const QByteArray &data);

} // namespace novita
