// SPDX-License-Identifier: GPL-3.0-or-later
// A simulated day of a client that always has something to send: does the limiter keep its promise in every window of
// 60 s, and how much of the allowance does it use? Exit code 1 if a promise is broken.
#include "core/net/ratelimiter.h"

#include <QElapsedTimer>
#include <QString>
#include <QTextStream>

#include <deque>
#include <random>

using namespace novita;

namespace {

constexpr int kCapacity = 100;
constexpr Seconds kWindow{60};
constexpr Milliseconds kDay = std::chrono::hours(24);

struct Day
{
    qint64 taken = 0;
    qint64 violations = 0;
    double microsecondsPerToken = 0;
};

/// `worstDelayMs`: how late a woken client looks at the limiter, uniformly distributed.
Day simulate(int worstDelayMs)
{
    RateLimiter limiter(kCapacity, kWindow);
    std::mt19937 random(1);
    std::uniform_int_distribution<int> delay(0, worstDelayMs);
    std::deque<SteadyPoint> window;
    Day day;
    QElapsedTimer watch;
    watch.start();
    for (SteadyPoint now{}; now < SteadyPoint(kDay);) {
        if (!limiter.tryTake(now)) {
            now = limiter.availableAt(now) + Milliseconds(delay(random));
            continue;
        }
        ++day.taken;
        window.push_back(now);
        while (now - window.front() > kWindow)
            window.pop_front();
        day.violations += window.size() > kCapacity ? 1 : 0;
    }
    day.microsecondsPerToken = static_cast<double>(watch.nsecsElapsed()) / 1000.0 / static_cast<double>(day.taken);
    return day;
}

} // namespace

int main()
{
    QTextStream out(stdout);
    bool kept = true;
    for (const int delay : {0, 2}) {
        const Day day = simulate(delay);
        const double possible = static_cast<double>(kDay / kWindow) * kCapacity;
        const double used = 100.0 * static_cast<double>(day.taken) / possible;
        out << "limiter, a day, wake-up late by up to " << delay << " ms: violations " << day.violations << " (aim 0), used "
            << QString::number(used, 'f', 2) << " % (aim >= 99), " << QString::number(day.microsecondsPerToken, 'f', 3)
            << " us per token\n";
        kept = kept && day.violations == 0 && used >= 99.0;
    }
    return kept ? 0 : 1;
}
