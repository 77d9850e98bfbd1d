// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/webhooks/signature.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <deque>
#include <vector>

namespace novita {

/// The sending half of bench_webhooks: signed deliveries of 600 bytes, by plain sockets, so that it takes little of the machine it shares
/// with what is measured.
namespace webhookload {

QString secretText();

/// A signed POST to /webhook about instance "inst_<number>".
QByteArray request(const SigningSecret &secret, qint64 number);

struct Figures
{
    double perSecond = 0;
    double p50 = 0;      ///< milliseconds from before the send to the last byte of the answer
    double p99 = 0;
    double worst = 0;
    double senderUs = 0; ///< CPU time of the sender for one request
    double serverUs = 0; ///< filled by who knows the server
    qint64 answered = 0; ///< with 200
    qint64 failed = 0;
};

/// Keeps `connections` busy for `span`, one request at a time on each, with requests of `pool` from `*next` on, which is moved; begins again at its start
/// where it ends.
Figures saturate(quint16 port, int connections, std::chrono::milliseconds span, const std::vector<QByteArray> &pool, std::size_t *next);

/// Sends `perSecond` for `seconds`, evenly, whether answers come or not; latencies count from the time a request was due. Numbers begin at 1.
Figures flood(quint16 port, int perSecond, int seconds);

} // namespace webhookload

} // namespace novita
