// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tray/tray.h"

#include "core/base/logging.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/notificationcenter.h"
#include "ui/mainwindow.h"
#include "ui/statusinput.h"
#include "ui/theme.h"
#include "ui/tray/trayarea.h"
#include "ui/tray/trayicon.h"

#include <QAction>
#include <QEvent>
#include <QGuiApplication>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

constexpr qsizetype kMostKept = 20;
constexpr qsizetype kNewsLetters = 60;

/// A menu takes an ampersand for the mark of a shortcut.
QString menuText(QString text)
{
    if (text.size() > kNewsLetters)
        text = text.left(kNewsLetters - 1).trimmed() + QChar(0x2026);
    return text.replace(QLatin1Char('&'), QLatin1String("&&"));
}

StateTone toneOf(EventSeverity severity)
{
    return severity == EventSeverity::Problem ? StateTone::Bad : severity == EventSeverity::Warning ? StateTone::Warn : StateTone::Idle;
}

void showLine(QAction *line, const QString &text)
{
    line->setText(menuText(text));
    line->setVisible(!text.isEmpty());
}

} // namespace

Tray::Tray(UiContext context, TrayArea &area, MainWindow &window)
    : m_context(context)
    , m_area(area)
    , m_window(window)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(kCalm);
    connect(&m_soon, &QTimer::timeout, this, &Tray::update);
    buildMenu();
    connectSources();
    m_context.notifications.addPresenter(*this);
    m_window.installEventFilter(this);
    m_window.setCloseHandler([this] { return takeClose(); });
    applyPresence();
    update();
    m_area.setMenu(&m_menu);
}

Tray::~Tray()
{
    m_area.setMenu(nullptr);
    m_window.setCloseHandler({});
    m_context.notifications.removePresenter(*this);
}

void Tray::buildMenu()
{
    m_connection = addLine(QStringLiteral("activity/requests"));
    m_running = addLine(QStringLiteral("instances"));
    m_changing = addLine(QStringLiteral("instances"));
    m_stopped = addLine(QStringLiteral("instances"));
    m_failed = addLine(QStringLiteral("instances"));
    m_burn = addLine(QStringLiteral("costs"));
    m_balance = addLine(QStringLiteral("costs"));
    m_menu.addSeparator();
    for (int i = 0; i < kMostNews; ++i) {
        QAction *line = m_menu.addAction(QString());
        connect(line, &QAction::triggered, this, [this, line] { openNews(line->data().value<NotificationId>()); });
        m_newsLines.append(line);
    }
    m_newsEnd = m_menu.addSeparator();
    m_toggle = m_menu.addAction(QString(), this, [this] { hideOrShow(isWindowSeen()); });
    m_dashboard = addLine(QStringLiteral("dashboard"));
    m_menu.addSeparator();
    m_quit = m_menu.addAction(QString(), &m_window, &MainWindow::quit);
}

QAction *Tray::addLine(const QString &pageId)
{
    return m_menu.addAction(QString(), this, [this, pageId] {
        m_window.comeForward();
        m_window.openPage(pageId);
    });
}

void Tray::connectSources()
{
    connect(&m_area, &TrayArea::availabilityChanged, this, &Tray::applyPresence);
    // A window that is seen but covered was looked for, not looked at.
    connect(&m_area, &TrayArea::activated, this, [this] { hideOrShow(isWindowSeen() && m_window.isActiveWindow()); });
    connect(&m_menu, &QMenu::aboutToShow, this, &Tray::update);
    connect(&m_context.settings, &Settings::changed, this, [this](const QString &key) {
        if (key == keys::kTrayIcon.name)
            applyPresence();
    });
    connect(&m_context.theme, &Theme::changed, this, [this] {
        m_drawn.reset();
        scheduleUpdate();
    });
    followStatusInput(m_context, this, [this] { scheduleUpdate(); });
}

bool Tray::isPresent() const
{
    return m_area.isAvailable() && m_context.settings.value(keys::kTrayIcon);
}

void Tray::applyPresence()
{
    m_area.setWanted(m_context.settings.value(keys::kTrayIcon));
    if (isPresent())
        scheduleUpdate();
    else if (m_hidden)
        m_window.comeForward();
}

bool Tray::takeClose()
{
    if (!isPresent() || !m_context.settings.value(keys::kCloseToTray))
        return false;
    hideWindow();
    if (m_context.settings.value(keys::kTrayExplained))
        return true;
    m_area.showMessage(tr("Novita Console goes on running"),
                       tr("Its icon in the panel brings the window back, and its menu ends the program. Settings → General changes what closing does."));
    if (const Result<Done> kept = m_context.settings.setValue(keys::kTrayExplained, true); !kept)
        qCWarning(lcSettings).noquote() << kept.error().toLogString();
    return true;
}

void Tray::hideWindow()
{
    m_hidden = true;
    // A dialog that is closed meanwhile would be the last window.
    QGuiApplication::setQuitOnLastWindowClosed(false);
    m_window.hide();
}

bool Tray::isWindowSeen() const
{
    return m_window.isVisible() && !m_window.isMinimized();
}

void Tray::hideOrShow(bool hide)
{
    if (hide)
        hideWindow();
    else
        m_window.comeForward();
}

bool Tray::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_window) {
        if (event->type() == QEvent::Show && std::exchange(m_hidden, false))
            QGuiApplication::setQuitOnLastWindowClosed(true);
        if (event->type() == QEvent::Show || event->type() == QEvent::Hide || event->type() == QEvent::WindowStateChange || event->type() == QEvent::LanguageChange)
            scheduleUpdate();
    }
    return QObject::eventFilter(watched, event);
}

void Tray::present(const ShownNotification &notification)
{
    m_news.removeIf([&notification](const News &news) { return news.shown.id == notification.id; });
    m_news.append({notification, false});
    if (m_news.size() > kMostKept)
        m_news.removeFirst();
    scheduleUpdate();
}

void Tray::withdraw(NotificationId id, NotificationEnd why)
{
    const auto found = std::find_if(m_news.begin(), m_news.end(), [id](const News &news) { return news.shown.id == id; });
    if (found == m_news.end())
        return;
    // What has had its time in the window may still be looked up here.
    if (why == NotificationEnd::Faded)
        found->faded = true;
    else
        m_news.erase(found);
    scheduleUpdate();
}

void Tray::openNews(NotificationId id)
{
    const auto found = std::find_if(m_news.cbegin(), m_news.cend(), [id](const News &news) { return news.shown.id == id; });
    const auto isShow = [](const NotificationAction &action) { return action.id == QLatin1String("show"); };
    if (found != m_news.cend() && std::any_of(found->shown.actions.begin(), found->shown.actions.end(), isShow)) {
        m_context.notifications.trigger(id, QStringLiteral("show"));
    } else {
        m_window.comeForward();
        m_window.openPage(QStringLiteral("activity/events"));
    }
}

void Tray::scheduleUpdate()
{
    if (!m_soon.isActive())
        m_soon.start();
}

void Tray::update()
{
    if (!isPresent())
        return;
    m_texts = trayTexts(statusInput(m_context));
    showLine(m_connection, m_texts.connection);
    showLine(m_running, m_texts.running);
    showLine(m_changing, m_texts.changing);
    showLine(m_stopped, m_texts.stopped);
    showLine(m_failed, m_texts.failed);
    showLine(m_burn, m_texts.burn);
    showLine(m_balance, m_texts.balance);
    showNews();
    showLine(m_toggle, isWindowSeen() ? tr("Hide window") : tr("Show window"));
    showLine(m_dashboard, tr("Open dashboard"));
    showLine(m_quit, tr("Quit"));
    m_area.setToolTip(m_texts.toolTip);
    StateTone tone = m_texts.tone;
    for (const News &news : std::as_const(m_news)) {
        if (!news.faded && tone != StateTone::Bad && toneOf(news.shown.severity) != StateTone::Idle)
            tone = toneOf(news.shown.severity);
    }
    if (m_drawn != tone) {
        m_drawn = tone;
        m_area.setIcon(trayIcon(m_context.theme, tone));
    }
}

void Tray::showNews()
{
    qsizetype next = m_news.size();
    for (QAction *line : std::as_const(m_newsLines)) {
        const bool there = --next >= 0;
        showLine(line, there ? m_news.at(next).shown.title : QString());
        line->setData(there ? m_news.at(next).shown.id : NotificationId(0));
    }
    m_newsEnd->setVisible(!m_news.isEmpty());
}

} // namespace novita
