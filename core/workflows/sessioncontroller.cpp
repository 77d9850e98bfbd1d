// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/sessioncontroller.h"

#include "core/base/logging.h"
#include "core/base/redact.h"
#include "core/net/apiclient.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/activityrecorder.h"
#include "core/workflows/keychainnotice.h"
#include "core/workflows/refresher.h"
#include "core/workflows/stores.h"

#include <QCryptographicHash>
#include <QHash>
#include <QTimer>

#include <algorithm>
#include <array>
#include <utility>

namespace novita {

namespace {

/// The simulated cloud takes any key of this length: there is nothing to protect.
QString sandboxKey()
{
    return QStringLiteral("sandbox-demo-key");
}

bool isNetworkSetting(const QString &name)
{
    const std::array<QLatin1String, 6> names{keys::kRequestTimeoutMs.name, keys::kMaxRetries.name, keys::kMaxInFlight.name,
                                             keys::kRequestsPerMinute.name, keys::kProxyUrl.name, keys::kCaFile.name};
    return std::any_of(names.begin(), names.end(), [&name](QLatin1String known) { return name == known; });
}

/// A profile whose root moves to another server gets another secret name: what was entered for the old one stays behind.
using KeySlot = std::pair<ProfileId, QString>;

KeySlot slotOf(const Profile &profile)
{
    return {profile.id, profile.secretName};
}

} // namespace

class SessionController::Private
{
public:
    Private(SessionController *owner, ApiClient &apiClient, Stores &allStores, Refresher &theRefresher, Settings &allSettings,
            ProfileStore &allProfiles, SecretStore &secretStore, const Clock &theClock)
        : q(owner)
        , client(apiClient)
        , stores(allStores)
        , refresher(theRefresher)
        , settings(allSettings)
        , profiles(allProfiles)
        , secrets(secretStore)
        , clock(theClock)
        , recorder(apiClient, allStores, theClock)
    {}

    void connectSignals();
    void followProfile();
    void removeOrphanedKeys();
    void takeUp(const std::optional<Profile> &profile);
    ApiClientConfig configFor(const Profile &profile) const;
    void lookUpKey();
    void readKeychain(const Profile &profile);
    void useKey(const QString &key, KeySource from);
    void forgetAccount();
    void dropKey();
    void onKeyRejected(const Error &error);
    void publish();
    void updateNotice();
    ConnectionState computeConnection() const;

    SessionController *q;
    ApiClient &client;
    Stores &stores;
    Refresher &refresher;
    Settings &settings;
    ProfileStore &profiles;
    SecretStore &secrets;
    const Clock &clock;
    ActivityRecorder recorder;

    bool started = false;
    std::optional<Profile> current;       ///< as taken up
    QString environmentKey;
    std::optional<ProfileId> environmentOwner;
    QUrl environmentRoot;                 ///< server of the owner when it was taken up
    QUrl sandboxRoot;
    QHash<KeySlot, QString> sessionKeys;  ///< for this run, where no keychain took them
    QHash<ProfileId, QString> secretNames; ///< of the stored profiles, to tell when one got another
    KeySource source = KeySource::None;
    bool lookingForKey = false;
    bool keyRejected = false;
    QByteArray rowsOf;                    ///< digest of the key that the rows of the stores were read with
    quint64 keySerial = 0;                ///< tells a rejection of an older key from one of this
    bool answeredSinceSwitch = false;
    ConnectionState connection = ConnectionState::NoProfile;
    QString notice;
    QTimer pauseEnd;
    CallGuard keyRead;
};

void SessionController::Private::connectSignals()
{
    pauseEnd.setSingleShot(true);
    QObject::connect(&pauseEnd, &QTimer::timeout, q, [this] { publish(); });
    QObject::connect(&client, &ApiClient::statusChanged, q, [this](const ClientStatus &status) {
        emit q->clientStatusChanged(status);
        publish();
    });
    QObject::connect(&client, &ApiClient::requestFinished, q, [this](const RequestRecord &record) {
        // What was under way at the switch ends as canceled, whenever that is told.
        if (!record.error || !record.error->isCanceled())
            answeredSinceSwitch = true;
    });
    // Queued: the client is in the middle of an answer when it says so.
    QObject::connect(&client, &ApiClient::keyRejected, q, [this](const Error &error) {
        QMetaObject::invokeMethod(q, [this, error, serial = keySerial] {
            if (serial == keySerial)
                onKeyRejected(error);
        }, Qt::QueuedConnection);
    });
    QObject::connect(&profiles, &ProfileStore::activeChanged, q, [this] { followProfile(); });
    removeOrphanedKeys();
    QObject::connect(&profiles, &ProfileStore::profilesChanged, q, [this] {
        removeOrphanedKeys();
        followProfile();
    });
    QObject::connect(&settings, &Settings::changed, q, [this](const QString &name) {
        // While the profile store is at another one already, takeUp() follows and brings its settings with its server.
        const std::optional<Profile> active = profiles.active();
        if (started && current && active && active->id == current->id && isNetworkSetting(name))
            client.setConfig(configFor(*current));
    });
    QObject::connect(&secrets, &SecretStore::stateChanged, q, [this](KeychainState state) {
        // Unlocked from outside: the key may be readable now.
        if (state == KeychainState::Ok && started && current && !client.hasKey() && !keyRejected && !keyRead.isBusy())
            lookUpKey();
        updateNotice();
        publish();
    });
}

/// The profile store has changed: takes up another profile, or another server or key name of the same one.
void SessionController::Private::followProfile()
{
    if (!started)
        return;
    const std::optional<Profile> next = profiles.active();
    const bool same = next && current && next->id == current->id && next->apiRoot == current->apiRoot
                      && next->secretName == current->secretName && next->sandbox == current->sandbox;
    if (!same) {
        takeUp(next);
    } else {
        current = next;
        publish();
    }
}

void SessionController::Private::removeOrphanedKeys()
{
    QHash<ProfileId, QString> names;
    const QList<Profile> stored = profiles.all();
    for (const Profile &profile : stored) {
        names.insert(profile.id, profile.secretName);
        const QString before = secretNames.value(profile.id);
        if (before.isEmpty() || before == profile.secretName)
            continue;
        sessionKeys.remove({profile.id, before});
        secrets.remove(before)->onFinished(q, [](const Result<Done> &removed) {
            if (!removed)
                qCWarning(lcWorkflow) << "the key of a former server could not be removed:" << removed.error().toLogString();
        });
    }
    secretNames = names;
}

void SessionController::Private::takeUp(const std::optional<Profile> &profile)
{
    keyRead.reset();
    forgetAccount();
    dropKey();
    answeredSinceSwitch = false;
    current = profile;
    if (profile) {
        client.setConfig(configFor(*profile));
        recorder.note(EventSeverity::Info, tr("Profile “%1” is in use.").arg(profile->name));
        lookUpKey();
        refresher.start();
    }
    updateNotice();
    publish();
    emit q->profileSwitched();
}

/// Nothing of the old account may stay or land after this: neither rows nor answers that are on their way.
void SessionController::Private::forgetAccount()
{
    refresher.stop();
    client.cancelAll();
    client.setKey({});
    stores.resetCloudData();
    rowsOf.clear();
}

ApiClientConfig SessionController::Private::configFor(const Profile &profile) const
{
    ApiClientConfig config = client.config();
    config.apiRoot = profile.sandbox && !sandboxRoot.isEmpty() ? sandboxRoot : profile.apiRoot;
    config.timeout = Milliseconds(settings.value(keys::kRequestTimeoutMs));
    config.maxRetries = settings.value(keys::kMaxRetries);
    config.maxInFlight = settings.value(keys::kMaxInFlight);
    config.limiterCapacity = settings.value(keys::kRequestsPerMinute);
    config.proxyUrl = settings.value(keys::kProxyUrl);
    config.caFile = settings.value(keys::kCaFile);
    return config;
}

void SessionController::Private::lookUpKey()
{
    const Profile &profile = *current;
    if (profile.sandbox) {
        // Before the sandbox listens there is no address to send anything to.
        if (!sandboxRoot.isEmpty())
            useKey(sandboxKey(), KeySource::Sandbox);
        return;
    }
    if (!environmentKey.isEmpty() && environmentOwner == profile.id && environmentRoot == profile.apiRoot) {
        useKey(environmentKey, KeySource::Environment);
        return;
    }
    if (const QString key = sessionKeys.value(slotOf(profile)); !key.isEmpty()) {
        useKey(key, KeySource::Session);
        return;
    }
    readKeychain(profile);
}

void SessionController::Private::readKeychain(const Profile &profile)
{
    lookingForKey = true;
    keyRead.reset(secrets.read(profile.secretName))->onFinished(q, [this](const Result<std::optional<QString>> &read) {
        lookingForKey = false;
        if (read && *read && !(*read)->isEmpty()) {
            useKey(**read, secrets.isSessionOnly(current->secretName) ? KeySource::Session : KeySource::Keychain);
            return;
        }
        if (!read && !read.error().isCanceled())
            qCWarning(lcWorkflow) << "the key could not be read:" << read.error().toLogString();
        updateNotice();
        publish();
    });
}

void SessionController::Private::useKey(const QString &key, KeySource from)
{
    keyRead.reset();
    lookingForKey = false;
    keyRejected = false;
    ++keySerial;
    source = from;
    const QByteArray digest = QCryptographicHash::hash(key.toUtf8(), QCryptographicHash::Sha256);
    if (!rowsOf.isEmpty() && rowsOf != digest)
        forgetAccount(); // another key may be another account's
    rowsOf = digest;
    client.setKey(key);
    refresher.start();
    updateNotice();
    publish();
}

void SessionController::Private::dropKey()
{
    ++keySerial;
    lookingForKey = false;
    keyRejected = false;
    source = KeySource::None;
    client.setKey({});
}

void SessionController::Private::onKeyRejected(const Error &error)
{
    qCWarning(lcWorkflow) << "API key rejected:" << error.toLogString();
    keyRejected = true;
    // What still waits would be carried out much later, with another key, by surprise.
    client.cancelAll();
    client.setKey({});
    publish();
}

ConnectionState SessionController::Private::computeConnection() const
{
    ClientStatus status = client.status();
    if (!answeredSinceSwitch) {
        // The last word was about another profile.
        status.lastError.reset();
        status.lastSuccessAt.reset();
    }
    return connectionState({current.has_value(), lookingForKey, client.hasKey(), keyRejected}, status, clock.now());
}

void SessionController::Private::publish()
{
    const ClientStatus status = client.status();
    if (status.pausedUntil && *status.pausedUntil > clock.now())
        pauseEnd.start(*status.pausedUntil - clock.now() + Milliseconds(10));
    const ConnectionState next = computeConnection();
    if (next == connection)
        return;
    connection = next;
    recorder.noteConnection(next);
    emit q->connectionChanged();
}

void SessionController::Private::updateNotice()
{
    const bool inSandbox = current && current->sandbox;
    const QString next = inSandbox ? QString() : novita::keychainNotice(secrets.state(), source, current.has_value());
    if (next == notice)
        return;
    notice = next;
    if (!next.isEmpty())
        recorder.note(EventSeverity::Warning, next);
    emit q->keychainNoticeChanged();
}

SessionController::SessionController(ApiClient &client, Stores &stores, Refresher &refresher, Settings &settings, ProfileStore &profiles,
                                     SecretStore &secrets, const Clock &clock, QObject *parent)
    : QObject(parent)
    , d(new Private(this, client, stores, refresher, settings, profiles, secrets, clock))
{
    d->connectSignals();
}

SessionController::~SessionController() = default;

void SessionController::setEnvironmentKey(const QString &key)
{
    registerSecret(key);
    d->environmentKey = key;
}

void SessionController::setSandboxRoot(const QUrl &root)
{
    if (d->sandboxRoot == root)
        return;
    d->sandboxRoot = root;
    if (d->started && d->current && d->current->sandbox)
        d->takeUp(d->profiles.active());
}

void SessionController::start()
{
    d->started = true;
    d->secrets.probe();
    const std::optional<Profile> active = d->profiles.active();
    if (active && !active->sandbox) {
        d->environmentOwner = active->id;
        d->environmentRoot = active->apiRoot;
    } else {
        d->environmentKey.clear();
    }
    d->takeUp(active);
}

void SessionController::switchTo(const ProfileId &id)
{
    d->profiles.setActive(id);
    d->followProfile();
}

Call<ConnectionReport> *SessionController::testConnection(const QUrl &apiRoot, const QString &key)
{
    Profile candidate;
    candidate.apiRoot = apiRoot;
    registerSecret(key);
    return ConnectionTest::run(d->configFor(candidate), key.trimmed(), d->clock, this);
}

Call<Done> *SessionController::storeKey(const ProfileId &profile, const QString &key)
{
    const QString clean = key.trimmed();
    const std::optional<Profile> target = d->profiles.find(profile);
    if (!target || target->sandbox || clean.isEmpty()) {
        const QString why = clean.isEmpty() ? tr("Enter an API key first.") : tr("This profile keeps no API key.");
        return Call<Done>::settledWith(Error::make(ErrorKind::Validation, why), this);
    }
    registerSecret(clean);
    // In use at once, whatever the keychain does; it becomes the keychain's once that has taken it.
    d->sessionKeys.insert(slotOf(*target), clean);
    if (d->environmentOwner == profile)
        d->environmentKey.clear();
    if (d->started && d->current && d->current->id == profile)
        d->useKey(clean, KeySource::Session);

    auto *out = Call<Done>::create(this);
    const QPointer<Call<Done>> guarded(out);
    d->secrets.write(target->secretName, clean)->onFinished(this, [this, slot = slotOf(*target), clean, guarded](const Result<Done> &written) {
        // Only if nobody has entered another one meanwhile.
        if (written && !d->secrets.isSessionOnly(slot.second) && d->sessionKeys.value(slot) == clean) {
            d->sessionKeys.remove(slot);
            if (d->current && slotOf(*d->current) == slot && d->source == KeySource::Session)
                d->source = KeySource::Keychain;
        }
        if (!written)
            qCWarning(lcWorkflow) << "the key could not be saved:" << written.error().toLogString();
        d->updateNotice();
        if (guarded)
            guarded->resolve(Done{});
    });
    return out;
}

Call<Done> *SessionController::forgetKey(const ProfileId &profile)
{
    d->sessionKeys.removeIf([&profile](const auto &entry) { return entry.key().first == profile; });
    if (d->environmentOwner == profile)
        d->environmentKey.clear();
    if (d->current && d->current->id == profile) {
        d->keyRead.reset();
        d->client.cancelAll();
        d->dropKey();
        d->updateNotice();
        d->publish();
    }
    const std::optional<Profile> target = d->profiles.find(profile);
    if (!target || target->sandbox || target->secretName.isEmpty())
        return Call<Done>::settledWith(Done{}, this);
    return d->secrets.remove(target->secretName);
}

Call<KeychainState> *SessionController::unlockKeychain()
{
    // What follows from success is done in answer to SecretStore::stateChanged().
    return d->secrets.unlock();
}

bool SessionController::isKeySessionOnly(const ProfileId &profile) const
{
    const std::optional<Profile> target = d->profiles.find(profile);
    if (!target || target->sandbox || target->secretName.isEmpty())
        return false;
    return d->sessionKeys.contains(slotOf(*target)) || d->secrets.isSessionOnly(target->secretName);
}

KeySource SessionController::keySource() const
{
    return d->source;
}

ConnectionState SessionController::connection() const
{
    return d->computeConnection();
}

ClientStatus SessionController::clientStatus() const
{
    return d->client.status();
}

QString SessionController::keychainNotice() const
{
    return d->notice;
}

KeychainState SessionController::keychainState() const
{
    return d->secrets.state();
}

void SessionController::tryNow()
{
    d->client.tryNow();
    d->refresher.refresh(DataKind::Instances);
}

bool SessionController::retryKey()
{
    if (!d->keyRejected)
        return false;
    d->dropKey();
    d->lookUpKey();
    d->publish();
    return true;
}

bool SessionController::isReadOnly() const
{
    const std::optional<Profile> profile = d->profiles.active();
    return profile && profile->readOnly;
}

} // namespace novita
