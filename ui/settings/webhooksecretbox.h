// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/webhooks/webhookstatus.h"
#include "ui/uicontext.h"
#include "ui/widgets/secretclipboard.h"

#include <QWidget>

#include <functional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace novita {

class ErrorBanner;

/// A secret of the webhook receiver: whether it is set and where it is kept, *Generate*, *Replace…*, *Copy*, *Remove…*. The secret
/// itself is never shown.
class WebhookSecretBox final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WebhookSecretBox)

public:
    enum class Kind { SigningSecret, PathToken };

    WebhookSecretBox(const UiContext &context, Kind kind, QWidget *parent);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void buildLayout();
    void applyFonts();
    void generate();
    void useTyped();
    void copy();
    void putOnClipboard(const QString &text);
    void copyAddress();
    void remove();
    void dropPrevious();
    /// Does it when the person agrees.
    void ask(const QString &title, const QString &text, const QString &confirmLabel, const std::function<void()> &agreed);
    void follow(Call<Done> *call, const QString &sentence);
    void setEditing(bool editing);
    void showState();
    void say(const QString &sentence, const char *tone);
    void retranslate();
    bool isToken() const { return m_kind == Kind::PathToken; }
    const SecretState &state() const;
    QString stateText() const;

    UiContext m_context;
    const Kind m_kind;
    SecretClipboard m_clipboard;
    QLabel *m_title;
    QLabel *m_about;
    QLabel *m_state;
    QPushButton *m_generate;
    QPushButton *m_replace;
    QPushButton *m_copy;
    QPushButton *m_own; ///< of a path token: copies the address; of the signing secret: ends the rotation
    QPushButton *m_remove;
    QLineEdit *m_typed;
    QPushButton *m_use;
    QLabel *m_result;
    ErrorBanner *m_banner;
    CallGuard m_change;
    CallGuard m_reveal;
};

} // namespace novita
