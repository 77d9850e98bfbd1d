// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"

#include <QObject>
#include <QString>

#include <optional>

namespace novita {

/// What the OS keychain can do for us now.
enum class KeychainState {
    Unknown,     ///< not asked yet
    Ok,
    Locked,      ///< there, but locked: reads would look like "not found"
    Unavailable, ///< no service, no session bus
};

/// Where secrets live. Names are ours ("profile/<id>/api-key"); values are never logged, shown or written to a file by us.
///
/// Errors are ErrorKind::Keychain with a sentence; a missing entry is a success with nullopt, and a locked store is an
/// error, never "missing". A name or value out of bounds is a Validation error. Every call ends within 10 s (prompts excepted: `unlock`). Thread: UI thread; calls never block.
class SecretStore : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SecretStore)

public:
    explicit SecretStore(QObject *parent = nullptr) : QObject(parent) {}

    virtual Call<KeychainState> *probe() = 0;   ///< ends within 3 s
    virtual Call<std::optional<QString>> *read(const QString &name) = 0;
    virtual Call<Done> *write(const QString &name, const QString &value) = 0; ///< verified by reading back
    virtual Call<Done> *remove(const QString &name) = 0;                      ///< verified: success means gone
    /// Asks the OS to unlock (it may show its own prompt); cancel() gives up waiting.
    virtual Call<KeychainState> *unlock() = 0;
    virtual KeychainState state() const = 0;
    /// What is stored under `name` ends with this session, although writing it was a success.
    virtual bool isSessionOnly(const QString &name) const
    {
        Q_UNUSED(name)
        return false;
    }
    /// "GNOME Keyring / Secret Service", "this session only": for the interface.
    virtual QString description() const = 0;

signals:
    void stateChanged(novita::KeychainState state);

protected:
    /// Why this cannot be a secret: a name has 1 to 200 characters, a value 1 to 65536.
    static std::optional<Error> refusal(const QString &name, const QString &value);
};

} // namespace novita
