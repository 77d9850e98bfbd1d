// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QSize>

class QDialog;
class QLabel;
class QPushButton;
class QTableWidget;
class QWidget;

namespace novita {

class Theme;

/// What a dialog about a list of a person's own things is made of: all of them children of the dialog.
struct ListDialogParts
{
    QLabel *note;         ///< above the table
    QTableWidget *table;  ///< with its columns
    int wideColumn;       ///< the one that gets the room that is left
    QLabel *outcome;      ///< below the table
    QList<QPushButton *> actions;
    QPushButton *close;
    QWidget *empty = nullptr; ///< has the room of the table while that is hidden
};

/// Lays them out and sets the table up for choosing one row. `text`: how many characters it is wide and how many lines high, within the window of the
/// parent or the screen. `theme` must outlive the dialog.
void layOutListDialog(QDialog &dialog, const ListDialogParts &parts, const Theme &theme, QSize text);

} // namespace novita
