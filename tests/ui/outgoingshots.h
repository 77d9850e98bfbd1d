// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/webhooks/webhooknotifier.h"
#include "core/webhooks/webhookpayload.h"
#include "core/workflows/history.h"
#include "tests/ui/findnamed.h"
#include "tests/ui/pictureroom.h"
#include "tests/webhooks/webhooktarget.h"
#include "ui/webhooks/outgoingruledialog.h"
#include "ui/widgets/secretclipboard.h"
#include "ui/widgets/tableview.h"

#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

namespace novita {

/// The rules for outgoing webhooks and their log: nothing yet, with rules and messages of each result, with details, and the dialog of a rule.
inline void shootOutgoing(ColorScheme scheme, int percent, const QString &prefix)
{
    const QTemporaryDir folder;
    PictureRoom room(scheme, percent, prefix + QStringLiteral("outgoing-"));
    UiFixture &fixture = room.fixture();
    fixture.context().history.open(folder.filePath(QStringLiteral("history.sqlite")));
    WebhookNotifier &notifier = fixture.notifier();
    notifier.start();
    MainWindow &window = room.open(QStringLiteral("webhooks/outgoing"));
    room.shot("0");
    WebhookTarget target;
    const auto add = [&](const QString &name, const QString &path, const QStringList &instances, const QStringList &tags = {}) {
        WebhookRule rule;
        rule.name = name;
        rule.target = target.url(path);
        rule.kinds = instances.isEmpty() ? webhookpayload::sentKinds() : QStringList{QStringLiteral("failed"), QStringLiteral("stopped")};
        rule.instances = instances;
        rule.tags = tags;
        notifier.rules().save(rule, QStringLiteral("a secret of the pictures"));
        QTest::qWait(100);
    };
    add(QStringLiteral("chat of the team"), QStringLiteral("/services/T00000000/B00000000"), {});
    add(QStringLiteral("trainers"), QStringLiteral("/hooks/trainers"), {QStringLiteral("trainer-*"), QStringLiteral("worker-1")});
    add(QStringLiteral("on call"), QStringLiteral("/hooks/on-call"), {}, {QStringLiteral("production"), QStringLiteral("team a")});
    for (const int status : {200, 200, 404, 200, 503})
        target.script(status);
    int number = 0;
    for (const InstanceEvent::Kind kind : {InstanceEvent::Kind::Created, InstanceEvent::Kind::StartupInitiated, InstanceEvent::Kind::Stopped, InstanceEvent::Kind::Deleted}) {
        OutgoingEvent event;
        event.event.kind = kind;
        event.event.status = webhookpayload::statusOf(kind);
        event.event.instanceId = QStringLiteral("i-%1").arg(++number);
        event.event.timestamp = fixture.clock().now();
        event.event.reason = QStringLiteral("The instance has stopped");
        event.instanceName = QStringLiteral("worker-%1").arg(number);
        notifier.notify(event);
    }
    QTest::qWait(900);
    notifier.rules().stop(notifier.rules().all().last().id, QStringLiteral("The target answered 410: it wants nothing more."));
    room.shot("4");
    findNamed<TableView>(room.page(), QStringLiteral("Webhook rules table"))->selectRow(0);
    findNamed<TableView>(room.page(), QStringLiteral("Outgoing webhooks table"))->selectRow(1);
    room.shot("details");
    for (QTabWidget *tabs : room.page().findChildren<QTabWidget *>()) {
        if (tabs->count() == 3 && tabs->isVisible()) {
            tabs->setCurrentIndex(2);
            room.shot("headers");
        }
    }
    SecretClipboard clipboard;
    OutgoingRuleDialog dialog(fixture.context(), {}, ProfileId(QStringLiteral("p")), QStringLiteral("Team"), clipboard, &window);
    dialog.show();
    room.shot(dialog, "rule");
}

} // namespace novita
