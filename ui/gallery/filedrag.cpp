// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/filedrag.h"

#include <QDrag>
#include <QFileInfo>
#include <QMimeData>
#include <QPixmap>
#include <QUrl>
#include <QWidget>

namespace novita {

namespace {

constexpr int kSide = 128; ///< pixels of the picture under the pointer

} // namespace

void dragFile(const QString &path, const QImage &image, QWidget *source)
{
    auto *data = new QMimeData;
    data->setUrls({QUrl::fromLocalFile(QFileInfo(path).absoluteFilePath())});
    dragFiles(data, image, source);
}

void dragFiles(QMimeData *data, const QImage &image, QWidget *source)
{
    auto *drag = new QDrag(source);
    drag->setMimeData(data);
    if (!image.isNull())
        drag->setPixmap(QPixmap::fromImage(image.scaled(kSide, kSide, Qt::KeepAspectRatio, Qt::SmoothTransformation)));
    drag->exec(Qt::CopyAction);
}

} // namespace novita
