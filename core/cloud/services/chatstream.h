// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/cloud/types/chatchunk.h"
#include "core/net/ssereader.h"

#include <QObject>
#include <QTimer>

#include <optional>

namespace novita {

class ApiClient;
struct ApiRequest;

/// One streamed chat answer. Never sent again by itself once it was under way: each try costs. A server that answers in one piece, as JSON, is
/// understood as well. One thread.
class ChatStream final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatStream)

public:
    static constexpr qsizetype kMostChars = 4 * 1024 * 1024; ///< of content and reasoning together; more ends it as an error
    static constexpr Milliseconds kLinger{500}; ///< for the server to hang up after [DONE]; then it is done for

    /// Sends `request`, whose body asks for a stream. Made by LanguageService::chat().
    ChatStream(ApiClient &client, ApiRequest request, QObject *parent = nullptr);
    ~ChatStream() override;

    /// Ends it at once, on the wire too; what had come stays. finished() is emitted, without an error.
    void stop();

    bool isRunning() const { return m_running; }
    const QString &content() const { return m_content; }     ///< of the first choice, all so far
    const QString &reasoning() const { return m_reasoning; }
    const QString &finishReason() const { return m_finishReason; } ///< empty when it was stopped or broke off
    bool callsTool() const { return m_callsTool; }                 ///< the model asked for a tool
    const std::optional<TokenUsage> &usage() const { return m_usage; }
    /// Why it ended before its end; what had come until then stays.
    const std::optional<Error> &error() const { return m_error; }

signals:
    /// content() or reasoning() has grown by these: all that came with one piece of the answer.
    void received(const QString &content, const QString &reasoning);
    /// Once, as the last; never from inside the constructor.
    void finished();

private:
    enum class Shape { Unknown, Events, Whole };

    void take(const QByteArray &bytes);
    void look(const QByteArray &bytes);
    void adopt(const QByteArray &event);
    void tell();
    void answered(const Result<Done> &result);
    void end(const std::optional<Error> &error);

    CallGuard m_call;
    SseReader m_reader;
    Shape m_shape = Shape::Unknown;
    QByteArray m_whole;      ///< of an answer that is no event stream
    QTimer m_linger;
    bool m_running = true;
    bool m_complete = false; ///< [DONE] has come: nothing that follows counts
    bool m_callsTool = false;
    QString m_freshContent;  ///< not told yet
    QString m_freshReasoning;
    QString m_content;
    QString m_reasoning;
    QString m_finishReason;
    std::optional<TokenUsage> m_usage;
    std::optional<Error> m_error;
};

} // namespace novita
