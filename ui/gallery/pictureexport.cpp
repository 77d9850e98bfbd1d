// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/pictureexport.h"

#include "core/images/gallerykeeper.h"
#include "core/imagefile/metadatastripper.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QPointer>
#include <QTemporaryFile>

namespace novita {

namespace {

constexpr int kMostOfOneName = 1000;

/// "2026-11-21 14-05-09": says nothing of the prompt.
QString stemOf(const PictureEntry &entry)
{
    const qint64 ms = std::chrono::duration_cast<Milliseconds>(entry.createdAt.time_since_epoch()).count();
    return QDateTime::fromMSecsSinceEpoch(ms).toString(QStringLiteral("yyyy-MM-dd HH-mm-ss"));
}

QString unwritable(const QFileDevice &file)
{
    return QCoreApplication::translate("PictureExport", "The folder could not be written to: %1")
        .arg(file.errorString());
}

/// Empty when all is well.
QString writeOne(const PictureFiles &files, const PictureEntry &entry, const QString &folder,
                 PictureExport::Metadata metadata)
{
    Result<QByteArray> bytes = files.read(entry.file, GalleryKeeper::kMostVideoBytes);
    if (bytes && metadata == PictureExport::Metadata::Strip)
        bytes = withoutMetadata(*bytes);
    if (!bytes)
        return bytes.error().message;
    QTemporaryFile file(QDir(folder).filePath(QStringLiteral(".XXXXXX.part")));
    if (!file.open() || file.write(*bytes) != bytes->size() || !file.flush())
        return unwritable(file);
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadGroup |
                        QFileDevice::ReadOther);
    const QString part = file.fileName();
    file.close();
    const QString stem = stemOf(entry);
    const QString suffix = QFileInfo(entry.file).suffix();
    for (int number = 1; number <= kMostOfOneName; ++number) {
        const QString name = number == 1 ? stem : QStringLiteral("%1 (%2)").arg(stem).arg(number);
        const QString path = QDir(folder).filePath(name + QLatin1Char('.') + suffix);
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

Call<PictureExportReport> *PictureExport::start(const QList<PictureEntry> &entries, const QString &folder,
                                                Metadata metadata)
{
    auto *call = Call<PictureExportReport>::create(this);
    m_pool.start([this, out = QPointer<Call<PictureExportReport>>(call), files = m_files, entries, folder, metadata] {
        PictureExportReport report;
        report.folder = folder;
        for (const PictureEntry &entry : entries) {
            if (m_stopped)
                break;
            const QString problem = writeOne(files, entry, folder, metadata);
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
