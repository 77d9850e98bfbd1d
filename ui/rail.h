// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "ui/uicontext.h"

#include <QHash>
#include <QStringList>
#include <QWidget>

class QButtonGroup;
class QMenu;
class QVBoxLayout;

namespace novita {

class RailButton;

/// The navigation at the left: a button per page (icon and word, icon alone when collapsed) and the profile switcher at the bottom.
class Rail final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Rail)

public:
    explicit Rail(UiContext context, QWidget *parent = nullptr);

    void addPage(const QString &id, const QString &title, const QString &iconName);
    void setPageTitle(const QString &id, const QString &title);
    void setCurrent(const QString &id);
    void setCollapsed(bool collapsed);
    bool isCollapsed() const { return m_collapsed; }

signals:
    void pageChosen(const QString &pageId);
    void profileChosen(const novita::ProfileId &id);
    void collapsedChanged(bool collapsed);

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void fillProfileMenu();
    void showProfile();
    void applyWidth();

    UiContext m_context;
    QButtonGroup *m_group;
    QVBoxLayout *m_pages;
    QHash<QString, RailButton *> m_buttons;
    RailButton *m_toggle;
    RailButton *m_profile;
    QMenu *m_profileMenu;
    bool m_collapsed = false;
};

} // namespace novita
