// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/gallery/picture.h"

#include <QJsonObject>

#include <optional>

namespace novita {

enum class ImageJobState {
    Waiting,     ///< in the queue
    Submitting,  ///< its request may be on the wire
    Following,   ///< the server has it: `task`
    Downloading, ///< it has succeeded, and not all pictures are here
    Done,
    Failed,
    Canceled,    ///< taken back before it was sent, or interrupted on a server that can do that
    Abandoned,   ///< not waited for any more; the server goes on with it, and charges it
    Lost,        ///< the reply to its submit was lost: whether it runs, and is charged, is not known
};
inline constexpr ImageJobState kLastImageJobState = ImageJobState::Lost;

constexpr bool isOpen(ImageJobState state)
{
    return state <= ImageJobState::Downloading;
}

/// One request for pictures, from the queue to its end.
struct ImageJob
{
    ImageJobId id;
    ProfileId profile;
    qint64 position = 0;       ///< the queue is in this order; given by ImageJobLog
    ImageJobState state = ImageJobState::Waiting;
    QString backend;           ///< "novita", or which WebUI server
    QString endpoint;          ///< id of the endpoint table
    QJsonObject recipe;        ///< values by field name, prompt expanded, no images in it
    QString promptTemplate;    ///< as it was typed; empty when nothing was expanded
    QJsonObject options;       ///< what is asked for beside the recipe; the business of whoever sends it
    QJsonObject inputs;        ///< images it starts from: their keys in the recipe → files of PictureFiles
    QString batch;             ///< jobs that were asked for together, or empty
    QJsonObject cell;          ///< where in a grid: axis values by label, or empty
    int expected = 1;          ///< pictures
    QString task;              ///< the server's id, once it has one
    QString note;              ///< why it ended as it did, for people
    TimePoint createdAt{};
    TimePoint updatedAt{};
    std::optional<TimePoint> submittedAt;
    qint64 version = 0;        ///< counts the writes; see ImageJobLog::save()

    bool operator==(const ImageJob &) const = default;
};

} // namespace novita
