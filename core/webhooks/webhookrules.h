// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/webhooks/signature.h"
#include "core/webhooks/webhookrule.h"

#include <QHash>
#include <QList>
#include <QObject>

#include <optional>

namespace novita {

class SecretStore;

/// The rules for outgoing webhooks: in the history file, their secrets in the keychain. One more may come from the environment, for this run.
///
/// A change counts once it is on the disk: all() shows it then, and not before. Thread: that of its owner.
class WebhookRules final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WebhookRules)

public:
    static constexpr int kMostRules = 100;

    WebhookRules(RuleLog &log, SecretStore &secrets, const Clock &clock, QObject *parent = nullptr);

    /// Reads them; loaded() follows, also when they cannot be read (error() has why).
    void load();
    bool isLoaded() const { return m_loaded; }
    const std::optional<Error> &error() const { return m_error; }

    /// That of the environment first, then oldest first.
    const QList<WebhookRule> &all() const { return m_rules; }
    const WebhookRule *find(const RuleId &id) const;

    /// A rule for this run: every kind of event, every instance. Empty `secret`: not signed.
    void setEnvironment(const QUrl &target, const QString &secret);

    /// Inserts a rule without an id, or replaces the one with it. `secret`: unset leaves what there is, empty signs no more. When the keychain
    /// or the file refuses, nothing has changed: the rule goes on signing with the secret it had. Not for that of the environment.
    Call<Done> *save(const WebhookRule &rule, const std::optional<QString> &secret);
    /// An Error of kind Keychain: the rule is gone, but its secret is not.
    Call<Done> *remove(const RuleId &id);
    /// Switching on forgets why the program had switched it off.
    Call<Done> *setEnabled(const RuleId &id, bool enabled);
    /// The program itself switches it off, and says why.
    void stop(const RuleId &id, const QString &reason);

    /// The secret to sign with: empty for a rule that does not sign. ErrorKind::Keychain when it cannot be had now, or is gone.
    Call<SigningSecret> *secretOf(const WebhookRule &rule);

signals:
    void loaded();
    void changed();
    /// It is gone, or was switched off.
    void silenced(const novita::RuleId &id);

private:
    Call<Done> *write(const WebhookRule &rule);
    Call<Done> *writeWithSecret(const WebhookRule &rule, const QString &secret);
    void restoreSecret(const WebhookRule &rule, const std::optional<QString> &before);
    Call<Done> *forgetSecret(const WebhookRule &rule);
    void adopt(const WebhookRule &rule);

    RuleLog &m_log;
    SecretStore &m_secrets;
    const Clock &m_clock;
    QList<WebhookRule> m_rules;
    QHash<RuleId, SigningSecret> m_known;
    std::optional<Error> m_error;
    CallGuard m_loading;
    bool m_loaded = false;
};

} // namespace novita
