// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/cloud/endpoints/fieldspec.h"
#include "core/images/modelpages.h"

#include <QJsonObject>
#include <QObject>
#include <QTimer>

#include <map>
#include <memory>
#include <optional>
#include <utility>

namespace novita {

class KeptModels;
class ModelService;
struct ImageModelPage;

/// What is known of the answer to one question to the catalogue.
struct ModelListing
{
    QList<ImageModel> models;        ///< in the server's order, each once; at most ModelCatalogue::kMostRows
    std::optional<TimePoint> readAt; ///< when the oldest of it was read; nullopt = never
    bool complete = false;           ///< nothing follows
    bool capped = false;             ///< something follows, but no more is kept: only a narrower question shows it
    bool partial = false;            ///< some row could not be read
    bool loading = false;
    std::optional<Error> error;      ///< of the last attempt; what is there stays
};

/// The catalogue of image models of one profile, as far as it was read: page by page, each page once, kept on the disk with its age. What is there is
/// shown at once, also without a network, and read again behind it when it is older than kFresh or on demand. Which models somebody likes, and has used,
/// is kept beside.
///
/// Thread: the one that made it; blocks nowhere. Reads nothing, the disk neither, before it is asked to by want(), prepare(), recall(), loadMore(), refresh()
/// or noteUsed().
class ModelCatalogue final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ModelCatalogue)

public:
    static constexpr Milliseconds kFresh{600'000};
    static constexpr qsizetype kMostRows = ModelPages::kMostRows; ///< of one question
    static constexpr qsizetype kMostKnown = 20'000; ///< of all of them, in memory
    static constexpr qsizetype kMostTextChars = 200; ///< of what is searched for

    ModelCatalogue(ModelService &service, Database &images, const Clock &clock, QObject *parent = nullptr);
    ~ModelCatalogue() override;

    /// Another profile.
    void open(const ProfileId &profile);
    void close();
    /// Of a profile that is removed, and not open: what its disk has goes.
    void forget(const ProfileId &profile);

    ModelListing listing(const ImageModelQuery &query) const;
    /// Somebody looks at this list: reads what the disk has and, where that is missing or old, its pages from the server.
    void want(const ImageModelQuery &query);
    /// The page behind the last one. Nothing while one is being read, or where nothing follows.
    void loadMore(const ImageModelQuery &query);
    /// Reads all pages that are there once more.
    void refresh(const ImageModelQuery &query);
    /// Nobody looks at it any more: a search is given up, of a list the page under way is still taken.
    void leave(const ImageModelQuery &query);
    /// The first page of each type, as want(): what forms offer. One that could not be read is asked for again, ever more rarely, until it is there.
    void prepare();
    /// What the disk has of those, and nothing from the server.
    void recall();
    /// When for the first time.
    void setRetryAfter(Milliseconds interval) { m_firstRetryAfter = m_retryAfter = interval; }
    /// When at the next failure; doubled each time, the first one again after open() and each answer.
    Milliseconds retryAfter() const { return m_retryAfter; }

    /// What fits, of all that is known, without asking anybody: favourites and used ones first. At most `most`.
    QList<ImageModel> known(const ModelFilter &filter, qsizetype most = 500) const;
    /// Everything that forms may offer, of every type.
    QList<ImageModel> known() const;
    /// The names by which prompts and requests call them; for completion.
    QStringList requestNames(ImageModelType type, ModelBase base = ModelBase::Unknown) const;
    /// By the name that requests use; nullopt when it is not known.
    std::optional<ImageModel> find(ImageModelType type, const QString &requestName) const;
    /// The checkpoint to begin with: the one used last, a favourite, else the first of the catalogue. Never one for repainting unless the filter asks for it.
    std::optional<ImageModel> suggestedCheckpoint(const ModelFilter &filter = {}) const;

    /// Favourites, then what was used, the last used first; each once.
    QList<KeptModel> kept() const;
    /// The disk has said which those are.
    bool isKeptRead() const;
    bool isFavourite(const ImageModel &model) const;
    void setFavourite(const ImageModel &model, bool favourite);
    std::optional<TimePoint> usedAt(const ImageModel &model) const;
    void noteUsed(const ImageModel &model);
    /// The models that a recipe's values name, as far as they are known once the disk has told.
    void noteUsed(const QJsonObject &recipeValues);

    TimePoint now() const { return m_clock.now(); }

signals:
    /// Rows, age, state or error of this list.
    void listingChanged(const novita::ImageModelQuery &query);
    /// What known(), kept() or the suggestion say may differ.
    void changed();

private:
    struct List;

    List &list(const ImageModelQuery &query);
    const List *findList(const ImageModelQuery &query) const;
    List *findList(const QString &key);
    void readDisk(List &list);
    void lookUp(List &list);
    void walk(List &list, int pages);
    void readPage(List &list, int number, bool fresh);
    void answered(List &list, int number, const ImageModelPage &answer);
    void trim(const List &spared);
    void retryLater(const List &list);
    static bool isWorthRetrying(const List &list);
    void retry();
    bool isRecalled() const;
    void noteUsedMeanwhile();
    void noteUsed(const QJsonObject &recipeValues, TimePoint at);
    template<typename Visitor>
    void visitKnown(ImageModelType type, Visitor visit) const;

    ModelService &m_service;
    const Clock &m_clock;
    ModelStore m_store;
    ProfileId m_profile;
    std::map<QString, std::unique_ptr<List>> m_lists; ///< by modeljson::questionKey()
    const std::unique_ptr<KeptModels> m_kept;
    QList<std::pair<QJsonObject, TimePoint>> m_used; ///< before it was known which models these are
    QList<std::pair<ImageModel, TimePoint>> m_usedModels; ///< before it was known which of them are favourites
    QTimer m_retry;
    Milliseconds m_firstRetryAfter{15'000};
    Milliseconds m_retryAfter = m_firstRetryAfter;
    quint64 m_touches = 0;
};

} // namespace novita
