// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QByteArray>

#include <optional>

namespace novita {

inline constexpr Milliseconds kMinRetryAfter{1000};
inline constexpr Milliseconds kMaxRetryAfter{300000};

/// An HTTP-date (RFC 9110 section 5.6.7) in any of its three forms. Two-digit years are of this century unless that lies
/// more than 50 years after `now`.
std::optional<TimePoint> parseHttpDate(const QByteArray &value, TimePoint now);

/// The wait that a Retry-After header asks for: whole seconds or an HTTP-date, clamped to 1-300 s. A date is read against
/// the answer's own Date header where there is one (`dateHeader`), so that a wrong local clock does not matter, else
/// against `now`. Anything else is nullopt.
std::optional<Milliseconds> parseRetryAfter(const QByteArray &value, const QByteArray &dateHeader, TimePoint now);

} // namespace novita
