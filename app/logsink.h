// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QtGlobal>

#include <memory>

namespace novita {

class LogBuffer;

enum class LogFormat { Json, Text };
enum class LogLevel { Error, Warning, Info, Debug };

LogLevel logLevelFromName(const QString &name); ///< "error", "warn", "info", "debug"; else Info

/// Where every log message goes: redacted, into a rotating file (5 MB × 3), the ring buffer of the log viewer, and, from
/// warnings on, to stderr. JSON lines: {"time","level","category","message"}; or plain text.
///
/// Messages are queued in memory (10,000 at most; then dropped and counted) and written by a thread of its own, so that a
/// slow disk never holds up the UI. A fatal message is redacted and written at once by the dying thread. The first write
/// failure is told on stderr and in the buffer, and the program goes on without a file.
///
/// One at a time; installs itself as Qt's message handler while it lives. Any thread may log.
class LogSink final
{
public:
    /// `directory` is created when missing; empty = no file. `buffer` must outlive the sink.
    LogSink(const QString &directory, LogBuffer &buffer);
    ~LogSink();
    Q_DISABLE_COPY_MOVE(LogSink)

    void setFormat(LogFormat format);
    void setLevel(LogLevel level);
    /// Waits until all that was logged so far is written; for the end of the program and for tests.
    void flush();
    QString filePath() const;

    /// One line in `format`, without a line break; `text` is redacted here.
    static QString formatLine(LogFormat format, QtMsgType level, const QString &category, const QString &text, qint64 msecsSinceEpoch);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace novita
