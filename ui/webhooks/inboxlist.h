// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/webhooks/delivery.h"
#include "ui/uicontext.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QStackedWidget;

namespace novita {

class DeliveryModel;
class InboxBar;
class InboxEmpty;
class SkeletonOverlay;
class TableView;

/// The deliveries as a table with its bar; what stands in the table's place while there are none; that it follows the newest until
/// somebody scrolls away. Keeps the columns in the settings.
class InboxList final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(InboxList)

public:
    explicit InboxList(const UiContext &context, QWidget *parent = nullptr);

    DeliveryModel *model() const { return m_model; }
    TableView *table() const { return m_table; }
    InboxEmpty *empty() const { return m_empty; }
    /// Its place is up to the owner.
    InboxBar *bar() const { return m_bar; }

    /// nullptr: none is selected.
    const Delivery *current() const;
    /// False: it is not among the rows.
    bool select(qint64 id);
    void focusRows();
    /// How many there are, for a page's title.
    QString countText() const;
    /// What the model has, and the state of the receiver where there is nothing.
    void present();
    void retranslate();

signals:
    void currentChanged();
    void activated();

private:
    void build();
    void connectTable();
    void connectBar();
    void selectRow(int row);
    void saveLayout();

    UiContext m_context;
    DeliveryModel *m_model;
    TableView *m_table;
    InboxBar *m_bar;
    SkeletonOverlay *m_skeleton;
    InboxEmpty *m_empty;
    QWidget *m_emptyArea = nullptr; ///< in which it scrolls
    QStackedWidget *m_stack;
    QLabel *m_note;
    bool m_ours = false; ///< the table scrolls because of us, not of the person
    QTimer m_layoutTimer;
};

} // namespace novita
