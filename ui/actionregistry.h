// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QList>
#include <QObject>

#include <functional>

class QAction;
class QMainWindow;
class QMenu;

namespace novita {

class Page;
class Theme;

/// What the window itself can do, beside the pages' own actions.
enum class WindowAction { NewInstance, CommandPalette, Refresh, Filter, ToggleRail, Settings, Profiles, Quit, Documentation, About };

/// The window's actions with their shortcuts, and the menu bar made from them: everything a person can do is in a menu.
class ActionRegistry final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ActionRegistry)

public:
    ActionRegistry(const Theme &theme, QMainWindow &window);

    QAction *action(WindowAction id) const;
    /// Window actions and the pages' entries, for the palette.
    QList<QAction *> all() const;
    QList<QAction *> pageActions() const { return m_pageActions; }

    /// Entries of the View menu with Ctrl+1…9, in rail order; `open` is called with the page id.
    void setPages(const QList<Page *> &pages, const std::function<void(QString)> &open);
    /// What the page in front offers, in the Actions menu.
    void setCurrentPage(Page *page);
    void retranslate();

private:
    QAction *add(WindowAction id, const QString &icon, const QKeySequence &shortcut);
    void buildMenus();

    const Theme &m_theme;
    QMainWindow &m_window;
    QList<QAction *> m_actions;     ///< by WindowAction
    QList<QAction *> m_pageActions; ///< one per page
    QList<Page *> m_pages;
    Page *m_current = nullptr;
    QMenu *m_fileMenu;
    QMenu *m_actionsMenu;
    QMenu *m_viewMenu;
    QMenu *m_helpMenu;
};

} // namespace novita
