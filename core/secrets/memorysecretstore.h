// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secrets/secretstore.h"

#include <QHash>

namespace novita {

/// Secrets for this session, in memory only. Always Ok. Values are registered for redaction.
class MemorySecretStore final : public SecretStore
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MemorySecretStore)

public:
    explicit MemorySecretStore(QObject *parent = nullptr) : SecretStore(parent) {}

    Call<KeychainState> *probe() override;
    Call<std::optional<QString>> *read(const QString &name) override;
    Call<Done> *write(const QString &name, const QString &value) override;
    Call<Done> *remove(const QString &name) override;
    Call<KeychainState> *unlock() override { return probe(); }
    KeychainState state() const override { return KeychainState::Ok; }
    QString description() const override;

    /// The same, at once.
    bool contains(const QString &name) const { return m_values.contains(name); }
    void put(const QString &name, const QString &value);
    /// Was it there?
    bool forget(const QString &name);

private:
    QHash<QString, QString> m_values;
};

} // namespace novita
