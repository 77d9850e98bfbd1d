// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/webhooks/delivery.h"
#include "ui/widgets/ruledialog.h"

#include <QUrl>

class QLineEdit;

namespace novita {

class SignatureBox;

/// Asks where a delivery is to be sent.
class ForwardDialog final : public RuleDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ForwardDialog)

public:
    /// `url` was used last; may be empty.
    ForwardDialog(const Delivery &delivery, const QString &url, bool canSign, QWidget *parent);

    /// Empty while what is typed is no http or https address.
    QUrl url() const;
    QString typed() const;
    /// With the secret in use; else headers and signature go as they came.
    bool signAnew() const;

private:
    QLineEdit *m_url;
    SignatureBox *m_signature;
};

} // namespace novita
