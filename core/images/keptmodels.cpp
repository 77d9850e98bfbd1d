// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/keptmodels.h"

#include "core/base/logging.h"

#include <algorithm>

namespace novita {

namespace {

template<typename Entry, typename List> Entry *findIn(List &list, const ImageModel &model)
{
    const auto found = std::find_if(list.begin(), list.end(), [&model](const KeptModel &kept) {
        return kept.model.type == model.type && kept.model.requestName() == model.requestName();
    });
    return found == list.end() ? nullptr : &*found;
}

} // namespace

KeptModels::KeptModels(ModelStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
}

void KeptModels::open(const ProfileId &profile)
{
    m_reading.reset();
    m_kept.clear();
    m_profile = profile;
    m_state = State::Unread;
}

void KeptModels::read()
{
    if (m_state != State::Unread || m_profile.isEmpty())
        return;
    m_state = State::Reading;
    m_reading.reset(m_store.kept(m_profile))->onFinished(this, [this](const Result<QList<KeptModel>> &read) {
        if (!read) {
            // What is not known must not be taken for nothing: it would be written in place of what is there.
            m_state = State::Unread;
            qCWarning(lcDatabase) << "The kept models were not read:" << read.error().toLogString();
            return;
        }
        m_state = State::Read;
        for (const KeptModel &kept : *read) {
            if (!find(kept.model)) // something may have been done meanwhile
                m_kept.append(kept);
        }
        sort();
        emit changed();
    });
}

const KeptModel *KeptModels::find(const ImageModel &model) const
{
    return findIn<const KeptModel>(m_kept, model);
}

void KeptModels::keep(const KeptModel &kept)
{
    if (m_profile.isEmpty() || kept.model.requestName().isEmpty())
        return;
    if (KeptModel *there = findIn<KeptModel>(m_kept, kept.model))
        *there = kept;
    else
        m_kept.append(kept);
    sort();
    // Durable: nobody else knows it. A disk that takes nothing says so in the status of the file.
    m_store.keep(m_profile, kept);
    emit changed();
}

void KeptModels::update(const QList<ImageModel> &models)
{
    if (m_kept.isEmpty())
        return;
    for (const ImageModel &model : models) {
        if (KeptModel *kept = findIn<KeptModel>(m_kept, model))
            kept->model = model;
    }
}

/// Favourites first, then by their last use; what is beyond the limits of the store goes.
void KeptModels::sort()
{
    m_kept.removeIf([](const KeptModel &kept) { return !kept.favourite && !kept.usedAt; });
    std::stable_sort(m_kept.begin(), m_kept.end(), [](const KeptModel &one, const KeptModel &other) {
        if (one.favourite != other.favourite)
            return one.favourite;
        return one.usedAt.value_or(TimePoint{}) > other.usedAt.value_or(TimePoint{});
    });
    int favourites = 0;
    int used = 0;
    m_kept.removeIf([&](const KeptModel &kept) {
        return kept.favourite ? ++favourites > ModelStore::kMostFavourites : ++used > ModelStore::kMostUsed;
    });
}

} // namespace novita
