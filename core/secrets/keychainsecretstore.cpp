// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/keychainsecretstore.h"

#include "core/base/logging.h"
#include "core/base/redact.h"
#include "core/secrets/keychainjobs.h"

#include <QTimer>

namespace novita {

namespace {

using Value = std::optional<QString>;

constexpr std::chrono::seconds kOperationWithin{10};

Error keychainError(const QString &sentence, const QString &detail = {})
{
    return Error::make(ErrorKind::Keychain, sentence, detail);
}

template<typename T>
Call<T> *timedCall(QObject *parent, const QString &sentence)
{
    auto *call = Call<T>::create(parent);
    QTimer::singleShot(kOperationWithin, call, [call, sentence] { call->resolve(keychainError(sentence)); });
    return call;
}

} // namespace

KeychainSecretStore::KeychainSecretStore(const QString &service, QObject *parent) : SecretStore(parent), m_service(service) {}

QString KeychainSecretStore::description() const
{
    const QString name = m_status.backend == KeychainBackend::KWallet ? tr("KDE Wallet") : tr("GNOME Keyring / Secret Service");
    return m_status.state == KeychainState::Ok || m_status.sentence.isEmpty() ? name : m_status.sentence;
}

void KeychainSecretStore::setStatus(const KeychainStatus &status)
{
    if (!status.owner.isEmpty()) {
        if (!m_owner.isEmpty() && m_owner != status.owner)
            keychainjobs::dropSession();
        m_owner = status.owner;
    }
    const bool changed = status.state != m_status.state;
    m_status = status;
    if (!changed)
        return;
    qCInfo(lcSecrets).noquote() << "Keychain:" << (status.sentence.isEmpty() ? QStringLiteral("ok") : status.sentence) << status.detail;
    emit stateChanged(status.state);
}

QMap<QString, QString> KeychainSecretStore::attributes(const QString &name) const
{
    // The names under which QtKeychain files an entry in the Secret Service.
    return {{QStringLiteral("user"), name}, {QStringLiteral("server"), m_service}};
}

Call<KeychainState> *KeychainSecretStore::probe()
{
    auto *call = Call<KeychainState>::create(this);
    m_client.probe()->onFinished(call, [this, call](const Result<KeychainStatus> &status) {
        if (call->isSettled())
            return;
        if (!status) {
            call->resolve(status.error());
            return;
        }
        setStatus(*status);
        call->resolve(status->state);
    });
    return call;
}

template<typename T, typename Step>
void KeychainSecretStore::whenOpen(Call<T> *call, Step step)
{
    m_client.probe()->onFinished(call, [this, call, step](const Result<KeychainStatus> &status) {
        if (call->isSettled())
            return;
        if (!status) {
            call->resolve(status.error());
            return;
        }
        setStatus(*status);
        if (status->state == KeychainState::Ok)
            step();
        else
            call->resolve(keychainError(status->sentence, status->detail));
    });
}

Call<Value> *KeychainSecretStore::read(const QString &name)
{
    auto *call = timedCall<Value>(this, tr("The keychain did not answer in time."));
    whenOpen(call, [this, call, name] { readOpen(call, name); });
    return call;
}

void KeychainSecretStore::readOpen(Call<Value> *call, const QString &name)
{
    if (m_status.backend == KeychainBackend::KWallet) {
        readFound(call, name, false);
        return;
    }
    m_client.search(attributes(name))->onFinished(call, [this, call, name](const Result<SecretItems> &items) {
        if (call->isSettled())
            return;
        if (!items)
            call->resolve(items.error());
        else if (items->unlocked > 0)
            readFound(call, name, true);
        else if (items->locked > 0)
            call->resolve(keychainError(tr("The key is in a keyring that is locked.")));
        else
            call->resolve(Value());
    });
}

void KeychainSecretStore::readFound(Call<Value> *call, const QString &name, bool mustExist)
{
    keychainjobs::read(m_service, name, this)->onFinished(call, [call, mustExist](const Result<Value> &value) {
        if (value && *value)
            registerSecret(**value);
        if (value && !*value && mustExist)
            call->resolve(keychainError(tr("The keychain has the key but does not give it out.")));
        else
            call->resolve(value);
    });
}

Call<Done> *KeychainSecretStore::write(const QString &name, const QString &value)
{
    if (const std::optional<Error> error = refusal(name, value))
        return Call<Done>::settledWith(*error, this);
    registerSecret(value);
    auto *call = timedCall<Done>(this, tr("The keychain did not answer in time; the key may not be stored."));
    whenOpen(call, [this, call, name, value] {
        keychainjobs::write(m_service, name, value, this)->onFinished(call, [this, call, name, value](const Result<Done> &written) {
            if (call->isSettled())
                return;
            if (written)
                verifyWritten(call, name, value);
            else
                call->resolve(written);
        });
    });
    return call;
}

void KeychainSecretStore::verifyWritten(Call<Done> *call, const QString &name, const QString &value)
{
    keychainjobs::read(m_service, name, this)->onFinished(call, [call, value](const Result<Value> &kept) {
        if (kept && *kept == value)
            call->resolve(Done{});
        else
            call->resolve(keychainError(tr("The keychain did not keep the key."), kept ? QString() : kept.error().detail));
    });
}

Call<Done> *KeychainSecretStore::remove(const QString &name)
{
    auto *call = timedCall<Done>(this, tr("The keychain did not answer in time; the key may still be there."));
    whenOpen(call, [this, call, name] { removeOpen(call, name); });
    return call;
}

void KeychainSecretStore::removeOpen(Call<Done> *call, const QString &name)
{
    keychainjobs::remove(m_service, name, this)->onFinished(call, [this, call, name](const Result<Done> &removed) {
        if (call->isSettled())
            return;
        if (removed)
            verifyRemoved(call, name);
        else
            call->resolve(removed);
    });
}

void KeychainSecretStore::verifyRemoved(Call<Done> *call, const QString &name)
{
    const QString stillThere = tr("The key is still in the keychain.");
    if (m_status.backend == KeychainBackend::KWallet) {
        keychainjobs::read(m_service, name, this)->onFinished(call, [call, stillThere](const Result<Value> &kept) {
            if (kept && !*kept)
                call->resolve(Done{});
            else
                call->resolve(kept ? keychainError(stillThere) : kept.error());
        });
        return;
    }
    m_client.search(attributes(name))->onFinished(call, [call, stillThere](const Result<SecretItems> &items) {
        if (items && items->unlocked == 0 && items->locked == 0)
            call->resolve(Done{});
        else
            call->resolve(items ? keychainError(stillThere) : items.error());
    });
}

Call<KeychainState> *KeychainSecretStore::unlock()
{
    auto *call = Call<KeychainState>::create(this);
    Call<KeychainStatus> *unlocking = m_client.unlock();
    // Cancelling must reach the prompt on the screen, not only this call.
    call->setCanceler([unlocking = QPointer(unlocking)] {
        if (unlocking)
            unlocking->cancel();
    });
    unlocking->onFinished(call, [this, call](const Result<KeychainStatus> &status) {
        if (call->isSettled())
            return;
        if (!status) {
            call->resolve(status.error());
            return;
        }
        setStatus(*status);
        call->resolve(status->state);
    });
    return call;
}

} // namespace novita
