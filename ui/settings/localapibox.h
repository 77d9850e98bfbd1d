// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "ui/uicontext.h"

#include <QWidget>

#include <functional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace novita {

class CopyField;
class ErrorBanner;
class SecretClipboard;

/// How the local API is doing, its token, which is never shown, and an example to try it with. Stands below its settings.
class LocalApiBox final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LocalApiBox)

public:
    explicit LocalApiBox(UiContext context, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void copyToken();
    /// A new token shuts out whoever has the present one.
    void askFirst(const QString &title, const QString &confirmLabel, std::function<void()> then);
    void renewToken();
    void keepOwnToken();
    void take(Call<Done> *call, const QString &done);
    void showState();
    void setResult(const QString &sentence);
    QString tokenText() const;
    void retranslate();

    UiContext m_context;
    QLabel *m_state;
    QPushButton *m_retry;
    QLabel *m_tokenTitle;
    QLabel *m_tokenState;
    QPushButton *m_copy;
    QPushButton *m_renew;
    QLabel *m_ownLabel;
    QLineEdit *m_own;
    QPushButton *m_keep;
    QLabel *m_result;
    ErrorBanner *m_banner;
    QLabel *m_exampleLabel;
    CopyField *m_example;
    SecretClipboard *m_clipboard;
    CallGuard m_call;
    bool m_copied = false; ///< the result line speaks of the clipboard
};

} // namespace novita
