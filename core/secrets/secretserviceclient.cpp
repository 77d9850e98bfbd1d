// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/secretserviceclient.h"

#include "core/secrets/secretprompt.h"

#include <QDBusArgument>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QTimer>

namespace novita {

namespace {

constexpr std::chrono::seconds kAnswerWithin{3};

const QString kService = QStringLiteral("org.freedesktop.secrets");
const QString kServicePath = QStringLiteral("/org/freedesktop/secrets");
const QString kServiceInterface = QStringLiteral("org.freedesktop.Secret.Service");
const QString kCollectionInterface = QStringLiteral("org.freedesktop.Secret.Collection");
// The specification's way to say "no such object".
const QString kNoObject = QStringLiteral("/");

QDBusMessage busMethod(const QString &method)
{
    const QString name = QStringLiteral("org.freedesktop.DBus");
    return QDBusMessage::createMethodCall(name, QStringLiteral("/org/freedesktop/DBus"), name, method);
}

QDBusMessage serviceMethod(const QString &method)
{
    return QDBusMessage::createMethodCall(kService, kServicePath, kServiceInterface, method);
}

bool isError(const QDBusMessage &reply) { return reply.type() == QDBusMessage::ErrorMessage; }

QVariant argument(const QDBusMessage &reply, int index) { return reply.arguments().value(index); }

QDBusObjectPath pathArgument(const QDBusMessage &reply, int index)
{
    return qdbus_cast<QDBusObjectPath>(argument(reply, index));
}

int countArgument(const QDBusMessage &reply, int index)
{
    return int(qdbus_cast<QList<QDBusObjectPath>>(argument(reply, index)).size());
}

KeychainStatus unavailable(const QString &sentence, const QString &detail = {})
{
    return {KeychainState::Unavailable, KeychainBackend::None, sentence, detail, {}, {}};
}

bool hasKWallet(const QStringList &names)
{
    return names.contains(QStringLiteral("org.kde.kwalletd5")) || names.contains(QStringLiteral("org.kde.kwalletd6"));
}

} // namespace

SecretServiceClient::SecretServiceClient(QObject *parent) : QObject(parent)
{
    qDBusRegisterMetaType<QMap<QString, QString>>();
    qDBusRegisterMetaType<QList<QDBusObjectPath>>();
}

// Replies are bound to the call: once it has ended, by cancel or by time, no further step is taken.
template<typename T>
void SecretServiceClient::send(Call<T> *call, const QDBusConnection &bus, const QDBusMessage &message, Reply<T> onReply)
{
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(message), call);
    connect(watcher, &QDBusPendingCallWatcher::finished, call, [call, watcher, onReply = std::move(onReply)] {
        watcher->deleteLater();
        if (!call->isSettled())
            onReply(watcher->reply());
    });
}

Call<KeychainStatus> *SecretServiceClient::probe()
{
    auto *call = StatusCall::create(this);
    QTimer::singleShot(kAnswerWithin, call, [call] { call->resolve(unavailable(tr("The keychain service does not answer."))); });
    m_bus.open()->onFinished(call, [this, call](const Result<QDBusConnection> &bus) {
        if (call->isSettled())
            return;
        if (bus)
            findService(call, bus.value());
        else
            call->resolve(unavailable(bus.error().message, bus.error().detail));
    });
    return call;
}

void SecretServiceClient::findService(StatusCall *call, const QDBusConnection &bus)
{
    send<KeychainStatus>(call, bus, busMethod(QStringLiteral("ListNames")), [this, call, bus](const QDBusMessage &reply) {
        const QStringList running = argument(reply, 0).toStringList();
        if (running.contains(kService))
            readDefaultCollection(call, bus);
        else
            findActivatable(call, bus, running);
    });
}

void SecretServiceClient::findActivatable(StatusCall *call, const QDBusConnection &bus, const QStringList &running)
{
    const QDBusMessage message = busMethod(QStringLiteral("ListActivatableNames"));
    send<KeychainStatus>(call, bus, message, [this, call, bus, running](const QDBusMessage &reply) {
        const QStringList activatable = argument(reply, 0).toStringList();
        if (hasKWallet(running) || (hasKWallet(activatable) && !activatable.contains(kService)))
            call->resolve(KeychainStatus{KeychainState::Ok, KeychainBackend::KWallet, {}, {}, {}, {}});
        else if (activatable.contains(kService))
            readDefaultCollection(call, bus);
        else
            call->resolve(unavailable(tr("No keychain service is running on this computer.")));
    });
}

void SecretServiceClient::readDefaultCollection(StatusCall *call, const QDBusConnection &bus)
{
    QDBusMessage message = serviceMethod(QStringLiteral("ReadAlias"));
    message << QStringLiteral("default");
    send<KeychainStatus>(call, bus, message, [this, call, bus](const QDBusMessage &reply) {
        const QDBusObjectPath path = pathArgument(reply, 0);
        if (isError(reply) || path.path().isEmpty()) {
            call->resolve(unavailable(tr("The keychain service cannot be used."), reply.errorMessage()));
        } else if (path.path() == kNoObject) {
            call->resolve(KeychainStatus{KeychainState::Locked, KeychainBackend::SecretService,
                                         tr("There is no keyring yet; unlocking creates one."), {}, reply.service(), {}});
        } else {
            readLocked(call, bus, path);
        }
    });
}

void SecretServiceClient::readLocked(StatusCall *call, const QDBusConnection &bus, const QDBusObjectPath &collection)
{
    QDBusMessage message = QDBusMessage::createMethodCall(kService, collection.path(), QStringLiteral("org.freedesktop.DBus.Properties"),
                                                          QStringLiteral("Get"));
    message << kCollectionInterface << QStringLiteral("Locked");
    send<KeychainStatus>(call, bus, message, [call, collection](const QDBusMessage &reply) {
        const QVariant locked = qdbus_cast<QDBusVariant>(argument(reply, 0)).variant();
        if (isError(reply) || locked.typeId() != QMetaType::Bool)
            call->resolve(unavailable(tr("The keychain service cannot be used."), reply.errorMessage()));
        else if (locked.toBool())
            call->resolve(KeychainStatus{KeychainState::Locked, KeychainBackend::SecretService, tr("The keychain is locked."), {}, reply.service(), collection});
        else
            call->resolve(KeychainStatus{KeychainState::Ok, KeychainBackend::SecretService, {}, {}, reply.service(), collection});
    });
}

Call<SecretItems> *SecretServiceClient::search(const QMap<QString, QString> &attributes)
{
    auto *call = Call<SecretItems>::create(this);
    QTimer::singleShot(kAnswerWithin, call, [call] {
        call->resolve(Error::make(ErrorKind::Keychain, tr("The keychain service does not answer.")));
    });
    m_bus.open()->onFinished(call, [this, call, attributes](const Result<QDBusConnection> &bus) {
        if (call->isSettled())
            return;
        if (!bus) {
            call->resolve(bus.error());
            return;
        }
        QDBusMessage message = serviceMethod(QStringLiteral("SearchItems"));
        message << QVariant::fromValue(attributes);
        send<SecretItems>(call, bus.value(), message, [call](const QDBusMessage &reply) {
            if (isError(reply))
                call->resolve(Error::make(ErrorKind::Keychain, tr("The keychain service cannot be used."), reply.errorMessage()));
            else
                call->resolve(SecretItems{countArgument(reply, 0), countArgument(reply, 1)});
        });
    });
    return call;
}

Call<KeychainStatus> *SecretServiceClient::unlock()
{
    auto *call = StatusCall::create(this);
    probe()->onFinished(call, [this, call](const Result<KeychainStatus> &status) {
        if (call->isSettled())
            return;
        if (!status || status->state != KeychainState::Locked) {
            call->resolve(status);
            return;
        }
        m_bus.open()->onFinished(call, [this, call, collection = status->collection](const Result<QDBusConnection> &bus) {
            if (call->isSettled())
                return;
            if (bus)
                askToUnlock(call, bus.value(), collection);
            else
                call->resolve(bus.error());
        });
    });
    return call;
}

void SecretServiceClient::askToUnlock(StatusCall *call, const QDBusConnection &bus, const QDBusObjectPath &collection)
{
    QDBusMessage message;
    if (collection.path().isEmpty()) {
        message = serviceMethod(QStringLiteral("CreateCollection"));
        message << QVariantMap{{kCollectionInterface + QStringLiteral(".Label"), tr("Default keyring")}} << QStringLiteral("default");
    } else {
        message = serviceMethod(QStringLiteral("Unlock"));
        message << QVariant::fromValue(QList<QDBusObjectPath>{collection});
    }
    send<KeychainStatus>(call, bus, message, [this, call, bus](const QDBusMessage &reply) {
        const QDBusObjectPath prompt = pathArgument(reply, 1);
        if (isError(reply))
            call->resolve(Error::make(ErrorKind::Keychain, tr("The keychain could not be unlocked."), reply.errorMessage()));
        else if (prompt.path().isEmpty() || prompt.path() == kNoObject)
            probeInto(call);
        else
            runPrompt(call, bus, prompt);
    });
}

void SecretServiceClient::runPrompt(StatusCall *call, const QDBusConnection &bus, const QDBusObjectPath &path)
{
    // A child of the call: cancelling or dropping the call takes the prompt off the screen.
    auto *prompt = new SecretPrompt(bus, path, call);
    connect(prompt, &SecretPrompt::finished, call, [this, call] {
        if (!call->isSettled())
            probeInto(call);
    });
    prompt->show();
}

void SecretServiceClient::probeInto(StatusCall *call)
{
    probe()->onFinished(call, [call](const Result<KeychainStatus> &status) { call->resolve(status); });
}

} // namespace novita
