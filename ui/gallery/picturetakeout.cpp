// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/picturetakeout.h"

#include "core/base/displaytext.h"
#include "core/gallery/picturestore.h"
#include "core/images/imageworkspace.h"
#include "core/imagefile/imagedecoder.h"
#include "core/workflows/background.h"
#include "ui/gallery/exportdialog.h"
#include "ui/gallery/gallerytrouble.h"
#include "ui/gallery/showinfolder.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMimeData>
#include <QUrl>
#include <QWidget>

namespace novita {

namespace {

constexpr qsizetype kMostRead = 1000; ///< pictures, as PictureStore::read() takes them

/// What goes onto the clipboard.
struct Copied
{
    QList<QUrl> files;
    QImage image;
    qsizetype missing = 0;
};

Copied collect(const PictureFiles &files, const QList<PictureEntry> &entries)
{
    Copied out;
    for (const PictureEntry &entry : entries) {
        const QFileInfo file(files.path(entry.file));
        if (file.isFile())
            out.files.append(QUrl::fromLocalFile(file.absoluteFilePath()));
        else
            ++out.missing;
    }
    if (entries.size() == 1 && out.missing == 0 && entries.constFirst().kind == MediaKind::Image) {
        const Result<QByteArray> bytes = files.read(entries.constFirst().file, DecodeLimits().maxBytes);
        const Result<QImage> image = bytes ? decodeImage(*bytes) : Result<QImage>(bytes.error());
        out.image = image ? *image : QImage();
    }
    return out;
}

} // namespace

PictureTakeout::PictureTakeout(const UiContext &context, QWidget *dialogParent)
    : QObject(dialogParent)
    , m_context(context)
    , m_parent(dialogParent)
    , m_exporter(new PictureExport(context.images.files(), this))
{
}

void PictureTakeout::read(const QList<PictureId> &ids, const QList<Picture> &before, const QString &what,
                          const Then &then)
{
    m_reading.reset(m_context.images.pictures().read(ids.mid(0, kMostRead)))
        ->onFinished(this, [this, ids, before, what, then](const Result<QList<Picture>> &read) {
            if (!read) {
                if (read.error().kind != ErrorKind::Canceled)
                    emit reported(StateTone::Bad, gallerytrouble::sentence(what, read.error()));
                return;
            }
            const QList<Picture> all = before + *read;
            if (ids.size() > kMostRead)
                this->read(ids.mid(kMostRead), all, what, then);
            else if (!all.isEmpty())
                then(all);
        });
}

void PictureTakeout::exportPictures(const QList<PictureId> &ids)
{
    if (!ids.isEmpty())
        read(ids, {}, tr("Nothing was exported."), [this](const QList<Picture> &pictures) { openExport(pictures); });
}

void PictureTakeout::openExport(const QList<Picture> &pictures)
{
    auto *dialog = new ExportDialog(m_context.prompts, pictures, m_order, m_parent);
    connect(dialog, &RuleDialog::saveRequested, this, [this, dialog, pictures] {
        if (const QString problem = dialog->problem(); !problem.isEmpty())
            return dialog->setProblem(problem);
        m_order = dialog->order();
        dialog->accept();
        write(pictures);
    });
    openForAccount(m_context, dialog);
}

void PictureTakeout::write(const QList<Picture> &pictures)
{
    emit reported(StateTone::Wait, tr("%Ln picture(s) are being written…", nullptr, static_cast<int>(pictures.size())));
    m_exporter->start(pictures, m_order)->onFinished(this, [this](const Result<PictureExportReport> &result) {
        if (result)
            tell(*result);
    });
}

void PictureTakeout::tell(const PictureExportReport &report)
{
    const QString where = displayLine(report.folder);
    if (report.failed == 0)
        emit reported(StateTone::Good, tr("%Ln picture(s) were written to %1.", nullptr, report.written).arg(where));
    else
        emit reported(
            StateTone::Bad,
            tr("%Ln picture(s) could not be written to %1: %2", nullptr, report.failed).arg(where, report.problem));
}

void PictureTakeout::copyPictures(const QList<PictureEntry> &entries)
{
    if (entries.isEmpty())
        return;
    if (entries.size() > kMostCopied) {
        emit reported(StateTone::Warn,
                      tr("The clipboard takes up to %Ln picture(s). Export them instead.", nullptr, kMostCopied));
        return;
    }
    m_copying
        .reset(
            inBackground<Copied>([files = m_context.images.files(), entries] { return collect(files, entries); }, this))
        ->onFinished(this, [this](const Result<Copied> &copied) {
            if (!copied)
                return;
            if (copied->files.isEmpty()) {
                emit reported(StateTone::Bad, tr("Nothing was copied: the files are not there any more."));
                return;
            }
            auto *data = new QMimeData;
            data->setUrls(copied->files);
            if (!copied->image.isNull())
                data->setImageData(copied->image);
            QGuiApplication::clipboard()->setMimeData(data);
            const int count = static_cast<int>(copied->files.size());
            const QString done = tr("%Ln picture(s) on the clipboard.", nullptr, count);
            const QString missing =
                tr("The files of %Ln picture(s) are not there any more.", nullptr, static_cast<int>(copied->missing));
            if (copied->missing == 0)
                emit reported(StateTone::Good, done);
            else
                emit reported(StateTone::Warn, QStringLiteral("%1 %2").arg(done, missing));
        });
}

void PictureTakeout::copyPrompt(PictureId id)
{
    read({id}, {}, tr("Nothing was copied."), [this](const QList<Picture> &pictures) {
        const QString &prompt = pictures.constFirst().prompt;
        if (prompt.isEmpty()) {
            emit reported(StateTone::Warn, tr("This picture has no prompt."));
            return;
        }
        QGuiApplication::clipboard()->setText(prompt);
        emit reported(StateTone::Good, tr("The prompt is on the clipboard."));
    });
}

void PictureTakeout::showInFolder(const PictureEntry &entry)
{
    if (const QString path = m_context.images.files().path(entry.file); !path.isEmpty())
        show(path);
}

void PictureTakeout::show(const QString &path)
{
    novita::showInFolder(path, this, [this](const QString &folder) {
        emit reported(StateTone::Warn, tr("No file manager took it. The folder is %1").arg(displayLine(folder)));
    });
}

} // namespace novita
