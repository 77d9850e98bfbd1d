// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/webhooks/webhookservice.h"
#include "tests/support/await.h"
#include "tests/support/uifixture.h"
#include "ui/mainwindow.h"
#include "ui/page.h"

#include <QAbstractButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTcpServer>
#include <QTest>

namespace novita {

/// The receiver while it listens, open to others, with a secret that is being replaced, and when its port is taken.
inline void shootWebhookSettings(UiFixture &fixture, MainWindow &window, const QString &prefix)
{
    QTcpServer other;
    if (!other.listen(QHostAddress(QHostAddress::LocalHost)))
        return;
    WebhookService &service = fixture.webhooks();
    service.start();
    (void)fixture.settings().setValue(keys::kReceiverPort, int(other.serverPort()));
    (void)fixture.settings().setValue(keys::kReceiverEnabled, true);
    (void)await(service.secrets().setSecret(SigningSecret::generate()));
    window.openPage(QStringLiteral("settings/webhooks"));
    QTest::qWait(150);
    window.grab().save(prefix + QStringLiteral("settings-webhooks-taken.png"));
    other.close();
    (void)fixture.settings().setValue(keys::kReceiverAddress, QStringLiteral("0.0.0.0"));
    (void)fixture.settings().setValue(keys::kReceiverPublicUrl, QStringLiteral("https://gpu-events.example"));
    (void)await(service.secrets().rotateSecret(SigningSecret::generate()));
    (void)await(service.secrets().setPathToken(WebhookConfig::generateToken()));
    for (QAbstractButton *button : window.findChildren<QAbstractButton *>()) {
        if (button->isVisible() && button->accessibleName() == QLatin1String("Replace path token"))
            button->click();
    }
    QTest::qWait(150);
    window.grab().save(prefix + QStringLiteral("settings-webhooks-open.png"));
    for (QScrollArea *area : window.currentPage()->findChildren<QScrollArea *>()) {
        if (area->isVisible())
            area->verticalScrollBar()->setValue(area->verticalScrollBar()->maximum());
    }
    QTest::qWait(50);
    window.grab().save(prefix + QStringLiteral("settings-webhooks-end.png"));
    (void)fixture.settings().setValue(keys::kReceiverEnabled, false);
}

} // namespace novita
