// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QHash>
#include <QString>

#include <optional>

namespace novita {

/// Which backends are sent nothing for a while, and why. The empty backend stands for all of them. Owns no timer:
/// left() says when endThoseOver() is to be called.
class QueueHolds final
{
public:
    /// `clock` must outlive it.
    explicit QueueHolds(const Clock &clock)
        : m_clock(clock)
    {
    }

    /// From now on, in place of a hold that it has.
    void add(const QString &backend, Milliseconds wait, const QString &reason);
    bool end(const QString &backend); ///< false: it was not held
    bool endThoseOver();              ///< false: there was none
    void clear() { m_holds.clear(); }

    bool isEmpty() const { return m_holds.isEmpty(); }
    bool contains(const QString &backend) const { return m_holds.contains(backend); }

    /// Of the hold that ends first: when, how long that is from now (more than nothing), and why it is there; nothing,
    /// and empty, without one.
    std::optional<TimePoint> until() const;
    std::optional<Milliseconds> left() const;
    QString reason() const;

private:
    struct Hold
    {
        TimePoint until;  ///< as it is shown
        SteadyPoint ends; ///< as it counts: a clock that is set does not matter
        QString reason;
    };
    const Hold *first() const;

    const Clock &m_clock;
    QHash<QString, Hold> m_holds; ///< by backend
};

} // namespace novita
