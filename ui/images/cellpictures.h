// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gallery/picture.h"
#include "core/gallery/picturefiles.h"

#include <QDialog>
#include <QList>

class QToolButton;

namespace novita {

class Theme;

/// The pictures of one cell of a grid, small and beside each other, to open one of them. Closes when something else is
/// clicked, on Esc, and with the choice; deletes itself. Pictures are decoded in worker threads.
class CellPictures final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CellPictures)

public:
    /// `title`: what the cell stands for. `hideFlagged`: flagged ones are named, not shown.
    CellPictures(const Theme &theme, const PictureFiles &files, const QList<PictureEntry> &pictures,
                 const QString &title, bool hideFlagged, QWidget *parent);

    /// Below or beside `where`, in global coordinates, within the screen.
    void showAt(const QPoint &where);

signals:
    void pictureActivated(novita::PictureId id);

private:
    void load(QToolButton *button, const PictureFiles &files, const QString &file, int side);
};

} // namespace novita
