// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/gallery/picture.h"
#include "core/gallery/picturefiles.h"
#include "core/images/imagequeue.h"
#include "ui/images/gridplan.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QImage>
#include <QSet>

#include <vector>

namespace novita {

class PictureStore;

/// The pictures of one grid, cell by cell, as they arrive. Reads the queue and the gallery; pictures are decoded in
/// worker threads.
class GridSheetModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GridSheetModel)

public:
    struct Cell
    {
        QList<ImageJobId> jobs;
        QString state; ///< of the job that says most: "Waiting", "Failed"; empty when all are done
        QString why;   ///< its note
        QList<PictureEntry> pictures;
        QImage image;          ///< of the first one that may be shown
        int open = 0;          ///< jobs that have not ended
        bool isHidden = false; ///< flagged, and flagged ones are not to be shown
    };
    enum Role { CountRole = Qt::UserRole };

    struct Parts
    {
        ImageQueue &queue;
        PictureStore &pictures;
        PictureFiles files;
        ProfileId profile;
        bool hideFlagged = true;
    };

    /// `side`: of the pictures in cells, pixels.
    GridSheetModel(const Parts &parts, const QString &batch, int side, QObject *parent = nullptr);
    ~GridSheetModel() override;

    /// Cells of the grid that is known under `batch`; 0: it has none any more.
    static int cellCount(const ImageQueue &queue, const QString &batch);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    QString title(Qt::Orientation orientation) const; ///< the parameter: "Steps"
    const Cell &cell(int row, int column) const;
    int doneCount() const { return m_done; }   ///< cells with a picture
    int endedCount() const { return m_ended; } ///< cells that nothing more comes to

signals:
    /// Counts are other ones; once for all that the queue tells at once.
    void progressed();

private:
    void read();
    void noteJob(const ImageJobView &view);
    void askPictures();
    void takePictures(std::size_t at, const QList<PictureEntry> &entries);
    void loadImage(std::size_t at);
    void cellChanged(std::size_t at);

    const Parts m_parts;
    const QString m_batch;
    const int m_side;
    int m_columns = 0;
    int m_rows = 0;
    int m_done = 0;
    int m_ended = 0;
    QString m_columnTitle;
    QString m_rowTitle;
    QStringList m_columnLabels;
    QStringList m_rowLabels;
    std::vector<Cell> m_cells; ///< row by row
    QHash<ImageJobId, std::size_t> m_cellOf;
    QHash<ImageJobId, ImageJobState> m_states;
    QList<ImageJobId> m_toAsk;
    QSet<ImageJobId> m_asked;
    CallGuard m_asking;
    bool m_isAsking = false;
};

} // namespace novita
