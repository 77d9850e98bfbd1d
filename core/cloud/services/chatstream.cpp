// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/chatstream.h"

#include "core/net/apiclient.h"

#include <QPointer>

#include <utility>

namespace novita {

ChatStream::ChatStream(ApiClient &client, ApiRequest request, QObject *parent) : QObject(parent)
{
    request.onBytes = [self = QPointer<ChatStream>(this)](const QByteArray &bytes) {
        if (self)
            self->take(bytes);
    };
    auto *call = m_call.reset(client.call<Done>(request, [](const QJsonValue &, DecodeLog &) { return Done{}; }));
    call->onFinished(this, [this](const Result<Done> &result) { answered(result); });
}

ChatStream::~ChatStream() = default;

void ChatStream::stop()
{
    end(std::nullopt);
}

void ChatStream::take(const QByteArray &bytes)
{
    const QPointer<ChatStream> self(this);
    const QList<QByteArray> events = m_reader.take(bytes);
    for (const QByteArray &event : events) {
        adopt(event);
        if (!self || !m_running)
            return;
    }
    if (m_reader.isBroken())
        end(Error::protocol(ProtocolFault::TooLarge, QStringLiteral("An event of the answer is too long")));
}

void ChatStream::adopt(const QByteArray &event)
{
    const Result<ChatChunk> chunk = readChatEvent(event);
    if (!chunk) {
        end(chunk.error());
        return;
    }
    m_complete = m_complete || chunk->done;
    if (chunk->usage)
        m_usage = chunk->usage;
    QString content;
    QString reasoning;
    for (const ChatDelta &delta : chunk->choices) {
        if (delta.index != 0)
            continue;
        content += delta.content;
        reasoning += delta.reasoning;
        if (!delta.finishReason.isEmpty())
            m_finishReason = delta.finishReason;
    }
    if (m_content.size() + m_reasoning.size() + content.size() + reasoning.size() > kMostChars) {
        end(Error::protocol(ProtocolFault::TooLarge, QStringLiteral("The answer is longer than this program reads")));
        return;
    }
    m_content += content;
    m_reasoning += reasoning;
    if (!content.isEmpty() || !reasoning.isEmpty())
        emit received(content, reasoning);
}

void ChatStream::answered(const Result<Done> &result)
{
    if (!m_running)
        return;
    if (!result) {
        end(result.error());
        return;
    }
    const QPointer<ChatStream> self(this);
    if (const QByteArray last = m_reader.end(); !last.isEmpty())
        adopt(last);
    if (!self || !m_running)
        return;
    if (m_complete || !m_finishReason.isEmpty())
        end(std::nullopt);
    else
        end(Error::protocol(ProtocolFault::Unreadable, QStringLiteral("The answer ended in the middle")));
}

void ChatStream::end(const std::optional<Error> &error)
{
    if (!std::exchange(m_running, false))
        return;
    m_error = error;
    m_call.reset();
    emit finished();
}

} // namespace novita
