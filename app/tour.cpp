// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tour.h"

#include "ui/mainwindow.h"
#include "ui/page.h"

#include <QApplication>
#include <QDir>
#include <QPixmap>

#include <cstdio>

namespace novita {

namespace {

constexpr int kStepMs = 100;
constexpr int kPatienceMs = 20000;
constexpr int kSettleMs = 600; // charts, fonts and the first data-driven layout come a few frames after the data

void say(FILE *stream, const QString &line)
{
    std::fputs(qPrintable(line + QLatin1Char('\n')), stream);
    std::fflush(stream);
}

} // namespace

Tour::Tour(MainWindow &window, const QString &directory, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_directory(directory)
{
    m_timer.setInterval(kStepMs);
    connect(&m_timer, &QTimer::timeout, this, &Tour::check);
}

Result<Done> Tour::start()
{
    if (!QDir().mkpath(m_directory))
        return Error::make(ErrorKind::Validation, tr("The folder %1 cannot be made.").arg(m_directory));
    planStops();
    next();
    return Done{};
}

void Tour::planStops()
{
    const QList<Page *> pages = m_window.pages();
    for (Page *page : pages) {
        m_stops.push_back({page->pageId(), [this, page] { m_window.openPage(page->pageId()); }, [page] { return page->isFilled(); }});
    }
    // What pages open on top of themselves is part of the product, too: the wizard as its own window.
    m_stops.push_back({QStringLiteral("new-instance"), [this] { m_window.openCreateWizard(); },
                       [] { return QApplication::activeModalWidget() != nullptr || QApplication::topLevelWidgets().size() > 1; }});
}

void Tour::next()
{
    if (m_index >= m_stops.size()) {
        m_timer.stop();
        emit finished(m_failures == 0 ? 0 : 1);
        return;
    }
    m_waitedMs = 0;
    m_filledMs = 0;
    m_stops[m_index].open();
    m_timer.start();
}

void Tour::check()
{
    m_waitedMs += kStepMs;
    const bool filled = m_stops[m_index].filled();
    m_filledMs = filled ? m_filledMs + kStepMs : 0;
    if (filled ? m_filledMs >= kSettleMs : m_waitedMs >= kPatienceMs)
        shoot(filled);
}

void Tour::shoot(bool filled)
{
    m_timer.stop();
    const Stop &stop = m_stops[m_index];
    QWidget *target = &m_window;
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (widget != &m_window && widget->isVisible() && widget->isWindow() && (widget->windowFlags() & Qt::Dialog) == Qt::Dialog)
            target = widget;
    }
    const QString path = QStringLiteral("%1/%2-%3.png").arg(m_directory).arg(m_index + 1, 2, 10, QLatin1Char('0')).arg(stop.name);
    if (!filled) {
        ++m_failures;
        say(stderr, tr("The page “%1” showed no live data within %2 s.").arg(stop.name).arg(kPatienceMs / 1000));
    }
    if (target->grab().save(path)) {
        say(stdout, path);
    } else {
        ++m_failures;
        say(stderr, tr("The picture %1 cannot be written.").arg(path));
    }
    if (target != &m_window)
        target->close();
    ++m_index;
    next();
}

} // namespace novita
