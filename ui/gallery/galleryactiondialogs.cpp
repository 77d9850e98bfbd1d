// SPDX-License-Identifier: GPL-3.0-or-later
// What needs the whole of several pictures: comparing them and their tags.
#include "ui/gallery/galleryactions.h"

#include "core/base/displaytext.h"
#include "core/gallery/picturestore.h"
#include "core/images/imageworkspace.h"
#include "ui/format.h"
#include "ui/gallery/comparedialog.h"
#include "ui/gallery/gallerytrouble.h"
#include "ui/gallery/picturecommands.h"
#include "ui/widgets/ruledialog.h"
#include "ui/widgets/tagsdialog.h"

#include <QPointer>

namespace novita {

void GalleryActions::compare(const Ids &ids)
{
    static_assert(kMostCompared == CompareDialog::kMostPictures);
    if (ids.size() < 2 || ids.size() > kMostCompared) {
        emit reported(StateTone::Warn, tr("Select two to four pictures to compare them."), {});
        return;
    }
    m_reading.reset(m_context.images.pictures().read(ids))
        ->onFinished(this, [this, ids](const Result<QList<Picture>> &read) {
            if (!read)
                failed(read.error(), tr("The pictures cannot be compared."), [this, ids] { compare(ids); });
            else if (read->size() >= 2)
                openCompare(*read);
        });
}

void GalleryActions::openCompare(const QList<Picture> &pictures)
{
    auto *dialog = new CompareDialog({m_context.theme, m_context.settings, m_context.images.endpoints()},
                                     m_context.images.files(), pictures, m_parent);
    connect(dialog, &CompareDialog::starRequested, this, [this, shown = QPointer(dialog)](PictureId id, bool starred) {
        m_commands->setStarred({id}, starred, [shown, id, starred] {
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
            m_commands->moveToTrash({id}, refused);
        else
            m_commands->restoreFromTrash({id}, refused);
    });
    openForAccount(m_context, dialog);
}

void GalleryActions::editTags(const Ids &ids)
{
    if (ids.isEmpty())
        return;
    if (ids.size() > kMostTagged) {
        emit reported(StateTone::Warn, tr("Tags can be put on up to %Ln picture(s) at once.", nullptr, kMostTagged),
                      {});
        return;
    }
    m_reading.reset(m_context.images.pictures().read(ids))
        ->onFinished(this, [this, ids](const Result<QList<Picture>> &read) {
            if (!read)
                failed(read.error(), tr("The tags cannot be read."), [this, ids] { editTags(ids); });
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
    const int count = static_cast<int>(pictures.size());
    auto *dialog = new TagsDialog(count == 1 ? names : QStringList{tr("%Ln picture(s)", nullptr, count)}, tags, known,
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
                    return dialog->setProblem(
                        gallerytrouble::sentence(tr("The tags could not be kept."), saved.error()));
                images->tellGalleryChanged();
                dialog->accept();
            });
    });
    openForAccount(m_context, dialog);
}

} // namespace novita
