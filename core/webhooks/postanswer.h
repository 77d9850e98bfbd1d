// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace novita {

/// Takes an HTTP/1 answer apart as its bytes come: interim answers (1xx) are passed over, the body is cut off at a limit. Written by whoever
/// answers, so bounded in everything. A value; pure.
class PostAnswer final
{
public:
    /// In bytes. What is longer: a head breaks the answer, a body is cut off, a line before a chunk ends the body.
    struct Limits {
        qsizetype head = 32 * 1024; ///< with the line break after its last field
        qsizetype body = 64 * 1024;
        qsizetype chunkLine = 1024; ///< without its line break
    };

    enum class State {
        Head,  ///< more is needed
        Body,  ///< the status is known; more of the body may come
        Whole,
        Broken, ///< not HTTP, or a head without an end
    };

    PostAnswer() = default;
    explicit PostAnswer(const Limits &limits) : m_limits(limits) {}

    /// However the bytes are cut into pieces, they come to the same answer.
    State take(const QByteArray &bytes);
    /// The other side has closed: a body without a length ends here.
    State end();

    State state() const { return m_state; }
    int status() const { return m_status; }
    QByteArray body() const { return m_body.left(m_limits.body); }
    QByteArray retryAfter() const { return m_retryAfter; }

private:
    void readHead();
    void readChunks();
    void checkBody();
    QByteArray field(const QByteArray &head, const QByteArray &name) const;

    Limits m_limits;
    State m_state = State::Head;
    QByteArray m_rest; ///< not taken apart yet
    QByteArray m_body;
    QByteArray m_retryAfter;
    int m_status = 0;
    qint64 m_length = -1; ///< negative: to the end of the connection
    bool m_chunked = false;
};

} // namespace novita
