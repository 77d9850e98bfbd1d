// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/incoming/receivernotices.h"

#include "core/webhooks/webhookservice.h"
#include "core/workflows/notificationcenter.h"

namespace novita {

ReceiverNotices::ReceiverNotices(const WebhookService &service, NotificationCenter &center, QObject *parent)
    : QObject(parent), m_service(service), m_center(center)
{
    connect(&service, &WebhookService::statusChanged, this, &ReceiverNotices::look);
}

void ReceiverNotices::look()
{
    using State = WebhookStatus::State;
    const WebhookStatus &status = m_service.status();
    // While it is tried again nothing is known yet: what was told stays.
    if (status.state != State::Starting)
        tell(QStringLiteral("webhook-receiver/listening"), tr("Webhooks are not received"), status.state == State::Failed ? status.sentence : QString());
    tell(QStringLiteral("webhook-receiver/store"), tr("Trouble storing webhooks"), status.storeNotice);
    // Who asked for a test sees its report.
    if (status.selfTest && !status.isTesting && status.selfTest->reason != SelfTest::Reason::Asked)
        tell(QStringLiteral("webhook-receiver/test"), tr("A test delivery did not arrive"), status.selfTest->isOk() ? QString() : status.selfTest->sentence());
}

/// The center tells of a key once, so that a status that comes again and again is no harm.
void ReceiverNotices::tell(const QString &key, const QString &title, const QString &problem)
{
    if (problem.isEmpty())
        return m_center.takeBack(key);
    Notification notice = programWarning(NotificationKind::WebhookReceiver, title, problem, QStringLiteral("webhooks/inbox"));
    notice.key = key;
    m_center.post(notice);
}

} // namespace novita
