// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/rulelistdialog.h"

#include "ui/delegates/rowdelegate.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

RuleListDialog::RuleListDialog(const Theme &theme, const Words &words, QWidget *parent)
    : QDialog(parent)
    , m_words(words)
    , m_note(new QLabel(this))
    , m_problem(new QLabel(this))
    , m_table(new QTableWidget(this))
    , m_add(new QPushButton(words.addLabel, this))
    , m_switch(new QPushButton(this))
    , m_delete(new QPushButton(tr("Delete"), this))
    , m_close(new QPushButton(tr("Close"), this))
{
    setWindowTitle(words.title);
    buildLayout();
    m_table->setItemDelegate(new RowDelegate(theme, m_table));
    m_table->setTextElideMode(Qt::ElideMiddle);
    m_table->verticalHeader()->setDefaultSectionSize(theme.rowHeight(false));
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

void RuleListDialog::buildLayout()
{
    for (QLabel *label : {m_note, m_problem}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_problem->setProperty("tone", QStringLiteral("bad"));
    QStringList columns = m_words.columns;
    columns.append(tr("Active"));
    m_table->setColumnCount(static_cast<int>(columns.size()));
    m_table->setHorizontalHeaderLabels(columns);
    m_table->setAccessibleName(m_words.tableName);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    // The rule itself is what one reads: it gets the room that is left.
    m_table->horizontalHeader()->setSectionResizeMode(qMin(2, static_cast<int>(columns.size()) - 1), QHeaderView::Stretch);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::kRelated);
    m_add->setVisible(!m_words.addLabel.isEmpty());
    buttons->addWidget(m_add);
    buttons->addWidget(m_switch);
    buttons->addWidget(m_delete);
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    for (QPushButton *button : {m_add, m_switch, m_delete, m_close})
        button->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kPage, space::kPage, space::kGroup);
    layout->setSpacing(space::kGroup);
    layout->addWidget(m_note);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_problem);
    layout->addLayout(buttons);
    const QSize most = (parentWidget() ? parentWidget()->window()->size() : screen()->availableSize()) - QSize(2 * space::kPage, 2 * space::kPage);
    resize(QSize(fontMetrics().averageCharWidth() * 110, fontMetrics().lineSpacing() * 20).boundedTo(most));
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
