// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/signaturebox.h"

namespace novita {

SignatureBox::SignatureBox(bool canSign, QWidget *parent)
    : QComboBox(parent)
{
    addItems({tr("Re-sign with the secret in use"), tr("Leave headers and signature as they came")});
    setAccessibleName(tr("Signature"));
    setEnabled(canSign);
    setCurrentIndex(canSign ? Anew : AsItCame);
    if (!canSign)
        setToolTip(tr("There is no secret to sign with"));
}

void SignatureBox::setAnew(bool anew)
{
    if (isEnabled())
        setCurrentIndex(anew ? Anew : AsItCame);
}

} // namespace novita
