// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSaveFile>
#include <QStringList>
#include <QTimer>

namespace novita {

/// Writes lines to a file bit by bit, so that 20 MB do not hold up the window, and replaces what was there only once all is
/// written. Tells its end once and deletes itself.
class LogSaver final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LogSaver)

public:
    LogSaver(const QString &path, const QStringList &lines, QObject *parent);
    void start();

signals:
    /// `problem` is empty when all is well.
    void finished(const QString &path, const QString &problem);

private:
    void writeSlice();
    void end(const QString &problem);

    QSaveFile m_file;
    QStringList m_lines;
    qsizetype m_next = 0;
    QTimer m_slices;
};

} // namespace novita
