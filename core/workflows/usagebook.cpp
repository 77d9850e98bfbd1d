// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/usagebook.h"

#include "core/cloud/types/burn.h"
#include "core/database/usagelog.h"
#include "core/workflows/stores.h"

namespace novita {

UsageBook::UsageBook(Stores &stores, UsageLog &log, const Clock &clock, QObject *parent)
    : QObject(parent), m_stores(stores), m_log(log), m_clock(clock)
{
    connect(&stores.instances, &EntityStoreBase::inserted, this, &UsageBook::onInstances);
    connect(&stores.instances, &EntityStoreBase::changed, this, &UsageBook::onInstances);
    connect(&stores.instances, &EntityStoreBase::removed, this, &UsageBook::onInstancesGone);
    connect(&stores.instances, &EntityStoreBase::freshnessChanged, this, &UsageBook::onListRead);
    connect(&stores.storages, &EntityStoreBase::inserted, this, &UsageBook::onVolumes);
    connect(&stores.storages, &EntityStoreBase::changed, this, &UsageBook::onVolumes);
    connect(&stores.storages, &EntityStoreBase::removed, this, &UsageBook::onVolumesGone);
    connect(&stores.storages, &EntityStoreBase::freshnessChanged, this, &UsageBook::onVolumesRead);
}

void UsageBook::setProfile(const ProfileId &profile)
{
    m_profile = profile;
    m_ready = false;
    m_tracks.clear();
    m_unsaved.clear();
    m_volumes.clear();
    m_seenAt.reset();
    m_volumesSeenAt.reset();
    m_loading.reset();
    if (profile.isEmpty())
        return;
    // Without a history file counting begins with this run.
    m_loading.reset(m_log.load(profile))->onFinished(this, [this](const Result<UsageMemory> &memory) { takeUp(memory.valueOr({})); });
}

void UsageBook::takeUp(const UsageMemory &memory)
{
    const TimePoint oldest = m_clock.now() - kKept;
    for (const UsageRecord &record : memory.records) {
        UsageTrack track = record.track;
        track.forgetBefore(oldest);
        if (!track.isOver() || !track.spans().empty())
            m_tracks.insert(record.owner, track);
    }
    m_seenAt = memory.seenAt;
    m_ready = true;
    // What has been read meanwhile, against what the file knew.
    QStringList ids;
    for (const InstanceId &id : m_stores.instances.ids())
        ids.append(id.toString());
    onInstances(ids);
    onListRead();
    ids.clear();
    for (const StorageId &id : m_stores.storages.ids())
        ids.append(id.toString());
    onVolumes(ids);
    onVolumesRead();
}

const UsageTrack *UsageBook::find(const QString &owner) const
{
    const auto it = m_tracks.constFind(owner);
    return it == m_tracks.constEnd() ? nullptr : &*it;
}

void UsageBook::note(const QString &owner, const UsageFacts &facts, const std::optional<TimePoint> &before)
{
    if (m_tracks[owner].observe(facts, m_clock.now(), before))
        m_unsaved.insert(owner);
}

void UsageBook::end(const QString &owner, const std::optional<TimePoint> &before)
{
    const auto track = m_tracks.find(owner);
    if (track == m_tracks.end() || track->isOver())
        return;
    track->end(m_clock.now(), before);
    m_unsaved.insert(owner);
}

void UsageBook::onInstances(const QStringList &ids)
{
    if (!m_ready)
        return;
    for (const QString &id : ids) {
        const Instance *instance = m_stores.instances.find(InstanceId(id));
        const InstanceExtra *extra = m_stores.instances.extra(InstanceId(id));
        if (instance)
            note(id, usageFacts(*instance, extra ? extra->pricePerHour : std::nullopt), m_seenAt);
    }
}

void UsageBook::onInstancesGone(const QStringList &ids)
{
    if (!m_ready)
        return;
    for (const QString &id : ids)
        end(id, m_seenAt);
}

void UsageBook::onListRead()
{
    const std::optional<TimePoint> readAt = m_stores.instances.refreshedAt();
    if (!m_ready || !readAt || readAt == m_seenAt)
        return;
    if (m_stores.instances.isWhole()) {
        QStringList gone;
        for (auto track = m_tracks.cbegin(); track != m_tracks.cend(); ++track) {
            const QString &owner = track.key();
            const bool known = track->isOver() || m_stores.instances.contains(InstanceId(owner));
            if (!known && !m_volumes.contains(owner) && !m_stores.storages.contains(StorageId(owner)))
                gone.append(owner);
        }
        for (const QString &owner : std::as_const(gone))
            end(owner, m_seenAt);
    }
    m_seenAt = readAt;
    save();
}

void UsageBook::onVolumes(const QStringList &ids)
{
    if (!m_ready)
        return;
    for (const QString &id : ids) {
        const NetworkStorage *volume = m_stores.storages.find(StorageId(id));
        if (!volume)
            continue;
        UsageFacts facts;
        facts.gpuPerHour = Money();
        facts.diskPerDay = volumePerDay(*volume);
        m_volumes.insert(id);
        note(id, facts, m_volumesSeenAt);
    }
}

void UsageBook::onVolumesGone(const QStringList &ids)
{
    if (!m_ready)
        return;
    for (const QString &id : ids)
        end(id, m_volumesSeenAt);
}

void UsageBook::onVolumesRead()
{
    if (m_ready && m_stores.storages.refreshedAt())
        m_volumesSeenAt = m_stores.storages.refreshedAt();
}

void UsageBook::save()
{
    QList<UsageRecord> records;
    records.reserve(m_unsaved.size());
    for (const QString &owner : std::as_const(m_unsaved))
        records.append({owner, *m_tracks.constFind(owner)});
    m_unsaved.clear();
    m_log.save(m_profile, records, *m_seenAt);
}

} // namespace novita
