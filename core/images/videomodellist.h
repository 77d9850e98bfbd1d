// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/cloud/endpoints/endpointspec.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>

namespace novita {

/// A model of the unified video endpoint as the cloud has described it.
struct VideoModel
{
    QString name;          ///< goes into `model`
    QJsonObject schema;    ///< of the body
    TimePoint seenAt{};    ///< when the cloud named it last
    EndpointSpec endpoint; ///< made of the schema; says when it was named last, and Unlisted when that was not the last
                           ///< time that was asked
};

/// All that is known of them, in the order in which the cloud named them, those that it names no longer last.
struct VideoModelList
{
    TimePoint readAt{}; ///< when the cloud was asked last; the beginning of time = never
    QList<VideoModel> models;

    bool isEmpty() const { return models.isEmpty(); }
    QList<EndpointSpec> endpoints() const;
};

/// The list as the cloud gives it and as it is kept on the disk. Both are input that may be hostile: models whose
/// schema makes no form are left out, at most kMostModels are taken.
///
/// The contract gives {"configs": [{"name", "json_schema": {…}}]} and marks the name as uncertain. Read are as well: a
/// bare list and one in "data"; "model", "model_name" and "id" for the name; "schema" and "input_schema" for the
/// schema, and each of them as JSON in a text or in a wrapping of its own ({"name", "schema"}).
namespace videomodels {

inline constexpr qsizetype kMostModels = 200;
inline constexpr qint64 kMostBytes = 2 * 1024 * 1024;
inline constexpr qint64 kMostKeptBytes = 2 * kMostBytes; ///< of written()
inline constexpr std::chrono::days kKept{180}; ///< after the cloud has named a model for the last time

/// ErrorKind::Protocol when it is no list, or one of which nothing can be read.
Result<VideoModelList> decode(const QByteArray &answer, TimePoint now);
/// What was just read, and behind it what it lacks of the older list: recipes of those models stay readable. No more than can be written and read back.
VideoModelList merged(const VideoModelList &read, const VideoModelList &older);

QByteArray written(const VideoModelList &list);
/// ErrorKind::Storage when it is not what written() makes.
Result<VideoModelList> readKept(const QByteArray &bytes);

} // namespace videomodels

} // namespace novita
