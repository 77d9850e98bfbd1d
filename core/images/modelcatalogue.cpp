// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/modelcatalogue.h"

#include "core/cloud/endpoints/fieldnames.h"
#include "core/cloud/services/modelservice.h"
#include "core/images/modelfit.h"
#include "core/images/modeljson.h"

#include <QJsonArray>
#include <QSet>

#include <algorithm>
#include <array>
#include <utility>

namespace novita {

namespace {

constexpr std::array kTypes{ImageModelType::Checkpoint, ImageModelType::Lora,     ImageModelType::Vae,
                            ImageModelType::ControlNet, ImageModelType::Embedding, ImageModelType::Upscaler};


ImageModelQuery ofType(ImageModelType type)
{
    ImageModelQuery query;
    query.type = type;
    return query;
}

ImageModelQuery tidied(ImageModelQuery query)
{
    query.text = query.text.simplified().left(ModelCatalogue::kMostTextChars);
    return query;
}

bool isSame(const ImageModel &one, const ImageModel &other)
{
    return one.type == other.type && one.requestName() == other.requestName();
}

template<typename Entry, typename List>
Entry *findIn(List &list, const ImageModel &model)
{
    const auto found = std::find_if(list.begin(), list.end(), [&model](const KeptModel &kept) { return isSame(kept.model, model); });
    return found == list.end() ? nullptr : &*found;
}

} // namespace

struct ModelCatalogue::List
{
    enum class Disk { Unread, Reading, Read };

    ImageModelQuery query;
    QString key;
    Disk disk = Disk::Unread;
    bool wanted = false;          ///< once the disk has answered
    bool refreshWanted = false;
    QList<KeptModelPage> pages;
    QList<ImageModel> models;     ///< of all pages, each once
    bool capped = false;
    int reading = -1;             ///< the page being read
    int pagesWanted = 0;          ///< where a walk ends
    std::optional<Error> error;
    quint64 touched = 0;
    CallGuard diskRead;
    CallGuard call;
};

ModelCatalogue::ModelCatalogue(ModelService &service, Database &images, const Clock &clock, QObject *parent)
    : QObject(parent), m_service(service), m_clock(clock), m_store(images)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &ModelCatalogue::retry);
}

ModelCatalogue::~ModelCatalogue() = default;

void ModelCatalogue::open(const ProfileId &profile)
{
    m_lists.clear();
    m_kept.clear();
    m_keptRead.reset();
    m_retry.stop();
    m_retryAfter = m_firstRetryAfter;
    m_profile = profile;
    if (!m_profile.isEmpty()) {
        m_keptRead.reset(m_store.kept(m_profile))->onFinished(this, [this](const Result<QList<KeptModel>> &read) {
            if (!read)
                return;
            for (const KeptModel &kept : *read) {
                if (!findKept(kept.model)) // something may have been done meanwhile
                    m_kept.append(kept);
            }
            sortKept();
            emit changed();
        });
        for (const ImageModelType type : kTypes)
            readDisk(list(ofType(type)));
    }
    emit changed();
}

void ModelCatalogue::close()
{
    open({});
}

ModelCatalogue::List &ModelCatalogue::list(const ImageModelQuery &query)
{
    const ImageModelQuery question = tidied(query);
    const QString key = modeljson::questionKey(question);
    std::unique_ptr<List> &found = m_lists[key];
    if (!found) {
        found = std::make_unique<List>();
        found->query = question;
        found->key = key;
    }
    found->touched = ++m_touches;
    return *found;
}

const ModelCatalogue::List *ModelCatalogue::findList(const ImageModelQuery &query) const
{
    const auto found = m_lists.find(modeljson::questionKey(tidied(query)));
    return found == m_lists.end() ? nullptr : found->second.get();
}

ModelCatalogue::List *ModelCatalogue::findList(const QString &key)
{
    const auto found = m_lists.find(key);
    return found == m_lists.end() ? nullptr : found->second.get();
}

ModelListing ModelCatalogue::listing(const ImageModelQuery &query) const
{
    ModelListing out;
    const List *list = findList(query);
    if (!list)
        return out;
    out.models = list->models;
    for (const KeptModelPage &page : list->pages) {
        out.readAt = out.readAt ? std::min(*out.readAt, page.readAt) : page.readAt;
        out.partial = out.partial || page.partial;
    }
    out.capped = list->capped;
    out.complete = !list->pages.isEmpty() && list->pages.constLast().nextCursor.isEmpty() && !list->capped;
    out.loading = list->reading >= 0 || list->disk == List::Disk::Reading;
    out.error = list->error;
    return out;
}

void ModelCatalogue::want(const ImageModelQuery &query)
{
    if (m_profile.isEmpty())
        return;
    List &wanted = list(query);
    wanted.wanted = true;
    if (wanted.reading < 0)
        wanted.error.reset(); // of an attempt that nobody remembers
    if (wanted.disk == List::Disk::Read)
        lookUp(wanted);
    else
        readDisk(wanted);
}

void ModelCatalogue::prepare()
{
    for (const ImageModelType type : kTypes)
        want(ofType(type));
}

void ModelCatalogue::readDisk(List &list)
{
    if (list.disk != List::Disk::Unread)
        return;
    list.disk = List::Disk::Reading;
    list.diskRead.reset(m_store.pages(m_profile, list.key))->onFinished(this, [this, key = list.key](const Result<QList<KeptModelPage>> &pages) {
        List *read = findList(key);
        if (!read)
            return;
        read->disk = List::Disk::Read;
        if (pages && read->pages.isEmpty())
            read->pages = *pages;
        rebuild(*read);
        if (std::exchange(read->wanted, false))
            lookUp(*read);
        emit listingChanged(read->query);
        emit changed();
    });
    emit listingChanged(list.query);
}

/// Reads from the server what is missing or old.
void ModelCatalogue::lookUp(List &list)
{
    list.wanted = false;
    if (list.reading >= 0)
        return;
    const bool isFresh = !list.pages.isEmpty() && m_clock.now() >= list.pages.constFirst().readAt && m_clock.now() - list.pages.constFirst().readAt < kFresh;
    if (std::exchange(list.refreshWanted, false) || !isFresh)
        walk(list, std::max(1, static_cast<int>(list.pages.size())));
}

void ModelCatalogue::refresh(const ImageModelQuery &query)
{
    if (m_profile.isEmpty())
        return;
    list(query).refreshWanted = true;
    want(query);
}

void ModelCatalogue::loadMore(const ImageModelQuery &query)
{
    if (m_profile.isEmpty())
        return;
    List &more = list(query);
    if (more.disk != List::Disk::Read || more.reading >= 0)
        return;
    if (more.pages.isEmpty())
        walk(more, 1);
    else if (!more.pages.constLast().nextCursor.isEmpty() && !more.capped)
        readPage(more, static_cast<int>(more.pages.size()), false);
}

void ModelCatalogue::leave(const ImageModelQuery &query)
{
    List *left = findList(modeljson::questionKey(tidied(query)));
    if (!left)
        return;
    left->wanted = false;
    left->refreshWanted = false;
    left->pagesWanted = 0;
    if (!left->query.text.isEmpty() && left->reading >= 0) {
        left->call.reset();
        left->reading = -1;
    }
}

void ModelCatalogue::walk(List &list, int pages)
{
    list.pagesWanted = pages;
    readPage(list, 0, !list.pages.isEmpty());
}

void ModelCatalogue::readPage(List &list, int number, bool fresh)
{
    const QString cursor = number == 0 ? QString() : list.pages.at(number - 1).nextCursor;
    list.reading = number;
    ReadOptions options;
    options.priority = RequestPriority::Interactive;
    options.fresh = fresh;
    list.call.reset(m_service.page(list.query, cursor, ModelService::kLargestPage, options))->onFinished(this, [this, key = list.key, number](const Result<ImageModelPage> &answer) {
        List *read = findList(key);
        if (!read)
            return;
        read->reading = -1;
        if (answer) {
            read->error.reset();
            m_retryAfter = m_firstRetryAfter;
            answered(*read, number, *answer);
        } else if (!answer.error().isCanceled()) {
            read->error = answer.error();
            retryLater(*read);
        }
        emit listingChanged(read->query);
        emit changed();
    });
    emit listingChanged(list.query);
}

/// A form without any model is of no use: what it offers is asked for until it is there.
void ModelCatalogue::retryLater(const List &list)
{
    if (!isWorthRetrying(list) || m_retry.isActive())
        return;
    m_retry.start(m_retryAfter);
    m_retryAfter = std::min(m_retryAfter * 2, kFresh);
}

/// A refusal is not asked for again: nothing but a person changes it.
bool ModelCatalogue::isWorthRetrying(const List &list)
{
    if (!list.error || !list.pages.isEmpty() || list.query != ofType(list.query.type))
        return false;
    const ErrorKind kind = list.error->kind;
    return list.error->isTransient() || kind == ErrorKind::BreakerOpen || kind == ErrorKind::RateLimited || kind == ErrorKind::QueueFull;
}

void ModelCatalogue::retry()
{
    for (const ImageModelType type : kTypes) {
        const List *failed = findList(ofType(type));
        if (failed && isWorthRetrying(*failed))
            want(failed->query);
    }
}

void ModelCatalogue::answered(List &list, int number, const ImageModelPage &answer)
{
    KeptModelPage page{answer.models, answer.nextCursor, m_clock.now(), answer.models.partial};
    if (endsHere(list, number, page))
        page.nextCursor.clear();
    if (number < list.pages.size())
        list.pages[number] = page;
    else
        list.pages.append(page);
    if (page.nextCursor.isEmpty())
        list.pages.resize(number + 1);
    rebuild(list);
    updateKept(page.models);
    m_store.savePage(m_profile, list.key, !list.query.text.isEmpty(), number, page);
    if (number + 1 < list.pagesWanted && number + 1 <= list.pages.size() && !page.nextCursor.isEmpty() && !list.capped)
        readPage(list, number + 1, true);
    trim(list);
}

/// A server that hands out the same cursor, or the same rows, again would be asked for ever.
bool ModelCatalogue::endsHere(const List &list, int number, const KeptModelPage &page) const
{
    QSet<ImageModelId> seen;
    for (int i = 0; i < number; ++i) {
        const KeptModelPage &before = list.pages.at(i);
        if (before.nextCursor == page.nextCursor)
            return true;
        for (const ImageModel &model : before.models)
            seen.insert(model.id);
    }
    return number > 0 && std::all_of(page.models.begin(), page.models.end(), [&seen](const ImageModel &model) { return seen.contains(model.id); });
}

void ModelCatalogue::rebuild(List &list)
{
    QSet<ImageModelId> seen;
    list.models.clear();
    list.capped = false;
    for (const KeptModelPage &page : std::as_const(list.pages)) {
        for (const ImageModel &model : page.models) {
            if (seen.contains(model.id))
                continue;
            if (list.models.size() == kMostRows) {
                list.capped = true;
                return;
            }
            seen.insert(model.id);
            list.models.append(model);
        }
    }
    list.capped = list.models.size() == kMostRows && !list.pages.constLast().nextCursor.isEmpty();
}

/// Covers have links that end, and tags change.
void ModelCatalogue::updateKept(const QList<ImageModel> &models)
{
    if (m_kept.isEmpty())
        return;
    for (const ImageModel &model : models) {
        if (KeptModel *kept = findKept(model))
            kept->model = model;
    }
}

/// Lists that nobody has looked at for the longest time go from memory; the disk has them.
void ModelCatalogue::trim(const List &spared)
{
    qsizetype rows = 0;
    for (const auto &[key, list] : m_lists)
        rows += list->models.size();
    while (rows > kMostKnown) {
        auto oldest = m_lists.end();
        for (auto one = m_lists.begin(); one != m_lists.end(); ++one) {
            const bool idle = one->second->reading < 0 && one->second->disk == List::Disk::Read && one->second.get() != &spared && !one->second->models.isEmpty();
            if (idle && (oldest == m_lists.end() || one->second->touched < oldest->second->touched))
                oldest = one;
        }
        if (oldest == m_lists.end())
            return;
        rows -= oldest->second->models.size();
        m_lists.erase(oldest);
    }
}

/// Each model of `type` (Unknown: of any) that is known, once: kept ones first. `visit` returns false to see no more.
template<typename Visitor>
void ModelCatalogue::visitKnown(ImageModelType type, Visitor visit) const
{
    const bool any = type == ImageModelType::Unknown;
    QSet<ImageModelId> seen;
    const auto show = [&](const ImageModel &model) {
        if ((!any && model.type != type) || seen.contains(model.id))
            return true;
        seen.insert(model.id);
        return visit(model);
    };
    for (const KeptModel &kept : m_kept) {
        if (!show(kept.model))
            return;
    }
    for (const auto &[key, list] : m_lists) {
        if (!any && list->query.type != type && list->query.type != ImageModelType::Unknown)
            continue;
        for (const ImageModel &model : std::as_const(list->models)) {
            if (!show(model))
                return;
        }
    }
}

QList<ImageModel> ModelCatalogue::known(const ModelFilter &filter, qsizetype most) const
{
    QList<ImageModel> out;
    visitKnown(filter.type, [&](const ImageModel &model) {
        if (misfitOf(filter, model) == ModelMisfit::None)
            out.append(model);
        return out.size() < most;
    });
    return out;
}

QList<ImageModel> ModelCatalogue::known() const
{
    QList<ImageModel> out;
    for (const ImageModelType type : kTypes) {
        ModelFilter filter;
        filter.type = type;
        out.append(known(filter));
    }
    return out;
}

QStringList ModelCatalogue::requestNames(ImageModelType type, ModelBase base) const
{
    ModelFilter filter;
    filter.type = type;
    filter.base = base;
    QStringList names;
    const QList<ImageModel> models = known(filter, kMostRows);
    for (const ImageModel &model : models)
        names.append(model.requestName());
    names.removeDuplicates();
    names.removeAll(QString());
    return names;
}

std::optional<ImageModel> ModelCatalogue::find(ImageModelType type, const QString &requestName) const
{
    std::optional<ImageModel> found;
    if (requestName.isEmpty())
        return found;
    visitKnown(type, [&](const ImageModel &model) {
        if (model.requestName() == requestName)
            found = model;
        return !found;
    });
    return found;
}

std::optional<ImageModel> ModelCatalogue::suggestedCheckpoint(const ModelFilter &filter) const
{
    ModelFilter wanted = filter;
    wanted.type = ImageModelType::Checkpoint;
    wanted.inpainting = filter.inpainting.value_or(false);
    const auto fits = [&wanted](const ImageModel &model) { return !model.requestName().isEmpty() && misfitOf(wanted, model) == ModelMisfit::None; };
    std::optional<ImageModel> used;
    std::optional<TimePoint> usedAt;
    for (const KeptModel &kept : m_kept) {
        if (fits(kept.model) && kept.usedAt && (!usedAt || *kept.usedAt > *usedAt)) {
            used = kept.model;
            usedAt = kept.usedAt;
        }
    }
    if (used)
        return used;
    std::optional<ImageModel> first;
    std::optional<ImageModel> plain;
    visitKnown(ImageModelType::Checkpoint, [&](const ImageModel &model) {
        if (!fits(model))
            return true;
        if (!first)
            first = model;
        // What form and prices are made for, and what nobody is surprised by.
        const bool isPlain = (model.base == ModelBase::Sd15 || model.base == ModelBase::Sdxl) && !model.nsfw.value_or(false);
        if (isFavourite(model) || isPlain)
            plain = model;
        return !plain;
    });
    return plain ? plain : first;
}

KeptModel *ModelCatalogue::findKept(const ImageModel &model)
{
    return findIn<KeptModel>(m_kept, model);
}

const KeptModel *ModelCatalogue::findKept(const ImageModel &model) const
{
    return findIn<const KeptModel>(m_kept, model);
}

bool ModelCatalogue::isFavourite(const ImageModel &model) const
{
    const KeptModel *kept = findKept(model);
    return kept && kept->favourite;
}

std::optional<TimePoint> ModelCatalogue::usedAt(const ImageModel &model) const
{
    const KeptModel *kept = findKept(model);
    return kept ? kept->usedAt : std::nullopt;
}

void ModelCatalogue::setFavourite(const ImageModel &model, bool favourite)
{
    const KeptModel *kept = findKept(model);
    if (isFavourite(model) != favourite)
        keep({model, favourite, kept ? kept->usedAt : std::nullopt});
}

void ModelCatalogue::noteUsed(const ImageModel &model)
{
    keep({model, isFavourite(model), m_clock.now()});
}

void ModelCatalogue::noteUsed(const QJsonObject &recipeValues)
{
    const auto note = [this](ImageModelType type, const QJsonValue &name) {
        if (const std::optional<ImageModel> model = find(type, name.toString()))
            noteUsed(*model);
    };
    const auto noteEach = [&note](ImageModelType type, const QJsonValue &list) {
        const QJsonArray items = list.toArray();
        for (const QJsonValue &item : items)
            note(type, item.toObject().value(fields::kModel));
    };
    note(ImageModelType::Checkpoint, recipeValues.value(fields::kModel));
    note(ImageModelType::Vae, recipeValues.value(fields::kVae));
    note(ImageModelType::Upscaler, recipeValues.value(fields::kUpscaler));
    noteEach(ImageModelType::Lora, recipeValues.value(fields::kLoras));
    noteEach(ImageModelType::Embedding, recipeValues.value(fields::kEmbeddings));
    noteEach(ImageModelType::ControlNet, recipeValues.value(fields::kControlNets));
}

void ModelCatalogue::keep(const KeptModel &kept)
{
    if (m_profile.isEmpty() || kept.model.requestName().isEmpty())
        return;
    if (KeptModel *there = findKept(kept.model))
        *there = kept;
    else
        m_kept.append(kept);
    sortKept();
    // Durable: nobody else knows it. A disk that takes nothing says so in the status of the file.
    m_store.keep(m_profile, kept);
    emit changed();
}

/// Favourites first, then by their last use; what is beyond the limits of the store goes.
void ModelCatalogue::sortKept()
{
    m_kept.removeIf([](const KeptModel &kept) { return !kept.favourite && !kept.usedAt; });
    std::stable_sort(m_kept.begin(), m_kept.end(), [](const KeptModel &one, const KeptModel &other) {
        if (one.favourite != other.favourite)
            return one.favourite;
        return one.usedAt.value_or(TimePoint{}) > other.usedAt.value_or(TimePoint{});
    });
    int favourites = 0;
    int used = 0;
    m_kept.removeIf([&](const KeptModel &kept) { return kept.favourite ? ++favourites > ModelStore::kMostFavourites : ++used > ModelStore::kMostUsed; });
}

} // namespace novita
