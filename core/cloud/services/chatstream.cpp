// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/chatstream.h"

#include "core/net/apiclient.h"
#include "core/net/apierror.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

/// No line of an event stream begins so, but JSON and web pages do.
bool beginsAsWhole(char c)
{
    return c == '{' || c == '[' || c == '<';
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

} // namespace

ChatStream::ChatStream(ApiClient &client, ApiRequest request, QObject *parent) : QObject(parent)
{
    m_linger.setSingleShot(true);
    m_linger.setInterval(kLinger);
    connect(&m_linger, &QTimer::timeout, this, [this] { end(std::nullopt); });
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

/// Told once for all that the bytes bring: a fast stream has hundreds of events in each piece.
void ChatStream::take(const QByteArray &bytes)
{
    if (!m_running || m_complete)
        return;
    look(bytes);
    std::optional<Error> broken;
    if (m_shape == Shape::Whole) {
        m_whole += bytes;
        if (m_whole.size() > SseReader::kMostEventBytes)
            broken = Error::protocol(ProtocolFault::TooLarge, QStringLiteral("The answer is longer than this program reads"));
    } else {
        const QList<QByteArray> events = m_reader.take(bytes);
        for (const QByteArray &event : events) {
            adopt(event);
            if (m_complete || m_error)
                break;
        }
        if (m_reader.isBroken())
            broken = Error::protocol(ProtocolFault::TooLarge, QStringLiteral("An event of the answer is too long"));
    }
    if (m_complete)
        m_linger.start();
    const QPointer<ChatStream> self(this);
    tell();
    if (!self || !m_running)
        return;
    if (m_error || (broken && !m_complete))
        end(m_error ? m_error : broken);
}

void ChatStream::look(const QByteArray &bytes)
{
    if (m_shape != Shape::Unknown)
        return;
    const auto first = std::find_if_not(bytes.begin(), bytes.end(), isBlank);
    if (first != bytes.end())
        m_shape = beginsAsWhole(*first) ? Shape::Whole : Shape::Events;
}

void ChatStream::adopt(const QByteArray &event)
{
    const Result<ChatChunk> chunk = readChatEvent(event);
    if (!chunk) {
        m_error = chunk.error();
        // What a refusal means does not depend on when it comes.
        if (m_error->httpStatus != 0) {
            Error refusal = errorFromReply(m_error->httpStatus, event, {true, true});
            refusal.message = m_error->message;
            m_error = refusal;
        }
        return;
    }
    m_complete = m_complete || chunk->done;
    if (chunk->usage)
        m_usage = chunk->usage;
    for (const ChatDelta &delta : chunk->choices) {
        if (delta.index != 0)
            continue;
        m_freshContent += delta.content;
        m_freshReasoning += delta.reasoning;
        m_callsTool = m_callsTool || delta.callsTool;
        if (!delta.finishReason.isEmpty())
            m_finishReason = delta.finishReason;
    }
    if (m_content.size() + m_reasoning.size() + m_freshContent.size() + m_freshReasoning.size() > kMostChars) {
        m_freshContent.clear();
        m_freshReasoning.clear();
        m_error = Error::protocol(ProtocolFault::TooLarge, QStringLiteral("The answer is longer than this program reads"));
    }
}

void ChatStream::tell()
{
    const QString content = std::exchange(m_freshContent, QString());
    const QString reasoning = std::exchange(m_freshReasoning, QString());
    if (content.isEmpty() && reasoning.isEmpty())
        return;
    m_content += content;
    m_reasoning += reasoning;
    emit received(content, reasoning);
}

void ChatStream::answered(const Result<Done> &result)
{
    if (!m_running)
        return;
    // Once the model has said how it ended, nothing of the answer can be lost with the line.
    if (!result && !m_complete && m_finishReason.isEmpty()) {
        end(result.error());
        return;
    }
    const bool isWhole = m_shape == Shape::Whole && !m_complete;
    if (const QByteArray last = isWhole ? std::exchange(m_whole, QByteArray()) : m_reader.end(); !last.isEmpty() && !m_complete)
        adopt(last);
    const QPointer<ChatStream> self(this);
    tell();
    if (!self || !m_running)
        return;
    if (m_error || m_complete || !m_finishReason.isEmpty())
        end(m_error);
    else
        end(Error::protocol(ProtocolFault::Unreadable, QStringLiteral("The answer ended in the middle")));
}

void ChatStream::end(const std::optional<Error> &error)
{
    if (!std::exchange(m_running, false))
        return;
    m_error = error;
    m_linger.stop();
    m_call.reset();
    emit finished();
}

} // namespace novita
