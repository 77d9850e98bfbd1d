// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/gallery/picture.h"
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
class PictureCommands;
class PictureTakeout;

/// What can be done with the selected pictures of a grid, as actions and by its keys. What leaves the gallery's own
/// business is a signal.
class GalleryActions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GalleryActions)

public:
    /// Model and view must outlive it; dialogs stand over `dialogParent`.
    GalleryActions(const UiContext &context, GalleryModel &model, GalleryView &view, QWidget *dialogParent);

    QList<QAction *> all() const;   ///< for the page's menu
    QList<QAction *> inBar() const; ///< those that matter most, for buttons
    QMenu *restoreMenu() const { return m_restoreMenu; }
    void popupMenu(const QPoint &globalPosition);
    void retranslate();

    PictureCommands &commands() { return *m_commands; }
    PictureTakeout &takeout() { return *m_takeout; }
    void compare(const QList<PictureId> &ids);
    void editTags(const QList<PictureId> &ids);
    void showInFolder(PictureId id);
    /// Does what the last reported() offered.
    void takeOffer();

signals:
    void openRequested(novita::PictureId id);
    void useAsSourceRequested(novita::PictureId id);
    void restoreRequested(novita::PictureId id, novita::RestorePart part);
    void editMaskRequested(novita::PictureId id);
    /// What was done, or why not. `offer` is the label of a button for takeOffer(); empty for none.
    void reported(novita::StateTone tone, const QString &sentence, const QString &offer);
    /// What the last reported() offered is done already: as PictureCommands.
    void offerWithdrawn();

private:
    using Ids = QList<PictureId>;

    static constexpr int kMostCompared = 4;  ///< as CompareDialog takes them
    static constexpr int kMostTagged = 1000; ///< pictures in one dialog, as PictureStore::read() takes them

    QAction *add(const QString &icon, const std::function<void()> &act);
    void buildMenus();
    void present();
    QList<PictureEntry> selected() const;
    void openCompare(const QList<Picture> &pictures);
    void openTags(const QList<Picture> &pictures, const QStringList &known);
    void failed(const Error &error, const QString &what, const std::function<void()> &again);

    const UiContext m_context;
    GalleryModel &m_model;
    GalleryView &m_view;
    QWidget *m_parent;
    PictureCommands *m_commands;
    PictureTakeout *m_takeout;
    std::function<void()> m_again; ///< what the last reported() offered, where it is none of the commands'
    QAction *m_open;
    QAction *m_source;
    QAction *m_mask;
    QAction *m_restoreAll;
    QAction *m_restoreButSeed;
    QAction *m_restorePrompt;
    QAction *m_restoreSeed;
    QAction *m_compare;
    QAction *m_copy;
    QAction *m_copyPrompt;
    QAction *m_folder;
    QAction *m_star;
    QAction *m_tags;
    QAction *m_export;
    QAction *m_trash;
    QAction *m_untrash;
    QAction *m_delete;
    QMenu *m_restoreMenu;
    QMenu *m_menu;
    CallGuard m_reading;
};

} // namespace novita
