// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/images/modelstore.h"

namespace novita {

/// The pages of one list of the catalogue, and the models on them, each once. Pure.
class ModelPages final
{
public:
    static constexpr qsizetype kMostRows = 5'000;

    bool isEmpty() const { return m_pages.isEmpty(); }
    int size() const { return static_cast<int>(m_pages.size()); }
    const KeptModelPage &at(int number) const { return m_pages.at(number); }
    const QList<ImageModel> &models() const { return m_models; }

    void set(const QList<KeptModelPage> &pages);
    /// Page `number`, at most size(). Result: as it was taken, with no cursor where the list ends here.
    KeptModelPage put(int number, KeptModelPage page);

    /// Of the page behind the last one; empty: nothing follows.
    QString nextCursor() const { return isEmpty() ? QString() : m_pages.constLast().nextCursor; }
    /// Something follows, but no more is kept.
    bool isCapped() const { return m_isCapped; }
    bool isPartial() const;
    std::optional<TimePoint> readAt() const; ///< when the oldest was read

private:
    bool endsAt(int number, const KeptModelPage &page) const;
    void gather();

    QList<KeptModelPage> m_pages;
    QList<ImageModel> m_models;
    bool m_isCapped = false;
};

} // namespace novita
