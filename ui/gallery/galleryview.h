// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gallery/picture.h"
#include "ui/gallery/gallerypainter.h"
#include "ui/gallery/gridgeometry.h"
#include "ui/gallery/thumbnailloader.h"

#include <QListView>
#include <QSet>
#include <QTimer>

#include <optional>

class QMimeData;

namespace novita {

class GalleryModel;
class Settings;
class Theme;

/// The grid of pictures, see GridGeometry. Compact: one column or two as the width allows, for a strip beside something
/// else. Its bar is there when there is something to scroll.
///
/// Keys: arrows, Home, End, Page up and down; S stars or takes the star back, 1 to 5 star, 0 takes it back; X or
/// Delete, U, T, C, E, B and Ctrl+C ask as the signals say; Space or Enter opens; Ctrl+A. Ctrl+wheel sizes.
class GalleryView final : public QListView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GalleryView)

public:
    static constexpr int kLeastSide = 96; ///< pixels of a thumbnail
    static constexpr int kMostSide = GridGeometry::kMostSide;
    static constexpr int kMostDragged = 200; ///< files

    struct Parts
    {
        Theme &theme;
        Settings &settings;
        const PictureFiles &files;
    };

    /// The model, and what `parts` refers to, must outlive the view.
    GalleryView(GalleryModel &model, const Parts &parts, QWidget *parent = nullptr);

    void setCompact(bool compact);
    bool isCompact() const { return m_compact; }
    int side() const { return m_grid.side(); } ///< as they stand there
    int wantedSide() const { return m_side; }  ///< as the settings have it
    /// About as large, in all grids that are not compact, now and later; held to the limits.
    void setSide(int side);
    int columns() const { return m_grid.columns(); }
    ThumbnailLoader &thumbnails() { return m_loader; }

    PictureId currentId() const; ///< 0 = none
    /// Selects it, and scrolls to it; nothing happens when it is not there.
    void setCurrentId(PictureId id);
    QList<PictureId> selectedIds() const; ///< in the order of the rows
    /// Flagged, and blurred until it is asked for.
    bool isVeiled(const PictureEntry &entry) const;
    /// Shows these although they are flagged, or blurs them again.
    void setRevealed(const QList<PictureId> &ids, bool revealed);
    /// Rows that can be seen; {0, -1} when there are none.
    std::pair<int, int> visibleRows() const;
    /// The files of these as a drag carries them, without those that are gone; nullptr for none. The caller owns it.
    QMimeData *dragData(const QList<PictureId> &ids) const;
    /// What a key asks for, pressed here or where the current picture is shown; false: it asks for nothing.
    bool pressKey(const QKeyEvent &event);
    /// The keys, in a line for people.
    static QString keysHelp();

    QRect visualRect(const QModelIndex &index) const override;
    QModelIndex indexAt(const QPoint &point) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    void doItemsLayout() override;

signals:
    void currentPictureChanged(novita::PictureId id); ///< 0 = none
    void pictureActivated(novita::PictureId id);
    void selectedPicturesChanged();
    void sideChanged(int side);
    void starRequested(const QList<novita::PictureId> &ids, bool starred);
    void trashRequested(const QList<novita::PictureId> &ids);
    void untrashRequested(const QList<novita::PictureId> &ids);
    void tagsRequested(const QList<novita::PictureId> &ids);
    void compareRequested(const QList<novita::PictureId> &ids);
    void copyRequested(const QList<novita::PictureId> &ids);
    void exportRequested(const QList<novita::PictureId> &ids);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyboardSearch(const QString &search) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    void startDrag(Qt::DropActions actions) override;
    void scrollContentsBy(int dx, int dy) override;
    void updateGeometries() override;
    int horizontalOffset() const override { return 0; }
    int verticalOffset() const override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;
    QRegion visualRegionForSelection(const QItemSelection &selection) const override;
    bool isIndexHidden(const QModelIndex &) const override { return false; }
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;

private:
    void followSettings();
    void arrange();
    void noteAnchor();
    void askLater();
    void ask();
    void showLoaded(const QString &file);
    void settleSelection();
    ThumbnailKey keyOf(const PictureEntry &entry) const;
    QRect cell(int row) const;
    std::optional<QRect> band() const;
    QItemSelection cellsIn(const QRect &rect) const;
    void setHovered(int row);
    GridGeometry gridFor(int width) const;
    void settleBar();

    GalleryModel &m_model;
    const Parts m_parts;
    ThumbnailLoader m_loader;
    GalleryPainter m_painter;
    QTimer m_ask;
    QTimer m_describe;
    QTimer m_settle;
    QSet<PictureId> m_revealed;
    bool m_compact = false;
    bool m_blurs = true;
    bool m_arranging = false;
    int m_side = 160; ///< as the settings have it
    GridGeometry m_grid;
    int m_hovered = -1;
    PictureId m_anchor = 0; ///< the first picture in sight stays where it is when rows come and go
    int m_anchorOffset = 0;
    QPoint m_bandStart;
    QPoint m_bandEnd;
};

} // namespace novita
