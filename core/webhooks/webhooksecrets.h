// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/webhooks/signature.h"
#include "core/webhooks/webhookstatus.h"

#include <QObject>
#include <QString>

#include <array>
#include <functional>
#include <optional>
#include <vector>

namespace novita {

class SecretStore;

/// Secrets of this run, from the environment: they win over the keychain and are written nowhere. Empty ones are not there.
struct WebhookOverrides
{
    QString secret;               ///< WEBHOOK_SECRET
    QString pathToken;            ///< WEBHOOK_PATH_TOKEN
    std::optional<quint16> port;  ///< --receiver-port: switches the receiver on; 0 takes a free one
};

/// The signing secret, the one beside it while it is being replaced, and the path token: in the keychain, or where that does
/// not work in the memory of this session.
///
/// Changes are carried out one after the other. Each has taken effect when its call succeeds. One that fails leaves the secret in use as it was; a
/// rotation may have left it valid beside itself, and a replacement may have ended the one that was valid beside it. A keychain that is there but
/// cannot be read (it is locked) ends every change: what lies in it would be written over unseen. Thread: that of its owner; the store must outlive it.
class WebhookSecrets final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WebhookSecrets)

public:
    WebhookSecrets(SecretStore &store, const WebhookOverrides &overrides, QObject *parent = nullptr);

    /// Asks the keychain, once; again after it failed. changed() follows in any case.
    void load();
    bool isLoading() const { return m_reading > 0; }
    bool isLoaded() const { return m_loaded; }
    /// Why the keychain could not be asked, or why a secret of the environment is not usable; empty when all is well.
    QString problem() const;

    SecretState secretState() const;
    SecretState previousState() const;
    SecretState tokenState() const;
    SigningSecrets signing() const;   ///< the one in use first; for the receiver
    SigningSecret current() const;    ///< empty when there is none
    QString pathToken() const;        ///< secret: for the receiver

    /// Validation: what SigningSecret::fromText() refuses, or the environment has the say. Replaces both secrets: whoever signs with the
    /// old one is refused from now on.
    Call<Done> *setSecret(const QString &text);
    /// The present one stays valid beside the new one until dropPrevious().
    Call<Done> *rotateSecret(const QString &text);
    Call<Done> *dropPrevious();
    Call<Done> *removeSecret(); ///< both
    /// Validation: not 22-128 characters of [A-Za-z0-9_-].
    Call<Done> *setPathToken(const QString &token);
    Call<Done> *removePathToken();
    /// The text itself, only at a person's wish. NotFound when there is none.
    Call<QString> *revealSecret();
    Call<QString> *revealPathToken();

    static constexpr QLatin1String kSecretName{"webhooks/secret"};
    static constexpr QLatin1String kPreviousName{"webhooks/secret-previous"};
    static constexpr QLatin1String kTokenName{"webhooks/path-token"};

signals:
    void changed();

private:
    enum Slot { Current, Previous, Token, SlotCount };
    struct Change
    {
        Slot slot;
        QString text; ///< empty: remove
    };

    static QLatin1String nameOf(Slot slot);
    void takeRead(Slot slot, const Result<std::optional<QString>> &result);
    void readOverrides(const WebhookOverrides &overrides);
    Call<Done> *change(std::function<std::vector<Change>()> changes);
    void runNext();
    void end(const QPointer<Call<Done>> &call, const Result<Done> &result);
    void runSteps(const QPointer<Call<Done>> &call, std::vector<Change> steps);
    void apply(Slot slot, const QString &text);
    bool isOverridden(Slot slot) const { return slot == Token ? m_tokenFromEnvironment : m_secretFromEnvironment; }
    SecretState stateOf(Slot slot) const;
    Call<Done> *refuse(const Error &error);

    SecretStore &m_store;
    std::array<QString, SlotCount> m_texts; ///< what is in use
    bool m_secretFromEnvironment = false;
    bool m_tokenFromEnvironment = false;
    int m_reading = 0;
    bool m_loaded = false;
    std::optional<Error> m_keychainError; ///< of the last reading
    QString m_environmentProblem;
    std::vector<std::function<void()>> m_waiting; ///< changes that have not begun
    bool m_changing = false;
};

} // namespace novita
