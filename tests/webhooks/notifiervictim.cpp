// SPDX-License-Identifier: GPL-3.0-or-later
//
// A notifier for a test to kill: sends the events of so many instances (third argument) to the URL of the second one, by the history file
// of the first. Says "queued" once all of them are written down, and goes on until then.
#include "core/database/database.h"
#include "core/secrets/memorysecretstore.h"
#include "core/settings/settings.h"
#include "core/webhooks/webhooknotifier.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <cstdio>

using namespace novita;

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    const SystemClock clock;
    Settings settings(QFileInfo(arguments.value(1)).path(), QProcessEnvironment());
    MemorySecretStore secrets;
    Database database(clock);
    RuleLog rules(database);
    WebhookNotifier notifier(database, rules, secrets, settings, clock, [] { return 0.0; });
    database.open(arguments.value(1));
    notifier.rules().setEnvironment(QUrl(arguments.value(2)), {});
    notifier.start();
    QObject::connect(&notifier.rules(), &WebhookRules::loaded, &app, [&] {
        for (int i = 0; i < arguments.value(3).toInt(); ++i) {
            OutgoingEvent event;
            event.event.kind = InstanceEvent::Kind::Stopped;
            event.event.instanceId = QStringLiteral("box-%1").arg(i);
            event.event.timestamp = clock.now();
            notifier.notify(event);
        }
    });
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &app, [&] {
        notifier.log().list({})->onFinished(&app, [&](const Result<QList<OutgoingMessage>> &messages) {
            if (messages && messages->size() >= qMin(200, arguments.value(3).toInt()) && look.isActive()) {
                look.stop();
                std::puts("queued");
                std::fflush(stdout);
            }
        });
    });
    look.start(5);
    return app.exec();
}
