// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clientstatus.h"
#include "core/cloud/types/resources.h"
#include "core/secrets/secretstore.h"
#include "core/settings/profilestore.h"
#include "core/workflows/connectionstate.h"
#include "core/workflows/connectiontest.h"

#include <QObject>

#include <memory>

namespace novita {

class ApiClient;
class Refresher;
class Settings;
struct Stores;

/// Where the key in use came from; shown in the status bar and in the settings.
enum class KeySource { None, Keychain, Session, Environment, Sandbox };

/// The session: active profile, its key, its connection. Switches profiles: cancels what flies, empties the stores, swaps
/// key and root, resumes. The only one who hands a key to the ApiClient; keys are not readable through this class.
class SessionController final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SessionController)

public:
    SessionController(ApiClient &client, Stores &stores, Refresher &refresher, Settings &settings, ProfileStore &profiles,
                      SecretStore &secrets, const Clock &clock, QObject *parent = nullptr);
    ~SessionController() override;

    /// The key from NOVITA_API_KEY: used for this run, written nowhere. To be set before start(). It belongs to the profile
    /// that is active then and is never sent to another one's server, nor to that profile's once it has been given another
    /// address. Without a profile at the start, or with the sandbox, it is not used at all.
    void setEnvironmentKey(const QString &key);
    /// Root of the in-process sandbox, once it listens; switches to the sandbox profile when that one is active.
    void setSandboxRoot(const QUrl &root);

    /// Takes up the active profile: reads its key and lets the queue go. From then on it follows the ProfileStore, whoever
    /// changes it, and the network settings.
    void start();
    void switchTo(const ProfileId &id);

    /// The key is looked for in the environment, the keychain and the memory of this session; the sandbox has its own.
    /// A key that the cloud rejects is put aside: nothing is sent until there is another, or retryKey().
    KeySource keySource() const;

    /// Tries `key` against `apiRoot` with the cheapest real calls, on a client of its own; stores nothing.
    Call<ConnectionReport> *testConnection(const QUrl &apiRoot, const QString &key);
    /// Saves `key` for `profile` (keychain, or session memory with `keychainNotice()` saying so) and, when it is the active
    /// one, uses it at once.
    Call<Done> *storeKey(const ProfileId &profile, const QString &key);
    Call<Done> *forgetKey(const ProfileId &profile);
    Call<KeychainState> *unlockKeychain();
    /// The key that was entered for `profile`, in use or not, ends with this session (or the keychain has not taken it yet).
    bool isKeySessionOnly(const ProfileId &profile) const;

    ConnectionState connection() const;
    ClientStatus clientStatus() const;
    /// Of the profile in use: a sentence when its key is kept for this session only, or the keychain is locked; else empty.
    QString keychainNotice() const;
    KeychainState keychainState() const;
    /// Looks a rejected key up anew where it came from and uses it: a server may have rejected it by mistake. At a person's wish
    /// only, never by itself. False, and nothing is done, when no key has been rejected.
    bool retryKey();
    /// "Try now" of an open breaker.
    void tryNow();
    bool isReadOnly() const;

signals:
    void clientStatusChanged(const novita::ClientStatus &status);
    void connectionChanged();
    void keychainNoticeChanged();
    void profileSwitched();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace novita
