// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/cloud/types/instancestate.h"
#include "core/webhooks/delivery.h"
#include "ui/uicontext.h"
#include "ui/widgets/countedtabspage.h"

#include <QTimer>

namespace novita {

class DeliveryActions;
class DeliveryDetails;
class DetailsSplitter;
class ErrorBanner;
class InboxList;
class ReceiverStrip;
class TestReport;

/// Every webhook delivery that arrived, also those that were refused: the receiver's state, a filter, the table, and the details of one.
class InboxTab final : public CountedTab
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(InboxTab)

public:
    explicit InboxTab(const UiContext &context, QWidget *parent = nullptr);
    ~InboxTab() override;

    QString pageId() const override { return QStringLiteral("inbox"); }
    QString title() const override { return tr("Inbox"); }
    QString countText() const override;
    void activate() override;
    void deactivate() override;
    void refresh() override;
    void focusFilter() override;
    void focusContent() override;
    /// The number of a delivery.
    void openTarget(const QString &target) override;
    QList<QAction *> pageActions() const override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    bool isFilled() const override;
    void retranslate() override;

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void buildLayout();
    void connectList();
    void connectService();
    void connectDetails();

    void hearOfNews();
    void news();
    void present();
    void presentBanner();
    void presentStrip();
    void showTest();
    void followSelection();
    void restoreSelection();
    void show(const Delivery &summary);
    void read(qint64 id);
    enum class IfGone { Tell, Ignore };
    void openDelivery(qint64 id, IfGone ifGone = IfGone::Tell);
    void report(qint64 about, StateTone tone, const QString &sentence, qint64 came);
    void closeDetails();
    void openCurrentInstance();

    UiContext m_context;
    ReceiverStrip *m_strip;
    TestReport *m_testReport;
    ErrorBanner *m_banner;
    InboxList *m_list;
    DeliveryActions *m_actions;
    DeliveryDetails *m_details;
    DetailsSplitter *m_splitter;
    QString m_notShown;       ///< why a delivery that was asked for is not in the details
    QString m_outcome;        ///< of an action on a delivery that is not in the details any more
    StateTone m_outcomeTone = StateTone::Idle;
    qint64 m_shown = 0;       ///< the delivery in the details; 0: none
    std::optional<TimePoint> m_tested; ///< when the test that was shown last ended
    bool m_active = false;
    bool m_stale = true;      ///< something came while nobody looked
    bool m_moreNews = false;  ///< something came during m_rest
    bool m_readFailed = false; ///< of the shown one
    CallGuard m_readCall; ///< of the shown one
    CallGuard m_openCall; ///< of one that is to be shown
    QTimer m_rest;            ///< between two looks at what came
    QTimer m_afterwards;      ///< the last look at it
};

} // namespace novita
