// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/ids.h"
#include "core/cloud/types/instancerequest.h"
#include "core/workflows/bulkrun.h"
#include "ui/uicontext.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QScrollArea;

namespace novita {

class ActionForm;
class ErrorBanner;

/// An action that needs input, for one instance or several: the form, what follows from it, and a button that sends it.
///
/// For one instance it stays open until the cloud has taken the request up, and keeps what was typed through every failure; a
/// change of the account closes it. For several it closes with *send*, and severalAccepted() hands the plan on. Open it with open() and
/// WA_DeleteOnClose.
class ActionDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ActionDialog)

public:
    /// `plan`: who it is for, as InstanceCommands::planBulk() made it; at least one row waits.
    ActionDialog(InstanceAction action, const QList<BulkRow> &plan, const UiContext &context, QWidget *parent = nullptr);
    ~ActionDialog() override;

    InstanceRequest request() const;
    ActionForm *form() const { return m_form; }
    /// Why it cannot be sent now; empty when it can.
    QString blocker() const;
    void setVisible(bool visible) override;

signals:
    void severalAccepted(const QList<novita::BulkRow> &plan, const novita::InstanceRequest &request);

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void connectSignals();
    void readLists();
    void readDetail();
    void loadForm();
    void update();
    void ask();
    void send();
    void sent(const Result<Done> &result);
    void onPaymentSettled(const InstanceId &id);
    void retranslate();
    void fit();
    QString introduction() const;
    bool isForOne() const { return m_ids.size() == 1; }

    UiContext m_context;
    InstanceAction m_action;
    QList<BulkRow> m_plan;
    QList<InstanceId> m_ids;      ///< of the rows that wait
    QString m_name;               ///< of the first, as it was when the dialog opened
    ActionForm *m_form;
    QLabel *m_title;
    QLabel *m_intro;
    ErrorBanner *m_banner;
    QScrollArea *m_scroll;
    QLabel *m_consequences;
    QLabel *m_blocker;
    QPushButton *m_copyAs;
    QPushButton *m_cancel;
    QPushButton *m_send;
    CallGuard m_reading;
    CallGuard m_sending;
    bool m_loaded = false;        ///< the form shows what the instance is
};

} // namespace novita
