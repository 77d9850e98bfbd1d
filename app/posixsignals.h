// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

class QSocketNotifier;

namespace novita {

/// SIGTERM, SIGINT and SIGHUP as a Qt signal, so that the program ends the same way as by its menu. One at a time.
class PosixSignals final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PosixSignals)

public:
    explicit PosixSignals(QObject *parent = nullptr);
    ~PosixSignals() override;

    /// A core file would hold the API key in clear.
    static void forbidCoreDumps();
    /// Makes `path` with access for its owner only (an existing one is left as it is). Empty when it can be written; else why
    /// not: "Permission denied", "/tmp/x is not a folder".
    static QString makePrivateDirectory(const QString &path);

signals:
    void terminateRequested();

private:
    QSocketNotifier *m_notifier = nullptr;
};

} // namespace novita
