// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/images/imageserver.h"
#include "core/images/pictureimport.h"
#include "ui/uicontext.h"

#include <QPushButton>

#include <optional>

class QMenu;

namespace novita {

/// Asks an image server of the person's own what a picture says of how it was made, where this program finds nothing: such servers read forms that their
/// extensions know. Hidden where there is nothing to ask, or nobody.
class AskServerButton final : public QPushButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AskServerButton)

public:
    explicit AskServerButton(const UiContext &context, QWidget *parent = nullptr);

    /// The one that is asked, if it is ready. Without one: whoever is ready, if there is one alone, else the person chooses.
    void prefer(const QString &server);
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
    void ask(const ImageServer &server);
    void send(const ImageServer &server, const QByteArray &body);
    QList<ImageServer> offered() const;
    void present();

    const UiContext m_context;
    std::optional<FoundPicture> m_found;
    QString m_preferred;
    QString m_asked; ///< name of the one that is being asked
    QMenu *m_choice;
    CallGuard m_reading;
    CallGuard m_asking;
};

} // namespace novita
