// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

/// The first line of a page: title, "count · age of data", secondary buttons, one primary button. The subtitle gives way when it is narrow.
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

private:
    void applyFonts();

    const Theme &m_theme;
    QLabel *m_title;
    ElidedLabel *m_subtitle;
    QHBoxLayout *m_extras;
    QHBoxLayout *m_buttons;
    ActionButton *m_primary = nullptr;
};

} // namespace novita
