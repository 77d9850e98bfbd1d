// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/cloud/types/instancestate.h"
#include "core/webhooks/delivery.h"
#include "ui/uicontext.h"

#include <QFrame>
#include <QJsonObject>
#include <QList>

#include <optional>
#include <utility>

class QBoxLayout;
class QLabel;
class QPushButton;
class QStandardItemModel;
class QTabWidget;

namespace novita {

class ActionButton;
class BodyView;
class DeliveryActions;
class DetailsHead;
class ErrorBanner;
class FactList;
class StateChip;
class TableView;

/// One delivery beside the inbox: result and why, what can be done with it, its body, its headers, and when and how it came.
class DeliveryDetails final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeliveryDetails)

public:
    /// `actions` work on the delivery that is shown.
    DeliveryDetails(const UiContext &context, DeliveryActions &actions, QWidget *parent = nullptr);

    /// What the list knows of it; headers and body are being read.
    void showSummary(const Delivery &delivery);
    /// Headers and body, too, or why they cannot be had.
    void showWhole(const Result<Delivery> &delivery);
    /// What became of an action, with a link to a delivery that came of it.
    void report(StateTone tone, const QString &sentence, std::optional<qint64> came);

    QJsonObject saveState() const;
    void restoreState(const QJsonObject &state);

signals:
    void closeRequested();
    void openInstanceRequested(const QString &instanceId);
    void openDeliveryRequested(qint64 id);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildLayout();
    QWidget *makeButtons();
    void present();
    void presentLinks();
    void presentHeaders();
    QList<std::pair<QString, QString>> facts() const;
    void retranslate();

    UiContext m_context;
    DeliveryActions &m_actions;
    DetailsHead *m_head;
    StateChip *m_chip;
    QBoxLayout *m_about; ///< the sentence and what it leads to
    QLabel *m_sentence;
    QPushButton *m_instance;
    QPushButton *m_original;
    ActionButton *m_more = nullptr;
    ErrorBanner *m_report;
    QTabWidget *m_tabs;
    BodyView *m_body;
    QStandardItemModel *m_headerModel;
    TableView *m_headers;
    FactList *m_facts;
    Delivery m_delivery;
    bool m_whole = false;
    std::optional<Error> m_failure;
    std::optional<qint64> m_came;
};

} // namespace novita
