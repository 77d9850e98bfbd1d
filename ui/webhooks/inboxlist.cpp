// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/inboxlist.h"

#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/webhooks/webhookservice.h"
#include "ui/delegates/statusdelegate.h"
#include "ui/theme.h"
#include "ui/webhooks/deliverymodel.h"
#include "ui/webhooks/inboxbar.h"
#include "ui/webhooks/inboxempty.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/skeletonoverlay.h"
#include "ui/widgets/tableview.h"

#include <QItemSelectionModel>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr Milliseconds kLayoutRest{300};

} // namespace

InboxList::InboxList(const UiContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_model(new DeliveryModel(context.webhooks.deliveries(), context.clock, this))
    , m_table(new TableView(context.theme))
    , m_bar(new InboxBar(context.theme, m_table, this))
    , m_skeleton(new SkeletonOverlay(context.theme, m_table))
    , m_empty(new InboxEmpty)
    , m_stack(new QStackedWidget)
    , m_note(makeWords("text2", this))
{
    build();
    connectTable();
    connectBar();
}

void InboxList::build()
{
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    // Only the newest are read: another order would be one of a part.
    m_table->setSortingEnabled(false);
    m_table->setItemDelegateForColumn(DeliveryModel::Outcome, new StatusDelegate(m_context.theme, m_table));
    const QStringList ids = DeliveryModel::columnIds();
    m_table->setColumns({{ids.at(0), 130}, {ids.at(1), 170}, {ids.at(2), 120, false, 3}, {ids.at(3), 100}, {ids.at(4), 130}, {ids.at(5), 110, false, 2}, {ids.at(6), 70, false, 1}});
    m_table->followCompactRows(m_context.settings);
    m_table->restoreLayout(QJsonDocument::fromJson(m_context.settings.value(keys::kDeliveryColumns).toUtf8()).object());
    m_layoutTimer.setSingleShot(true);
    m_layoutTimer.setInterval(kLayoutRest);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kInside);
    m_stack->addWidget(m_table);
    // Else the table could not be lower than what stands in its place.
    m_emptyArea = makeScrolling(m_empty);
    m_emptyArea->setFocusProxy(m_empty);
    m_stack->addWidget(m_emptyArea);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_note);
    m_note->hide();
}

void InboxList::connectTable()
{
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &InboxList::currentChanged);
    connect(m_table, &TableView::rowActivated, this, [this](int row) {
        selectRow(row);
        emit activated();
    });
    connect(m_table, &TableView::layoutChanged, &m_layoutTimer, qOverload<>(&QTimer::start));
    connect(&m_layoutTimer, &QTimer::timeout, this, &InboxList::saveLayout);
    // Who scrolls away from the newest wants to read in peace.
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (value > 0 && !m_ours)
            m_bar->stopFollowing();
    });
}

void InboxList::connectBar()
{
    connect(m_bar, &InboxBar::filterChanged, this, [this] { m_model->setFilter(m_bar->filterText(), m_bar->result()); });
    connect(m_bar, &InboxBar::leaveRequested, this, &InboxList::focusRows);
    connect(m_empty, &InboxEmpty::clearFilterRequested, m_bar, &InboxBar::clearFilter);
    connect(m_bar, &InboxBar::followingChanged, this, [this](bool on) {
        m_model->setFollowing(on);
        if (on)
            m_table->scrollToTop();
    });
    connect(m_bar, &InboxBar::newestRequested, this, [this] {
        const QScopedValueRollback<bool> guard(m_ours, true);
        m_model->showNewest();
        m_table->scrollToTop();
        m_table->setFocus();
    });
}

const Delivery *InboxList::current() const
{
    const QList<int> rows = m_table->selectedRowNumbers();
    return rows.isEmpty() ? nullptr : m_model->at(rows.first());
}

void InboxList::selectRow(int row)
{
    const QScopedValueRollback<bool> guard(m_ours, true);
    m_table->selectionModel()->setCurrentIndex(m_model->index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

bool InboxList::select(qint64 id)
{
    const int row = m_model->rowOf(id);
    if (row >= 0)
        selectRow(row);
    return row >= 0;
}

void InboxList::focusRows()
{
    m_stack->currentWidget()->setFocus(Qt::OtherFocusReason);
}

QString InboxList::countText() const
{
    if (!m_model->wasRead())
        return m_model->isLoading() ? tr("Reading…") : QString();
    const int shown = m_model->rowCount();
    if (!m_model->isFiltered())
        return tr("%Ln delivery(s)", nullptr, static_cast<int>(m_model->total()));
    if (m_model->isComplete())
        return tr("%Ln delivery(s) found", nullptr, shown);
    return m_model->isLoading() ? tr("%Ln delivery(s) found, looking for more…", nullptr, shown) : tr("More than %Ln delivery(s) found", nullptr, shown);
}

void InboxList::present()
{
    const bool isEmpty = m_model->wasRead() && m_model->rowCount() == 0 && !m_model->error();
    if (isEmpty && m_model->isFiltered())
        m_empty->showFilteredOut(m_model->isLoading());
    else if (isEmpty)
        m_empty->showStatus(m_context.webhooks.status());
    m_stack->setCurrentWidget(isEmpty ? m_emptyArea : m_table);
    m_skeleton->setLoading(!m_model->wasRead() && m_model->isLoading());
    m_bar->showWaiting(m_model->waiting(), m_model->isMoreWaiting());
    m_note->setVisible(m_model->isFull());
    m_note->setText(tr("These are the newest %Ln. A filter finds older ones.", nullptr, m_model->rowCount()));
}

void InboxList::saveLayout()
{
    const QByteArray layout = QJsonDocument(m_table->saveLayout()).toJson(QJsonDocument::Compact);
    // A layout that cannot be written is not worth a word: Settings::writeFailed tells of the disk.
    static_cast<void>(m_context.settings.setValue(keys::kDeliveryColumns, QString::fromUtf8(layout)));
}

void InboxList::retranslate()
{
    m_bar->retranslate();
    m_table->setAccessibleName(tr("Deliveries table"));
    m_model->retranslate();
}

} // namespace novita
