// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/secrets/secretstore.h"
#include "core/secrets/sessionbus.h"

#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QMap>

namespace novita {

/// Who keeps the secrets of this desktop.
enum class KeychainBackend { None, SecretService, KWallet };

/// The keychain as it is now.
struct KeychainStatus
{
    KeychainState state = KeychainState::Unknown;
    KeychainBackend backend = KeychainBackend::None;
    QString sentence;           ///< why it is not Ok, for the user; empty when Ok
    QString detail;             ///< the bus's own words
    QString owner;              ///< the service's own name on the bus; another one: it has been restarted
    QDBusObjectPath collection; ///< the default keyring; empty path: there is none yet, `unlock()` makes one
};

/// How many items match a search.
struct SecretItems
{
    int unlocked = 0;
    int locked = 0;
};

/// Asks the freedesktop.org Secret Service what QtKeychain cannot tell: whether it is there, whether it is locked, whether
/// an item exists. (QtKeychain 0.13 reports a locked item as missing and a delete of it as done.) Reads no secrets.
/// Thread: that of its owner; nothing blocks.
class SecretServiceClient final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SecretServiceClient)

public:
    explicit SecretServiceClient(QObject *parent = nullptr);

    /// Ends within 3 s with a status; never an error unless cancelled.
    Call<KeychainStatus> *probe();
    /// Items with these attributes in all keyrings. Ends within 3 s.
    Call<SecretItems> *search(const QMap<QString, QString> &attributes);
    /// Has the default keyring unlocked, or made where there is none. The service may show a prompt; that part has no time
    /// limit, cancel() takes the prompt away. A status of Locked means that the user refused.
    Call<KeychainStatus> *unlock();

private:
    template<typename T>
    using Reply = std::function<void(const QDBusMessage &)>;
    template<typename T>
    void send(Call<T> *call, const QDBusConnection &bus, const QDBusMessage &message, Reply<T> onReply);

    using StatusCall = Call<KeychainStatus>;
    void findService(StatusCall *call, const QDBusConnection &bus);
    void findActivatable(StatusCall *call, const QDBusConnection &bus, const QStringList &running);
    void readDefaultCollection(StatusCall *call, const QDBusConnection &bus);
    void readLocked(StatusCall *call, const QDBusConnection &bus, const QDBusObjectPath &collection);
    void askToUnlock(StatusCall *call, const QDBusConnection &bus, const QDBusObjectPath &collection);
    void runPrompt(StatusCall *call, const QDBusConnection &bus, const QDBusObjectPath &prompt);
    void probeInto(StatusCall *call);

    SessionBus m_bus;
};

} // namespace novita
