// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/galleryactions.h"

#include "core/base/displaytext.h"
#include "core/gallery/picturestore.h"
#include "core/images/imageworkspace.h"
#include "ui/errortext.h"
#include "ui/format.h"
#include "ui/gallery/comparedialog.h"
#include "ui/gallery/gallerymodel.h"
#include "ui/gallery/galleryview.h"
#include "ui/gallery/showinfolder.h"
#include "ui/prompts.h"
#include "ui/widgets/ruledialog.h"
#include "ui/widgets/tagsdialog.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QItemSelectionModel>
#include <QMenu>
#include <QPointer>

#include <algorithm>

namespace novita {

namespace {

constexpr int kMostCompared = CompareDialog::kMostPictures;
constexpr int kMostTagged = 1000; ///< pictures in one dialog, as PictureStore::read() takes them

} // namespace

GalleryActions::GalleryActions(const UiContext &context, GalleryModel &model, GalleryView &view, QWidget *dialogParent)
    : QObject(dialogParent)
    , m_context(context)
    , m_model(model)
    , m_view(view)
    , m_parent(dialogParent)
    , m_exporter(new PictureExport(context.images.files(), this))
    , m_restoreMenu(new QMenu(dialogParent))
    , m_exportMenu(new QMenu(dialogParent))
    , m_menu(new QMenu(dialogParent))
{
    m_pool.setMaxThreadCount(1);
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
    m_copyPrompt = add(QStringLiteral("edit-copy"), [this] { copyPrompt(); });
    m_folder = add(QStringLiteral("document-open-folder"), [this, one] { showInFolder(one()); });
    m_star = add(QStringLiteral("rating"), [this] { setStarred(m_view.selectedIds(), !m_star->data().toBool()); });
    m_tags = add(QStringLiteral("tag"), [this] { editTags(m_view.selectedIds()); });
    m_exportAsIs = add({}, [this] { exportTo(PictureExport::Metadata::Keep); });
    m_exportBare = add({}, [this] { exportTo(PictureExport::Metadata::Strip); });
    m_trash = add(QStringLiteral("user-trash"), [this] { moveToTrash(m_view.selectedIds()); });
    m_untrash = add(QStringLiteral("edit-undo"), [this] { restoreFromTrash(m_view.selectedIds()); });
    m_delete = add(QStringLiteral("edit-delete"), [this] { deleteForGood(m_view.selectedIds()); });
    buildMenus();
    connect(&view, &GalleryView::selectedPicturesChanged, this, &GalleryActions::present);
    connect(&view, &GalleryView::currentPictureChanged, this, &GalleryActions::present);
    connect(&model, &GalleryModel::updated, this, &GalleryActions::present);
    connect(&view, &GalleryView::starRequested, this, [this](const Ids &ids, bool starred) { setStarred(ids, starred); });
    connect(&view, &GalleryView::trashRequested, this, [this](const Ids &ids) {
        if (m_model.query().trashed)
            deleteForGood(ids);
        else
            moveToTrash(ids);
    });
    connect(&view, &GalleryView::untrashRequested, this, [this](const Ids &ids) { restoreFromTrash(ids); });
    connect(&view, &GalleryView::tagsRequested, this, &GalleryActions::editTags);
    connect(&view, &GalleryView::compareRequested, this, &GalleryActions::compare);
    connect(&view, &GalleryView::pictureActivated, this, &GalleryActions::openRequested);
    connect(&view, &QWidget::customContextMenuRequested, this,
            [this](const QPoint &position) { popupMenu(m_view.viewport()->mapToGlobal(position)); });
    retranslate();
}

GalleryActions::~GalleryActions()
{
    m_pool.waitForDone();
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
    m_exportMenu->addActions({m_exportAsIs, m_exportBare});
    m_menu->addActions({m_open, m_source, m_mask});
    m_menu->addMenu(m_restoreMenu);
    m_menu->addActions({m_compare, m_copyPrompt, m_folder});
    m_menu->addMenu(m_exportMenu);
    m_menu->addSeparator();
    m_menu->addActions({m_star, m_tags});
    m_menu->addSeparator();
    m_menu->addActions({m_trash, m_untrash, m_delete});
}

QList<QAction *> GalleryActions::all() const
{
    return {m_open,        m_source,     m_mask,       m_restoreAll, m_restoreButSeed, m_restorePrompt,
            m_restoreSeed, m_compare,    m_copyPrompt, m_folder,     m_star,           m_tags,
            m_exportAsIs,  m_exportBare, m_trash,      m_untrash,    m_delete};
}

QList<QAction *> GalleryActions::inBar() const
{
    return {m_star, m_tags, m_compare, m_trash, m_untrash, m_delete};
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
    for (QAction *action : {m_star, m_tags, m_exportAsIs, m_exportBare, m_trash, m_untrash, m_delete})
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
    m_copyPrompt->setText(tr("Copy prompt"));
    m_folder->setText(tr("Show in folder"));
    m_tags->setText(tr("Tags…"));
    m_tags->setToolTip(tr("Words of your own, to find pictures by (T)"));
    m_exportMenu->setTitle(tr("Export"));
    m_exportAsIs->setText(tr("As they are…"));
    m_exportAsIs->setToolTip(tr("Copies with the settings that are in the files"));
    m_exportBare->setText(tr("Without metadata…"));
    m_exportBare->setToolTip(tr("Copies that do not say how they were made"));
    m_trash->setText(tr("Move to trash"));
    m_trash->setToolTip(tr("Out of sight, until it is restored or deleted for good (X or Delete)"));
    m_untrash->setText(tr("Restore"));
    m_untrash->setToolTip(tr("Back from the trash (U)"));
    m_delete->setText(tr("Delete for good…"));
    m_delete->setToolTip(tr("Out of the gallery and off the disk (X or Delete)"));
    present();
}

void GalleryActions::done(const Result<Done> &result, const QString &what, const std::function<void()> &refused)
{
    if (!result && refused)
        refused();
    if (result)
        m_context.images.tellGalleryChanged();
    else if (result.error().kind != ErrorKind::Canceled)
        emit reported(StateTone::Bad, QStringLiteral("%1 %2").arg(what, errorText(result.error()).sentence), false);
}

void GalleryActions::setStarred(const Ids &ids, bool starred, const std::function<void()> &refused)
{
    m_context.images.pictures().setStarred(ids, starred)->onFinished(this, [this, refused](const Result<Done> &result) {
        done(result, tr("The stars could not be kept."), refused);
    });
}

void GalleryActions::moveToTrash(const Ids &ids, const std::function<void()> &refused)
{
    if (ids.isEmpty())
        return;
    m_context.images.pictures()
        .setTrashed(ids, m_context.clock.now())
        ->onFinished(this, [this, ids, refused](const Result<Done> &result) {
            done(result, tr("Nothing was moved to the trash."), refused);
            if (!result)
                return;
            m_lastTrashed = ids;
            emit reported(StateTone::Good,
                          tr("%Ln picture(s) moved to the trash.", nullptr, static_cast<int>(ids.size())), true);
        });
}

void GalleryActions::restoreFromTrash(const Ids &ids, const std::function<void()> &refused)
{
    m_context.images.pictures().setTrashed(ids, std::nullopt)->onFinished(this, [this, refused](const Result<Done> &result) {
        done(result, tr("Nothing was restored."), refused);
    });
}

void GalleryActions::undoTrash()
{
    restoreFromTrash(std::exchange(m_lastTrashed, {}));
}

void GalleryActions::changeTags(const Ids &ids, const TagEdit &edit)
{
    m_context.images.pictures().changeTags(ids, edit)->onFinished(
        this, [this](const Result<QList<QStringList>> &result) {
            done(result ? Result<Done>(Done()) : Result<Done>(result.error()), tr("The tags could not be kept."));
        });
}

void GalleryActions::compare(const Ids &ids)
{
    if (ids.size() < 2 || ids.size() > kMostCompared) {
        emit reported(StateTone::Warn, tr("Select two to four pictures to compare them."), false);
        return;
    }
    m_reading.reset(m_context.images.pictures().read(ids))
        ->onFinished(this, [this](const Result<QList<Picture>> &read) {
            if (read && read->size() >= 2)
                openCompare(*read);
        });
}

void GalleryActions::openCompare(const QList<Picture> &pictures)
{
    auto *dialog = new CompareDialog({m_context.theme, m_context.settings, m_context.images.endpoints()},
                                     m_context.images.files(), pictures, m_parent);
    connect(dialog, &CompareDialog::starRequested, this,
            [this, shown = QPointer(dialog)](PictureId id, bool starred) {
                setStarred({id}, starred, [shown, id, starred] {
                    if (shown)
                        shown->setStarred(id, !starred);
                });
            });
    connect(dialog, &CompareDialog::trashRequested, this, [this, shown = QPointer(dialog)](PictureId id, bool trashed) {
        const auto refused = [shown, id, trashed] {
            if (shown)
                shown->setTrashed(id, !trashed);
        };
        if (trashed)
            moveToTrash({id}, refused);
        else
            restoreFromTrash({id}, refused);
    });
    openForAccount(m_context, dialog);
}

void GalleryActions::editTags(const Ids &ids)
{
    if (ids.isEmpty() || ids.size() > kMostTagged)
        return;
    m_reading.reset(m_context.images.pictures().read(ids))
        ->onFinished(this, [this](const Result<QList<Picture>> &read) {
            if (!read || read->isEmpty())
                return;
            m_reading.reset(m_context.images.pictures().tags(m_context.images.profile()))
                ->onFinished(this, [this, pictures = *read](const Result<QList<PictureStore::Tag>> &tags) {
                    QStringList known;
                    for (const PictureStore::Tag &tag : tags.valueOr({}))
                        known.append(tag.tag);
                    openTags(pictures, known);
                });
        });
}

void GalleryActions::openTags(const QList<Picture> &pictures, const QStringList &known)
{
    constexpr qsizetype kNameLength = 40;
    QStringList names;
    QList<QStringList> tags;
    Ids ids;
    for (const Picture &picture : pictures) {
        const QString prompt = displayLine(picture.prompt, kNameLength);
        names.append(prompt.isEmpty() ? format::dateTime(picture.createdAt) : prompt);
        tags.append(picture.tags);
        ids.append(picture.id);
    }
    auto *dialog = new TagsDialog(names, tags, known,
                                  {tr("For example: portrait, for-print"),
                                   tr("Tags stay on this computer. The search field finds them by tag:name.")},
                                  m_parent);
    connect(dialog, &RuleDialog::saveRequested, dialog, [this, dialog, ids] {
        const Result<TagEdit> edit = dialog->edit();
        if (!edit) {
            dialog->setProblem(edit.error().message);
            return;
        }
        dialog->setBusy(true);
        m_context.images.pictures()
            .changeTags(ids, *edit)
            ->onFinished(dialog, [dialog, images = &m_context.images](const Result<QList<QStringList>> &saved) {
                dialog->setBusy(false);
                if (!saved)
                    return dialog->setProblem(errorText(saved.error()).sentence);
                images->tellGalleryChanged();
                dialog->accept();
            });
    });
    openForAccount(m_context, dialog);
}

void GalleryActions::copyPrompt()
{
    m_reading.reset(m_context.images.pictures().read(m_view.currentId()))
        ->onFinished(this, [this](const Result<Picture> &read) {
            if (!read)
                return;
            QApplication::clipboard()->setText(read->prompt);
            emit reported(StateTone::Good, tr("The prompt is on the clipboard."), false);
        });
}

void GalleryActions::showInFolder(PictureId id)
{
    const PictureEntry *entry = m_model.find(id);
    const QString path = entry ? m_context.images.files().path(entry->file) : QString();
    if (!path.isEmpty())
        novita::showInFolder(path, this);
}

void GalleryActions::exportTo(PictureExport::Metadata metadata)
{
    QList<PictureEntry> entries;
    const Ids ids = m_view.selectedIds();
    for (const PictureId id : ids)
        entries.append(*m_model.find(id));
    m_context.prompts.chooseFolder(
        m_parent, tr("Export pictures to a folder"), [self = QPointer(this), entries, metadata](const QString &folder) {
            if (!self || folder.isEmpty() || entries.isEmpty())
                return;
            emit self->reported(StateTone::Wait,
                                tr("%Ln picture(s) are being written…", nullptr, static_cast<int>(entries.size())),
                                false);
            self->m_exporter->start(entries, folder, metadata)
                ->onFinished(self, [self](const Result<PictureExportReport> &result) {
                    if (!result)
                        return;
                    const QString where = displayLine(result->folder);
                    if (result->failed == 0)
                        emit self->reported(
                            StateTone::Good,
                            tr("%Ln picture(s) were written to %1.", nullptr, result->written).arg(where), false);
                    else
                        emit self->reported(StateTone::Bad,
                                            tr("%Ln picture(s) could not be written to %1: %2", nullptr, result->failed)
                                                .arg(where, result->problem),
                                            false);
                });
        });
}

void GalleryActions::deleteForGood(const Ids &ids)
{
    if (ids.isEmpty())
        return;
    const int count = static_cast<int>(ids.size());
    ConfirmRequest request;
    request.title = tr("Delete %Ln picture(s) for good?", nullptr, count);
    request.text = tr("They leave the gallery with all that is known of them. Their files go to the trash of the "
                      "desktop, or, where there is none, are gone.");
    request.confirmLabel = tr("Delete %Ln picture(s)", nullptr, count);
    m_context.prompts.confirm(m_parent, request, [self = QPointer(this), ids](bool yes) {
        if (!self || !yes)
            return;
        self->m_context.images.pictures().remove(ids)->onFinished(self, [self](const Result<QStringList> &files) {
            self->done(files ? Result<Done>(Done()) : Result<Done>(files.error()), tr("Nothing was deleted."));
            if (files)
                self->discard(*files);
        });
    });
}

void GalleryActions::discard(const QStringList &names)
{
    m_pool.start([this, files = m_context.images.files(), names] {
        const qsizetype left = files.discard(names).size();
        // It outlives its pool: posting to it is safe here.
        if (left > 0)
            QMetaObject::invokeMethod(
                this,
                [this, left] {
                    emit reported(StateTone::Bad,
                                  tr("%Ln file(s) could not be deleted.", nullptr, static_cast<int>(left)), false);
                },
                Qt::QueuedConnection);
    });
}

} // namespace novita
