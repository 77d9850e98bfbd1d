// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/webhooks/delivery.h"
#include "ui/uicontext.h"
#include "ui/webhooks/webhookstab.h"

#include <QTimer>

class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QMenu;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace novita {

class ActionButton;
class DeliveryActions;
class DeliveryDetails;
class DeliveryModel;
class ErrorBanner;
class InboxEmpty;
class ReceiverStrip;
class SearchField;
class SkeletonOverlay;
class TableView;
class TestReport;

/// Every webhook delivery that arrived, also those that were refused: the receiver's state, a filter, the table, and the details of one.
class InboxTab final : public WebhooksTab
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(InboxTab)

public:
    static constexpr int kDetailsWidth = 420;

    explicit InboxTab(const UiContext &context, QWidget *parent = nullptr);
    ~InboxTab() override;

    QString tabId() const override { return QStringLiteral("inbox"); }
    QString title() const override { return tr("Inbox"); }
    QString countText() const override;
    void activate() override;
    void deactivate() override;
    void refresh() override;
    void focusFilter() override;
    void focusRows() override;
    /// The number of a delivery.
    void openTarget(const QString &target) override;
    QList<QAction *> pageActions() const override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    bool isFilled() const override;
    void retranslate() override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void buildTable();
    void buildLayout();
    void connectTable();
    void connectService();
    void connectDetails();

    void news();
    void present();
    void presentBanner();
    void showTest();
    void applyFilter();
    void clearFilter();
    std::optional<DeliveryResult> chosenResult() const;

    void followSelection();
    void restoreSelection();
    void select(int row);
    void show(const Delivery &summary);
    void openDelivery(qint64 id);
    void closeDetails();
    void openCurrentInstance();
    void openDetails();
    void arrange();
    void shareRoom();
    void noteShare();
    void showContextMenu(const QPoint &position);
    void saveLayout();

    UiContext m_context;
    ReceiverStrip *m_strip;
    TestReport *m_testReport;
    ErrorBanner *m_banner;
    SearchField *m_filter;
    QLabel *m_resultLabel;
    QComboBox *m_result;
    QCheckBox *m_follow;
    QPushButton *m_newest;
    QMenu *m_columnsMenu;
    ActionButton *m_columns;
    DeliveryModel *m_model;
    TableView *m_table;
    SkeletonOverlay *m_skeleton;
    InboxEmpty *m_empty;
    QWidget *m_emptyArea = nullptr; ///< in which it scrolls
    QStackedWidget *m_stack;
    QLabel *m_note;
    QSplitter *m_splitter;
    DeliveryActions *m_actions;
    DeliveryDetails *m_details;
    int m_detailsWidth = kDetailsWidth;
    double m_detailsShare = 0.6; ///< of the height, where they are below the list
    QString m_notShown;       ///< why a delivery that was asked for is not in the details
    qint64 m_shown = 0;       ///< the delivery in the details; 0: none
    std::optional<TimePoint> m_tested; ///< when the test that was shown last ended
    bool m_active = false;
    bool m_stale = true;      ///< something came while nobody looked
    bool m_ours = false;      ///< the table scrolls because of us, not of the person
    CallGuard m_readCall;
    QTimer m_rest;            ///< between two looks at what came
    QTimer m_afterwards;      ///< the last look at it
    QTimer m_layoutTimer;
};

} // namespace novita
