// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/modelpages.h"

#include <QSet>

#include <algorithm>

namespace novita {

void ModelPages::set(const QList<KeptModelPage> &pages)
{
    m_pages = pages;
    gather();
}

KeptModelPage ModelPages::put(int number, KeptModelPage page)
{
    if (endsAt(number, page))
        page.nextCursor.clear();
    if (number < m_pages.size())
        m_pages[number] = page;
    else
        m_pages.append(page);
    if (page.nextCursor.isEmpty())
        m_pages.resize(number + 1);
    gather();
    return page;
}

bool ModelPages::isPartial() const
{
    return std::any_of(m_pages.begin(), m_pages.end(), [](const KeptModelPage &page) { return page.partial; });
}

std::optional<TimePoint> ModelPages::readAt() const
{
    std::optional<TimePoint> oldest;
    for (const KeptModelPage &page : m_pages)
        oldest = oldest ? std::min(*oldest, page.readAt) : page.readAt;
    return oldest;
}

/// A server that hands out the same cursor, or the same rows, again would be asked for ever.
bool ModelPages::endsAt(int number, const KeptModelPage &page) const
{
    QSet<ImageModelId> seen;
    for (int i = 0; i < number; ++i) {
        const KeptModelPage &before = m_pages.at(i);
        if (before.nextCursor == page.nextCursor)
            return true;
        for (const ImageModel &model : before.models)
            seen.insert(model.id);
    }
    return number > 0 && std::all_of(page.models.begin(), page.models.end(),
                                     [&seen](const ImageModel &model) { return seen.contains(model.id); });
}

void ModelPages::gather()
{
    QSet<ImageModelId> seen;
    m_models.clear();
    m_isCapped = false;
    for (const KeptModelPage &page : std::as_const(m_pages)) {
        for (const ImageModel &model : page.models) {
            if (seen.contains(model.id))
                continue;
            if (m_models.size() == kMostRows) {
                m_isCapped = true;
                return;
            }
            seen.insert(model.id);
            m_models.append(model);
        }
    }
    m_isCapped = m_models.size() == kMostRows && !nextCursor().isEmpty();
}

} // namespace novita
