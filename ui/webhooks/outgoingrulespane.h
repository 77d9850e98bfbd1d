// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/webhooks/webhookrule.h"
#include "ui/uicontext.h"

#include <QList>
#include <QWidget>

class QAction;
class QLabel;
class QMenu;
class QStackedWidget;

namespace novita {

class ActionButton;
class EmptyState;
class ErrorBanner;
class OutgoingRuleModel;
class SecretClipboard;
class TableView;

/// The rules for outgoing webhooks and what can be done with them.
class OutgoingRulesPane final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OutgoingRulesPane)

public:
    explicit OutgoingRulesPane(const UiContext &context, QWidget *parent = nullptr);

    /// Looks at the notifier again.
    void refresh();
    void retranslate();
    TableView *table() const { return m_table; }
    QList<QAction *> actions() const { return {m_add, m_edit, m_test, m_switch, m_delete}; }

private:
    void build();
    const WebhookRule *chosen() const;
    void present();
    void openDialog(const WebhookRule &rule);
    void sendTest();
    void switchChosen();
    void deleteChosen();
    /// Shows what went wrong, or nothing.
    void report(const Result<Done> &result, const QString &what);
    /// `why` it cannot be done now, empty when it can; `tip` says what it does.
    static void apply(QAction *action, const QString &why, const QString &tip);

    UiContext m_context;
    QAction *m_add;
    QAction *m_edit;
    QAction *m_test;
    QAction *m_switch;
    QAction *m_delete;
    QLabel *m_title;
    QMenu *m_moreMenu;
    ActionButton *m_more;
    ErrorBanner *m_banner;
    OutgoingRuleModel *m_model;
    TableView *m_table;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    SecretClipboard *m_clipboard; ///< outlives the dialogs, so that a copied secret can be pasted after saving
    CallGuard m_testCall;
    CallGuard m_switchCall;
    CallGuard m_deleteCall;
};

} // namespace novita
