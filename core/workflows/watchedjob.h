// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/ids.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>

namespace novita {

/// A background job of the cloud that one of our actions began, as far as it is known.
struct WatchedJob
{
    enum class Kind { SaveImage, Migrate };
    enum class State {
        Looking,   ///< asked for; its id is not known (yet)
        Preparing, ///< "pulling"
        Running,
        Done,
        Failed,
        Canceled,  ///< "break"
    };

    Kind kind = Kind::SaveImage;
    JobId id;
    InstanceId instance;
    QString name;              ///< of the instance, as it was
    QString image;             ///< that is written; SaveImage only
    TimePoint askedAt{};
    QStringList before;        ///< ids of jobs of the instance that were there already: none of them is this one
    State state = State::Looking;
    QString reason;            ///< why Failed, in the cloud's words where it gave some
    QString logAddress;
    int unseen = 0;            ///< answers in a row that did not hold it

    bool isOver() const { return state == State::Done || state == State::Failed || state == State::Canceled; }
    bool operator==(const WatchedJob &) const = default;

    /// What the operation log keeps of it, and back; nullopt when that is damaged.
    QJsonObject toJson() const;
    static std::optional<WatchedJob> fromJson(const QJsonObject &json);
    /// "saveImage" or "migrate": the kind in the operation log.
    QString operationKind() const;
    /// The type of the cloud's job.
    QString jobType() const;
};

} // namespace novita
