// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/ids.h"
#include "core/webhooks/outgoingmessage.h"
#include "ui/uicontext.h"
#include "ui/widgets/countedtabspage.h"

#include <QTimer>

class QComboBox;
class QLabel;
class QLayout;
class QMenu;
class QSplitter;
class QStackedWidget;

namespace novita {

class ActionButton;
class EmptyState;
class ErrorBanner;
class OutgoingDetails;
class OutgoingLogModel;
class OutgoingRulesPane;
class SearchField;
class TableView;

/// The webhooks that this program sends: the rules above, what was sent below, with the details of one.
class OutgoingTab final : public CountedTab
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OutgoingTab)

public:
    static constexpr int kDetailsWidth = 420;

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
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    QLayout *buildBar();
    void buildLayout();
    void connectLog();
    void news();
    void present();
    void presentBanner();
    void presentShown();
    void presentResend();
    void applyFilter();
    std::optional<OutgoingState> chosenState() const;
    void followSelection();
    void restoreSelection();
    void showDetails(const OutgoingMessage &message);
    void openMessage(qint64 seq);
    void readDetails();
    void onRead(const Result<novita::OutgoingRecord> &read);
    void closeDetails();
    void resend();
    void arrange();
    void shareRoom();
    void showContextMenu(const QPoint &position);

    UiContext m_context;
    QAction *m_resend;
    ErrorBanner *m_banner;
    OutgoingRulesPane *m_rules;
    QLabel *m_logTitle;
    SearchField *m_filter;
    QLabel *m_stateLabel;
    QComboBox *m_state;
    QMenu *m_columnsMenu;
    ActionButton *m_columns;
    OutgoingLogModel *m_log;
    TableView *m_table;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    OutgoingDetails *m_details;
    QSplitter *m_splitter;
    QSplitter *m_halves;
    OutgoingMessage m_shown;  ///< in the details, also when the filter hides its row; seq 0: none
    qint64 m_wanted = 0;      ///< to be shown once the log can be read; 0: none
    int m_detailsWidth = kDetailsWidth;
    bool m_active = false;
    bool m_stale = true;
    CallGuard m_readCall;
    CallGuard m_resendCall;
    QTimer m_rest;
};

} // namespace novita
