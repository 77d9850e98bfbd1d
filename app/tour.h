// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <vector>

namespace novita {

class MainWindow;

/// `--tour DIR`: brings each page to the front, waits until it shows live data (20 s at most), and saves a picture of the
/// window: `01-instances.png`, … Prints the path of each to stdout.
class Tour final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Tour)

public:
    Tour(MainWindow &window, const QString &directory, QObject *parent = nullptr);

    /// A Validation error, and no finished(), when the folder cannot be made.
    Result<Done> start();

signals:
    /// The exit code: 0 when every page filled and every picture was saved.
    void finished(int exitCode);

private:
    struct Stop
    {
        QString name;                 ///< part of the file name
        std::function<void()> open;
        std::function<bool()> filled;
    };

    void planStops();
    void next();
    void check();
    void shoot(bool filled);

    MainWindow &m_window;
    QString m_directory;
    std::vector<Stop> m_stops;
    std::size_t m_index = 0;
    int m_waitedMs = 0;
    int m_filledMs = 0; ///< how long the page has been filled
    int m_failures = 0;
    QTimer m_timer;
};

} // namespace novita
