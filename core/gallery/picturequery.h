// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gallery/picture.h"

#include <QStringList>

#include <optional>

namespace novita {

/// Which pictures, and in which order. A value.
struct PictureQuery
{
    enum class Order { NewestFirst, OldestFirst, StarredFirst };

    QString words;               ///< as picturewords::question() takes them: over prompts, negative prompts, models and tags
    QStringList tags;            ///< each must be there
    QStringList exceptTags;      ///< none may be there
    QStringList models;          ///< one of them, as part of the name; empty = any
    QStringList exceptModels;    ///< none of them, likewise
    QStringList formats;         ///< one of them, as Picture has them; empty = any
    QStringList exceptFormats;
    bool starredOnly = false;
    bool unstarredOnly = false;
    bool trashed = false;        ///< those in the trash instead of the others
    std::optional<MediaKind> kind;
    std::optional<TimePoint> from;
    std::optional<TimePoint> before;
    ImageJobId job;              ///< of this job only
    Order order = Order::NewestFirst;
    int limit = 0;               ///< the first ones only; 0 = as many as PictureStore lists

    bool operator==(const PictureQuery &) const = default;

    /// What a person typed into the filter: words, and `tag:x`, `model:x`, `format:png`, `is:starred`, `is:video`, `is:image`,
    /// `after:2026-01-31`, `before:…` (days as they begin in the local time zone); with a minus in front what it does not hold for. What is
    /// not understood is looked for as words.
    static PictureQuery fromText(const QString &text);
    /// That `format:` knows.
    static QStringList knownFormats();
};

} // namespace novita
