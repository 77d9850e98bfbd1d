// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"
#include "ui/uicontext.h"

#include <QObject>

namespace novita {

class ErrorBanner;
class GalleryActions;
class GalleryModel;
struct DatabaseStatus;

/// The bar above the gallery: what was done and how to take it back, what came to nothing and how to try again, and
/// what is wrong with the gallery's file.
class GalleryNews final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GalleryNews)

public:
    /// All must outlive it; `banner` is its alone.
    GalleryNews(const UiContext &context, GalleryModel &model, GalleryActions &actions, ErrorBanner *banner);

    void say(StateTone tone, const QString &sentence);
    /// The rows of the model, or whether they could be read, are other ones.
    void follow();
    /// Another profile: what was offered belongs to the pictures of before.
    void forget();
    void clear();

signals:
    void refreshRequested();
    /// The pictures whose files lie there are to be brought in again.
    void bringBackRequested(const QString &folder);

private:
    /// What the banner's button does.
    enum class Offer { None, OfActions, Refresh, BringBack };

    void offer(StateTone tone, const QString &sentence, const QString &label, Offer offer);
    void take();
    void followFile(const DatabaseStatus &status);

    const UiContext m_context;
    GalleryModel &m_model;
    GalleryActions &m_actions;
    ErrorBanner *m_banner;
    Offer m_offer = Offer::None;
    bool m_isStale = false; ///< rows of before stand there, and could not be read anew
    QString m_told;         ///< the last notice of the gallery's file
};

} // namespace novita
