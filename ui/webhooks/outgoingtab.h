// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/webhooks/outgoingmessage.h"
#include "ui/uicontext.h"
#include "ui/widgets/countedtabspage.h"

#include <QSet>
#include <QTimer>

class QSplitter;

namespace novita {

class DetailsSplitter;
class ErrorBanner;
class OutgoingDetails;
class OutgoingList;
class OutgoingRulesPane;

/// The webhooks that this program sends: the rules above, what was sent below, with the details of one.
class OutgoingTab final : public CountedTab
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OutgoingTab)

public:
    explicit OutgoingTab(const UiContext &context, QWidget *parent = nullptr);
    ~OutgoingTab() override;

    QString pageId() const override { return QStringLiteral("outgoing"); }
    QString title() const override { return tr("Outgoing"); }
    QString countText() const override;
    void activate() override;
    void deactivate() override { m_active = false; }
    void refresh() override;
    void focusFilter() override;
    void focusContent() override;
    QList<QAction *> pageActions() const override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    bool isFilled() const override;
    void retranslate() override;

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void buildLayout();
    void connectLog();
    void connectDetails();
    void news();
    void present();
    void presentBanner();
    void presentRules();
    void presentShown();
    void presentResend();
    void followSelection();
    void restoreSelection();
    void showDetails(const OutgoingMessage &message);
    void openMessage(qint64 seq);
    void readDetails();
    void onRead(const Result<novita::OutgoingRecord> &read);
    void closeDetails();
    void resend();
    void onResent(const OutgoingMessage &message, const Result<Done> &queued);

    UiContext m_context;
    QAction *m_resend;
    ErrorBanner *m_banner;
    OutgoingRulesPane *m_rules;
    OutgoingList *m_list;
    OutgoingDetails *m_details;
    DetailsSplitter *m_splitter;
    QSplitter *m_halves;
    OutgoingMessage m_shown;  ///< in the details, also when the filter hides its row; seq 0: none
    qint64 m_wanted = 0;      ///< to be shown once the log can be read; 0: none
    QSet<qint64> m_resending; ///< asked for, and not told yet whether they wait again
    QString m_outcome;        ///< of a resend of one that is not in the details any more
    bool m_active = false;
    bool m_stale = true;
    CallGuard m_readCall;
    QTimer m_rest;
};

} // namespace novita
