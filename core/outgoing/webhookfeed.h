// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/cloud/types/instancestate.h"
#include "core/webhooks/webhookrule.h"
#include "core/workflows/startupstate.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace novita {

class CreateInstance;
class InstanceCommands;
class InstanceTags;
class StartupWatch;
struct Error;
struct Instance;
struct InstanceDraft;
struct Stores;

/// Makes the events of outgoing webhooks of what happens to instances: one for each transition, however often it is read.
///
/// What was so when the program started is no transition: the first list tells of nothing. Starts that are watched are told of by the
/// watch, which goes on over a restart; all else by the rows of the store. Each event has the tags that its instance had when it happened.
/// Thread: UI.
class WebhookFeed final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WebhookFeed)

public:
    /// An instance that appears and is older than this was only not listed before.
    static constexpr std::chrono::minutes kNew{15};

    /// All must outlive it.
    WebhookFeed(const Stores &stores, const StartupWatch &startups, const CreateInstance &creates, const InstanceCommands &commands,
                const InstanceTags &tags, const Clock &clock, QObject *parent = nullptr);

    /// Whose instances these are.
    void setProfile(const ProfileId &profile);

signals:
    void happened(const novita::OutgoingEvent &event);

private:
    void onCreated(const InstanceId &id, const QString &name);
    void onCreateFailed(const InstanceDraft &draft, const Error &error);
    void onTaken(const Instance &before, InstanceAction action);
    void onStartAsked(const InstanceId &id);
    void onInserted(const QStringList &ids);
    void onChanged(const QStringList &ids);
    void onRemoved(const QStringList &ids);
    void onStatus(const InstanceId &id, InstanceStatus from, InstanceStatus to);
    void onPhase(const InstanceId &id, StartupState from, StartupState to);
    bool isWatched(const InstanceId &id) const;
    void noteFailure(const Instance &instance, bool tell);
    InstanceEvent begun(InstanceEvent::Kind kind, const InstanceId &id) const;
    void tell(const InstanceEvent &event, const QString &name);
    void forget();

    const Stores &m_stores;
    const StartupWatch &m_startups;
    const InstanceCommands &m_commands;
    const InstanceTags &m_tags;
    const Clock &m_clock;
    ProfileId m_profile;
    QHash<InstanceId, QString> m_names;      ///< to speak of what is gone
    QSet<InstanceId> m_firstSeen;            ///< rows whose first status is no move
    QSet<InstanceId> m_created;              ///< told of
    QSet<InstanceId> m_failing;              ///< carry an error that was told of, or was there from the start
    QHash<InstanceId, QString> m_deletions;  ///< that were asked for here: the id of the operation
};

} // namespace novita
