// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actionregistry.h"

#include "ui/page.h"
#include "ui/theme.h"

#include <QAction>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

namespace novita {

ActionRegistry::ActionRegistry(const Theme &theme, QMainWindow &window)
    : QObject(&window)
    , m_theme(theme)
    , m_window(window)
    , m_fileMenu(window.menuBar()->addMenu(QString()))
    , m_actionsMenu(window.menuBar()->addMenu(QString()))
    , m_viewMenu(window.menuBar()->addMenu(QString()))
    , m_helpMenu(window.menuBar()->addMenu(QString()))
{
    add(WindowAction::NewInstance, QStringLiteral("list-add"), QKeySequence(QKeySequence::New));
    add(WindowAction::CommandPalette, QStringLiteral("edit-find"), QKeySequence(Qt::CTRL | Qt::Key_K));
    add(WindowAction::Refresh, QStringLiteral("view-refresh"), QKeySequence(Qt::Key_F5));
    add(WindowAction::Filter, QStringLiteral("view-filter"), QKeySequence(QKeySequence::Find));
    add(WindowAction::ToggleRail, QStringLiteral("application-menu"), QKeySequence(Qt::CTRL | Qt::Key_B));
    add(WindowAction::Settings, QStringLiteral("configure"), QKeySequence(Qt::CTRL | Qt::Key_Comma));
    add(WindowAction::Profiles, QStringLiteral("user-identity"), {});
    add(WindowAction::Quit, QStringLiteral("window-close"), QKeySequence(Qt::CTRL | Qt::Key_Q));
    add(WindowAction::Documentation, QStringLiteral("help-contents"), QKeySequence(Qt::Key_F1));
    add(WindowAction::About, QStringLiteral("help-about"), {});
    buildMenus();
    retranslate();
}

QAction *ActionRegistry::add(WindowAction id, const QString &icon, const QKeySequence &shortcut)
{
    Q_ASSERT(static_cast<qsizetype>(id) == m_actions.size());
    auto *action = new QAction(this);
    action->setIcon(m_theme.icon(icon));
    action->setShortcut(shortcut);
    m_window.addAction(action);
    m_actions.append(action);
    return action;
}

QAction *ActionRegistry::action(WindowAction id) const
{
    return m_actions.at(static_cast<qsizetype>(id));
}

QList<QAction *> ActionRegistry::all() const
{
    return m_actions;
}

void ActionRegistry::buildMenus()
{
    m_fileMenu->addAction(action(WindowAction::NewInstance));
    m_fileMenu->addSeparator();
    m_fileMenu->addAction(action(WindowAction::Profiles));
    m_fileMenu->addAction(action(WindowAction::Settings));
    m_fileMenu->addSeparator();
    m_fileMenu->addAction(action(WindowAction::Quit));
    m_helpMenu->addAction(action(WindowAction::CommandPalette));
    m_helpMenu->addAction(action(WindowAction::Documentation));
    m_helpMenu->addSeparator();
    m_helpMenu->addAction(action(WindowAction::About));
}

void ActionRegistry::setPages(const QList<Page *> &pages, const std::function<void(QString)> &open)
{
    m_pages = pages;
    qDeleteAll(m_pageActions);
    m_pageActions.clear();
    m_viewMenu->clear();
    constexpr int kNumberedPages = 9;
    for (int i = 0; i < pages.size(); ++i) {
        auto *action = new QAction(m_theme.icon(pages.at(i)->iconName()), pages.at(i)->title(), this);
        if (i < kNumberedPages)
            action->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + i)));
        connect(action, &QAction::triggered, this, [open, id = pages.at(i)->pageId()] { open(id); });
        m_window.addAction(action);
        m_pageActions.append(action);
    }
    m_viewMenu->addActions(m_pageActions);
    m_viewMenu->addSeparator();
    for (const WindowAction id : {WindowAction::Refresh, WindowAction::Filter, WindowAction::CommandPalette, WindowAction::ToggleRail})
        m_viewMenu->addAction(action(id));
}

void ActionRegistry::setCurrentPage(Page *page)
{
    m_current = page;
    m_actionsMenu->clear();
    if (page)
        m_actionsMenu->addActions(page->pageActions());
    m_actionsMenu->menuAction()->setVisible(!m_actionsMenu->isEmpty());
}

void ActionRegistry::retranslate()
{
    m_fileMenu->setTitle(tr("&File"));
    m_actionsMenu->setTitle(tr("&Actions"));
    m_viewMenu->setTitle(tr("&View"));
    m_helpMenu->setTitle(tr("&Help"));
    action(WindowAction::NewInstance)->setText(tr("New instance…"));
    action(WindowAction::CommandPalette)->setText(tr("Command palette…"));
    action(WindowAction::Refresh)->setText(tr("Refresh"));
    action(WindowAction::Filter)->setText(tr("Filter"));
    action(WindowAction::ToggleRail)->setText(tr("Collapse navigation"));
    action(WindowAction::Settings)->setText(tr("Settings"));
    action(WindowAction::Profiles)->setText(tr("Profiles…"));
    action(WindowAction::Quit)->setText(tr("Quit"));
    action(WindowAction::Documentation)->setText(tr("Novita documentation"));
    action(WindowAction::About)->setText(tr("About Novita Console"));
    for (int i = 0; i < m_pageActions.size() && i < m_pages.size(); ++i)
        m_pageActions.at(i)->setText(m_pages.at(i)->title());
}

} // namespace novita
