// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QList>
#include <QPushButton>
#include <QVBoxLayout>
#include <QWidget>

namespace novita {

/// What every row of a RowListEditor has; its fields come in a derived struct.
struct EditorRow
{
    QWidget *box = nullptr;        ///< owns everything in the row
    QPushButton *remove = nullptr; ///< the subclass puts it into the row's layout and names it
};

/// A bounded list of rows of fields, each with a button that removes it, and below them a button that adds one.
/// `Value` is what one row edits; `Row` is an EditorRow with the row's fields. The subclass builds and reads the rows and says
/// all texts, so that they are translated in its own context.
template<typename Value, typename Row>
class RowListEditor : public QWidget
{
    Q_DISABLE_COPY_MOVE(RowListEditor)

protected:
    RowListEditor(qsizetype maxRows, QWidget *parent)
        : QWidget(parent), m_maxRows(maxRows), m_list(new QVBoxLayout), m_buttons(new QHBoxLayout), m_add(new QPushButton(this))
    {
        m_add->setAutoDefault(false);
        m_list->setSpacing(space::kInside);
        m_buttons->setSpacing(space::kRelated);
        m_buttons->addWidget(m_add);
        m_buttons->addStretch();
        auto *layout = new QVBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(space::kRelated);
        layout->addLayout(m_list);
        layout->addLayout(m_buttons);
    }

    /// Builds a row that shows `value`: makes the fields, then appendRow(). Called only while there is room for one more.
    virtual void buildRow(const Value &value) = 0;
    /// Sets every text and accessible name, and what depends on the number of rows.
    virtual void retranslate() = 0;
    virtual void announceChange() = 0; ///< emits the subclass's signal

    const QList<Row> &rows() const { return m_rows; }
    bool isFull() const { return m_rows.size() >= m_maxRows; }
    QPushButton *addButton() const { return m_add; }
    /// Puts another button beside the add button.
    void addBesideAddButton(QPushButton *button) { m_buttons->insertWidget(m_buttons->count() - 1, button); }

    /// Does nothing when the list is full.
    void addRow(const Value &value)
    {
        if (!isFull())
            buildRow(value);
        retranslate();
    }

    /// Replaces all rows; values beyond the bound are left out.
    void setRows(const QList<Value> &values)
    {
        for (const Row &row : rows())
            row.box->deleteLater();
        m_rows.clear();
        for (const Value &value : values)
            addRow(value);
        retranslate();
        announceChange();
    }

    /// Takes a row whose fields are set; they and its remove button go into the layout returned, in the order of Tab.
    QHBoxLayout *appendRow(Row &row)
    {
        row.box = new QWidget(this);
        // Without a parent until the layout takes it: Tab follows the order in which widgets come into the window.
        row.remove = new QPushButton;
        row.remove->setAutoDefault(false);
        row.remove->setProperty("flat", true);
        QObject::connect(row.remove, &QPushButton::clicked, this, [this, box = row.box] { removeRow(box); });
        auto *layout = new QHBoxLayout(row.box);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(space::kRelated);
        m_list->addWidget(row.box);
        m_rows.append(row);
        return layout;
    }

    void changeEvent(QEvent *event) override
    {
        QWidget::changeEvent(event);
        if (event->type() == QEvent::LanguageChange)
            retranslate();
    }

private:
    void removeRow(QWidget *box)
    {
        if (m_rows.removeIf([box](const Row &row) { return row.box == box; }) == 0)
            return;
        // Later: the click that asked for it is still being handled by a button inside.
        box->deleteLater();
        retranslate();
        announceChange();
    }

    const qsizetype m_maxRows;
    QList<Row> m_rows;
    QVBoxLayout *m_list;
    QHBoxLayout *m_buttons;
    QPushButton *m_add;
};

} // namespace novita
