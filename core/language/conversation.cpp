// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/language/conversation.h"

#include <algorithm>

namespace novita {

std::optional<double> ChatTurn::tokensPerSecond() const
{
    if (!usage || usage->completion <= 0 || !firstAfter || took <= *firstAfter)
        return std::nullopt;
    constexpr double kMillisecondsPerSecond = 1000;
    return static_cast<double>(usage->completion) * kMillisecondsPerSecond / static_cast<double>((took - *firstAfter).count());
}

bool Conversation::isFull() const
{
    qsizetype chars = system.size();
    for (const ChatTurn &turn : turns)
        chars += turn.text.size() + turn.reasoning.size();
    return turns.size() + 2 > kMostTurns || chars >= kMostChars;
}

QList<ChatMessage> Conversation::messages() const
{
    QList<ChatMessage> out;
    if (!system.trimmed().isEmpty())
        out.append({ChatRole::System, system});
    for (const ChatTurn &turn : turns) {
        if (!turn.text.isEmpty())
            out.append({turn.role, turn.text});
    }
    return out;
}

bool Conversation::hasReasoning() const
{
    return std::any_of(turns.begin(), turns.end(), [](const ChatTurn &turn) { return !turn.reasoning.isEmpty(); });
}

ChatSpending Conversation::spending() const
{
    ChatSpending sum = replaced;
    for (const ChatTurn &turn : turns)
        sum.add(turn);
    return sum;
}

bool ChatTurn::wasRefused() const
{
    if (end != ChatEnd::CutShort || !error || error->effectUnknown || usage || !text.isEmpty() || !reasoning.isEmpty())
        return false;
    constexpr int kFirstRefusal = 400;
    constexpr int kFirstTrouble = 500;
    const bool isAnswer = error->httpStatus >= kFirstRefusal && error->httpStatus < kFirstTrouble;
    const bool isUnsent = error->httpStatus == 0 && error->kind != ErrorKind::Protocol && error->kind != ErrorKind::Server && !error->isCanceled();
    return isAnswer || isUnsent;
}

void ChatSpending::add(const ChatTurn &answer)
{
    if (answer.role != ChatRole::Assistant || answer.end == ChatEnd::Running || answer.wasRefused())
        return;
    ++answers;
    if (answer.usage) {
        tokens.prompt += answer.usage->prompt;
        tokens.completion += answer.usage->completion;
        tokens.total += answer.usage->prompt + answer.usage->completion;
    } else {
        ++uncounted;
    }
    if (answer.cost)
        cost += *answer.cost;
    else
        ++unpriced;
    if (answer.isRounded)
        ++rounded;
}

ChatSpending &ChatSpending::operator+=(const ChatSpending &other)
{
    answers += other.answers;
    uncounted += other.uncounted;
    unpriced += other.unpriced;
    rounded += other.rounded;
    tokens.prompt += other.tokens.prompt;
    tokens.completion += other.tokens.completion;
    tokens.total += other.tokens.total;
    cost += other.cost;
    return *this;
}

} // namespace novita
