// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gallery/picturequery.h"
#include "core/gallery/picturestore.h"
#include "ui/theme.h"

#include <QWidget>

class QAction;
class QComboBox;
class QLabel;
class QMenu;
class QPushButton;
class QSlider;

namespace novita {

class ActionButton;
class Clock;
class SearchField;

/// What the gallery shows: the search field, a menu that writes into it, the order, the trash, and the size of
/// thumbnails.
class GalleryBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GalleryBar)

public:
    GalleryBar(Theme &theme, const Clock &clock, QWidget *parent = nullptr);

    PictureQuery query() const;
    SearchField *search() const { return m_search; }
    void clearSearch();
    bool isTrash() const;
    void setTrash(bool trash);
    void setOrder(PictureQuery::Order order);
    /// For the menu; the number in the trash for its button.
    void setTags(const QList<PictureStore::Tag> &tags);
    void setTrashCount(int count);
    void setSide(int side);
    /// Stands at the end.
    void addButton(QAction *action);
    void retranslate();

signals:
    void queryChanged();
    void sideChosen(int side);
    void leaveRequested();

private:
    void fillMenu();
    void fillFormats();
    void fillTags();
    void toggle(const QString &term);
    void addTerm(QMenu *menu, const QString &text, const QString &term);

    const Theme &m_theme;
    const Clock &m_clock;
    SearchField *m_search;
    QMenu *m_menu;
    QMenu *m_formatMenu;
    QMenu *m_tagMenu;
    ActionButton *m_filter;
    QLabel *m_orderLabel;
    QComboBox *m_order;
    QPushButton *m_trash;
    QLabel *m_sideLabel;
    QSlider *m_side;
    QList<PictureStore::Tag> m_tags;
    int m_trashCount = 0;
};

} // namespace novita
