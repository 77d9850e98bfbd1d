// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace novita {

/// Takes an event stream (text/event-stream) apart, however its bytes are cut: the data of each event, several data lines joined by
/// line feeds. Lines may end in CR, LF or both; comments and other fields are passed over; a byte order mark at the start too.
/// An event ends with an empty line. Pure. Bounded: an event over the limit breaks the reader, which then takes nothing more.
class SseReader final
{
public:
    static constexpr qsizetype kMostEventBytes = 1024 * 1024;

    explicit SseReader(qsizetype mostEventBytes = kMostEventBytes) : m_most(mostEventBytes) {}

    /// The data of the events that these bytes complete, in order; none of them is empty.
    QList<QByteArray> take(const QByteArray &bytes);
    /// The last event when the stream ends without the empty line behind it; empty when nothing is left.
    QByteArray end();

    bool isBroken() const { return m_broken; }

private:
    void endLine(QList<QByteArray> &events);

    qsizetype m_most;
    QByteArray m_line;
    QByteArray m_data;
    bool m_hasData = false;
    bool m_first = true;           ///< no line has ended yet
    bool m_afterReturn = false;    ///< the last byte was a CR: an LF belongs to it
    bool m_broken = false;
};

} // namespace novita
