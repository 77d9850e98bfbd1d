// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/outgoing/webhookfeed.h"
#include "core/webhooks/webhooknotifier.h"

#include <QtGlobal>

#include <functional>

namespace novita {

class History;
class InstanceTags;
class NotificationCenter;

/// The webhooks that the program sends: what it tells of, the rules and the queue, and a word to the person when a rule does not work. Part of
/// the composition root.
struct Outgoing
{
    Outgoing(const Stores &stores, const StartupWatch &startups, const CreateInstance &creates, const InstanceCommands &commands,
             const InstanceTags &tags, History &history, SecretStore &secrets, NotificationCenter &center, const Settings &settings, const Clock &clock, std::function<double()> random);
    Q_DISABLE_COPY_MOVE(Outgoing)

    /// `target`, `secret`: WEBHOOK_URL and WEBHOOK_SECRET, empty when there are none.
    void start(const QString &target, const QString &secret);
    void setProfile(const ProfileId &profile) { feed.setProfile(profile); }

    WebhookNotifier notifier;
    WebhookFeed feed;

private:
    void onEnded(const OutgoingMessage &message);
    void onStopped(const WebhookRule &rule, const QString &reason);

    NotificationCenter &m_center;
};

} // namespace novita
