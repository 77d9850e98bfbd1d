// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace novita {

/// Turns any number of changes into at most one `due()` per interval, and never loses the last one. One thread.
class StatusPublisher final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StatusPublisher)

public:
    explicit StatusPublisher(Milliseconds interval, QObject *parent = nullptr);

    /// Something changed: `due()` follows through the event loop, at once or when the interval is over.
    void touch();

signals:
    void due();

private:
    Milliseconds m_interval;
    QElapsedTimer m_sinceLast;
    QTimer m_timer;
};

} // namespace novita
