// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <initializer_list>

namespace novita {

/// SHA-256 over `parts` one after the other: 32 bytes. By OpenSSL, which has it in the processor's own instructions where there are any; Qt has not,
/// and a receiver does little else. Any thread.
QByteArray sha256(std::initializer_list<QByteArrayView> parts);

/// HMAC-SHA256 (RFC 2104) over `parts` one after the other: 32 bytes. Any thread.
QByteArray hmacSha256(const QByteArray &key, std::initializer_list<QByteArrayView> parts);

} // namespace novita
