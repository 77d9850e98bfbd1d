// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/postanswer.h"

#include <QRegularExpression>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

bool hasNoBody(int status)
{
    return status == 204 || status == 304;
}

} // namespace

PostAnswer::State PostAnswer::take(const QByteArray &bytes)
{
    if (m_state == State::Whole || m_state == State::Broken)
        return m_state;
    m_rest += bytes;
    while (m_state == State::Head) {
        const State before = m_state;
        const qsizetype had = m_rest.size();
        readHead();
        if (m_state == before && m_rest.size() == had)
            return m_state;
    }
    if (m_state == State::Body)
        checkBody();
    return m_state;
}

PostAnswer::State PostAnswer::end()
{
    if (m_state == State::Head)
        m_state = State::Broken;
    else if (m_state == State::Body)
        m_state = State::Whole;
    return m_state;
}

void PostAnswer::readHead()
{
    const qsizetype end = m_rest.indexOf("\r\n\r\n");
    if (end < 0) {
        static const QByteArray kBegin = QByteArrayLiteral("HTTP/1.");
        const bool fits = m_rest.left(kBegin.size()) == kBegin.left(m_rest.size());
        // Up to three bytes of the end may be here.
        if (m_rest.size() > m_limits.head + 1 || !fits)
            m_state = State::Broken;
        return;
    }
    const QByteArray head = m_rest.left(end + 2);
    m_rest.remove(0, end + 4);
    static const QRegularExpression &line = *new QRegularExpression(QStringLiteral("^HTTP/1\\.[01] ([1-5]\\d\\d)[ \r]"));
    const QRegularExpressionMatch match = line.match(QString::fromLatin1(head.left(64)));
    if (!match.hasMatch() || head.size() > m_limits.head) {
        m_state = State::Broken;
        return;
    }
    const int status = match.captured(1).toInt();
    if (status < 200)
        return;
    m_status = status;
    m_retryAfter = field(head, "retry-after").left(128);
    m_chunked = field(head, "transfer-encoding").toLower().contains("chunked");
    bool isNumber = false;
    const qint64 length = field(head, "content-length").toLongLong(&isNumber);
    m_length = hasNoBody(status) ? 0 : (isNumber && length >= 0 && !m_chunked ? length : -1);
    m_state = State::Body;
}

QByteArray PostAnswer::field(const QByteArray &head, const QByteArray &name) const
{
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).trimmed().toLower() == name)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

void PostAnswer::checkBody()
{
    if (m_chunked)
        readChunks();
    else
        m_body += std::exchange(m_rest, {});
    if (m_state == State::Body && (m_body.size() >= m_limits.body || (m_length >= 0 && m_body.size() >= m_length)))
        m_state = State::Whole;
    if (m_length >= 0)
        m_body.truncate(static_cast<qsizetype>(std::min<qint64>(m_length, m_limits.body)));
}

/// What breaks the framing ends the body; the status stands.
void PostAnswer::readChunks()
{
    while (m_body.size() < m_limits.body) {
        const qsizetype line = m_rest.indexOf("\r\n");
        const bool hasHalfEnd = line < 0 && m_rest.endsWith('\r');
        if ((line < 0 ? m_rest.size() - (hasHalfEnd ? 1 : 0) : line) > m_limits.chunkLine) {
            m_state = State::Whole;
            return;
        }
        if (line < 0)
            return;
        bool isNumber = false;
        const qsizetype size = m_rest.left(line).split(';').first().trimmed().toLongLong(&isNumber, 16);
        if (!isNumber || size <= 0 || size > (qint64(1) << 40)) {
            m_state = State::Whole;
            return;
        }
        if (m_rest.size() < line + 2 + size + 2) {
            // Enough of a large chunk is enough.
            const QByteArray begun = m_rest.mid(line + 2, size);
            if (m_body.size() + begun.size() >= m_limits.body) {
                m_body += begun;
                m_state = State::Whole;
            }
            return;
        }
        m_body += m_rest.mid(line + 2, size);
        m_rest.remove(0, line + 2 + size + 2);
    }
}

} // namespace novita
