// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secrets/secretstore.h"

#include <QHash>

#include <functional>
#include <vector>

namespace novita {

/// A keychain in memory whose state a test decides, and whose answers it can hold back.
class FakeSecretStore final : public SecretStore
{
public:
    QHash<QString, QString> values;
    bool sessionOnly = false; ///< claims that nothing outlives the session
    bool failWrites = false; ///< Ok, and yet every write fails

    void setState(KeychainState state)
    {
        m_state = state;
        emit stateChanged(state);
    }
    /// From now on answers wait for release().
    void hold() { m_holding = true; }
    std::size_t heldCount() const { return m_held.size(); }
    void release()
    {
        m_holding = false;
        for (const std::function<void()> &answer : std::exchange(m_held, {}))
            answer();
    }

    Call<KeychainState> *probe() override
    {
        return answer<KeychainState>([this] { return Result<KeychainState>(m_state); });
    }
    Call<std::optional<QString>> *read(const QString &name) override
    {
        return answer<std::optional<QString>>([this, name]() -> Result<std::optional<QString>> {
            if (m_state != KeychainState::Ok)
                return refused();
            return values.contains(name) ? std::optional(values.value(name)) : std::nullopt;
        });
    }
    Call<Done> *write(const QString &name, const QString &value) override
    {
        return answer<Done>([this, name, value]() -> Result<Done> {
            if (const std::optional<Error> error = refusal(name, value))
                return *error;
            if (m_state != KeychainState::Ok || failWrites)
                return refused();
            values.insert(name, value);
            return Done{};
        });
    }
    Call<Done> *remove(const QString &name) override
    {
        return answer<Done>([this, name]() -> Result<Done> {
            if (m_state != KeychainState::Ok)
                return refused();
            values.remove(name);
            return Done{};
        });
    }
    Call<KeychainState> *unlock() override
    {
        setState(KeychainState::Ok);
        return Call<KeychainState>::settledWith(m_state, this);
    }
    KeychainState state() const override { return m_state; }
    bool isSessionOnly(const QString &) const override { return sessionOnly; }
    QString description() const override { return QStringLiteral("test keychain"); }

private:
    static Error refused() { return Error::make(ErrorKind::Keychain, QStringLiteral("The keychain is not usable.")); }

    template<typename T>
    Call<T> *answer(std::function<Result<T>()> make)
    {
        auto *call = Call<T>::create(this);
        const auto settle = [guard = QPointer<Call<T>>(call), make] {
            if (guard)
                guard->resolve(make());
        };
        if (m_holding)
            m_held.push_back(settle);
        else
            settle();
        return call;
    }

    KeychainState m_state = KeychainState::Ok;
    bool m_holding = false;
    std::vector<std::function<void()>> m_held;
};

} // namespace novita
