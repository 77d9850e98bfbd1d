// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secrets/secretserviceclient.h"
#include "core/secrets/secretstore.h"

namespace novita {

/// The OS keychain through QtKeychain: the Secret Service (GNOME Keyring, KeePassXC, recent KDE), or KWallet where there is
/// no Secret Service. Before each operation the service is asked for its state, after each change the outcome is verified,
/// because QtKeychain alone reports a locked keyring as empty. A service that was restarted meanwhile is met with a new session. Every value that passes is registered for redaction.
class KeychainSecretStore final : public SecretStore
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeychainSecretStore)

public:
    /// `service` sets this program's entries apart from others' ("server" in the Secret Service's attributes).
    explicit KeychainSecretStore(const QString &service = QStringLiteral("novita-console"), QObject *parent = nullptr);

    Call<KeychainState> *probe() override;
    Call<std::optional<QString>> *read(const QString &name) override;
    Call<Done> *write(const QString &name, const QString &value) override;
    Call<Done> *remove(const QString &name) override;
    Call<KeychainState> *unlock() override;
    KeychainState state() const override { return m_status.state; }
    QString description() const override;

private:
    void setStatus(const KeychainStatus &status);
    QMap<QString, QString> attributes(const QString &name) const;
    /// Asks for the state and goes on with `step` when it is Ok; else the call ends with the sentence.
    template<typename T, typename Step>
    void whenOpen(Call<T> *call, Step step);
    void readOpen(Call<std::optional<QString>> *call, const QString &name);
    void readFound(Call<std::optional<QString>> *call, const QString &name, bool mustExist);
    void verifyWritten(Call<Done> *call, const QString &name, const QString &value);
    void removeOpen(Call<Done> *call, const QString &name);
    void verifyRemoved(Call<Done> *call, const QString &name);

    QString m_service;
    SecretServiceClient m_client;
    KeychainStatus m_status;
    QString m_owner; ///< of the Secret Service that was last seen
};

} // namespace novita
