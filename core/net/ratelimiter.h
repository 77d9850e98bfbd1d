// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QtGlobal>

#include <deque>
#include <optional>

namespace novita {

/// Sliding-window limiter: no stretch of `window` length, wherever it begins, ever holds more than `capacity` tokens.
///
/// - A token comes back a little later than `window` after it was taken (1/200 of it, 300 ms in 60 s): the server counts
///   arrivals, and a slow request followed by a fast one arrives closer together than it was sent. 99.5 % stay usable.
/// - A 429 halves the pace, down to a tenth of the capacity; each quiet window gives a tenth back. Several 429 to requests of
///   the same volley count once. While the pace is reduced tokens come one by one, `window / pace()` apart: a person
///   who clicks right after a 429 waits for seconds, not until the tokens of a busy minute have come back.
/// - `pauseUntil()` (Retry-After) stops all tokens.
///
/// Pure: is given the time and owns no timer. `now` must never fall. One thread.
class RateLimiter
{
public:
    explicit RateLimiter(int capacity = 100, Milliseconds window = Milliseconds(60000));

    /// New limits; tokens taken so far still count. Forgets an earlier 429, keeps a pause.
    void configure(int capacity, Milliseconds window);

    /// Takes a token if one is free.
    bool tryTake(SteadyPoint now);
    /// The earliest moment at which tryTake() can succeed; `now` if it would succeed at once.
    SteadyPoint availableAt(SteadyPoint now) const;

    /// Gives no token before `until`. Never shortens a pause.
    void pauseUntil(SteadyPoint until);
    /// End of the running pause.
    std::optional<SteadyPoint> pausedUntil(SteadyPoint now) const;

    /// The server refused a request, sent at `sentAt`, as one too many: half the pace, at most once per quarter window.
    void onRateLimited(SteadyPoint sentAt, SteadyPoint now);

    int used(SteadyPoint now) const; ///< tokens of the running window
    /// Tokens that one window gives now: the configured capacity, or less after a 429.
    int pace(SteadyPoint now) const;

private:
    Milliseconds guardedWindow() const { return m_window + m_window / 200 + Milliseconds(1); }
    int slowestPace() const;
    void forget(SteadyPoint now);

    int m_configured;
    Milliseconds m_window;
    std::deque<SteadyPoint> m_taken; ///< oldest first
    std::optional<SteadyPoint> m_pauseEnd;
    int m_reduced;                   ///< pace right after the latest 429
    std::optional<SteadyPoint> m_reducedAt;
};

} // namespace novita
