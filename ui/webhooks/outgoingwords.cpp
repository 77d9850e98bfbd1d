// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/outgoingwords.h"

#include "core/base/displaytext.h"
#include "core/webhooks/webhookpayload.h"
#include "ui/format.h"
#include "ui/webhooks/deliverywords.h"

#include <QCoreApplication>

namespace novita::outgoingwords {

namespace {

struct OutgoingWords
{
    Q_DECLARE_TR_FUNCTIONS(OutgoingWords)
};

} // namespace

eventwords::Look look(OutgoingState state)
{
    switch (state) {
    case OutgoingState::Waiting: return {OutgoingWords::tr("Waiting"), StateTone::Wait, QStringLiteral("clock")};
    case OutgoingState::Sending: return {OutgoingWords::tr("Sending"), StateTone::Wait, QStringLiteral("go-next")};
    case OutgoingState::Delivered: return {OutgoingWords::tr("Delivered"), StateTone::Good, QStringLiteral("checkmark")};
    case OutgoingState::Failed: return {OutgoingWords::tr("Failed"), StateTone::Bad, QStringLiteral("dialog-close")};
    case OutgoingState::Dropped: break;
    }
    return {OutgoingWords::tr("Not sent"), StateTone::Idle, QStringLiteral("user-trash")};
}

eventwords::Look look(const OutgoingMessage &message)
{
    if (message.state == OutgoingState::Waiting && message.attempts > 0)
        return {OutgoingWords::tr("Retrying"), StateTone::Warn, QStringLiteral("view-refresh")};
    if (message.state == OutgoingState::Dropped && message.attempts > 0) // and one of them may have arrived
        return {OutgoingWords::tr("Given up"), StateTone::Idle, QStringLiteral("user-trash")};
    return look(message.state);
}

eventwords::Look look(const WebhookRule &rule, const TargetPolicy &policy)
{
    if (!rule.stopped.isEmpty())
        return {OutgoingWords::tr("Target gone"), StateTone::Bad, QStringLiteral("dialog-close")};
    if (!rule.enabled)
        return {OutgoingWords::tr("Off"), StateTone::Idle, QStringLiteral("media-playback-pause")};
    if (rule.problem(policy))
        return {OutgoingWords::tr("Cannot be used"), StateTone::Bad, QStringLiteral("emblem-warning")};
    return {OutgoingWords::tr("On"), StateTone::Good, QStringLiteral("checkmark")};
}

QString sentence(const WebhookRule &rule, const TargetPolicy &policy)
{
    if (!rule.stopped.isEmpty())
        return rule.stopped;
    if (const std::optional<Error> problem = rule.problem(policy))
        return problem->message;
    if (rule.fromEnvironment)
        return OutgoingWords::tr("From the environment (WEBHOOK_URL), for this run only.");
    return rule.isSigned ? OutgoingWords::tr("Signed with its own secret.") : OutgoingWords::tr("Not signed: the receiver cannot tell who sent it.");
}

QString sentence(const OutgoingMessage &message, TimePoint now)
{
    switch (message.state) {
    case OutgoingState::Delivered:
        return OutgoingWords::tr("The target took it and answered %1.").arg(message.status);
    case OutgoingState::Waiting:
        if (message.note.isEmpty())
            return OutgoingWords::tr("It waits for its turn.");
        return message.dueAt > now ? OutgoingWords::tr("%1 The next attempt follows in %2.").arg(message.note, format::duration(message.dueAt - now))
                                   : OutgoingWords::tr("%1 The next attempt follows now.").arg(message.note);
    case OutgoingState::Sending:
        return OutgoingWords::tr("It is being sent.");
    case OutgoingState::Failed:
    case OutgoingState::Dropped: break;
    }
    return message.note;
}

QString kind(const QString &kindName)
{
    return kindName == QLatin1String("test") ? OutgoingWords::tr("test") : deliverywords::kind(kindName);
}

QStringList kindsNamed(const QString &text)
{
    QStringList found;
    for (const QString &name : webhookpayload::sentKinds() + QStringList{QStringLiteral("test")}) {
        if (kind(name).contains(text, Qt::CaseInsensitive))
            found.append(name);
    }
    return found;
}

QString kinds(const WebhookRule &rule)
{
    const QStringList &all = webhookpayload::sentKinds();
    QStringList words;
    for (const QString &name : all) {
        if (rule.kinds.contains(name))
            words.append(kind(name));
    }
    return words.size() == all.size() ? OutgoingWords::tr("every event") : words.join(QStringLiteral(", "));
}

QString instances(const WebhookRule &rule)
{
    const QString named = rule.instances.join(QStringLiteral(", "));
    if (rule.tags.isEmpty())
        return named.isEmpty() ? OutgoingWords::tr("every instance") : named;
    const QString tags = rule.tags.join(QStringLiteral(", "));
    return named.isEmpty() ? OutgoingWords::tr("tagged %1", "tags").arg(tags)
                           : OutgoingWords::tr("%1, tagged %2", "names of instances, tags").arg(named, tags);
}

QString subject(const OutgoingMessage &message)
{
    return displayLine(message.subjectName.isEmpty() ? message.subject : message.subjectName);
}

QString attempts(const OutgoingMessage &message)
{
    return OutgoingWords::tr("%1 of %2", "attempts made of attempts allowed").arg(format::number(message.attempts), format::number(message.tries));
}

} // namespace novita::outgoingwords
