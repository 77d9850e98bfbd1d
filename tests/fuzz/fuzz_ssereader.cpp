// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/chatchunk.h"
#include "core/net/ssereader.h"
#include "fuzztarget.h"

#include <QByteArray>

#include <algorithm>

using namespace novita;

// A streamed chat answer. Whatever it is, it must hold the same events whether it comes at once or in pieces, within the bound, and each event
// must be a chunk or an error.

namespace {

struct Outcome
{
    QList<QByteArray> events;
    bool broken = false;
};

Outcome read(const QByteArray &bytes, qsizetype pieceSize, qsizetype most)
{
    SseReader reader(most);
    Outcome out;
    for (qsizetype at = 0; at < bytes.size(); at += pieceSize) {
        const bool before = reader.isBroken();
        const QList<QByteArray> events = reader.take(bytes.mid(at, pieceSize));
        require(!before || (events.isEmpty() && reader.isBroken()), "what is broken stays so");
        out.events += events;
    }
    if (const QByteArray last = reader.end(); !last.isEmpty())
        out.events.append(last);
    out.broken = reader.isBroken();
    for (const QByteArray &event : out.events)
        require(!event.isEmpty() && event.size() <= most, "length of an event");
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    constexpr std::size_t longest = 8 * 1024;
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(std::min(size, longest)));
    for (const qsizetype most : {qsizetype(24), SseReader::kMostEventBytes}) {
        const Outcome whole = read(bytes, std::max<qsizetype>(1, bytes.size()), most);
        for (const qsizetype piece : {qsizetype(1), qsizetype(7)}) {
            const Outcome pieces = read(bytes, piece, most);
            require(pieces.events == whole.events && pieces.broken == whole.broken, "the same events in pieces");
        }
        for (const QByteArray &event : whole.events) {
            const Result<ChatChunk> chunk = readChatEvent(event);
            require(!chunk || chunk->choices.size() <= ChatChunk::kMostChoices, "number of choices");
        }
    }
    return 0;
}
