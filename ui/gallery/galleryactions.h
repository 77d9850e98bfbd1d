// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/taglist.h"
#include "core/gallery/picture.h"
#include "ui/gallery/pictureexport.h"
#include "ui/gallery/restorepart.h"
#include "ui/theme.h"
#include "ui/uicontext.h"

#include <QList>
#include <QObject>

#include <functional>

class QAction;
class QMenu;

namespace novita {

class GalleryModel;
class GalleryView;

/// What can be done with the selected pictures of a grid, as actions and by its keys. What leaves the gallery's own
/// business is a signal.
class GalleryActions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GalleryActions)

public:
    /// Model and view must outlive it; dialogs stand over `dialogParent`.
    GalleryActions(const UiContext &context, GalleryModel &model, GalleryView &view, QWidget *dialogParent);
    ~GalleryActions() override;

    QList<QAction *> all() const;   ///< for the page's menu
    QList<QAction *> inBar() const; ///< those that matter most, for buttons
    QMenu *exportMenu() const { return m_exportMenu; }
    QMenu *restoreMenu() const { return m_restoreMenu; }
    void popupMenu(const QPoint &globalPosition);
    void retranslate();

    /// `refused` of these is called when it could not be done, besides reported().
    void setStarred(const QList<PictureId> &ids, bool starred, const std::function<void()> &refused = {});
    void moveToTrash(const QList<PictureId> &ids, const std::function<void()> &refused = {});
    void restoreFromTrash(const QList<PictureId> &ids, const std::function<void()> &refused = {});
    void changeTags(const QList<PictureId> &ids, const TagEdit &edit);
    void compare(const QList<PictureId> &ids);
    void editTags(const QList<PictureId> &ids);
    void showInFolder(PictureId id);
    /// Out of the gallery and off the disk, after a question.
    void deleteForGood(const QList<PictureId> &ids);
    /// What the last moveToTrash() did, undone.
    void undoTrash();

signals:
    void openRequested(novita::PictureId id);
    void useAsSourceRequested(novita::PictureId id);
    void restoreRequested(novita::PictureId id, novita::RestorePart part);
    void editMaskRequested(novita::PictureId id);
    /// What was done, or why not. With `canUndo` undoTrash() takes it back.
    void reported(novita::StateTone tone, const QString &sentence, bool canUndo);

private:
    using Ids = QList<PictureId>;

    QAction *add(const QString &icon, const std::function<void()> &act);
    void buildMenus();
    void present();
    void exportTo(PictureExport::Metadata metadata);
    void copyPrompt();
    void openCompare(const QList<Picture> &pictures);
    void openTags(const QList<Picture> &pictures, const QStringList &known);
    void discard(const QStringList &files);
    void done(const Result<Done> &result, const QString &what, const std::function<void()> &refused = {});

    const UiContext m_context;
    GalleryModel &m_model;
    GalleryView &m_view;
    QWidget *m_parent;
    PictureExport *m_exporter;
    QThreadPool m_pool;
    Ids m_lastTrashed;
    QAction *m_open;
    QAction *m_source;
    QAction *m_mask;
    QAction *m_restoreAll;
    QAction *m_restoreButSeed;
    QAction *m_restorePrompt;
    QAction *m_restoreSeed;
    QAction *m_compare;
    QAction *m_copyPrompt;
    QAction *m_folder;
    QAction *m_star;
    QAction *m_tags;
    QAction *m_exportAsIs;
    QAction *m_exportBare;
    QAction *m_trash;
    QAction *m_untrash;
    QAction *m_delete;
    QMenu *m_restoreMenu;
    QMenu *m_exportMenu;
    QMenu *m_menu;
    CallGuard m_reading;
};

} // namespace novita
