// SPDX-License-Identifier: GPL-3.0-or-later
// The half of LanguageChat that asks for an answer and takes it as it comes.
#include "core/language/languagechat.h"

#include "core/language/languagemodels.h"

#include <algorithm>
#include <array>
#include <utility>

namespace novita {

namespace {

struct EndWord
{
    QLatin1String word;
    ChatEnd end;
};

/// The reference has the first two; servers behind it say the others as well.
constexpr std::array kEndWords{EndWord{QLatin1String("stop"), ChatEnd::Complete},          EndWord{QLatin1String("length"), ChatEnd::Length},
                               EndWord{QLatin1String("max_tokens"), ChatEnd::Length},       EndWord{QLatin1String("content_filter"), ChatEnd::Filtered},
                               EndWord{QLatin1String("tool_calls"), ChatEnd::ToolCall},     EndWord{QLatin1String("function_call"), ChatEnd::ToolCall},
                               EndWord{QLatin1String("eos"), ChatEnd::Complete},            EndWord{QLatin1String("end_turn"), ChatEnd::Complete},
                               EndWord{QLatin1String("stop_sequence"), ChatEnd::Complete}};

ChatEnd endOf(const ChatStream &stream, bool stopped)
{
    if (stopped)
        return ChatEnd::Stopped;
    if (stream.error())
        return ChatEnd::CutShort;
    const QString &reason = stream.finishReason();
    if (stream.callsTool() || reason.isEmpty())
        return stream.callsTool() ? ChatEnd::ToolCall : ChatEnd::Complete;
    const auto known = std::find_if(kEndWords.begin(), kEndWords.end(), [&reason](const EndWord &word) { return reason == word.word; });
    return known == kEndWords.end() ? ChatEnd::Other : known->end;
}

} // namespace

void LanguageChat::ask()
{
    ChatTurn answer;
    answer.role = ChatRole::Assistant;
    answer.model = m_now.model;
    answer.at = m_parts.clock.now();
    answer.end = ChatEnd::Running;
    m_askedAt = m_parts.clock.steadyNow();
    m_stream = m_service.chat({m_now.model, m_now.messages(), m_now.parameters});
    m_now.turns.append(std::move(answer));
    m_splitter = {};
    connect(m_stream.get(), &ChatStream::received, this, [this](const QString &text, const QString &reasoning) {
        if (!last().firstAfter)
            last().firstAfter = runningFor();
        grow(m_splitter.take(text), reasoning);
        touch();
    });
    connect(m_stream.get(), &ChatStream::finished, this, &LanguageChat::finish);
    touch();
    emit turnAdded(static_cast<int>(m_now.turns.size()) - 1);
    emit busyChanged();
    emit changed();
}

/// `reasoning` is what the service itself keeps apart.
void LanguageChat::grow(ThinkSplitter::Piece piece, const QString &reasoning)
{
    ChatTurn &turn = last();
    if (piece.recasts) {
        turn.reasoning += std::exchange(turn.text, QString());
        emit turnRecast();
    }
    piece.reasoning.prepend(reasoning);
    turn.text += piece.text;
    turn.reasoning += piece.reasoning;
    if (!piece.text.isEmpty() || !piece.reasoning.isEmpty())
        emit turnGrew(piece.text, piece.reasoning);
}

void LanguageChat::finish()
{
    grow(m_splitter.end(), {});
    ChatTurn &turn = last();
    turn.took = runningFor();
    turn.end = endOf(*m_stream, turn.end == ChatEnd::Stopped);
    if (turn.end == ChatEnd::Other)
        turn.endReason = m_stream->finishReason();
    turn.error = m_stream->error();
    turn.usage = m_stream->usage();
    priceLast();
    // Not deleted inside its own signal.
    m_stream.release()->deleteLater();
    touch();
    emit turnEnded();
    emit busyChanged();
    emit changed();
}

void LanguageChat::priceLast()
{
    ChatTurn &turn = last();
    const LanguageModel *model = turn.usage ? m_parts.models.find(turn.model.toString()) : nullptr;
    if (!model)
        return;
    turn.cost = model->costOf(turn.usage->prompt, turn.usage->completion);
    const auto counts = [](const std::optional<Money> &price, qint64 tokens) { return price && !price->isZero() && tokens > 0; };
    turn.isRounded = turn.cost && turn.cost->isZero() && (counts(model->inputPrice, turn.usage->prompt) || counts(model->outputPrice, turn.usage->completion));
}

} // namespace novita
