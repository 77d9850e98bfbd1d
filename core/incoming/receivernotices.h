// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace novita {

class NotificationCenter;
class WebhookService;

/// Tells a person that deliveries cannot be taken or kept, or that a test of the receiver's own has failed: once, until it works again, whatever
/// profile is in use. A receiver that was never given a secret is no news. Thread: UI.
class ReceiverNotices final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ReceiverNotices)

public:
    /// Both must outlive it.
    ReceiverNotices(const WebhookService &service, NotificationCenter &center, QObject *parent = nullptr);

private:
    void look();
    void tell(const QString &key, const QString &title, const QString &problem);

    const WebhookService &m_service;
    NotificationCenter &m_center;
};

} // namespace novita
