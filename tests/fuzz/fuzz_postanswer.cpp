// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/retryafter.h"
#include "core/webhooks/postanswer.h"
#include "fuzztarget.h"

#include <QByteArray>

#include <algorithm>

using namespace novita;

// What a receiver of webhooks answers. Whatever it is, it must mean the same whether it comes at once or in pieces, stay within its bounds,
// and come to an end with the connection.

namespace {

using State = PostAnswer::State;

using Limits = PostAnswer::Limits;

// So small that every input can go over each of them.
constexpr Limits kTight{.head = 96, .body = 24, .chunkLine = 12};

void checkPromises(const PostAnswer &answer, const Limits &limits)
{
    const bool known = answer.state() == State::Body || answer.state() == State::Whole;
    require(known == (answer.status() != 0), "a status with the head, and none before");
    require(!known || (answer.status() >= 200 && answer.status() <= 599), "status of a final answer");
    require(known || (answer.body().isEmpty() && answer.retryAfter().isEmpty()), "nothing without a head");
    require(answer.body().size() <= limits.body, "length of the body");
    require(answer.retryAfter().size() <= 128 && !answer.retryAfter().contains('\n'), "one line of Retry-After");
    const std::optional<Milliseconds> wait = parseRetryAfter(answer.retryAfter(), {}, TimePoint());
    require(!wait || (*wait >= Seconds(1) && *wait <= Seconds(300)), "a wait that can be waited");
}

PostAnswer read(const QByteArray &bytes, qsizetype pieceSize, const Limits &limits)
{
    PostAnswer answer(limits);
    for (qsizetype at = 0; at < bytes.size(); at += pieceSize) {
        const State before = answer.state();
        const State after = answer.take(bytes.mid(at, pieceSize));
        require(after == answer.state(), "the state is what was said");
        require((before != State::Whole && before != State::Broken) || after == before, "what is over stays so");
        require(before != State::Body || after != State::Broken, "the status stands, however the body ends");
        if (after != before)
            checkPromises(answer, limits);
    }
    checkPromises(answer, limits);
    return answer;
}

void compare(PostAnswer whole, PostAnswer pieces, const Limits &limits)
{
    require(whole.state() == pieces.state() && whole.status() == pieces.status(), "the same status in pieces");
    require(whole.body() == pieces.body() && whole.retryAfter() == pieces.retryAfter(), "the same content in pieces");
    const State end = whole.end();
    require(end == State::Whole || end == State::Broken, "it ends with the connection");
    require(pieces.end() == end && whole.body() == pieces.body(), "the same end in pieces");
    checkPromises(whole, limits);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    constexpr std::size_t longest = 8 * 1024; // byte by byte; longer ones only take longer
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(std::min(size, longest)));
    for (const Limits &limits : {Limits(), kTight}) {
        const PostAnswer whole = read(bytes, std::max<qsizetype>(1, bytes.size()), limits);
        compare(whole, read(bytes, 1, limits), limits);
        compare(whole, read(bytes, 7, limits), limits);
    }
    return 0;
}
