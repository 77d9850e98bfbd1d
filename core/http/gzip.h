// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace novita {

/// `data` in gzip form (RFC 1952), at the fastest level: loopback bandwidth is cheap, time is not. Empty on failure.
QByteArray gzipCompress(const QByteArray &data);

/// Does this Accept-Encoding value allow gzip (by name or by '*', with a weight above zero)?
bool acceptsGzip(const QByteArray &acceptEncoding);

} // namespace novita
