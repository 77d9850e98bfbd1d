// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/net/apireply.h"

#include <QByteArray>
#include <QObject>
#include <QThreadPool>

#include <functional>
#include <optional>
#include <vector>

namespace novita {

/// Parses a body once and decodes it for everybody who waits: at once when it is small, in a worker thread when it is
/// large, so that the thread of the event loop stays free.
///
/// Owner: RequestPipeline. The destructor waits for a decoder that is running.
class ReplyDecoder final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ReplyDecoder)

public:
    /// See ReplyHandler::decode.
    using Decode = std::function<std::function<void()>(const ApiReply &)>;

    struct Work
    {
        ApiReply head;                  ///< all but `json`, or with it if `body` is unset
        std::optional<QByteArray> body; ///< to be parsed
        qint64 bytes = 0;               ///< size that decides where the work is done
        std::vector<Decode> decoders;
    };
    struct Decoded
    {
        Result<ApiReply> reply;                        ///< or why the body is no JSON
        std::vector<std::function<void()>> deliveries; ///< one per decoder; empty with an error
    };

    static constexpr qint64 kLargeBody = 64 * 1024;

    explicit ReplyDecoder(QObject *parent = nullptr);
    ~ReplyDecoder() override;

    /// `done` runs in this thread: before this returns for small bodies, later for large ones.
    void run(Work work, std::function<void(Decoded)> done);

private:
    QThreadPool m_pool;
};

} // namespace novita
