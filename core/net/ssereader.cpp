// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/ssereader.h"

#include <algorithm>
#include <utility>

namespace novita {

QList<QByteArray> SseReader::take(const QByteArray &bytes)
{
    QList<QByteArray> events;
    for (qsizetype at = 0; at < bytes.size() && !m_broken;) {
        if (std::exchange(m_afterReturn, false) && bytes.at(at) == '\n') {
            ++at;
            continue;
        }
        const auto end = std::find_if(bytes.cbegin() + at, bytes.cend(), [](char c) { return c == '\n' || c == '\r'; });
        const qsizetype stop = end - bytes.cbegin();
        if (m_line.size() + m_data.size() + (stop - at) > m_most) {
            m_broken = true;
            break;
        }
        m_line.append(bytes.constData() + at, stop - at);
        at = stop;
        if (stop == bytes.size())
            break;
        m_afterReturn = *end == '\r';
        ++at;
        endLine(events);
    }
    return events;
}

QByteArray SseReader::end()
{
    QList<QByteArray> events;
    if (!m_broken && !m_line.isEmpty())
        endLine(events);
    if (!m_broken && m_hasData)
        endLine(events);
    m_line.clear();
    return events.value(0);
}

void SseReader::endLine(QList<QByteArray> &events)
{
    static const QByteArray mark = QByteArrayLiteral("\xEF\xBB\xBF");
    QByteArray line = std::exchange(m_line, {});
    if (std::exchange(m_first, false) && line.startsWith(mark))
        line.remove(0, mark.size());
    if (line.isEmpty()) {
        const QByteArray data = std::exchange(m_data, {});
        m_hasData = false;
        if (!data.isEmpty())
            events.append(data);
        return;
    }
    static const QByteArray field = QByteArrayLiteral("data");
    const bool bare = line == field;
    if (!bare && !line.startsWith(field + ':'))
        return;
    QByteArray value = bare ? QByteArray() : line.mid(field.size() + 1);
    if (value.startsWith(' '))
        value.remove(0, 1);
    if (std::exchange(m_hasData, true))
        m_data += '\n';
    m_data += value;
}

} // namespace novita
