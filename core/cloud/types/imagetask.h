// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/jsonreader.h"

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QUrl>

#include <cstdint>
#include <optional>

namespace novita {

/// `task.status`. Only Succeeded and Failed are the end; whatever is unknown goes on being asked for (media-notes 3.1-3.3).
enum class TaskStatus : std::uint8_t { Queued, Processing, Succeeded, Failed, Unknown };

TaskStatus taskStatusFromWire(QStringView wire); ///< "TASK_STATUS_SUCCEED" gives Succeeded

/// One file that a task has made.
struct MediaLink
{
    QUrl address;                        ///< https or http with a host, often pre-signed: fetch it without the key. Empty: no use
    std::optional<Seconds> lifetime;     ///< from the answer on; nullopt when the answer says nothing or 0, which is not "expired"
    QString type;                        ///< "png", "mp4", lower case, may be empty
    std::optional<double> nsfwLikelihood; ///< 0-100; nullopt when nothing was checked. `valid` only says that the check ran
    bool operator==(const MediaLink &) const = default;
};

/// Answer of GET /v3/async/task-result, and the payload of its webhook. HTTP 200 also when the task failed.
struct ImageTask
{
    static constexpr qsizetype kMostLinks = 64; ///< of each kind; further ones are dropped with a warning

    TaskId id;
    QString type;                        ///< open set: "TXT_TO_IMG"
    TaskStatus status = TaskStatus::Unknown;
    QString statusText;                  ///< as sent
    QString reason;                      ///< why it failed, one line
    std::optional<int> progress;         ///< 0-100; never proof of the end: finished image tasks say 0
    std::optional<Seconds> eta;          ///< nullopt when 0 or absent
    QList<MediaLink> images;
    QList<MediaLink> videos;
    QList<MediaLink> audios;
    std::optional<qint64> seed;          ///< of the first picture
    QList<qint64> seeds;                 ///< one per picture where debug_info.request_info tells them
    std::optional<TimePoint> submittedAt; ///< debug_info.*_ms
    std::optional<TimePoint> completedAt;

    bool operator==(const ImageTask &) const = default;

    bool isFinished() const { return status == TaskStatus::Succeeded || status == TaskStatus::Failed; }
    /// Seed of the picture at `index`; nullopt when only the first one's is known.
    std::optional<qint64> seedOf(qsizetype index) const;
};

/// One item of `images`; nullopt with a warning when it has no web address.
std::optional<MediaLink> decodeImageLink(const JsonReader &item);

/// Fatal without a task id.
ImageTask decodeImageTask(const JsonReader &reader);

/// A webhook's body: `{event_type: ASYNC_TASK_RESULT, payload}` or the bare task-result. nullopt for any other event.
std::optional<ImageTask> decodeTaskEvent(const QJsonObject &body, DecodeLog &log);

/// The id that a submit call answers: `task_id`, or `data.task_id` of the older envelope. Fatal when there is none.
TaskId decodeTaskAccepted(const QJsonValue &answer, DecodeLog &log);

} // namespace novita
