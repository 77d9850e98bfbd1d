// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/memorysecretstore.h"

#include "core/base/redact.h"

namespace novita {

Call<KeychainState> *MemorySecretStore::probe() { return Call<KeychainState>::settledWith(KeychainState::Ok, this); }

Call<std::optional<QString>> *MemorySecretStore::read(const QString &name)
{
    const auto it = m_values.constFind(name);
    return Call<std::optional<QString>>::settledWith(it == m_values.cend() ? std::nullopt : std::optional(*it), this);
}

Call<Done> *MemorySecretStore::write(const QString &name, const QString &value)
{
    if (const std::optional<Error> error = refusal(name, value))
        return Call<Done>::settledWith(*error, this);
    put(name, value);
    return Call<Done>::settledWith(Done{}, this);
}

Call<Done> *MemorySecretStore::remove(const QString &name)
{
    forget(name);
    return Call<Done>::settledWith(Done{}, this);
}

QString MemorySecretStore::description() const { return tr("this session only"); }

void MemorySecretStore::put(const QString &name, const QString &value)
{
    registerSecret(value);
    m_values.insert(name, value);
}

bool MemorySecretStore::forget(const QString &name) { return m_values.remove(name); }

} // namespace novita
