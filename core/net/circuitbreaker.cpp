// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/circuitbreaker.h"

namespace novita {

CircuitBreaker::Admission CircuitBreaker::check(SteadyPoint now) const
{
    switch (m_state) {
    case BreakerState::Closed: return Admission::Allowed;
    case BreakerState::Open: return now >= m_retryAt ? Admission::Allowed : Admission::Refused;
    case BreakerState::HalfOpen: return m_probing ? Admission::ProbeRunning : Admission::Allowed;
    }
    Q_UNREACHABLE();
}

CircuitBreaker::Ticket CircuitBreaker::admit()
{
    if (m_state == BreakerState::Closed)
        return {m_epoch, false};
    if (m_state == BreakerState::Open)
        enter(BreakerState::HalfOpen);
    m_probing = true;
    return {m_epoch, true};
}

void CircuitBreaker::record(const Ticket &ticket, Outcome outcome, SteadyPoint now)
{
    if (ticket.epoch != m_epoch)
        return;
    if (ticket.probe)
        m_probing = false;
    if (outcome == Outcome::Unknown)
        return;
    if (m_state == BreakerState::HalfOpen) {
        if (outcome == Outcome::Failure)
            open(now);
        else if (++m_successes >= m_config.successes)
            enter(BreakerState::Closed);
        return;
    }
    m_failures = outcome == Outcome::Failure ? m_failures + 1 : 0;
    if (m_failures >= m_config.failures)
        open(now);
}

void CircuitBreaker::allowProbe(SteadyPoint now)
{
    if (m_state == BreakerState::Open && m_retryAt > now)
        m_retryAt = now;
}

std::optional<SteadyPoint> CircuitBreaker::retryAt() const
{
    if (m_state != BreakerState::Open)
        return std::nullopt;
    return m_retryAt;
}

void CircuitBreaker::enter(BreakerState state)
{
    m_state = state;
    ++m_epoch;
    m_failures = 0;
    m_successes = 0;
    m_probing = false;
}

void CircuitBreaker::open(SteadyPoint now)
{
    enter(BreakerState::Open);
    m_retryAt = now + m_config.openFor;
}

} // namespace novita
