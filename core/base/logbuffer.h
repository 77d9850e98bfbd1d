// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QMutex>
#include <QObject>
#include <QString>

#include <deque>
#include <vector>

namespace novita {

/// One line of the log, redacted.
struct LogEntry
{
    quint64 serial = 0;
    TimePoint at{};
    QtMsgType level = QtInfoMsg;
    QString category;
    QString text;
};

/// The latest 5,000 log lines, for the log viewer. `append()` may be called from any thread; readers take what is new.
class LogBuffer final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LogBuffer)

public:
    static constexpr std::size_t kCapacity = 5000;

    explicit LogBuffer(QObject *parent = nullptr) : QObject(parent) {}

    void append(LogEntry entry); ///< sets the serial
    /// Entries with a serial above `serial`, oldest first.
    std::vector<LogEntry> since(quint64 serial) const;

signals:
    /// New entries exist; emitted in the buffer's thread, at most once per turn of its event loop.
    void appended();

private:
    mutable QMutex m_mutex;
    std::deque<LogEntry> m_entries;
    quint64 m_next = 1;
    bool m_announced = false;
};

} // namespace novita
