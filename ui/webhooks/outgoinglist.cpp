// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/outgoinglist.h"

#include "core/webhooks/webhooknotifier.h"
#include "ui/delegates/statusdelegate.h"
#include "ui/theme.h"
#include "ui/webhooks/outgoinglogmodel.h"
#include "ui/webhooks/outgoingwords.h"
#include "ui/widgets/columnsbutton.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tableview.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <array>

namespace novita {

namespace {

constexpr int kLeastFilter = 160;
constexpr int kMostFilter = 420;
/// What can be chosen; both open states are one.
constexpr std::array kStates{OutgoingState::Waiting, OutgoingState::Delivered, OutgoingState::Failed, OutgoingState::Dropped};
/// Of saved filters, in the order of kStates; never translated.
constexpr std::array kStateNames{"waiting", "delivered", "failed", "dropped"};
static_assert(kStateNames.size() == kStates.size());

} // namespace

OutgoingList::OutgoingList(const UiContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_model(new OutgoingLogModel(context.notifier.log(), context.clock, this))
    , m_table(new TableView(context.theme))
    , m_bar(new QWidget(this))
    , m_title(new QLabel(m_bar))
    , m_filter(new SearchField(context.theme, m_bar))
    , m_stateLabel(new QLabel(m_bar))
    , m_state(new QComboBox(m_bar))
    , m_columns(new ColumnsButton(m_table, m_bar))
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
{
    build();
    buildBar();
    connectBar();
}

void OutgoingList::build()
{
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setSortingEnabled(false); // only the newest are read: another order would be one of a part
    m_table->setItemDelegateForColumn(OutgoingLogModel::Outcome, new StatusDelegate(m_context.theme, m_table));
    const QStringList ids = OutgoingLogModel::columnIds();
    m_table->setColumns({{ids.at(0), 140}, {ids.at(1), 130}, {ids.at(2), 150, false, 4}, {ids.at(3), 120}, {ids.at(4), 150}, {ids.at(5), 80, false, 3},
                         {ids.at(6), 70, false, 2}, {ids.at(7), 90, false, 1}});
    m_table->followCompactRows(m_context.settings);
    m_stack->addWidget(m_table);
    // Else the table could not be lower than what stands in its place.
    QScrollArea *emptyArea = makeScrolling(m_empty);
    emptyArea->setFocusProxy(m_empty);
    m_stack->addWidget(emptyArea);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &OutgoingList::currentChanged);
}

void OutgoingList::buildBar()
{
    m_state->addItems(QStringList(static_cast<int>(kStates.size()) + 1, QString()));
    m_stateLabel->setBuddy(m_state);
    m_filter->setMinimumWidth(kLeastFilter);
    m_filter->setMaximumWidth(kMostFilter);
    const auto fonts = [this] { m_title->setFont(m_context.theme.font(TextStyle::Subtitle, true)); };
    fonts();
    connect(&m_context.theme, &Theme::changed, this, fonts);
    auto *bar = new QHBoxLayout(m_bar);
    bar->setContentsMargins(0, 0, 0, 0);
    bar->setSpacing(space::kRelated);
    bar->addWidget(m_title);
    bar->addStretch(1);
    bar->addWidget(m_filter, 2);
    bar->addWidget(m_stateLabel);
    bar->addWidget(m_state);
    bar->addWidget(m_columns);
}

void OutgoingList::connectBar()
{
    connect(m_filter, &SearchField::filterChanged, this, &OutgoingList::applyFilter);
    connect(m_filter, &SearchField::leaveRequested, this, &OutgoingList::focusRows);
    connect(m_state, &QComboBox::currentIndexChanged, this, &OutgoingList::applyFilter);
    connect(m_empty, &EmptyState::activated, this, [this] {
        m_state->setCurrentIndex(0);
        m_filter->setFilter(QString());
        m_filter->setFocus();
    });
}

const OutgoingMessage *OutgoingList::current() const
{
    const QList<int> rows = m_table->selectedRowNumbers();
    return rows.isEmpty() ? nullptr : m_model->at(rows.first());
}

void OutgoingList::select(qint64 seq)
{
    if (const int row = m_model->rowOf(seq); row >= 0)
        m_table->selectRow(row);
}

void OutgoingList::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void OutgoingList::focusRows()
{
    m_stack->currentWidget()->setFocus(Qt::OtherFocusReason);
}

void OutgoingList::present()
{
    const bool isEmpty = m_model->wasRead() && m_model->rowCount() == 0 && !m_model->error();
    if (isEmpty && m_model->isFiltered())
        m_empty->setContent(tr("Nothing that was sent matches this filter."), tr("Clear filter"));
    else if (isEmpty)
        m_empty->setContent(tr("Nothing has been sent."));
    m_stack->setCurrentIndex(isEmpty ? 1 : 0);
}

void OutgoingList::applyFilter()
{
    m_model->setFilter(m_filter->text(), chosenState());
}

std::optional<OutgoingState> OutgoingList::chosenState() const
{
    const int chosen = m_state->currentIndex() - 1;
    return chosen < 0 ? std::nullopt : std::optional(kStates.at(static_cast<std::size_t>(chosen)));
}

QJsonObject OutgoingList::saveState() const
{
    const int chosen = m_state->currentIndex() - 1;
    return {{QStringLiteral("filter"), m_filter->text()},
            {QStringLiteral("result"), chosen < 0 ? QString() : QString::fromLatin1(kStateNames.at(static_cast<std::size_t>(chosen)))},
            {QStringLiteral("columns"), m_table->saveLayout()}};
}

void OutgoingList::restoreState(const QJsonObject &state)
{
    m_table->restoreLayout(state.value(QStringLiteral("columns")).toObject());
    m_filter->setFilter(state.value(QStringLiteral("filter")).toString());
    const QString result = state.value(QStringLiteral("result")).toString();
    for (std::size_t i = 0; i < kStateNames.size(); ++i) {
        if (result == QLatin1String(kStateNames.at(i)))
            m_state->setCurrentIndex(static_cast<int>(i) + 1);
    }
}

void OutgoingList::retranslate()
{
    m_title->setText(tr("Sent and waiting"));
    m_filter->setAccessibleName(tr("Filter outgoing webhooks"));
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setToolTip(tr("Part of an instance's name or id, of an event or of a rule's name"));
    m_stateLabel->setText(tr("Result"));
    m_state->setAccessibleName(tr("Result"));
    m_state->setItemText(0, tr("All"));
    for (std::size_t i = 0; i < kStates.size(); ++i)
        m_state->setItemText(static_cast<int>(i) + 1, outgoingwords::look(kStates.at(i)).word);
    m_table->setAccessibleName(tr("Outgoing webhooks table"));
    m_model->retranslate();
}

} // namespace novita
