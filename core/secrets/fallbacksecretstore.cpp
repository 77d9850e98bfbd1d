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

void FallbackSecretStore::inTurn(const QString &name, Step step)
{
    QList<Step> &turns = m_turns[name];
    turns.append(std::move(step));
    if (turns.size() == 1)
        Step(turns.constFirst())(); // a copy: it may end its turn, and with it the list, before it returns
}

void FallbackSecretStore::endTurn(const QString &name)
{
    const auto turns = m_turns.find(name);
    turns->removeFirst();
    if (turns->isEmpty())
        m_turns.erase(turns);
    else
        Step(turns->constFirst())();
}

// The steps below listen as `this`, not as the call they answer: who stops listening does not stop what the keychain does,
// and the next step must not begin before that has ended.

Call<std::optional<QString>> *FallbackSecretStore::read(const QString &name)
{
    using Value = std::optional<QString>;
    auto *call = Call<Value>::create(this);
    inTurn(name, [this, name, guard = QPointer(call)] {
        if (!guard || guard->isSettled()) {
            endTurn(name);
            return;
        }
        Call<Value> *asked = m_memory.contains(name) ? m_memory.read(name) : m_keychain->read(name);
        asked->onFinished(this, [this, name, guard](const Result<Value> &value) {
            if (guard)
                guard->resolve(value);
            endTurn(name);
        });
    });
    return call;
}

Call<Done> *FallbackSecretStore::write(const QString &name, const QString &value)
{
    auto *call = Call<Done>::create(this);
    inTurn(name, [this, name, value, guard = QPointer(call)] {
        if (!guard || guard->isSettled()) {
            endTurn(name);
            return;
        }
        m_keychain->write(name, value)->onFinished(this, [this, name, value, guard](const Result<Done> &written) {
            const bool keep = !written && written.error().kind == ErrorKind::Keychain;
            if (written) {
                m_memory.forget(name);
            } else if (keep) {
                qCWarning(lcSecrets).noquote() << "Kept for this session only:" << written.error().toLogString();
                m_memory.put(name, value);
            }
            if (guard)
                guard->resolve(keep ? Result<Done>(Done{}) : written);
            endTurn(name);
        });
    });
    return call;
}

Call<Done> *FallbackSecretStore::remove(const QString &name)
{
    auto *call = Call<Done>::create(this);
    // Carried out even if nobody listens any more: who asked for it wants the secret gone.
    inTurn(name, [this, name, guard = QPointer(call)] {
        const bool wasInMemory = m_memory.forget(name);
        m_keychain->remove(name)->onFinished(this, [this, name, guard, wasInMemory](const Result<Done> &removed) {
            const bool gone = removed || (wasInMemory && state() == KeychainState::Unavailable);
            if (guard)
                guard->resolve(gone ? Result<Done>(Done{}) : removed);
            endTurn(name);
        });
    });
    return call;
}

} // namespace novita
