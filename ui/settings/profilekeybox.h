// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/settings/profilestore.h"
#include "ui/uicontext.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace novita {

class ErrorBanner;

/// The API key of a profile: where it is kept, *Replace*, *Test connection*, *Forget key*, *Unlock keychain*. The key itself is never shown.
class ProfileKeyBox final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProfileKeyBox)

public:
    explicit ProfileKeyBox(UiContext context, QWidget *parent = nullptr);
    /// Another profile empties the key field.
    void setProfile(const Profile &profile, bool inUse);

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void test();
    void storeKey();
    void forgetKey();
    void unlock();
    void showState();
    void setResult(const QString &sentence, const char *tone);
    void retranslate();
    QString notice() const;
    QString keyStateText() const;

    UiContext m_context;
    Profile m_profile;
    bool m_inUse = false;
    QLabel *m_title;
    QLabel *m_state;
    QLabel *m_keyLabel;
    QLineEdit *m_key;
    QPushButton *m_test;
    QPushButton *m_store;
    QPushButton *m_forget;
    QPushButton *m_unlock;
    QLabel *m_result;
    ErrorBanner *m_banner;
    CallGuard m_call;
};

} // namespace novita
