// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/images/pictureimport.h"
#include "ui/uicontext.h"

#include <QPushButton>

#include <optional>

namespace novita {

/// Asks an image server of the person's own what a picture says of how it was made, where this program finds nothing: such servers read forms that their
/// extensions know. Hidden where there is nothing to ask, or nobody.
class AskServerButton final : public QPushButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AskServerButton)

public:
    explicit AskServerButton(const UiContext &context, QWidget *parent = nullptr);

    /// Of this picture, or of none. An answer that is on its way for another one is not waited for.
    void offer(const FoundPicture *found);

signals:
    /// The picture that was offered, with what the server says.
    void answered(const novita::FoundPicture &found);
    /// Why there is nothing new, in a sentence.
    void failed(const QString &why);

protected:
    void changeEvent(QEvent *event) override;

private:
    void ask();
    void send(const QByteArray &body);
    void present();

    const UiContext m_context;
    std::optional<FoundPicture> m_found;
    QString m_server; ///< id of the one that is asked; empty: nobody
    QString m_name;
    CallGuard m_reading;
    CallGuard m_asking;
};

} // namespace novita
