// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;
class QMenu;
class QPushButton;

namespace novita {

class ActionButton;
class ElidedLabel;
class Theme;

/// The first line of a page: title, "count · age of data", secondary buttons, one primary button. When it is narrow, first the subtitle gives way,
/// then the secondary buttons, the last one first, move to the top of the menu of the first menu button, or of one called *More* made for them.
class PageHeader final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PageHeader)

public:
    explicit PageHeader(const Theme &theme, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void setSubtitle(const QString &subtitle);
    /// Any widget at the right of the subtitle, left of the buttons: a state chip.
    void addWidget(QWidget *widget);
    ActionButton *addSecondary(QAction *action);
    ActionButton *addMenuButton(const QString &text, QMenu *menu);
    /// At most one.
    ActionButton *setPrimary(QAction *action);
    /// The secondary actions that are in the menu for want of room.
    QList<QAction *> folded() const;

    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void applyFonts();
    void fold();
    void showFolded(qsizetype kept);
    ActionButton *foldMenuButton();
    int widthWith(qsizetype kept) const;
    QList<ActionButton *> foldable() const;

    const Theme &m_theme;
    QLabel *m_title;
    ElidedLabel *m_subtitle;
    QHBoxLayout *m_extras;
    QHBoxLayout *m_buttons;
    QList<ActionButton *> m_secondary; ///< those with an action, from left to right
    ActionButton *m_menuButton = nullptr;
    ActionButton *m_ownMenuButton = nullptr;
    ActionButton *m_primary = nullptr;
    QList<QAction *> m_folded;
    QAction *m_foldLine = nullptr; ///< between the folded actions and what the menu has of its own
};

} // namespace novita
