// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/media/chatstreams.h"

#include <algorithm>

namespace novita {

void ChatStreams::add(const DeferredAnswer &answer, const QByteArrayList &events, TimePoint now, Milliseconds pace)
{
    HttpResponse head = HttpResponse::text(200, events.value(0), "text/event-stream; charset=utf-8");
    head.headers.append("Cache-Control", "no-cache");
    answer.responder.beginStream(std::move(head));
    m_streams.append({answer.responder, events, now, std::max(pace, Milliseconds(1)), 1});
}

void ChatStreams::tick(TimePoint now)
{
    for (Stream &stream : m_streams) {
        const qsizetype due = std::min(stream.events.size(), qsizetype((now - stream.begin) / stream.pace) + 1);
        bool taken = true;
        if (due > stream.sent) {
            taken = stream.responder.write(stream.events.mid(stream.sent, due - stream.sent).join());
            stream.sent = due;
        }
        if (!taken || stream.sent >= stream.events.size())
            stream.responder.finish();
    }
    m_streams.removeIf([](const Stream &stream) { return !stream.responder.isOpen(); });
}

} // namespace novita
