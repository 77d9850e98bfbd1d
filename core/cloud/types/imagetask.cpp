// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/imagetask.h"

#include "core/base/displaytext.h"
#include "core/cloud/types/common.h"

#include <QJsonDocument>

#include <algorithm>
#include <limits>

namespace novita {

namespace {

constexpr qsizetype kMostTypeChars = 64;
constexpr qsizetype kMostReasonChars = 500;
constexpr qsizetype kMostRequestInfo = 256 * 1024;
constexpr qsizetype kMostFileTypeChars = 16;

struct LinkKeys
{
    QLatin1String list, address, lifetime, type;
};

constexpr LinkKeys kImageKeys{QLatin1String("images"), QLatin1String("image_url"), QLatin1String("image_url_ttl"), QLatin1String("image_type")};
constexpr LinkKeys kVideoKeys{QLatin1String("videos"), QLatin1String("video_url"), QLatin1String("video_url_ttl"), QLatin1String("video_type")};
constexpr LinkKeys kAudioKeys{QLatin1String("audios"), QLatin1String("audio_url"), QLatin1String("audio_url_ttl"), QLatin1String("audio_type")};

/// nullopt for 0 as well: it has been seen on links that live on (media-notes 3.5).
std::optional<Seconds> lifetimeOf(const JsonReader &reader, QLatin1String key)
{
    constexpr qint64 kYear = 366 * 24 * 3600;
    const qint64 seconds = reader.integer(key).value_or(0);
    return seconds > 0 ? std::optional(Seconds(std::min(seconds, kYear))) : std::nullopt;
}

std::optional<double> nsfwLikelihood(const JsonReader &reader)
{
    const JsonReader result = reader.object(QLatin1String("nsfw_detection_result"));
    if (!result.boolean(QLatin1String("valid")).value_or(false))
        return std::nullopt;
    const std::optional<double> confidence = result.real(QLatin1String("confidence"));
    return confidence ? std::optional(std::clamp(*confidence, 0.0, 100.0)) : std::nullopt;
}

/// Its address is empty when it is no web address.
MediaLink linkOf(const JsonReader &item, const LinkKeys &keys)
{
    MediaLink link;
    link.address = webAddress(item.string(keys.address));
    link.lifetime = lifetimeOf(item, keys.lifetime);
    link.type = displayLine(item.string(keys.type).toLower(), kMostFileTypeChars);
    link.nsfwLikelihood = nsfwLikelihood(item);
    if (link.address.isEmpty())
        item.log().warn(item.path() + QLatin1Char('.') + keys.address, QStringLiteral("no web address"));
    return link;
}

QList<MediaLink> linksOf(const JsonReader &reader, const LinkKeys &keys)
{
    QList<MediaLink> links;
    bool tooMany = false;
    reader.forEach(keys.list, [&](const JsonReader &item) {
        if (links.size() >= ImageTask::kMostLinks)
            tooMany = true;
        else
            links.append(linkOf(item, keys)); // something was made: that it cannot be fetched is to be said
    });
    if (tooMany)
        reader.log().warn(reader.path() + QLatin1Char('.') + keys.list, QStringLiteral("more than %1 files").arg(ImageTask::kMostLinks));
    return links;
}

std::optional<TimePoint> unixMilliseconds(const JsonReader &reader, QLatin1String key)
{
    constexpr qint64 kYear2200 = 7'258'118'400'000;
    const qint64 ms = reader.integer(key).value_or(0);
    return ms > 0 && ms < kYear2200 ? std::optional(TimePoint(Milliseconds(ms))) : std::nullopt;
}

/// The array "seeds" at the top of the text or one level below it; where it stands has been seen both ways.
QList<qint64> seedsOf(const QString &requestInfo)
{
    if (requestInfo.isEmpty() || requestInfo.size() > kMostRequestInfo)
        return {};
    const QJsonObject info = QJsonDocument::fromJson(requestInfo.toUtf8()).object();
    QJsonArray found = info.value(QLatin1String("seeds")).toArray();
    for (auto it = info.begin(); found.isEmpty() && it != info.end(); ++it)
        found = it.value().toObject().value(QLatin1String("seeds")).toArray();
    QList<qint64> seeds;
    for (const QJsonValue &value : found) {
        bool whole = false;
        const qint64 seed = value.isString() ? value.toString().toLongLong(&whole) : value.toInteger(-1);
        if (seeds.size() >= ImageTask::kMostLinks || (value.isString() && !whole) || seed < 0)
            return {}; // a gap would give every later picture another one's seed
        seeds.append(seed);
    }
    return seeds;
}

} // namespace

TaskStatus taskStatusFromWire(QStringView wire)
{
    if (wire == QLatin1String("TASK_STATUS_QUEUED"))
        return TaskStatus::Queued;
    if (wire == QLatin1String("TASK_STATUS_PROCESSING"))
        return TaskStatus::Processing;
    if (wire == QLatin1String("TASK_STATUS_SUCCEED"))
        return TaskStatus::Succeeded;
    if (wire == QLatin1String("TASK_STATUS_FAILED"))
        return TaskStatus::Failed;
    return TaskStatus::Unknown;
}

std::optional<qint64> ImageTask::seedOf(qsizetype index) const
{
    if (index >= 0 && index < seeds.size())
        return seeds.at(index);
    return index == 0 ? seed : std::nullopt;
}

std::optional<MediaLink> decodeImageLink(const JsonReader &item)
{
    MediaLink link = linkOf(item, kImageKeys);
    return link.address.isEmpty() ? std::nullopt : std::optional(std::move(link));
}

ImageTask decodeImageTask(const JsonReader &reader)
{
    ImageTask task;
    const JsonReader info = reader.object(QLatin1String("task"));
    task.id = TaskId(info.requiredString(QLatin1String("task_id")));
    task.type = displayLine(info.string(QLatin1String("task_type")), kMostTypeChars);
    task.statusText = displayLine(info.string(QLatin1String("status")), kMostTypeChars);
    task.status = taskStatusFromWire(task.statusText);
    task.reason = displayLine(info.string(QLatin1String("reason")), kMostReasonChars);
    if (const std::optional<double> percent = info.real(QLatin1String("progress_percent")))
        task.progress = static_cast<int>(std::clamp(*percent, 0.0, 100.0));
    if (const std::optional<double> eta = info.real(QLatin1String("eta")); eta && *eta >= 1)
        task.eta = Seconds(static_cast<qint64>(std::min(*eta, 86400.0)));
    task.images = linksOf(reader, kImageKeys);
    task.videos = linksOf(reader, kVideoKeys);
    task.audios = linksOf(reader, kAudioKeys);

    const JsonReader extra = reader.object(QLatin1String("extra"));
    const JsonReader debug = extra.object(QLatin1String("debug_info"));
    if (const std::optional<qint64> seed = extra.integer(QLatin1String("seed")); seed && *seed >= 0)
        task.seed = seed;
    task.seeds = seedsOf(debug.string(QLatin1String("request_info")));
    if (!task.seed && !task.seeds.isEmpty())
        task.seed = task.seeds.first();
    task.submittedAt = unixMilliseconds(debug, QLatin1String("submit_time_ms"));
    task.completedAt = unixMilliseconds(debug, QLatin1String("complete_time_ms"));
    return task;
}

std::optional<ImageTask> decodeTaskEvent(const QJsonObject &body, DecodeLog &log)
{
    const JsonReader reader(body, log);
    if (!reader.contains(QLatin1String("event_type")))
        return decodeImageTask(reader);
    if (reader.string(QLatin1String("event_type")) != QLatin1String("ASYNC_TASK_RESULT"))
        return std::nullopt;
    return decodeImageTask(reader.object(QLatin1String("payload")));
}

TaskId decodeTaskAccepted(const QJsonValue &answer, DecodeLog &log)
{
    const JsonReader reader(answer.toObject(), log);
    const JsonReader data = reader.object(QLatin1String("data"));
    const bool inside = !reader.contains(QLatin1String("task_id")) && data.contains(QLatin1String("task_id"));
    return TaskId((inside ? data : reader).requiredString(QLatin1String("task_id")));
}

} // namespace novita
