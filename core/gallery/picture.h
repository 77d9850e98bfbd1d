// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/ids.h"

#include <QJsonObject>
#include <QSize>
#include <QStringList>

#include <optional>

namespace novita {

using ImageJobId = StrongId<struct ImageJobTag>; ///< local, UUID text without braces

enum class MediaKind {
    Image,
    Video,
};
inline constexpr MediaKind kLastMediaKind = MediaKind::Video;

/// Not a strong id: SQLite's own row number, which sorts by age. 0 = none.
using PictureId = qint64;

/// What a grid of thumbnails shows of a picture: ten thousand of them fit into memory.
struct PictureEntry
{
    PictureId id = 0;
    MediaKind kind = MediaKind::Image;
    QString file;               ///< below the gallery's folder, see PictureFiles
    QSize size;                 ///< pixels; empty when unknown, as of a video
    TimePoint createdAt{};
    bool starred = false;
    bool flagged = false;       ///< the cloud's NSFW check found something
    std::optional<TimePoint> trashedAt;

    bool operator==(const PictureEntry &) const = default;
};

/// A picture of the gallery with all that is known of it.
struct Picture : PictureEntry
{
    ImageJobId job;             ///< none for a file that was brought in
    int ordinal = 0;            ///< among the pictures of its job, from 0
    qint64 bytes = 0;
    QString format;             ///< "png", "jpeg", "webp", "gif", "mp4"
    QString endpoint;           ///< id of the endpoint table, or empty
    QString model;              ///< checkpoint or model name
    QString prompt;             ///< as it was sent
    QString promptTemplate;     ///< as it was typed, with its wildcards; empty when that is the same
    QString negativePrompt;
    std::optional<qint64> seed; ///< of this very picture
    QJsonObject recipe;         ///< values by field name of the endpoint
    bool hasCredential = false; ///< carries a C2PA manifest: its bytes stay untouched
    QStringList tags;           ///< as taglist::sorted() has them

    bool operator==(const Picture &) const = default;
};

} // namespace novita
