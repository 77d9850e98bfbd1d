// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/webhooks/delivery.h"
#include "core/webhooks/replaymemory.h"

#include <QByteArray>
#include <QList>

#include <optional>
#include <vector>

namespace novita {

/// A delivery that has its number, in the form in which journal and file keep it.
struct DeliveryRow
{
    Delivery delivery;       ///< without headers
    QByteArray headers;      ///< lines "Name: value\r\n"
    QList<ReplayKey> keys;   ///< by which it is known again; none for what is not accepted

    /// What it takes of the retention's bytes.
    qint64 keptBytes() const { return headers.size() + delivery.body.size() + kRowBytes; }
    static constexpr qint64 kRowBytes = 200; ///< besides headers and body, about
};

QByteArray headerLines(const QList<HttpHeaders::Field> &headers);
/// Stops at what is no header line.
QList<HttpHeaders::Field> headersFromLines(const QByteArray &lines);

QByteArray replayKeyBytes(const QList<ReplayKey> &keys);
QList<ReplayKey> replayKeysFromBytes(const QByteArray &bytes);

/// The row as bytes; nothing when they do not make one.
QByteArray encodeRow(const DeliveryRow &row);
std::optional<DeliveryRow> decodeRow(const QByteArray &bytes);

} // namespace novita
