// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/galleryactions.h"

#include "core/images/imageworkspace.h"
#include "ui/gallery/gallerymodel.h"
#include "ui/gallery/gallerytrouble.h"
#include "ui/gallery/galleryview.h"
#include "ui/gallery/picturecommands.h"
#include "ui/gallery/picturetakeout.h"

#include <QAction>
#include <QItemSelectionModel>
#include <QMenu>

#include <algorithm>

namespace novita {

GalleryActions::GalleryActions(const UiContext &context, GalleryModel &model, GalleryView &view, QWidget *dialogParent)
    : QObject(dialogParent)
    , m_context(context)
    , m_model(model)
    , m_view(view)
    , m_parent(dialogParent)
    , m_commands(new PictureCommands(context, dialogParent))
    , m_takeout(new PictureTakeout(context, dialogParent))
    , m_restoreMenu(new QMenu(dialogParent))
    , m_menu(new QMenu(dialogParent))
{
    const auto one = [this] { return m_view.currentId(); };
    const auto restore = [this, one](RestorePart part) {
        return [this, one, part] { emit restoreRequested(one(), part); };
    };
    m_open = add(QStringLiteral("viewimage"), [this, one] { emit openRequested(one()); });
    m_source = add(QStringLiteral("document-import"), [this, one] { emit useAsSourceRequested(one()); });
    m_mask = add(QStringLiteral("draw-brush"), [this, one] { emit editMaskRequested(one()); });
    m_restoreAll = add({}, restore(RestorePart::All));
    m_restoreButSeed = add({}, restore(RestorePart::AllButSeed));
    m_restorePrompt = add({}, restore(RestorePart::Prompt));
    m_restoreSeed = add({}, restore(RestorePart::Seed));
    m_compare = add(QStringLiteral("view-split-left-right"), [this] { compare(m_view.selectedIds()); });
    m_copy = add(QStringLiteral("edit-copy"), [this] { m_takeout->copyPictures(selected()); });
    m_copyPrompt = add({}, [this, one] { m_takeout->copyPrompt(one()); });
    m_folder = add(QStringLiteral("document-open-folder"), [this, one] { showInFolder(one()); });
    const auto chosen = [this] { return m_view.selectedIds(); };
    m_star =
        add(QStringLiteral("rating"), [this, chosen] { m_commands->setStarred(chosen(), !m_star->data().toBool()); });
    m_tags = add(QStringLiteral("tag"), [this, chosen] { editTags(chosen()); });
    m_export = add(QStringLiteral("document-export"), [this, chosen] { m_takeout->exportPictures(chosen()); });
    m_trash = add(QStringLiteral("user-trash"), [this, chosen] { m_commands->moveToTrash(chosen()); });
    m_untrash = add(QStringLiteral("edit-undo"), [this, chosen] { m_commands->restoreFromTrash(chosen()); });
    m_delete = add(QStringLiteral("edit-delete"), [this, chosen] { m_commands->deleteForGood(chosen()); });
    buildMenus();
    connect(&view, &GalleryView::selectedPicturesChanged, this, &GalleryActions::present);
    connect(&view, &GalleryView::currentPictureChanged, this, &GalleryActions::present);
    connect(&model, &GalleryModel::updated, this, &GalleryActions::present);
    connect(m_commands, &PictureCommands::reported, this,
            [this](StateTone tone, const QString &sentence, const QString &offer) {
                m_again = {};
                emit reported(tone, sentence, offer);
            });
    connect(m_commands, &PictureCommands::offerWithdrawn, this, [this] {
        if (!m_again)
            emit offerWithdrawn();
    });
    connect(m_takeout, &PictureTakeout::reported, this,
            [this](StateTone tone, const QString &sentence) { emit reported(tone, sentence, {}); });
    connect(&view, &GalleryView::starRequested, this,
            [this](const Ids &ids, bool starred) { m_commands->setStarred(ids, starred); });
    connect(&view, &GalleryView::trashRequested, this, [this](const Ids &ids) {
        if (m_model.query().trashed)
            m_commands->deleteForGood(ids);
        else
            m_commands->moveToTrash(ids);
    });
    connect(&view, &GalleryView::untrashRequested, this, [this](const Ids &ids) { m_commands->restoreFromTrash(ids); });
    connect(&view, &GalleryView::exportRequested, this, [this](const Ids &ids) { m_takeout->exportPictures(ids); });
    connect(&view, &GalleryView::copyRequested, this, [this] { m_takeout->copyPictures(selected()); });
    connect(&view, &GalleryView::tagsRequested, this, &GalleryActions::editTags);
    connect(&view, &GalleryView::compareRequested, this, &GalleryActions::compare);
    connect(&view, &GalleryView::pictureActivated, this, &GalleryActions::openRequested);
    connect(&view, &QWidget::customContextMenuRequested, this,
            [this](const QPoint &position) { popupMenu(m_view.viewport()->mapToGlobal(position)); });
    retranslate();
}

QAction *GalleryActions::add(const QString &icon, const std::function<void()> &act)
{
    auto *action = new QAction(this);
    const auto dress = [this, action, icon] {
        if (!icon.isEmpty())
            action->setIcon(m_context.theme.icon(icon));
    };
    dress();
    connect(&m_context.theme, &Theme::changed, action, dress);
    connect(action, &QAction::triggered, this, act);
    return action;
}

void GalleryActions::buildMenus()
{
    m_restoreMenu->addActions({m_restoreAll, m_restoreButSeed, m_restorePrompt, m_restoreSeed});
    m_menu->addActions({m_open, m_source, m_mask});
    m_menu->addMenu(m_restoreMenu);
    m_menu->addActions({m_compare, m_copy, m_copyPrompt, m_folder, m_export});
    m_menu->addSeparator();
    m_menu->addActions({m_star, m_tags});
    m_menu->addSeparator();
    m_menu->addActions({m_trash, m_untrash, m_delete});
}

QList<QAction *> GalleryActions::all() const
{
    return {m_open,        m_source,  m_mask,  m_restoreAll, m_restoreButSeed, m_restorePrompt,
            m_restoreSeed, m_compare, m_copy,  m_copyPrompt, m_folder,         m_star,
            m_tags,        m_export,  m_trash, m_untrash,    m_delete};
}

QList<QAction *> GalleryActions::inBar() const
{
    return {m_star, m_tags, m_compare, m_export, m_trash, m_untrash, m_delete};
}

void GalleryActions::popupMenu(const QPoint &globalPosition)
{
    if (m_view.currentId())
        m_menu->popup(globalPosition);
}

void GalleryActions::present()
{
    const Ids ids = m_view.selectedIds();
    const qsizetype count = ids.size();
    const bool isTrash = m_model.query().trashed;
    const PictureEntry *one = count == 1 ? m_model.find(ids.constFirst()) : nullptr;
    const bool isImage = one && one->kind == MediaKind::Image;
    const bool areStarred = count > 0 && std::all_of(ids.cbegin(), ids.cend(), [this](PictureId id) {
                                return m_model.find(id) && m_model.find(id)->starred;
                            });
    for (QAction *action :
         {m_open, m_restoreAll, m_restoreButSeed, m_restorePrompt, m_restoreSeed, m_copyPrompt, m_folder})
        action->setEnabled(one);
    m_source->setEnabled(isImage);
    m_mask->setEnabled(isImage);
    m_compare->setEnabled(count >= 2 && count <= kMostCompared);
    for (QAction *action : {m_star, m_tags, m_copy, m_export, m_trash, m_untrash, m_delete})
        action->setEnabled(count > 0);
    m_tags->setEnabled(count > 0 && count <= kMostTagged);
    m_trash->setVisible(!isTrash);
    m_untrash->setVisible(isTrash);
    m_delete->setVisible(isTrash);
    m_star->setData(areStarred);
    m_star->setText(areStarred ? tr("Remove star") : tr("Star"));
    m_star->setToolTip(areStarred ? tr("Take the star from the selected pictures (S)")
                                  : tr("Star the selected pictures (S)"));
}

void GalleryActions::retranslate()
{
    m_open->setText(tr("Open"));
    m_open->setToolTip(tr("See it large (Space)"));
    m_source->setText(tr("Use as source"));
    m_source->setToolTip(tr("Make a picture from this one"));
    m_mask->setText(tr("Paint a mask…"));
    m_restoreMenu->setTitle(tr("Reuse settings"));
    m_restoreAll->setText(tr("All"));
    m_restoreButSeed->setText(tr("All but the seed"));
    m_restorePrompt->setText(tr("Prompt"));
    m_restoreSeed->setText(tr("Seed"));
    m_compare->setText(tr("Compare"));
    m_compare->setToolTip(tr("Two to four pictures side by side (C)"));
    m_copy->setText(tr("Copy"));
    m_copy->setToolTip(tr("The picture onto the clipboard, for other programs (Ctrl+C)"));
    m_copyPrompt->setText(tr("Copy prompt"));
    m_folder->setText(tr("Show in folder"));
    m_tags->setText(tr("Tags…"));
    m_tags->setToolTip(tr("Words of your own, to find pictures by (T)"));
    m_export->setText(tr("Export…"));
    m_export->setToolTip(tr("Copies into a folder, with names and metadata of your choice (E)"));
    m_trash->setText(tr("Move to trash"));
    m_trash->setToolTip(tr("Out of sight, until it is restored or deleted for good (X or Delete)"));
    m_untrash->setText(tr("Restore"));
    m_untrash->setToolTip(tr("Back from the trash (U)"));
    m_delete->setText(tr("Delete for good…"));
    m_delete->setToolTip(tr("Out of the gallery and off the disk (X or Delete)"));
    present();
}

void GalleryActions::takeOffer()
{
    if (const auto again = std::exchange(m_again, {}))
        again();
    else
        m_commands->takeOffer();
}

void GalleryActions::failed(const Error &error, const QString &what, const std::function<void()> &again)
{
    if (error.kind == ErrorKind::Canceled)
        return;
    m_again = again;
    emit reported(StateTone::Bad, gallerytrouble::sentence(what, error), tr("Try again"));
}

QList<PictureEntry> GalleryActions::selected() const
{
    QList<PictureEntry> out;
    const Ids ids = m_view.selectedIds();
    for (const PictureId id : ids)
        out.append(*m_model.find(id));
    return out;
}

void GalleryActions::showInFolder(PictureId id)
{
    if (const PictureEntry *entry = m_model.find(id))
        m_takeout->showInFolder(*entry);
}

} // namespace novita
