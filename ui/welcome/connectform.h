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
struct ConnectionReport;
enum class ErrorRemedy;

/// API key, profile name, API root, *Test and connect*. Nothing is stored before the key has passed a real call, and nothing typed is lost
/// when it fails.
class ConnectForm final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConnectForm)

public:
    explicit ConnectForm(UiContext context, QWidget *parent = nullptr);

    /// Name and root of the active profile when it is an account's; what a person typed stays.
    void fillFromActive();
    void focusFirst();

signals:
    void connected(const QString &sentence);
    /// The settings of that page are what is needed.
    void openPageRequested(const QString &pageId);

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void test();
    void store(const ConnectionReport &report);
    void endTest();
    void showFailure(const Error &error);
    void follow(ErrorRemedy remedy);
    void setBusy(bool busy);
    void showProblem(QLineEdit *field, const QString &sentence);
    void retranslate();

    UiContext m_context;
    QLabel *m_keyLabel;
    QLineEdit *m_key;
    QPushButton *m_show;
    QLabel *m_nameLabel;
    QLineEdit *m_name;
    QPushButton *m_advanced;
    QWidget *m_rootBox;
    QLabel *m_rootLabel;
    QLineEdit *m_root;
    QPushButton *m_connect;
    QPushButton *m_cancel;
    QLabel *m_progress;
    QLabel *m_problem;
    ErrorBanner *m_banner;
    Profile m_pending;
    QString m_pendingKey;
    CallGuard m_call;
};

} // namespace novita
