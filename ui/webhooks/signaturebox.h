// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>

namespace novita {

/// Whether a delivery that is sent once more is signed anew with the secret in use, or goes with the signature it came with.
class SignatureBox final : public QComboBox
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SignatureBox)

public:
    /// `canSign`: there is a secret to sign with.
    explicit SignatureBox(bool canSign, QWidget *parent = nullptr);

    bool isAnew() const { return currentIndex() == Anew; }
    /// Nothing happens without a secret.
    void setAnew(bool anew);

private:
    enum Entry { Anew, AsItCame };
};

} // namespace novita
