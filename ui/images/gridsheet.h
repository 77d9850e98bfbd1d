// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/gallery/picture.h"

#include <QDialog>

class QLabel;
class QModelIndex;
class QPushButton;
class QTableView;

namespace novita {

class ErrorBanner;
class GridSheetModel;
class ImageWorkspace;
class Prompts;
class Settings;
class Theme;
struct GridPicture;

/// The pictures of a grid with the values of their parameters beside and above them, as they arrive; saved as one
/// picture with its labels. Closes when the profile is another.
class GridSheet final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GridSheet)

public:
    struct Parts
    {
        const Theme &theme;
        Prompts &prompts;
        Settings &settings;
        ImageWorkspace &images;
    };

    /// Of the jobs that the queue knows with this batch; isEmpty() when there are none, or they are no grid.
    GridSheet(const Parts &parts, const QString &batch, QWidget *parent = nullptr);
    ~GridSheet() override;

    /// Whether a job's batch and cell are those of a grid, to be offered where jobs are listed.
    static bool isGrid(const QString &batch, const QJsonObject &cell);
    bool isEmpty() const;

signals:
    /// The person wants to see this one.
    void pictureActivated(novita::PictureId id);

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void open(const QModelIndex &index);
    void save();
    GridPicture picture() const;
    void present();
    void retranslate();

    const Parts m_parts;
    const int m_side;
    GridSheetModel *m_model;
    QLabel *m_state;
    QLabel *m_columnTitle;
    QLabel *m_rowTitle;
    ErrorBanner *m_banner;
    QTableView *m_view;
    QPushButton *m_save;
    QPushButton *m_close;
    CallGuard m_saving;
};

} // namespace novita
