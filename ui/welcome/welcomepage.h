// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "ui/uicontext.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace novita {

class ConnectForm;
class ErrorBanner;

/// Covers the window while no key can be used: try the sandbox, or connect an account. Profiles that exist already are offered, too.
class WelcomePage final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WelcomePage)

public:
    explicit WelcomePage(UiContext context, QWidget *parent = nullptr);
    /// Came to the front: fields are filled from the active profile, the first one has the focus.
    void activate();

signals:
    /// A profile with a tested key is in use; `sentence` tells its name and balance.
    void connected(const QString &sentence);
    void openPageRequested(const QString &pageId);

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *buildCard();
    void startSandbox();
    void showKeychain();
    void showOtherProfiles();
    void retranslate();
    void applyFonts();

    UiContext m_context;
    QLabel *m_title;
    QLabel *m_lead;
    QLabel *m_sandboxText;
    QPushButton *m_sandbox;
    QLabel *m_connectTitle;
    ConnectForm *m_form;
    ErrorBanner *m_banner;
    QLabel *m_othersLabel;
    QVBoxLayout *m_others;
    QWidget *m_othersBox;
    CallGuard m_unlock;
};

} // namespace novita
