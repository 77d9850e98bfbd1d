// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/gridpicture.h"

#include "core/imagefile/imagedecoder.h"

#include <QCoreApplication>
#include <QFont>
#include <QFontMetrics>
#include <QImageWriter>
#include <QPainter>
#include <QSaveFile>

#include <algorithm>
#include <cmath>

namespace novita::gridpicture {

namespace {

struct GridPictureWords
{
    Q_DECLARE_TR_FUNCTIONS(GridPicture)
};

constexpr qint64 kMostBytes = 64 * 1024 * 1024;
constexpr int kLeastCell = 48;
constexpr int kGap = 6;

/// Where everything stands, for cells of a given size.
struct Layout
{
    QFont font;
    int line = 0; ///< height of a line of labels
    int left = 0; ///< of the labels of rows
    int top = 0;
    QSize whole;
};

Layout layoutFor(const GridPicture &picture, QSize cell)
{
    Layout out;
    out.font.setPixelSize(std::clamp(cell.width() / 18, 13, 36));
    const QFontMetrics metrics(out.font);
    out.line = metrics.height() + kGap;
    int widest = 0;
    for (const QString &label : picture.rowLabels)
        widest = std::max(widest, metrics.horizontalAdvance(label.left(80)));
    const bool hasRows = !picture.rowTitle.isEmpty();
    widest = std::max(widest, metrics.horizontalAdvance(picture.rowTitle));
    out.left = hasRows ? std::min(widest, cell.width()) + 3 * kGap : kGap;
    out.top = picture.columnTitle.isEmpty() ? kGap : 2 * out.line + kGap;
    if (hasRows)
        out.top = std::max(out.top, out.line + kGap);
    const auto columns = static_cast<int>(picture.columnLabels.size());
    const auto rows = static_cast<int>(picture.rowLabels.size());
    out.whole = {out.left + columns * (cell.width() + kGap), out.top + rows * (cell.height() + kGap)};
    return out;
}

bool fits(QSize whole)
{
    return whole.width() <= kMostSide && whole.height() <= kMostSide &&
           qint64(whole.width()) * whole.height() <= kMostPixels;
}

void drawText(QPainter &painter, const QRect &box, const QString &text, int alignment)
{
    painter.drawText(box, alignment | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(text, Qt::ElideMiddle, box.width()));
}

void drawCell(QPainter &painter, const QRect &box, const GridPicture::Cell &cell, const PictureFiles &files)
{
    QString words = cell.words;
    if (!cell.file.isEmpty()) {
        const Result<QByteArray> bytes = files.read(cell.file, kMostBytes);
        const Result<QImage> image = bytes ? decodeThumbnail(*bytes, box.size()) : Result<QImage>(bytes.error());
        if (image) {
            const QPoint at =
                box.topLeft() + QPoint((box.width() - image->width()) / 2, (box.height() - image->height()) / 2);
            painter.drawImage(at, *image);
            return;
        }
        words = GridPictureWords::tr("Cannot be shown");
    }
    painter.fillRect(box, QColor(Qt::white).darker(107));
    drawText(painter, box.adjusted(kGap, 0, -kGap, 0), words, Qt::AlignCenter);
}

} // namespace

QSize cellSize(const GridPicture &picture)
{
    QSize cell = picture.largest.isEmpty() ? QSize(512, 512) : picture.largest;
    if (cell.width() > kMostCellSide || cell.height() > kMostCellSide)
        cell.scale(kMostCellSide, kMostCellSide, Qt::KeepAspectRatio);
    cell = cell.expandedTo({kLeastCell, kLeastCell});
    while (!fits(layoutFor(picture, cell).whole) && std::max(cell.width(), cell.height()) > kLeastCell)
        cell = QSize(std::max(8, cell.width() * 9 / 10), std::max(8, cell.height() * 9 / 10));
    return cell;
}

QImage draw(const GridPicture &picture, const PictureFiles &files)
{
    const QSize cell = cellSize(picture);
    const Layout layout = layoutFor(picture, cell);
    if (!fits(layout.whole))
        return {};
    QImage out(layout.whole, QImage::Format_RGB32);
    if (out.isNull())
        return {};
    out.fill(Qt::white);
    QPainter painter(&out);
    painter.setFont(layout.font);
    painter.setPen(Qt::black);
    const auto x = [&](qsizetype column) { return layout.left + static_cast<int>(column) * (cell.width() + kGap); };
    const auto y = [&](qsizetype row) { return layout.top + static_cast<int>(row) * (cell.height() + kGap); };
    QFont strong = layout.font;
    strong.setWeight(QFont::DemiBold);
    painter.setFont(strong);
    drawText(painter, {layout.left, kGap / 2, layout.whole.width() - layout.left - kGap, layout.line},
             picture.columnTitle, Qt::AlignLeft | Qt::AlignVCenter);
    drawText(painter, {kGap, layout.top - layout.line, layout.left - 2 * kGap, layout.line}, picture.rowTitle,
             Qt::AlignRight | Qt::AlignVCenter);
    painter.setFont(layout.font);
    for (qsizetype column = 0; column < picture.columnLabels.size(); ++column)
        drawText(painter, {x(column), layout.top - layout.line, cell.width(), layout.line},
                 picture.columnLabels.at(column), Qt::AlignHCenter | Qt::AlignVCenter);
    for (qsizetype row = 0; row < picture.rowLabels.size(); ++row) {
        drawText(painter, {kGap, y(row), layout.left - 2 * kGap, cell.height()}, picture.rowLabels.at(row),
                 Qt::AlignRight | Qt::AlignVCenter);
        for (qsizetype column = 0; column < picture.columnLabels.size(); ++column)
            drawCell(painter, {QPoint(x(column), y(row)), cell},
                     picture.cells.value(row * picture.columnLabels.size() + column), files);
    }
    return out;
}

QImage thumbnail(const PictureFiles &files, const QString &file, int side)
{
    QImage image = files.thumbnail(file);
    if (image.isNull()) {
        const Result<QByteArray> bytes = files.read(file, kMostBytes);
        const Result<QImage> decoded =
            bytes ? decodeThumbnail(*bytes, {PictureFiles::kThumbnailSide, PictureFiles::kThumbnailSide})
                  : Result<QImage>(bytes.error());
        if (!decoded)
            return {};
        image = *decoded;
        (void)files.saveThumbnail(file, image);
    }
    const bool fits = image.width() <= side && image.height() <= side;
    return fits ? image : image.scaled(side, side, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

Result<Done> save(const GridPicture &picture, const PictureFiles &files, const QString &path)
{
    const auto failed = [](const QString &why) {
        return Error::make(ErrorKind::Storage, GridPictureWords::tr("The grid could not be written: %1").arg(why));
    };
    const QImage image = draw(picture, files);
    if (image.isNull())
        return failed(GridPictureWords::tr("it is too large."));
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return failed(file.errorString());
    QImageWriter writer(&file, "PNG");
    if (!writer.write(image))
        return failed(writer.errorString());
    if (!file.commit())
        return failed(file.errorString());
    return Done{};
}

} // namespace novita::gridpicture
