// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/modelcatalogue.h"

#include "core/base/logging.h"
#include "core/cloud/services/modelservice.h"
#include "core/images/keptmodels.h"
#include "core/images/modeljson.h"
#include "core/images/modellist.h"

#include <algorithm>
#include <utility>

namespace novita {

namespace {

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

} // namespace

ModelCatalogue::ModelCatalogue(ModelService &service, Database &images, const Clock &clock, QObject *parent)
    : QObject(parent), m_service(service), m_clock(clock), m_store(images), m_kept(std::make_unique<KeptModels>(m_store))
{
    connect(m_kept.get(), &KeptModels::changed, this, &ModelCatalogue::noteUsedMeanwhile);
    connect(m_kept.get(), &KeptModels::changed, this, &ModelCatalogue::changed);
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &ModelCatalogue::retry);
}

ModelCatalogue::~ModelCatalogue() = default;

void ModelCatalogue::open(const ProfileId &profile)
{
    m_lists.clear();
    m_used.clear();
    m_usedModels.clear();
    m_retry.stop();
    m_retryAfter = m_firstRetryAfter;
    m_profile = profile;
    m_kept->open(profile);
    emit changed();
}

void ModelCatalogue::close()
{
    open({});
}

void ModelCatalogue::forget(const ProfileId &profile)
{
    m_store.forget(profile);
}

void ModelCatalogue::recall()
{
    if (m_profile.isEmpty())
        return;
    m_kept->read();
    for (const ImageModelType type : kOfferedModelTypes)
        readDisk(list(ofType(type)));
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
    out.models = list->pages.models();
    out.readAt = list->pages.readAt();
    out.partial = list->pages.isPartial();
    out.capped = list->pages.isCapped();
    out.complete = !list->pages.isEmpty() && list->pages.nextCursor().isEmpty() && !out.capped;
    out.loading = list->reading >= 0 || list->disk == List::Disk::Reading;
    out.error = list->error;
    return out;
}

void ModelCatalogue::want(const ImageModelQuery &query)
{
    if (m_profile.isEmpty())
        return;
    m_kept->read();
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
    for (const ImageModelType type : kOfferedModelTypes)
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
        read->disk = pages ? List::Disk::Read : List::Disk::Unread;
        if (pages && read->pages.isEmpty())
            read->pages.set(*pages);
        else if (!pages)
            qCWarning(lcDatabase) << "A kept list of models was not read:" << pages.error().toLogString();
        if (std::exchange(read->wanted, false))
            lookUp(*read);
        noteUsedMeanwhile();
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
    const bool isFresh = !list.pages.isEmpty() && m_clock.now() >= list.pages.at(0).readAt && m_clock.now() - list.pages.at(0).readAt < kFresh;
    if (std::exchange(list.refreshWanted, false) || !isFresh)
        walk(list, std::max(1, list.pages.size()));
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
    else if (!more.pages.nextCursor().isEmpty() && !more.pages.isCapped())
        readPage(more, more.pages.size(), false);
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
    for (const ImageModelType type : kOfferedModelTypes) {
        const List *failed = findList(ofType(type));
        if (failed && isWorthRetrying(*failed))
            want(failed->query);
    }
}

void ModelCatalogue::answered(List &list, int number, const ImageModelPage &answer)
{
    if (list.disk == List::Disk::Unread)
        list.disk = List::Disk::Read; // it could not be, and this is newer
    const KeptModelPage page = list.pages.put(number, {answer.models, answer.nextCursor, m_clock.now(), answer.models.partial});
    m_kept->update(page.models);
    m_store.savePage(m_profile, list.key, !list.query.text.isEmpty(), number, page);
    if (number + 1 < list.pagesWanted && number + 1 <= list.pages.size() && !page.nextCursor.isEmpty() && !list.pages.isCapped())
        readPage(list, number + 1, true);
    trim(list);
}

/// Lists that nobody has looked at for the longest time go from memory; the disk has them.
void ModelCatalogue::trim(const List &spared)
{
    qsizetype rows = 0;
    for (const auto &[key, list] : m_lists)
        rows += list->pages.models().size();
    while (rows > kMostKnown) {
        auto oldest = m_lists.end();
        for (auto one = m_lists.begin(); one != m_lists.end(); ++one) {
            const bool idle = one->second->reading < 0 && one->second->disk == List::Disk::Read && one->second.get() != &spared && !one->second->pages.models().isEmpty();
            if (idle && (oldest == m_lists.end() || one->second->touched < oldest->second->touched))
                oldest = one;
        }
        if (oldest == m_lists.end())
            return;
        rows -= oldest->second->pages.models().size();
        m_lists.erase(oldest);
    }
}

} // namespace novita
