// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

namespace novita {

class Database;

/// One measured number.
struct Sample
{
    QString series; ///< "burn/total", "state/running", "instance/<id>/gpu"
    double value = 0;
};

/// What a stretch of time held: one sample, or many that were put together.
struct SamplePoint
{
    TimePoint at{};  ///< begin of the stretch
    double low = 0;
    double high = 0;
    double mean = 0;
    int count = 0;
    bool operator==(const SamplePoint &) const = default;
};

/// Numbers over time in the history file: raw for a day, then as roll-ups of 5 minutes for a week and of an hour for as
/// long as history is kept. Where nothing was measured there is no point: a gap stays a gap. Thread: the Database's.
class Samples final
{
    Q_DISABLE_COPY_MOVE(Samples)

public:
    static constexpr std::chrono::hours kRawKept{26};
    static constexpr std::chrono::hours kFiveMinutesKept{24 * 8};

    explicit Samples(Database &database) : m_database(database) {}

    /// Posted: nobody waits. A second value of a series for the same millisecond replaces the first; values that are not
    /// finite are left out.
    void append(const ProfileId &profile, TimePoint at, const QList<Sample> &samples);

    /// Points of [from, to), oldest first, at most `maxPoints` (2-10000): finer data is put together to that.
    Call<QList<SamplePoint>> *read(const ProfileId &profile, const QString &series, TimePoint from, TimePoint to, int maxPoints) const;

    /// The same of several series, in one go: what they show belongs together. A series without points is not in the answer.
    Call<QHash<QString, QList<SamplePoint>>> *readAll(const ProfileId &profile, const QStringList &series, TimePoint from, TimePoint to, int maxPoints) const;

    /// Writes the roll-ups of all stretches that are over by `now` and deletes what its kind has outlived; hours older than
    /// `keepFrom` go as well. To be called now and then; any number of calls give the same result.
    Call<Done> *maintain(TimePoint now, TimePoint keepFrom);

private:
    Database &m_database;
};

} // namespace novita
