// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/sandbox/media/film.h"

#include <QHash>
#include <QJsonObject>
#include <QString>
#include <QUrl>

#include <deque>
#include <functional>
#include <memory>
#include <optional>

namespace novita {

/// A job of the cloud. What it makes is painted when somebody fetches it.
struct MediaTask
{
    QString id;
    QString type;              ///< "TXT_TO_IMG"
    TimePoint submitted{};
    Milliseconds waiting{0};   ///< in the queue
    Milliseconds working{0};
    bool isFilm = false;
    FilmOrder film;            ///< its picture is also the order of pictures
    QString outputType;
    int count = 1;
    bool nsfwCheck = false;
    QString failure;           ///< why it fails; empty = it does not
    QJsonValue lifetimeText;   ///< of the links, as the cloud writes it: "3600", 604800, "0"
    Seconds lifetime{0};       ///< of the links; 0 = they are not signed and stay
    QJsonObject parameters;    ///< told in debug_info
    QUrl webhook;
    QJsonObject webhookEcho;
    int webhookAttempts = 0;
    TimePoint nextAttempt{};   ///< of the webhook
    bool webhookSettled = false;

    TimePoint started() const { return submitted + waiting; }
    TimePoint finished() const { return started() + working; }
    qint64 bytes() const { return film.picture.source.size() + film.picture.mask.size(); }
};

/// The jobs that the cloud remembers: the latest ones, within bounds of number and memory.
class MediaTasks
{
public:
    static constexpr std::size_t kMostTasks = 5000;
    static constexpr qint64 kMostBytes = 256LL * 1024 * 1024; ///< of their source pictures

    MediaTask &add(MediaTask task);
    MediaTask *find(const QString &id) const { return m_byId.value(id); }
    const std::deque<std::unique_ptr<MediaTask>> &all() const { return m_tasks; } ///< oldest first

private:
    void forgetOldest();

    std::deque<std::unique_ptr<MediaTask>> m_tasks;
    QHash<QString, MediaTask *> m_byId;
    qint64 m_bytes = 0;
};

/// The answer of GET task-result. `signature`: makes the signature of a link to the result at an index.
QJsonObject taskResultJson(const MediaTask &task, TimePoint now, const QString &origin, const std::function<QString(int)> &signature);
/// The link to a result, signed where the task's links are.
QString resultLink(const MediaTask &task, int index, const QString &origin, const QString &signature);
/// Seed of the result at an index.
inline qint64 seedOf(const MediaTask &task, int index) { return task.film.picture.seed + index; }

} // namespace novita
