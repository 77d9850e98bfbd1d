// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/webhooks/outgoingmessage.h"
#include "core/webhooks/webhookrule.h"
#include "ui/models/eventwords.h"

#include <QString>
#include <QStringList>

/// Outgoing webhooks in words, colour and icon. Pure, but for the language.
namespace novita::outgoingwords {

/// "Delivered", "Waiting", …
eventwords::Look look(OutgoingState state);
/// "Failed", "Retrying", …
eventwords::Look look(const OutgoingMessage &message);
/// "On", "Off", "Target gone", "Cannot be used".
eventwords::Look look(const WebhookRule &rule, const TargetPolicy &policy);
/// Why the rule is as it is, in a sentence.
QString sentence(const WebhookRule &rule, const TargetPolicy &policy);
/// What became of it, in a sentence.
QString sentence(const OutgoingMessage &message, TimePoint now);
/// A kind of event as people call it; "test" too.
QString kind(const QString &kindName);
/// Those kinds of event whose name in kind() has `text` in it.
QStringList kindsNamed(const QString &text);
/// "every event", "ready, stopped"
QString kinds(const WebhookRule &rule);
/// "every instance", "train-*, box-1", "tagged prod", "box-1, tagged prod"
QString instances(const WebhookRule &rule);
/// The name of the instance that it tells of, or its id, in one line.
QString subject(const OutgoingMessage &message);
/// "2 of 5"
QString attempts(const OutgoingMessage &message);

} // namespace novita::outgoingwords
