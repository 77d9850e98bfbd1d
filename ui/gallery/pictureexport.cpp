// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/pictureexport.h"

#include "core/images/gallerykeeper.h"
#include "core/imagefile/metadatastripper.h"
#include "ui/gallery/exportname.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QPointer>
#include <QTemporaryFile>

namespace novita {

namespace {

constexpr int kMostOfOneName = 1000;

QString unwritable(const QFileDevice &file)
{
    return QCoreApplication::translate("PictureExport", "The folder could not be written to: %1")
        .arg(file.errorString());
}

/// Empty when all is well.
QString writeOne(const PictureFiles &files, const Picture &picture, const QString &stem, const ExportOrder &order)
{
    const QDir folder(order.folder);
    Result<QByteArray> bytes = files.read(picture.file, GalleryKeeper::kMostVideoBytes);
    if (bytes && order.strips)
        bytes = withoutMetadata(*bytes);
    if (!bytes)
        return bytes.error().message;
    QTemporaryFile file(folder.filePath(QStringLiteral(".XXXXXX.part")));
    if (!file.open() || file.write(*bytes) != bytes->size() || !file.flush())
        return unwritable(file);
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadGroup |
                        QFileDevice::ReadOther);
    const QString part = file.fileName();
    file.close();
    const QString suffix = QFileInfo(picture.file).suffix();
    for (int number = 1; number <= kMostOfOneName; ++number) {
        const QString name = number == 1 ? stem : QStringLiteral("%1 (%2)").arg(stem).arg(number);
        const QString path = folder.filePath(name + QLatin1Char('.') + suffix);
        // Fails where something of that name is.
        QFile written(part);
        if (written.rename(path)) {
            file.setAutoRemove(false);
            return {};
        }
        if (!QFileInfo::exists(path))
            return unwritable(written);
    }
    return QCoreApplication::translate("PictureExport", "The folder has too many pictures of the same name.");
}

} // namespace

PictureExport::PictureExport(const PictureFiles &files, QObject *parent)
    : QObject(parent)
    , m_files(files)
{
    m_pool.setMaxThreadCount(1);
}

PictureExport::~PictureExport()
{
    m_stopped = true;
    m_pool.waitForDone();
}

Call<PictureExportReport> *PictureExport::start(const QList<Picture> &pictures, const ExportOrder &order)
{
    auto *call = Call<PictureExportReport>::create(this);
    m_pool.start([this, out = QPointer<Call<PictureExportReport>>(call), files = m_files, pictures, order] {
        PictureExportReport report;
        report.folder = order.folder;
        const QString pattern = order.names.isEmpty() ? exportname::defaultPattern() : order.names;
        int number = 0;
        for (const Picture &picture : pictures) {
            if (m_stopped)
                break;
            const QString problem = writeOne(files, picture, exportname::stem(pattern, picture, ++number), order);
            ++(problem.isEmpty() ? report.written : report.failed);
            if (report.problem.isEmpty())
                report.problem = problem;
        }
        // It outlives its pool: posting to it is safe here.
        QMetaObject::invokeMethod(
            this,
            [out, report] {
                if (out)
                    out->resolve(report);
            },
            Qt::QueuedConnection);
    });
    return call;
}

} // namespace novita
