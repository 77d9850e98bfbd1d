// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gallery/imagejob.h"

#include <QHash>
#include <QList>

namespace novita {

/// The jobs of a queue as they stand in memory: open ones by their position, then what has ended, newest first. Each is
/// in it once. Pure.
class JobList final
{
public:
    static constexpr int kMostEnded = 200; ///< older ones are left out

    const QList<ImageJob> &open() const { return m_open; }
    const QList<ImageJob> &ended() const { return m_ended; }
    ImageJob *find(const ImageJobId &id);
    const ImageJob *find(const ImageJobId &id) const;

    /// Open ones. Result: those that were not here in any state; what is here is newer.
    QList<ImageJob> add(const QList<ImageJob> &jobs);
    /// Ended ones of before, newest first, behind what is here.
    void addEnded(const QList<ImageJob> &jobs);
    /// `job` has ended, as it is.
    void end(const ImageJob &job);
    /// `job`, which had ended, is open again, before all others.
    void reopen(const ImageJob &job);
    /// Ended ones are taken out. Result: which.
    QList<ImageJobId> dismiss(const QList<ImageJobId> &ids);
    /// New places of open ones; the others keep theirs.
    void order(const QHash<ImageJobId, qint64> &positions);
    void clear();

private:
    void sort();

    QList<ImageJob> m_open;
    QList<ImageJob> m_ended;
};

} // namespace novita
