// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clientstatus.h"
#include "core/base/clock.h"

#include <optional>

namespace novita {

/// Stops the traffic to a host that does not answer, and feels its way back.
///
/// Closed → Open after `failures` consecutive failures; Open → HalfOpen once `openFor` has passed and somebody asks;
/// HalfOpen lets one probe through at a time: `successes` of them close it, a single failure opens it again.
/// What counts as a failure is the caller's decision: transport errors, time-outs and 5xx. A 4xx is a success here, the
/// host answered.
///
/// Every admitted request holds a Ticket and gives it back with its outcome. Outcomes of requests that were admitted
/// before the last change of state are ignored: stragglers neither close nor open it.
///
/// Pure: is given the time and owns no timer. One instance per host and service. One thread.
class CircuitBreaker
{
public:
    struct Config
    {
        int failures = 5;
        Milliseconds openFor{60000};
        int successes = 3;
    };

    enum class Outcome {
        Success,
        Failure,
        Unknown, ///< canceled, or failed in a way that says nothing about the host
    };

    enum class Admission {
        Allowed,
        ProbeRunning, ///< half-open and a probe is under way: ask again when it has ended
        Refused,      ///< open: not before retryAt()
    };

    struct Ticket
    {
        quint64 epoch = 0;
        bool probe = false;
    };

    CircuitBreaker() = default;
    explicit CircuitBreaker(const Config &config) : m_config(config) {}

    void configure(const Config &config) { m_config = config; }

    /// What admit() would say, without taking anything.
    Admission check(SteadyPoint now) const;
    /// Lets one request through. Only after check() said Allowed at the same moment.
    Ticket admit();
    void record(const Ticket &ticket, Outcome outcome, SteadyPoint now);

    /// An open breaker takes its next request as the probe, whatever the time.
    void allowProbe(SteadyPoint now);

    BreakerState state() const { return m_state; }
    /// When an open breaker lets the next probe through.
    std::optional<SteadyPoint> retryAt() const;

private:
    void enter(BreakerState state);
    void open(SteadyPoint now);

    Config m_config;
    BreakerState m_state = BreakerState::Closed;
    quint64 m_epoch = 1;  ///< rises with every change of state
    int m_failures = 0;   ///< consecutive, while closed
    int m_successes = 0;  ///< of probes, while half-open
    bool m_probing = false;
    SteadyPoint m_retryAt{};
};

} // namespace novita
