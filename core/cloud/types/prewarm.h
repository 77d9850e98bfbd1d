// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/jsonreader.h"

#include <QStringList>

#include <cstdint>
#include <optional>

namespace novita {

enum class PrewarmState : std::uint8_t { Pending, Running, Succeeded, Failed, Unknown };

/// An image that the cloud pulls into the cache of a cluster ahead of time.
struct PrewarmTask
{
    PrewarmId id;
    QString imageName;           ///< last part of the address, without tag
    QString imageUrl;
    RegistryAuthId authId;
    ClusterId clusterId;
    QString clusterName;
    QStringList productNames;    ///< the kinds of GPU it is pulled for
    std::optional<qint64> bytes; ///< size of the image; every other size of the API is in GB
    PrewarmState state = PrewarmState::Unknown;
    QString stateText;           ///< verbatim
    QString note;
    QStringList reasons;         ///< why it failed
    std::optional<TimePoint> createdAt;
    std::optional<TimePoint> completedAt;
    bool operator==(const PrewarmTask &) const = default;

    /// Nothing more will happen to it.
    bool isFinished() const { return state == PrewarmState::Succeeded || state == PrewarmState::Failed; }
};

/// How many tasks the account may have, and how large their images.
struct PrewarmQuota
{
    std::optional<int> used;
    std::optional<int> limit;
    std::optional<int> perImageGb;
    bool operator==(const PrewarmQuota &) const = default;

    bool isUsedUp() const { return used && limit && *used >= *limit; }
};

PrewarmTask decodePrewarmTask(const JsonReader &reader); ///< the id is empty when the row had none
PrewarmQuota decodePrewarmQuota(const JsonReader &reader);

} // namespace novita
