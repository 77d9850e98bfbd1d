// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/fallbacksecretstore.h"

#include "core/base/logging.h"

namespace novita {

FallbackSecretStore::FallbackSecretStore(std::unique_ptr<SecretStore> keychain, QObject *parent)
    : SecretStore(parent)
    , m_keychain(std::move(keychain))
{
    connect(m_keychain.get(), &SecretStore::stateChanged, this, &SecretStore::stateChanged);
}

QString FallbackSecretStore::description() const
{
    switch (state()) {
    case KeychainState::Locked:
    case KeychainState::Unavailable: return tr("%1: %2").arg(m_memory.description(), m_keychain->description());
    case KeychainState::Unknown:
    case KeychainState::Ok: break;
    }
    return m_keychain->description();
}

Call<std::optional<QString>> *FallbackSecretStore::read(const QString &name)
{
    return m_memory.contains(name) ? m_memory.read(name) : m_keychain->read(name);
}

Call<Done> *FallbackSecretStore::write(const QString &name, const QString &value)
{
    auto *call = Call<Done>::create(this);
    m_keychain->write(name, value)->onFinished(call, [this, call, name, value](const Result<Done> &written) {
        if (call->isSettled())
            return;
        if (written) {
            m_memory.forget(name);
        } else if (written.error().kind != ErrorKind::Keychain) {
            call->resolve(written);
            return;
        } else {
            qCWarning(lcSecrets).noquote() << "Kept for this session only:" << written.error().toLogString();
            m_memory.put(name, value);
        }
        call->resolve(Done{});
    });
    return call;
}

Call<Done> *FallbackSecretStore::remove(const QString &name)
{
    const bool wasInMemory = m_memory.forget(name);
    auto *call = Call<Done>::create(this);
    m_keychain->remove(name)->onFinished(call, [this, call, wasInMemory](const Result<Done> &removed) {
        if (!removed && wasInMemory && state() == KeychainState::Unavailable)
            call->resolve(Done{});
        else
            call->resolve(removed);
    });
    return call;
}

} // namespace novita
