// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/cloud/types/chatchunk.h"
#include "core/net/ssereader.h"

#include <QObject>

#include <memory>
#include <optional>

namespace novita {

class ApiStream;

/// One streamed chat answer. Never sent again by itself: each try costs. One thread.
class ChatStream final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatStream)

public:
    static constexpr qint64 kMostChars = 4 * 1024 * 1024; ///< of content and reasoning together; more ends it as an error

    explicit ChatStream(std::unique_ptr<ApiStream> stream, QObject *parent = nullptr);
    ~ChatStream() override;

    /// Ends it at once. finished() follows, without an error.
    void stop();

    bool isRunning() const { return m_stream != nullptr; }
    const QString &content() const { return m_content; }     ///< of the first choice, all so far
    const QString &reasoning() const { return m_reasoning; }
    const QString &finishReason() const { return m_finishReason; } ///< empty when it was stopped or broke off
    const std::optional<TokenUsage> &usage() const { return m_usage; }
    /// Why it ended before [DONE]; what had come until then stays.
    const std::optional<Error> &error() const { return m_error; }

signals:
    /// content() or reasoning() has grown by these.
    void received(const QString &content, const QString &reasoning);
    /// Once.
    void finished();

private:
    void take(const QByteArray &bytes);
    bool adopt(const QByteArray &event);
    void end(const std::optional<Error> &error);

    std::unique_ptr<ApiStream> m_stream; ///< empty once it has ended
    SseReader m_reader;
    QString m_content;
    QString m_reasoning;
    QString m_finishReason;
    std::optional<TokenUsage> m_usage;
    std::optional<Error> m_error;
};

} // namespace novita
