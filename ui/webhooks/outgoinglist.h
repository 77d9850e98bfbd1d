// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/webhooks/outgoingmessage.h"
#include "ui/uicontext.h"

#include <QJsonObject>
#include <QWidget>

class QComboBox;
class QLabel;
class QStackedWidget;

namespace novita {

class ColumnsButton;
class EmptyState;
class OutgoingLogModel;
class SearchField;
class TableView;

/// The webhooks that were sent or wait as a table with its bar, and what stands in the table's place while there are none.
class OutgoingList final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OutgoingList)

public:
    explicit OutgoingList(const UiContext &context, QWidget *parent = nullptr);

    OutgoingLogModel *model() const { return m_model; }
    TableView *table() const { return m_table; }
    /// Title, filter, result and columns. Its place is up to the owner.
    QWidget *bar() const { return m_bar; }

    /// nullptr: none is selected.
    const OutgoingMessage *current() const;
    /// Nothing happens when it is not among the rows.
    void select(qint64 seq);
    void focusFilter();
    void focusRows();
    /// What the model has, or that there is nothing.
    void present();
    /// "filter", "result" and "columns".
    QJsonObject saveState() const;
    void restoreState(const QJsonObject &state);
    void retranslate();

signals:
    void currentChanged();

private:
    void build();
    void buildBar();
    void connectBar();
    void applyFilter();
    std::optional<OutgoingState> chosenState() const;

    UiContext m_context;
    OutgoingLogModel *m_model;
    TableView *m_table;
    QWidget *m_bar;
    QLabel *m_title;
    SearchField *m_filter;
    QLabel *m_stateLabel;
    QComboBox *m_state;
    ColumnsButton *m_columns;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
};

} // namespace novita
