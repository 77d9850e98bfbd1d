// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflows/notification.h"
#include "ui/tray/traywords.h"
#include "ui/uicontext.h"

#include <QList>
#include <QMenu>
#include <QObject>
#include <QTimer>

#include <optional>

namespace novita {

class MainWindow;
class TrayArea;

/// The program in the panel of the desktop, where that has a place for it: an icon with a mark when something is wrong, a tooltip and a
/// menu that tell how many instances are in which state, what they cost and what was told last.
///
/// Where the person wants it so (keys::kCloseToTray), closing the window hides it and the program goes on; the first time it says
/// so. The window is hidden only while the icon can be seen, and comes back when the icon goes: the program is never out of reach.
///
/// A presenter of `UiContext::notifications`. Owner: composition root; `area` and `window` must outlive it.
class Tray final : public QObject, public NotificationPresenter
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Tray)

public:
    static constexpr int kMostNews = 3;           ///< notifications in the menu
    static constexpr Milliseconds kCalm{250};     ///< the desktop is told of changes no more often

    Tray(UiContext context, TrayArea &area, MainWindow &window);
    ~Tray() override;

    /// The icon can be seen.
    bool isPresent() const;

    void present(const ShownNotification &notification) override;
    void withdraw(NotificationId id, NotificationEnd why) override;

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct News
    {
        ShownNotification shown;
        bool faded = false;
    };

    void buildMenu();
    QAction *addLine(const QString &pageId);
    void connectSources();
    void applyPresence();
    bool takeClose();
    void hideWindow();
    void hideOrShow(bool hide);
    bool isWindowSeen() const;
    void openNews(NotificationId id);
    void scheduleUpdate();
    void update();
    void showNews();

    UiContext m_context;
    TrayArea &m_area;
    MainWindow &m_window;
    QMenu m_menu;
    QAction *m_running = nullptr;
    QAction *m_changing = nullptr;
    QAction *m_stopped = nullptr;
    QAction *m_failed = nullptr;
    QAction *m_burn = nullptr;
    QAction *m_connection = nullptr;
    QAction *m_balance = nullptr;
    QAction *m_newsEnd = nullptr;
    QAction *m_toggle = nullptr;
    QAction *m_dashboard = nullptr;
    QAction *m_quit = nullptr;
    QList<QAction *> m_newsLines; ///< newest first; those without a notification are not shown
    QList<News> m_news; ///< oldest first
    QTimer m_soon;
    TrayTexts m_texts;
    std::optional<StateTone> m_drawn;
    bool m_hidden = false; ///< the window, by this object
};

} // namespace novita
