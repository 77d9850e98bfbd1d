// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/rulelistdialog.h"

#include "ui/widgets/listdialog.h"
#include "ui/widgets/makers.h"

#include <QLabel>
#include <QPushButton>
#include <QTableWidget>

#include <algorithm>

namespace novita {

RuleListDialog::RuleListDialog(const Theme &theme, const Words &words, QWidget *parent)
    : QDialog(parent)
    , m_words(words)
    , m_note(makeWords("", this))
    , m_problem(makeWords("bad", this))
    , m_table(new QTableWidget(this))
    , m_add(new QPushButton(words.addLabel, this))
    , m_switch(new QPushButton(this))
    , m_delete(new QPushButton(tr("Delete"), this))
    , m_close(new QPushButton(tr("Close"), this))
{
    setWindowTitle(words.title);
    buildLayout(theme);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &RuleListDialog::applyChoice);
    connect(m_add, &QPushButton::clicked, this, &RuleListDialog::addRequested);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_switch, &QPushButton::clicked, this, [this] {
        if (const Row *row = chosen())
            emit switchRequested(row->id, !row->enabled);
    });
    connect(m_delete, &QPushButton::clicked, this, [this] {
        if (const Row *row = chosen())
            emit deleteRequested(row->id);
    });
    setRows({});
    setProblem({});
}

void RuleListDialog::buildLayout(const Theme &theme)
{
    QStringList columns = m_words.columns;
    columns.append(tr("Active"));
    m_table->setColumnCount(static_cast<int>(columns.size()));
    m_table->setHorizontalHeaderLabels(columns);
    m_table->setAccessibleName(m_words.tableName);
    m_add->setVisible(!m_words.addLabel.isEmpty());
    // The rule itself is what one reads.
    const int rule = qMin(2, static_cast<int>(columns.size()) - 1);
    layOutListDialog(*this, {m_note, m_table, rule, m_problem, {m_add, m_switch, m_delete}, m_close}, theme, {140, 20});
}

/// Called each second for the sake of countdowns: what has not changed is left alone, and so are the selection and the keyboard.
void RuleListDialog::setRows(const QList<Row> &rows)
{
    const QString before = chosen() ? chosen()->id : QString();
    const bool others = !std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(), [](const Row &a, const Row &b) { return a.id == b.id; });
    m_rows = rows;
    m_note->setText(rows.isEmpty() ? m_words.nothing : m_words.note);
    if (others)
        m_table->setRowCount(static_cast<int>(rows.size()));
    for (int r = 0; r < rows.size(); ++r)
        showRow(r);
    if (others && !rows.isEmpty()) {
        const auto same = std::find_if(rows.begin(), rows.end(), [&before](const Row &row) { return row.id == before; });
        m_table->selectRow(same == rows.end() ? 0 : static_cast<int>(same - rows.begin()));
    }
    applyChoice();
}

void RuleListDialog::showRow(int number)
{
    const Row &row = m_rows.at(number);
    QStringList cells = row.cells.mid(0, m_table->columnCount() - 1);
    cells.append(row.enabled ? tr("yes") : tr("no"));
    for (int column = 0; column < cells.size(); ++column) {
        QTableWidgetItem *item = m_table->item(number, column);
        if (!item)
            m_table->setItem(number, column, new QTableWidgetItem(cells.at(column)));
        else if (item->text() != cells.at(column))
            item->setText(cells.at(column));
    }
}

void RuleListDialog::setProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

const RuleListDialog::Row *RuleListDialog::chosen() const
{
    const int row = m_table->currentRow();
    const bool selected = row >= 0 && row < m_rows.size() && m_table->selectionModel() && m_table->selectionModel()->isRowSelected(row);
    return selected ? &m_rows.at(row) : nullptr;
}

void RuleListDialog::applyChoice()
{
    const Row *row = chosen();
    m_switch->setText(row && !row->enabled ? tr("Switch on") : tr("Switch off"));
    m_switch->setEnabled(row && row->canSwitch);
    m_delete->setEnabled(row != nullptr);
}

} // namespace novita
