// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/gallery/picture.h"
#include "core/images/imagerunparts.h"

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace novita {

/// Brings the pictures of a job into the gallery's folder, all at a time.
///
/// - One that cannot be fetched is tried kMostTries times: after 1 s, then ever later, where the line is cut; after 10
/// s, then ever later, where a server says
///   that it cannot now, and not before it asked to be asked.
/// - Where its link has expired, linksExpired() asks for new ones, once; take() or noNewLinks() is the answer. What
/// fails by an old link then is fetched by
///   the new one at once, and so is what is still on its way by an old link half a minute later.
/// - One that the disk does not take is tried once there is room: the disk is asked every 30 s, and nothing is
/// downloaded before.
///
/// Thread: the one that made it.
class ResultFetch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ResultFetch)

public:
    static constexpr int kMostTries = 5;

    /// Both must outlive it; `job` is the one that the run writes.
    ResultFetch(const ImageRunParts &parts, const ImageJob &job, QObject *parent = nullptr);

    /// Fetches what is not here yet, by these links from now on.
    void take(const QList<ImageResult> &results);
    /// The server does not know of any: what could not be fetched is given up.
    void noNewLinks();
    /// Gives the rest up; hasBegun() no longer. Result: what is here.
    QList<Picture> stop();

    bool hasBegun() const { return !m_fetches.empty(); }
    qsizetype total() const { return static_cast<qsizetype>(m_fetches.size()); }
    /// Why the next try is waited for; else empty.
    const QString &trouble() const { return m_trouble; }

signals:
    /// trouble(), or one more is here or given up.
    void changed();
    /// Of a task that can be asked for anew.
    void linksExpired();
    /// Each is here or given up. `problem`: of one that was given up, or empty.
    void ended(const QList<novita::Picture> &pictures, const QString &problem);

private:
    struct Fetch
    {
        ImageResult result;
        CallGuard call;
        int links = 0; ///< m_round of the link that it is fetched by
        int tries = 0;
        int refusals = 0;       ///< by the disk
        bool waits = false;     ///< for its next try
        bool needsRoom = false; ///< it waits for the disk
        std::optional<Picture> picture;
        QString problem; ///< of one that was given up
    };

    void fetch(std::size_t index);
    void hurry(std::size_t index);
    void fetched(std::size_t index, const Result<Picture> &picture);
    void fetchLater(std::size_t index, Milliseconds wait);
    void waitForRoom(std::size_t index, const Error &error, Milliseconds wait);
    void endedOne();

    const ImageRunParts &m_parts;
    const ImageJob &m_job;
    std::vector<std::unique_ptr<Fetch>> m_fetches;
    QString m_trouble;
    int m_round = 0; ///< counts the links that were given
    enum class Links { AsGiven, AskedAnew, GivenAnew } m_links = Links::AsGiven;
};

} // namespace novita
