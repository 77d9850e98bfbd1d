// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/picturecommands.h"

#include "core/gallery/picturestore.h"
#include "core/images/imageworkspace.h"
#include "ui/gallery/gallerytrouble.h"
#include "ui/prompts.h"

#include <QPointer>
#include <QWidget>

#include <utility>

namespace novita {

namespace {

template<typename T> std::optional<Error> errorOf(const Result<T> &result)
{
    return result ? std::nullopt : std::optional<Error>(result.error());
}

} // namespace

PictureCommands::PictureCommands(const UiContext &context, QWidget *dialogParent)
    : QObject(dialogParent)
    , m_context(context)
    , m_parent(dialogParent)
{
    m_pool.setMaxThreadCount(1);
    // What it offers belongs to the pictures of before.
    connect(&context.images, &ImageWorkspace::galleryChanged, this, &PictureCommands::lookAtOffer);
    connect(&context.images, &ImageWorkspace::profileChanged, this, [this] {
        m_offer = {};
        m_trashed.clear();
    });
}

PictureCommands::~PictureCommands()
{
    m_pool.waitForDone();
}

void PictureCommands::report(StateTone tone, const QString &sentence, const QString &label,
                             const std::function<void()> &offer)
{
    m_offer = offer;
    m_trashed.clear();
    m_looking.reset();
    emit reported(tone, sentence, offer ? label : QString());
}

void PictureCommands::takeOffer()
{
    if (const auto offer = std::exchange(m_offer, {}))
        offer();
}

void PictureCommands::settle(const std::optional<Error> &error, const QString &what, const std::function<void()> &again)
{
    if (!error)
        m_context.images.tellGalleryChanged();
    else if (error->kind != ErrorKind::Canceled)
        report(StateTone::Bad, gallerytrouble::sentence(what, *error), tr("Try again"), again);
}

void PictureCommands::setStarred(const Ids &ids, bool starred, const Refused &refused)
{
    m_context.images.pictures()
        .setStarred(ids, starred)
        ->onFinished(this, [this, ids, starred, refused](const Result<Done> &result) {
            if (!result && refused)
                refused();
            settle(errorOf(result), tr("The stars could not be kept."),
                   [this, ids, starred] { setStarred(ids, starred); });
        });
}

void PictureCommands::moveToTrash(const Ids &ids, const Refused &refused)
{
    if (ids.isEmpty())
        return;
    m_context.images.pictures()
        .setTrashed(ids, m_context.clock.now())
        ->onFinished(this, [this, ids, refused](const Result<Done> &result) {
            if (!result && refused)
                refused();
            settle(errorOf(result), tr("Nothing was moved to the trash."), [this, ids] { moveToTrash(ids); });
            if (!result)
                return;
            report(StateTone::Good, tr("%Ln picture(s) moved to the trash.", nullptr, static_cast<int>(ids.size())),
                   tr("Undo"), [this, ids] { restoreFromTrash(ids); });
            m_trashed = ids;
        });
}

void PictureCommands::restoreFromTrash(const Ids &ids, const Refused &refused)
{
    if (ids.isEmpty())
        return;
    m_context.images.pictures()
        .setTrashed(ids, std::nullopt)
        ->onFinished(this, [this, ids, refused](const Result<Done> &result) {
            if (!result && refused)
                refused();
            settle(errorOf(result), tr("Nothing was restored."), [this, ids] { restoreFromTrash(ids); });
        });
}

/// They may have been brought back, or deleted, from anywhere.
void PictureCommands::lookAtOffer()
{
    if (m_trashed.isEmpty())
        return;
    m_looking.reset(m_context.images.pictures().trashedOf(m_trashed))
        ->onFinished(this, [this](const Result<QList<PictureId>> &still) {
            if (!still || !still->isEmpty())
                return;
            m_trashed.clear();
            m_offer = {};
            emit offerWithdrawn();
        });
}

void PictureCommands::changeTags(const Ids &ids, const TagEdit &edit)
{
    m_context.images.pictures().changeTags(ids, edit)->onFinished(
        this, [this, ids, edit](const Result<QList<QStringList>> &result) {
            settle(errorOf(result), tr("The tags could not be kept."), [this, ids, edit] { changeTags(ids, edit); });
        });
}

void PictureCommands::deleteForGood(const Ids &ids)
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
        if (self && yes)
            self->removeForGood(ids);
    });
}

void PictureCommands::removeForGood(const Ids &ids)
{
    m_context.images.pictures().remove(ids)->onFinished(this, [this, ids](const Result<QStringList> &files) {
        settle(errorOf(files), tr("Nothing was deleted."), [this, ids] { removeForGood(ids); });
        if (files)
            discard(*files);
    });
}

void PictureCommands::discard(const QStringList &names)
{
    m_pool.start([this, files = m_context.images.files(), names] {
        const QStringList left = files.discard(names);
        if (left.isEmpty())
            return;
        // It outlives its pool: posting to it is safe here.
        QMetaObject::invokeMethod(
            this,
            [this, left] {
                report(StateTone::Bad, tr("%Ln file(s) could not be deleted.", nullptr, static_cast<int>(left.size())),
                       tr("Try again"), [this, left] { discard(left); });
            },
            Qt::QueuedConnection);
    });
}

} // namespace novita
