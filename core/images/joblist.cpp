// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/joblist.h"

#include <QSet>

#include <algorithm>
#include <utility>

namespace novita {

ImageJob *JobList::find(const ImageJobId &id)
{
    return const_cast<ImageJob *>(std::as_const(*this).find(id));
}

const ImageJob *JobList::find(const ImageJobId &id) const
{
    for (const QList<ImageJob> *list : {&m_open, &m_ended}) {
        const auto found =
            std::find_if(list->begin(), list->end(), [&id](const ImageJob &job) { return job.id == id; });
        if (found != list->end())
            return &*found;
    }
    return nullptr;
}

QList<ImageJob> JobList::add(const QList<ImageJob> &jobs)
{
    QSet<ImageJobId> known;
    for (const QList<ImageJob> *list : {&m_open, &m_ended}) {
        for (const ImageJob &job : *list)
            known.insert(job.id);
    }
    QList<ImageJob> unseen = jobs;
    unseen.removeIf([&known](const ImageJob &job) { return known.contains(job.id); });
    m_open += unseen;
    sort();
    return unseen;
}

void JobList::addEnded(const QList<ImageJob> &jobs)
{
    for (const ImageJob &job : jobs) {
        if (m_ended.size() >= kMostEnded)
            return;
        if (!find(job.id))
            m_ended.append(job);
    }
}

void JobList::end(const ImageJob &job)
{
    const ImageJob ended = job; // which may be in one of the lists
    for (QList<ImageJob> *list : {&m_open, &m_ended})
        list->removeIf([&ended](const ImageJob &one) { return one.id == ended.id; });
    m_ended.prepend(ended);
    if (m_ended.size() > kMostEnded)
        m_ended.removeLast();
}

void JobList::reopen(const ImageJob &job)
{
    const ImageJob open = job; // which may be in the list
    m_ended.removeIf([&open](const ImageJob &one) { return one.id == open.id; });
    m_open.prepend(open);
}

QList<ImageJobId> JobList::dismiss(const QList<ImageJobId> &ids)
{
    QList<ImageJobId> gone;
    m_ended.removeIf([&](const ImageJob &job) {
        const bool isMeant = ids.contains(job.id);
        if (isMeant)
            gone.append(job.id);
        return isMeant;
    });
    return gone;
}

void JobList::order(const QHash<ImageJobId, qint64> &positions)
{
    for (ImageJob &job : m_open)
        job.position = positions.value(job.id, job.position);
    sort();
}

void JobList::clear()
{
    m_open.clear();
    m_ended.clear();
}

void JobList::sort()
{
    std::stable_sort(m_open.begin(), m_open.end(),
                     [](const ImageJob &a, const ImageJob &b) { return a.position < b.position; });
}

} // namespace novita
