// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/webhooks/delivery.h"
#include "ui/widgets/ruledialog.h"

#include <QByteArray>
#include <QTimer>

class QLabel;
class QPlainTextEdit;

namespace novita {

class Prompts;
class SignatureBox;
class Theme;

/// Changes the body of a delivery before it is sent to the receiver again, and says whether it is re-signed. It is told at once when what is
/// typed is not valid JSON; it can be sent nevertheless, for trying out what the receiver says to it.
class EditReplayDialog final : public RuleDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EditReplayDialog)

public:
    static constexpr qsizetype kLongestBody = 256 * 1024; ///< longer ones are not for a text field
    static constexpr qsizetype kLongestLine = 16 * 1024;  ///< a line is laid out anew with each key

    EditReplayDialog(const Theme &theme, Prompts &prompts, const Delivery &delivery, bool canSign, QWidget *parent);

    /// Why the body of this delivery cannot be edited; empty when it can.
    static QString whyNot(const Delivery &delivery);

    QByteArray body() const;
    /// Made anew with the secret in use; else headers and signature go as they came.
    bool signAnew() const;

    /// Asks first when what was typed would be lost.
    void reject() override;

private:
    void checkJson();

    Prompts &m_prompts;
    const QByteArray m_asItCame;
    QPlainTextEdit *m_body;
    SignatureBox *m_signature;
    QLabel *m_state;
    QTimer m_rest;
};

} // namespace novita
