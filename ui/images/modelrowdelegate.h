// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>
#include <QUrl>

namespace novita {

class ModelListModel;
class ModelPreviews;
class Theme;
struct ImageModel;

/// Draws a model of a ModelListModel with its preview and its star: as a row, or as a card of a grid. Models that do not fit are grey and say why.
class ModelRowDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ModelRowDelegate)

public:
    ModelRowDelegate(const Theme &theme, const ModelListModel &model, const ModelPreviews &previews, QObject *parent);

    void setGrid(bool grid) { m_grid = grid; }
    /// Pictures of models that the catalogue calls unsafe are not shown.
    void setCoversNsfw(bool covers) { m_coversNsfw = covers; }
    /// Its preview would be shown.
    bool showsPreview(const ImageModel &model) const;

    QSize cellSize() const; ///< of a card; a row is as wide as its view
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    /// Where the star of an item at `rect` is clicked.
    QRect starRect(const QRect &rect) const;

signals:
    void starClicked(int row) const;

protected:
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option, const QModelIndex &index) override;

private:
    int pictureSide() const;
    void paintPicture(QPainter &painter, const QRect &rect, const ImageModel &model, bool isGrey) const;
    void paintStar(QPainter &painter, const QRect &rect, bool favourite, bool onPicture) const;
    void paintRow(QPainter &painter, const QRect &rect, const QModelIndex &index, const ImageModel &model) const;
    void paintCard(QPainter &painter, const QRect &rect, const QModelIndex &index, const ImageModel &model) const;

    const Theme &m_theme;
    const ModelListModel &m_model;
    const ModelPreviews &m_previews;
    bool m_grid = false;
    bool m_coversNsfw = true;
};

} // namespace novita
