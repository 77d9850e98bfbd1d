// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "ui/gallery/pictureexport.h"
#include "ui/theme.h"
#include "ui/uicontext.h"

#include <functional>

namespace novita {

/// Takes pictures out of the gallery: into a folder, onto the clipboard, into the file manager. Files that are not
/// there any more are told, not passed on.
class PictureTakeout final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PictureTakeout)

public:
    static constexpr int kMostCopied = 200; ///< files on the clipboard

    /// Dialogs stand over `dialogParent`, which owns it.
    PictureTakeout(const UiContext &context, QWidget *dialogParent);

    /// Asks where to and how.
    void exportPictures(const QList<PictureId> &ids);
    /// Their files, and of one picture what it shows, for programs that take either.
    void copyPictures(const QList<PictureEntry> &entries);
    void copyPrompt(PictureId id);
    void showInFolder(const PictureEntry &entry);

    /// What was chosen for the last export.
    const ExportOrder &lastOrder() const { return m_order; }
    void setLastOrder(const ExportOrder &order) { m_order = order; }

signals:
    /// What was done, or why not.
    void reported(novita::StateTone tone, const QString &sentence);

private:
    using Then = std::function<void(const QList<Picture> &)>;
    void read(const QList<PictureId> &ids, const QList<Picture> &before, const QString &what, const Then &then);
    void openExport(const QList<Picture> &pictures);
    void write(const QList<Picture> &pictures);
    void tell(const PictureExportReport &report);
    void show(const QString &path);

    const UiContext m_context;
    QWidget *m_parent;
    PictureExport *m_exporter;
    ExportOrder m_order;
    CallGuard m_reading;
    CallGuard m_copying;
};

} // namespace novita
