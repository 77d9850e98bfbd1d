// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secrets/memorysecretstore.h"

#include <functional>
#include <memory>

namespace novita {

/// The rule of the program: the keychain when it is usable, else the memory of this session, and it says so. Never a file.
///
/// - `write()`: keychain; if that fails, memory, and the call still succeeds; `isSessionOnly(name)` tells.
/// - `read()`: what was given for this session wins, then the keychain. A keychain that cannot be asked is an error, not
///   "missing".
/// - `remove()`: from both. Where the keychain is unavailable and the value was in memory, gone from memory is success.
/// - Calls on one name are carried out in the order they were made, each when the keychain has ended the one before it: a
///   slow `write()` cannot bring back what a later `remove()` took away. The 10 s of a call begin with its turn.
/// - A session value stays one: unlocking later does not put it into the keychain; writing it again does.
class FallbackSecretStore final : public SecretStore
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FallbackSecretStore)

public:
    explicit FallbackSecretStore(std::unique_ptr<SecretStore> keychain, QObject *parent = nullptr);

    Call<KeychainState> *probe() override { return m_keychain->probe(); }
    Call<std::optional<QString>> *read(const QString &name) override;
    Call<Done> *write(const QString &name, const QString &value) override;
    Call<Done> *remove(const QString &name) override;
    Call<KeychainState> *unlock() override { return m_keychain->unlock(); }
    /// The keychain's.
    KeychainState state() const override { return m_keychain->state(); }
    /// The keychain's name, or "this session only" with the reason.
    QString description() const override;

    /// For a key from the environment, or on the user's wish: memory, whatever the keychain can do.
    void keepForSession(const QString &name, const QString &value) { m_memory.put(name, value); }
    bool isSessionOnly(const QString &name) const override { return m_memory.contains(name); }

private:
    using Step = std::function<void()>;

    /// Runs `step` when all earlier steps for `name` have ended. Each step ends with `endTurn(name)`, called once.
    void inTurn(const QString &name, Step step);
    void endTurn(const QString &name);

    std::unique_ptr<SecretStore> m_keychain;
    MemorySecretStore m_memory;
    QHash<QString, QList<Step>> m_turns; ///< by name: the first step of a list is running
};

} // namespace novita
