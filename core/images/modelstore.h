// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/cloud/types/imagemodel.h"

#include <QHash>
#include <QList>

namespace novita {

class Database;

/// One page of the catalogue as it was read.
struct KeptModelPage
{
    QList<ImageModel> models;
    QString nextCursor;  ///< of the page behind it; empty = this was the last
    TimePoint readAt{};
    bool partial = false; ///< some row could not be read
};

/// A model that somebody likes or has used.
struct KeptModel
{
    ImageModel model;
    bool favourite = false;
    std::optional<TimePoint> usedAt; ///< the last time
};

/// What is kept of the catalogue of models, in images.sqlite. Statements only. Thread: the Database's.
///
/// The pages can be read again and may be thrown away; they are there so that the picker has something to show at once, and without a network. The
/// file of the gallery has them, for it is migrated, checked and written in a thread of its own already.
class ModelStore final
{
    Q_DISABLE_COPY_MOVE(ModelStore)

public:
    static constexpr int kMostRows = 20'000;   ///< models of one profile in pages; what was read longest ago goes first, searches before lists
    static constexpr int kMostFavourites = 500;
    static constexpr int kMostUsed = 50;

    explicit ModelStore(Database &database) : m_database(database) {}

    /// The pages of a question in order.
    Call<QList<KeptModelPage>> *pages(const ProfileId &profile, const QString &question) const;
    /// Puts the page in its place; a last one ends the list there. Comes to nothing where the disk takes nothing.
    void savePage(const ProfileId &profile, const QString &question, bool isSearch, int number, const KeptModelPage &page);

    /// Favourites and used ones, the last used first.
    Call<QList<KeptModel>> *kept(const ProfileId &profile) const;
    /// Neither favourite nor used: forgotten. Beyond the limits the ones used longest ago go.
    Call<Done> *keep(const ProfileId &profile, const KeptModel &model);

    /// All that the profile has goes.
    void forget(const ProfileId &profile);

private:
    Database &m_database;
};

} // namespace novita
