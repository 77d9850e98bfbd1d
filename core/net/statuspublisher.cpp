// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/statuspublisher.h"

#include <algorithm>

namespace novita {

StatusPublisher::StatusPublisher(Milliseconds interval, QObject *parent) : QObject(parent), m_interval(interval)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_sinceLast.start();
        emit due();
    });
}

void StatusPublisher::touch()
{
    if (m_timer.isActive())
        return;
    Milliseconds wait{0};
    if (m_sinceLast.isValid())
        wait = std::max(wait, m_interval - Milliseconds(m_sinceLast.elapsed()));
    m_timer.start(wait);
}

} // namespace novita
