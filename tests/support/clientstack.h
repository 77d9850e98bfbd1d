// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/net/apiclient.h"
#include "core/net/endpointprobe.h"
#include "core/settings/profilestore.h"
#include "core/workflows/batchruns.h"
#include "core/workflows/accounting.h"
#include "core/workflows/createinstance.h"
#include "core/workflows/fleetsummary.h"
#include "core/workflows/history.h"
#include "core/workflows/insight.h"
#include "core/workflows/instancecommands.h"
#include "core/workflows/instancetags.h"
#include "core/workflows/jobwatch.h"
#include "core/workflows/operationboard.h"
#include "core/workflows/notificationcenter.h"
#include "core/workflows/paymentwatch.h"
#include "core/workflows/refresher.h"
#include "core/workflows/resourcecommands.h"
#include "core/workflows/sessioncontroller.h"
#include "core/workflows/startupwatch.h"
#include "core/workflows/stores.h"
#include "tests/support/fakesecretstore.h"
#include "tests/support/tempsettings.h"

#include <QNetworkAccessManager>

namespace novita {

/// Everything between the network and the interface, wired as the program does it, on a settings directory of its own.
/// Waits between retries and searches are short; everything else has the program's own values.
class ClientStack
{
public:
    /// On the real network, by the machine's clock.
    ClientStack();
    /// On a fake of either. Both must outlive the stack.
    ClientStack(QNetworkAccessManager &network, const Clock &clock);

    /// Takes up a profile of this run at `apiRoot`, with `key` as if it came from the environment.
    void connectTo(const QUrl &apiRoot, const QString &key = QStringLiteral("sk_test_key_0123456789"));
    /// A profile that is stored, and whose key is in the keychain.
    Profile addProfile(const QString &name, const QUrl &apiRoot, const QString &key);

    /// What the events of the activity say, oldest first.
    QStringList eventTexts() const;

private:
    SystemClock m_systemClock;
    QNetworkAccessManager m_ownNetwork;
    QNetworkAccessManager m_probeNetwork;

public:
    const Clock &clock;
    TempSettings settings;
    ProfileStore profiles;
    FakeSecretStore secrets;
    ApiClient client;
    Stores stores;
    Refresher refresher;
    InstanceCommands commands;
    CreateInstance creator;
    ResourceCommands resources;
    FleetSummary fleet;
    SessionController session;
    History history; ///< without a file
    InstanceTags tags;
    EndpointProbe probe;
    Insight insight;
    StartupWatch startups;
    BatchRuns batches;
    NotificationCenter notifications;
    Accounting accounting; ///< inactive until it is told of a profile
    JobWatch jobs;
    PaymentWatch payments;
    OperationBoard operations;

private:
    void shortenWaits();
};

} // namespace novita
