// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>

namespace novita {

/// Every cap of the HTTP server in one place. The defaults suit a receiver that faces the Internet through a tunnel.
///
/// Deadlines are absolute: they are armed once for a request and never pushed back by arriving bytes, so a peer that
/// dribbles one byte at a time ends with the same 408 as one that is silent.
struct HttpLimits
{
    qsizetype requestLineBytes = 8 * 1024; ///< longer: 414
    qsizetype headerBytes = 16 * 1024;     ///< all field lines together; longer: 431. Also the cap for trailers
    int headerLines = 100;                 ///< more: 431
    qint64 bodyBytes = 1024 * 1024;        ///< longer: 413, before the body is read when its length is announced. A route may differ

    std::chrono::milliseconds headerDeadline{5000};  ///< first byte (or accept) to the end of the header: 408
    std::chrono::milliseconds bodyDeadline{10000};   ///< end of header to end of body: 408
    std::chrono::milliseconds idleDeadline{15000};   ///< between two requests of a connection: closed without a word
    std::chrono::milliseconds stallDeadline{30000};  ///< the peer took no byte of an answer for so long: reset
    std::chrono::milliseconds lingerDeadline{1000};  ///< how long input is thrown away after the last answer, so that it arrives
    qint64 lingerBytes = 16 * 1024 * 1024;           ///< at most so much of it: who sends more is reset. Twice the longest body of any service here
    std::chrono::milliseconds withholdDeadline{600000}; ///< an answer that never comes, on purpose (ResponseFault::End::Never): reset
    std::chrono::milliseconds stopGrace{2000};       ///< how long stop() waits for answers that are on their way

    int connections = 64;              ///< beyond: the oldest connection without a complete request goes, then one with a fault
    qint64 unsentBytes = 1024 * 1024;  ///< while more than this waits to be sent, no further request is read
    int requestsPerConnection = 1000;  ///< the last one is answered with Connection: close
    bool lengthRequired = true;        ///< POST, PUT and PATCH without Content-Length or chunks: 411
    qsizetype gzipFromBytes = 1024;    ///< longer bodies are compressed for clients that ask for gzip
};

} // namespace novita
