// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/resultfetch.h"

#include "core/base/sentence.h"

#include <algorithm>

namespace novita {

namespace {

constexpr Milliseconds kRoomWait{30000};
constexpr Milliseconds kOldLinks{30000}; ///< that a download by an old link is left alone once there is a new one
constexpr int kServerFactor = 10;        ///< of the wait after a line that is cut
constexpr int kMostDiskDoublings = 4;    ///< of kRoomWait, while the disk promises room and does not take it

} // namespace

ResultFetch::ResultFetch(const ImageRunParts &parts, const ImageJob &job, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_job(job)
{
}

void ResultFetch::take(const QList<ImageResult> &results)
{
    ++m_round;
    m_fetches.resize(std::max(m_fetches.size(), static_cast<std::size_t>(results.size())));
    for (std::size_t i = 0; i < static_cast<std::size_t>(results.size()); ++i) {
        if (!m_fetches[i])
            m_fetches[i] = std::make_unique<Fetch>();
        m_fetches[i]->result = results.at(static_cast<qsizetype>(i));
        if (m_fetches[i]->call.isBusy())
            m_parts.later(kOldLinks, this, [this, i] { hurry(i); });
        else if (!m_fetches[i]->needsRoom)
            fetch(i);
    }
    if (m_links == Links::AskedAnew)
        noNewLinks();
}

/// From here on, and not while the disk is still writing it down, the rest of them may end the job.
void ResultFetch::noNewLinks()
{
    m_links = Links::GivenAnew;
    endedOne();
}

QList<Picture> ResultFetch::stop()
{
    QList<Picture> here;
    for (const auto &fetch : m_fetches) {
        if (fetch && fetch->picture)
            here.append(*fetch->picture);
    }
    m_fetches.clear();
    return here;
}

void ResultFetch::fetch(std::size_t index)
{
    if (index >= m_fetches.size() || !m_fetches[index])
        return; // given up while it waited for its next try
    Fetch &one = *m_fetches[index];
    if (one.picture || one.call.isBusy())
        return;
    one.waits = one.needsRoom = false;
    one.links = m_round;
    ++one.tries;
    one.problem.clear();
    one.call.reset(m_parts.keeper.keep(m_job, one.result, static_cast<int>(index)))
        ->onFinished(this, [this, index](const Result<Picture> &picture) { fetched(index, picture); });
}

/// A download that hangs may do so for minutes, and an old link does not get younger.
void ResultFetch::hurry(std::size_t index)
{
    if (index >= m_fetches.size() || !m_fetches[index])
        return;
    Fetch &one = *m_fetches[index];
    if (one.needsRoom || one.links == m_round || !one.call.isBusy())
        return;
    one.call.reset();
    --one.tries;
    fetch(index);
}

void ResultFetch::fetched(std::size_t index, const Result<Picture> &picture)
{
    Fetch &one = *m_fetches[index];
    if (picture) {
        one.picture = *picture;
        if (std::none_of(m_fetches.begin(), m_fetches.end(), [](const auto &fetch) { return fetch && fetch->waits; }))
            m_trouble.clear();
    } else if (picture.error().kind == ErrorKind::Storage) {
        // Paid for, and there as long as its link is: somebody may make room.
        --one.tries;
        waitForRoom(index, picture.error(), kRoomWait * (1 << std::min(one.refusals++, kMostDiskDoublings)));
        return;
    } else if (one.links != m_round) {
        --one.tries; // which says nothing of the new link
        fetch(index);
        return;
    } else if (picture.error().isTransient() && one.tries < kMostTries) {
        const bool isOfServer = picture.error().kind == ErrorKind::Server;
        if (isOfServer)
            m_trouble = picture.error().message;
        const Milliseconds own = m_parts.fetchWait * (isOfServer ? kServerFactor : 1) * (1 << (one.tries - 1));
        fetchLater(index, std::max(own, picture.error().retryAfter.value_or(Milliseconds(0))));
        emit changed();
        return;
    } else {
        one.problem = closedSentence(picture.error().message);
        if (picture.error().kind == ErrorKind::NotFound && m_links == Links::AsGiven && !m_job.task.isEmpty()) {
            m_links = Links::AskedAnew;
            emit linksExpired();
        }
    }
    endedOne();
}

void ResultFetch::fetchLater(std::size_t index, Milliseconds wait)
{
    m_fetches[index]->waits = true;
    m_parts.later(wait, this, [this, index] {
        // It may have been fetched by another link meanwhile.
        if (index < m_fetches.size() && m_fetches[index] && m_fetches[index]->waits)
            fetch(index);
    });
}

/// It is not downloaded to be thrown away: the disk is asked first.
void ResultFetch::waitForRoom(std::size_t index, const Error &error, Milliseconds wait)
{
    m_trouble = error.message;
    m_fetches[index]->waits = m_fetches[index]->needsRoom = true;
    m_parts.later(wait, this, [this, index] {
        if (index >= m_fetches.size() || !m_fetches[index] || !m_fetches[index]->needsRoom)
            return; // given up
        m_fetches[index]
            ->call.reset(m_parts.keeper.room(m_job, static_cast<int>(index)))
            ->onFinished(this, [this, index](const Result<Done> &room) {
                if (room)
                    fetch(index);
                else
                    waitForRoom(index, room.error(), kRoomWait);
            });
    });
    emit changed();
}

void ResultFetch::endedOne()
{
    if (m_links == Links::AskedAnew)
        return; // all that failed is fetched again by the new ones
    const bool isLast = std::all_of(m_fetches.begin(), m_fetches.end(), [](const auto &fetch) {
        return fetch && (fetch->picture || !fetch->problem.isEmpty());
    });
    if (!isLast) {
        emit changed();
        return;
    }
    QList<Picture> pictures;
    QString problem;
    for (const auto &fetch : m_fetches) {
        if (fetch->picture)
            pictures.append(*fetch->picture);
        else
            problem = fetch->problem;
    }
    emit ended(pictures, problem);
}

} // namespace novita
