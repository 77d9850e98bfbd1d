// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/sandbox/sandboxrequest.h"

#include <QByteArrayList>
#include <QList>

namespace novita {

/// Answers that are written word by word.
class ChatStreams
{
public:
    static constexpr qsizetype kMostStreams = 64;

    bool isBusy() const { return !m_streams.isEmpty(); }
    bool isFull() const { return m_streams.size() >= kMostStreams; }
    /// Begins to send `events`, each a whole server-sent event, `pace` apart.
    void add(const DeferredAnswer &answer, const QByteArrayList &events, TimePoint now, Milliseconds pace);
    void tick(TimePoint now); ///< sends what is due; drops those whose reader has gone
    void clear() { m_streams.clear(); }

private:
    struct Stream
    {
        HttpResponder responder;
        QByteArrayList events;
        TimePoint begin;
        Milliseconds pace;
        qsizetype sent = 0;
    };
    QList<Stream> m_streams;
};

} // namespace novita
