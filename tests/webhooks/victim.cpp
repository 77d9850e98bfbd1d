// SPDX-License-Identifier: GPL-3.0-or-later
//
// A webhook receiver on the file named by the first argument, with the secret and the journal size that follow, for a test to kill. Prints its port and
// listens until then.
#include "core/webhooks/deliverystore.h"
#include "core/webhooks/webhookreceiver.h"

#include <QCoreApplication>

#include <cstdio>

using namespace novita;

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    const Result<SigningSecret> secret = SigningSecret::fromText(arguments.value(2));
    if (!secret)
        return 2;
    const SystemClock clock;
    DeliveryStore store(clock, arguments.value(1), nullptr, arguments.value(3).toLongLong());
    WebhookReceiver receiver(store, clock);
    WebhookConfig config;
    config.secrets = {*secret};
    config.perMinute = 0;
    receiver.configure(config);
    const Result<quint16> port = receiver.listen(QHostAddress(QHostAddress::LocalHost), 0);
    if (!port)
        return 3;
    std::printf("%d\n", int(*port));
    std::fflush(stdout);
    return app.exec();
}
