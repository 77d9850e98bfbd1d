// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/gallerynews.h"

#include "core/database/databasestatus.h"
#include "core/images/imageworkspace.h"
#include "ui/gallery/galleryactions.h"
#include "ui/gallery/gallerymodel.h"
#include "ui/gallery/gallerytrouble.h"
#include "ui/widgets/errorbanner.h"

#include <utility>

namespace novita {

GalleryNews::GalleryNews(const UiContext &context, GalleryModel &model, GalleryActions &actions, ErrorBanner *banner)
    : QObject(banner)
    , m_context(context)
    , m_model(model)
    , m_actions(actions)
    , m_banner(banner)
{
    m_banner->setDismissible(true);
    m_banner->clear();
    connect(&actions, &GalleryActions::reported, this,
            [this](StateTone tone, const QString &sentence, const QString &label) {
                offer(tone, sentence, label, Offer::OfActions);
            });
    connect(&actions, &GalleryActions::offerWithdrawn, this, [this] {
        if (m_offer == Offer::OfActions)
            clear();
    });
    connect(m_banner, &ErrorBanner::actionTriggered, this, &GalleryNews::take);
    connect(&context.images, &ImageWorkspace::statusChanged, this, &GalleryNews::followFile);
    followFile(context.images.status());
}

void GalleryNews::say(StateTone tone, const QString &sentence)
{
    offer(tone, sentence, {}, Offer::None);
}

void GalleryNews::offer(StateTone tone, const QString &sentence, const QString &label, Offer offer)
{
    m_offer = label.isEmpty() ? Offer::None : offer;
    m_banner->showMessage(tone, sentence, label);
}

void GalleryNews::take()
{
    const Offer offer = m_offer;
    clear();
    if (offer == Offer::OfActions)
        m_actions.takeOffer();
    else if (offer == Offer::Refresh)
        emit refreshRequested();
    else if (offer == Offer::BringBack)
        emit bringBackRequested(m_context.images.files().folder() + QStringLiteral("/originals"));
}

void GalleryNews::follow()
{
    const bool isStale = m_model.rowCount() > 0 && m_model.state() == GalleryModel::State::Failed;
    if (std::exchange(m_isStale, isStale) && !isStale && m_offer == Offer::Refresh)
        clear();
    if (isStale)
        offer(StateTone::Bad,
              gallerytrouble::sentence(tr("The gallery could not be read anew: what stands here is of before."),
                                       *m_model.error()),
              tr("Try again"), Offer::Refresh);
}

/// A damaged file has been put aside: an empty gallery alone would look as if there had never been a picture.
void GalleryNews::followFile(const DatabaseStatus &status)
{
    const QString notice = status.isOver ? status.notice : QString();
    if (std::exchange(m_told, notice) == notice || notice.isEmpty())
        return;
    offer(StateTone::Warn, tr("%1 The files of the pictures are where they were.").arg(notice), tr("Bring them back…"),
          Offer::BringBack);
}

void GalleryNews::forget()
{
    m_isStale = false;
    if (m_offer != Offer::BringBack)
        clear();
}

void GalleryNews::clear()
{
    m_offer = Offer::None;
    m_banner->clear();
}

} // namespace novita
