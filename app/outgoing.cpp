// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/outgoing.h"

#include "core/workflows/history.h"
#include "core/workflows/notificationcenter.h"

#include <QCoreApplication>

namespace novita {

namespace {

QString failingKey(const RuleId &rule)
{
    return QStringLiteral("webhook-rule/%1/failing").arg(rule.toString());
}

Notification noticeOf(const QString &title, const QString &text)
{
    return programWarning(NotificationKind::WebhookRule, title, text, QStringLiteral("webhooks/outgoing"));
}

struct OutgoingWords
{
    Q_DECLARE_TR_FUNCTIONS(Outgoing)
};

} // namespace

Outgoing::Outgoing(const Stores &stores, const StartupWatch &startups, const CreateInstance &creates, const InstanceCommands &commands,
                   const InstanceTags &tags, History &history, SecretStore &secrets, NotificationCenter &center, const Settings &settings, const Clock &clock,
                   std::function<double()> random)
    : notifier(history.database, history.rules, secrets, settings, clock, std::move(random))
    , feed(stores, startups, creates, commands, tags, clock)
    , m_center(center)
{
    QObject::connect(&feed, &WebhookFeed::happened, &notifier, &WebhookNotifier::notify);
    QObject::connect(&notifier, &WebhookNotifier::ended, &notifier, [this](const OutgoingMessage &message) { onEnded(message); });
    QObject::connect(&notifier, &WebhookNotifier::ruleStopped, &notifier,
                     [this](const WebhookRule &rule, const QString &reason) { onStopped(rule, reason); });
}

void Outgoing::start(const QString &target, const QString &secret)
{
    if (!target.isEmpty())
        notifier.rules().setEnvironment(QUrl(target, QUrl::StrictMode), secret);
    notifier.start();
}

/// A rule that fails is told of once, until it works again.
void Outgoing::onEnded(const OutgoingMessage &message)
{
    const QString key = failingKey(message.rule);
    if (message.state == OutgoingState::Delivered) {
        m_center.takeBack(key);
    } else if (message.state == OutgoingState::Failed && message.attempts > 0 && !message.isTest()) {
        Notification notice = noticeOf(OutgoingWords::tr("Webhooks of “%1” do not arrive").arg(message.ruleName), message.note);
        notice.key = key;
        m_center.post(notice);
    }
}

void Outgoing::onStopped(const WebhookRule &rule, const QString &reason)
{
    m_center.takeBack(failingKey(rule.id));
    m_center.post(noticeOf(OutgoingWords::tr("The webhook rule “%1” was switched off").arg(rule.name), reason));
}

} // namespace novita
