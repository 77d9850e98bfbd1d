// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/media/mediatasks.h"

#include "core/sandbox/media/mediaplan.h"
#include "core/sandbox/sandboxworld.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace novita {

namespace {

QString millisecondsText(TimePoint time)
{
    return QString::number(std::chrono::duration_cast<Milliseconds>(time.time_since_epoch()).count());
}

QString debugText(const MediaTask &task)
{
    QJsonObject info = task.parameters;
    QJsonArray seeds;
    for (int i = 0; i < task.count; ++i)
        seeds.append(seedOf(task, i));
    info.insert(QStringLiteral("seeds"), seeds);
    return QString::fromUtf8(QJsonDocument(info).toJson(QJsonDocument::Compact));
}

QJsonObject extraJson(const MediaTask &task, TimePoint now, bool succeeded)
{
    const auto when = [now](TimePoint time) { return now >= time ? millisecondsText(time) : QString(); };
    QJsonObject extra{{QStringLiteral("seed"), succeeded ? QString::number(task.film.picture.seed) : QString()},
                      {QStringLiteral("enable_nsfw_detection"), task.nsfwCheck},
                      {QStringLiteral("debug_info"), QJsonObject{{QStringLiteral("request_info"), succeeded ? debugText(task) : QString()},
                                                                 {QStringLiteral("submit_time_ms"), millisecondsText(task.submitted)},
                                                                 {QStringLiteral("execute_time_ms"), when(task.started())},
                                                                 {QStringLiteral("complete_time_ms"), when(task.finished())}}}};
    if (!task.webhookEcho.isEmpty())
        extra.insert(QStringLiteral("webhook"), task.webhookEcho);
    return extra;
}

QJsonObject taskJson(const MediaTask &task, TimePoint now)
{
    QString status = QStringLiteral("TASK_STATUS_QUEUED"), reason;
    qint64 eta = 0;
    int progress = 0;
    if (now >= task.finished()) {
        status = task.failure.isEmpty() ? QStringLiteral("TASK_STATUS_SUCCEED") : QStringLiteral("TASK_STATUS_FAILED");
        reason = task.failure;
        progress = task.isFilm && task.failure.isEmpty() ? 100 : 0; // finished pictures say 0, as with the real cloud
    } else if (now >= task.started()) {
        status = QStringLiteral("TASK_STATUS_PROCESSING");
        progress = int(100 * (now - task.started()) / std::max(Milliseconds(1), task.working));
        eta = std::chrono::ceil<Seconds>(task.finished() - now).count();
    }
    return {{QStringLiteral("task_id"), task.id}, {QStringLiteral("task_type"), task.type}, {QStringLiteral("status"), status},
            {QStringLiteral("reason"), reason}, {QStringLiteral("eta"), eta}, {QStringLiteral("progress_percent"), progress}};
}

} // namespace

MediaTask &MediaTasks::add(MediaTask task)
{
    m_bytes += task.bytes();
    m_tasks.push_back(std::make_unique<MediaTask>(std::move(task)));
    MediaTask *added = m_tasks.back().get();
    m_byId.insert(added->id, added);
    while (m_tasks.size() > 1 && (m_tasks.size() > kMostTasks || m_bytes > kMostBytes))
        forgetOldest();
    return *added;
}

void MediaTasks::forgetOldest()
{
    m_bytes -= m_tasks.front()->bytes();
    m_byId.remove(m_tasks.front()->id);
    m_tasks.pop_front();
}

QString resultLink(const MediaTask &task, int index, const QString &origin, const QString &signature)
{
    const QString link = QStringLiteral("%1/_results/%2/%3.%4").arg(origin, task.id, QString::number(index), task.outputType);
    if (task.lifetime.count() == 0)
        return link;
    const QString date = QDateTime::fromSecsSinceEpoch(unixText(task.finished()).toLongLong(), Qt::UTC).toString(QStringLiteral("yyyyMMdd'T'HHmmss'Z'"));
    return link + QStringLiteral("?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=%1&X-Amz-Expires=%2&X-Amz-Signature=%3").arg(date).arg(task.lifetime.count()).arg(signature);
}

QJsonObject taskResultJson(const MediaTask &task, TimePoint now, const QString &origin, const std::function<QString(int)> &signature)
{
    const bool succeeded = now >= task.finished() && task.failure.isEmpty();
    QJsonArray images, videos;
    for (int i = 0; succeeded && i < task.count; ++i) {
        const QString link = resultLink(task, i, origin, signature(i));
        if (task.isFilm) {
            videos.append(QJsonObject{{QStringLiteral("video_url"), link}, {QStringLiteral("video_url_ttl"), task.lifetimeText}, {QStringLiteral("video_type"), task.outputType}});
            continue;
        }
        const QJsonValue nsfw = task.nsfwCheck ? QJsonValue(QJsonObject{{QStringLiteral("valid"), true},
                                                                       {QStringLiteral("confidence"), nsfwLikelihood(task.film.picture.subject, seedOf(task, i))}})
                                               : QJsonValue(QJsonValue::Null);
        images.append(QJsonObject{{QStringLiteral("image_url"), link}, {QStringLiteral("image_url_ttl"), task.lifetimeText}, {QStringLiteral("image_type"), task.outputType},
                                  {QStringLiteral("nsfw_detection_result"), nsfw}});
    }
    return {{QStringLiteral("task"), taskJson(task, now)}, {QStringLiteral("extra"), extraJson(task, now, succeeded)}, {QStringLiteral("images"), images},
            {QStringLiteral("videos"), videos}, {QStringLiteral("audios"), QJsonArray()}};
}

} // namespace novita
