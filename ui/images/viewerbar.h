// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gallery/picture.h"
#include "ui/gallery/restorepart.h"

#include <QWidget>

class QAction;
class QMenu;

namespace novita {

class ActionButton;
class PageHeader;
class Theme;

/// What can be done with the picture in the middle, and how it was made, in one line. What has no room is in *More*.
class ViewerBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ViewerBar)

public:
    explicit ViewerBar(const Theme &theme, QWidget *parent = nullptr);

    /// nullptr: there is none.
    void setPicture(const Picture *picture);
    QList<QAction *> actions() const;

signals:
    void useAsSourceRequested();
    void editMaskRequested();
    void restoreRequested(novita::RestorePart part);
    void starRequested(bool starred);
    void saveRequested();
    void trashRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    QAction *add(const char *icon);
    QString facts() const;
    void present();
    void retranslate();

    const Theme &m_theme;
    std::optional<Picture> m_picture;
    PageHeader *m_line;
    QMenu *m_moreMenu;
    ActionButton *m_more;
    QAction *m_source;
    QAction *m_restore;
    QAction *m_star;
    QAction *m_save;
    QAction *m_restoreButSeed;
    QAction *m_restorePrompt;
    QAction *m_restoreSeed;
    QAction *m_mask;
    QAction *m_trash;
};

} // namespace novita
