// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/webhooks/webhookrule.h"
#include "ui/widgets/ruledialog.h"

#include <QList>

#include <optional>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace novita {

class SecretClipboard;
class TagField;

/// Asks for a rule for outgoing webhooks, and says at once whether its address can be used.
class OutgoingRuleDialog final : public RuleDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OutgoingRuleDialog)

public:
    /// `begin` without an id makes a new rule. `profile`: the account that is in use, `profileName` what it is called.
    /// `clipboard` must outlive it: a secret that was copied stays there when the rule is saved.
    OutgoingRuleDialog(const UiContext &context, const WebhookRule &begin, const ProfileId &profile, const QString &profileName, SecretClipboard &clipboard,
                       QWidget *parent = nullptr);

    WebhookRule rule() const;
    /// Unset: the secret stays as it is. Empty: not signed.
    std::optional<QString> secret() const;
    /// Why it cannot be saved as it stands; empty when it can.
    QString problem() const;

private:
    void build();
    QWidget *buildKinds();
    QWidget *buildSecret();
    void fill();
    void applyChoice();
    void generate();
    void copySecret();
    void showCopied(bool on);

    const UiContext m_context;
    const WebhookRule m_begin;
    const ProfileId m_profile;
    QLineEdit *m_name;
    QLineEdit *m_target;
    QLabel *m_verdict;
    QList<QCheckBox *> m_kinds;
    QLineEdit *m_instances;
    TagField *m_tags;
    QComboBox *m_accounts;
    QComboBox *m_attempts;
    QComboBox *m_signing;
    QWidget *m_secretRow = nullptr;
    QLineEdit *m_secret = nullptr;
    QPushButton *m_generate = nullptr;
    QPushButton *m_copy = nullptr;
    QLabel *m_copied = nullptr;
    SecretClipboard &m_clipboard;
};

} // namespace novita
