// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/outgoingspool.h"

#include "core/base/logging.h"

#include <utility>

namespace novita {

OutgoingSpool::OutgoingSpool(Write write, int mostHeld, int mostQueued, QObject *parent)
    : QObject(parent), m_write(std::move(write)), m_mostHeld(mostHeld), m_mostQueued(mostQueued)
{
}

void OutgoingSpool::add(const QList<OutgoingMessage> &messages, bool fileWorks)
{
    m_waiting += messages;
    // A file that works takes a burst of any length that the queue itself can hold.
    bound(fileWorks ? m_mostQueued : m_mostHeld);
    if (fileWorks)
        write();
}

void OutgoingSpool::write()
{
    if (m_writing > 0 || m_waiting.isEmpty())
        return;
    const QList<OutgoingMessage> messages = std::exchange(m_waiting, {});
    m_writing = static_cast<int>(messages.size());
    m_write(messages)->onFinished(this, [this, messages](const Result<int> &dropped) {
        const int count = std::exchange(m_writing, 0);
        if (!dropped) {
            m_waiting = messages + m_waiting;
            bound(m_mostHeld);
            emit failed(dropped.error());
            return;
        }
        m_dropped += *dropped;
        if (*dropped > 0)
            qCWarning(lcNet) << "Webhooks dropped, the queue is full:" << *dropped;
        write();
        emit written(count);
    });
}

void OutgoingSpool::drop(const RuleId &rule)
{
    m_waiting.removeIf([&rule](const OutgoingMessage &message) { return message.rule == rule; });
}

void OutgoingSpool::bound(int most)
{
    const qsizetype over = m_waiting.size() - most;
    if (over <= 0)
        return;
    m_waiting.remove(0, over);
    m_dropped += static_cast<int>(over);
    emit shortened();
}

} // namespace novita
