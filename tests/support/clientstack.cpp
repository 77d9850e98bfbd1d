// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/clientstack.h"

namespace novita {

namespace {

double noJitter()
{
    return 0.5;
}

} // namespace

ClientStack::ClientStack()
    : clock(m_systemClock)
    , profiles(settings.get())
    , client(m_ownNetwork, clock, noJitter)
    , refresher(client, stores, settings.get(), clock, noJitter)
    , commands(client, stores, refresher, settings.get(), profiles, clock)
    , creator(client, stores, refresher, profiles, clock)
    , resources(client, stores, refresher, profiles, clock)
    , fleet(stores)
    , session(client, stores, refresher, settings.get(), profiles, secrets, clock)
    , history(stores, settings.get(), clock)
    , tags(history.tags, stores)
    , probe(m_probeNetwork, clock)
    , insight(client, stores, history, probe, clock, noJitter)
    , startups(stores, refresher, probe, settings.get(), history.operations, history.timeline, clock, noJitter)
    , batches(creator, history.operations, clock)
    , notifications(stores.activity, settings.get(), history.notified, clock)
    , accounting(client, stores, refresher, fleet, history, notifications, settings.get(), clock)
    , jobs(client, stores, commands, history.operations, clock, noJitter)
    , payments(stores, refresher, commands, history.operations, clock)
    , operations(stores, history, creator, startups, batches, jobs)
{
    shortenWaits();
}

ClientStack::ClientStack(QNetworkAccessManager &network, const Clock &fakeClock)
    : clock(fakeClock)
    , profiles(settings.get())
    , client(network, clock, noJitter)
    , refresher(client, stores, settings.get(), clock, noJitter)
    , commands(client, stores, refresher, settings.get(), profiles, clock)
    , creator(client, stores, refresher, profiles, clock)
    , resources(client, stores, refresher, profiles, clock)
    , fleet(stores)
    , session(client, stores, refresher, settings.get(), profiles, secrets, clock)
    , history(stores, settings.get(), clock)
    , tags(history.tags, stores)
    , probe(m_probeNetwork, clock)
    , insight(client, stores, history, probe, clock, noJitter)
    , startups(stores, refresher, probe, settings.get(), history.operations, history.timeline, clock, noJitter)
    , batches(creator, history.operations, clock)
    , notifications(stores.activity, settings.get(), history.notified, clock)
    , accounting(client, stores, refresher, fleet, history, notifications, settings.get(), clock)
    , jobs(client, stores, commands, history.operations, clock, noJitter)
    , payments(stores, refresher, commands, history.operations, clock)
    , operations(stores, history, creator, startups, batches, jobs)
{
    shortenWaits();
}

void ClientStack::shortenWaits()
{
    ApiClientConfig config = client.config();
    config.retryBase = Milliseconds(20);
    config.retryCap = Milliseconds(40);
    config.breakerOpenFor = Milliseconds(300);
    client.setConfig(config);
    creator.setSearchWaits({Milliseconds(20), Milliseconds(50), Milliseconds(100), Milliseconds(200), Milliseconds(400)});
    resources.setLookWaits({Milliseconds(20), Milliseconds(50), Milliseconds(100)});
    payments.setWaits({Milliseconds(20), Milliseconds(50), Milliseconds(100), Milliseconds(200)});
    QObject::connect(&payments, &PaymentWatch::changed, &operations, &OperationBoard::refresh);
}

void ClientStack::connectTo(const QUrl &apiRoot, const QString &key)
{
    Profile profile;
    profile.name = QStringLiteral("test");
    profile.apiRoot = apiRoot;
    profiles.setTransient(profile);
    session.setEnvironmentKey(key);
    session.start();
}

Profile ClientStack::addProfile(const QString &name, const QUrl &apiRoot, const QString &key)
{
    Profile profile;
    profile.name = name;
    profile.apiRoot = apiRoot;
    const Result<Profile> stored = profiles.save(profile);
    if (!stored)
        qFatal("The profile could not be stored: %s", qPrintable(stored.error().message));
    secrets.values.insert(stored->secretName, key);
    return *stored;
}

QStringList ClientStack::eventTexts() const
{
    QStringList texts;
    for (const ActivityEvent &event : stores.activity.events())
        texts.append(event.text);
    return texts;
}

} // namespace novita
