// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/logbuffer.h"

namespace novita {

void LogBuffer::append(LogEntry entry)
{
    bool announce = false;
    {
        const QMutexLocker lock(&m_mutex);
        entry.serial = m_next++;
        m_entries.push_back(std::move(entry));
        if (m_entries.size() > kCapacity)
            m_entries.pop_front();
        announce = !std::exchange(m_announced, true);
    }
    if (announce) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                {
                    const QMutexLocker lock(&m_mutex);
                    m_announced = false;
                }
                emit appended();
            },
            Qt::QueuedConnection);
    }
}

std::vector<LogEntry> LogBuffer::since(quint64 serial) const
{
    const QMutexLocker lock(&m_mutex);
    std::vector<LogEntry> out;
    for (const LogEntry &entry : m_entries) {
        if (entry.serial > serial)
            out.push_back(entry);
    }
    return out;
}

} // namespace novita
