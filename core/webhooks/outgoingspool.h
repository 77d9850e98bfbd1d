// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/webhooks/outgoingmessage.h"

#include <QList>
#include <QObject>

#include <functional>

namespace novita {

/// Messages on their way into the file of the queue. They are written in their order, one write at a time: of two that fail the later one would
/// come back first, and one that succeeds would overtake one that failed. What cannot be written waits here, in memory.
///
/// Owner: WebhookNotifier. One thread, never blocks.
class OutgoingSpool final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OutgoingSpool)

public:
    /// Writes these, all or none; yields how many older ones had to go for them.
    using Write = std::function<Call<int> *(const QList<OutgoingMessage> &)>;

    /// Of what waits, the oldest go beyond `mostHeld` while the file fails, and beyond `mostQueued` while it works.
    OutgoingSpool(Write write, int mostHeld, int mostQueued, QObject *parent = nullptr);

    /// `fileWorks`: they are written at once; else with the next write().
    void add(const QList<OutgoingMessage> &messages, bool fileWorks);
    void write();
    void drop(const RuleId &rule);

    bool isWaiting() const { return !m_waiting.isEmpty(); }
    int count() const { return m_writing + static_cast<int>(m_waiting.size()); } ///< not in the file yet
    int dropped() const { return m_dropped; } ///< in this run, here and in the file, because there were too many

signals:
    void written(int count);
    void failed(const novita::Error &error);
    /// Some of those that waited had to go.
    void shortened();

private:
    void bound(int most);

    const Write m_write;
    const int m_mostHeld;
    const int m_mostQueued;
    QList<OutgoingMessage> m_waiting; ///< behind those that are being written
    int m_writing = 0;
    int m_dropped = 0;
};

} // namespace novita
