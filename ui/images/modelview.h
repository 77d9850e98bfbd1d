// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>
#include <QTimer>

namespace novita {

class ModelListModel;
class ModelPreviews;
class ModelRowDelegate;
class Theme;
struct ImageModel;

/// The rows of a ModelListModel, or cards in a grid. Asks for the previews of what can be seen, while it can be seen.
class ModelView final : public QListView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ModelView)

public:
    ModelView(Theme &theme, ModelListModel &model, ModelPreviews &previews, QWidget *parent = nullptr);

    void setGrid(bool grid);
    bool isGrid() const { return viewMode() == IconMode; }
    /// No pictures of models that the catalogue calls unsafe.
    void setCoversNsfw(bool covers);
    bool showsPreview(const ImageModel &model) const;

    int currentRow() const; ///< -1 when there is none
    void selectRow(int row);
    /// Less than two screens are left to scroll.
    bool nearsEnd() const;

signals:
    void scrolled();
    void rowActivated(int row);
    void starClicked(int row);

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void wantPreviews();

    ModelListModel &m_model;
    ModelPreviews &m_previews;
    ModelRowDelegate *m_delegate;
    QTimer m_rest; ///< scrolling fetches nothing that only flies by
};

} // namespace novita
