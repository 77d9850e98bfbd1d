// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/outgoingtab.h"

#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/webhooks/webhooknotifier.h"
#include "ui/delegates/statusdelegate.h"
#include "ui/format.h"
#include "ui/theme.h"
#include "ui/webhooks/outgoingdetails.h"
#include "ui/webhooks/outgoinglogmodel.h"
#include "ui/webhooks/outgoingrulespane.h"
#include "ui/webhooks/outgoingwords.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tableview.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <array>

namespace novita {

namespace {

/// So often the tables follow: more than that nobody reads.
constexpr Milliseconds kRest{250};
constexpr int kDetailsWidth = 420;
/// What can be chosen; both open states are one.
constexpr std::array kStates{OutgoingState::Waiting, OutgoingState::Delivered, OutgoingState::Failed, OutgoingState::Dropped};

} // namespace

OutgoingTab::OutgoingTab(const UiContext &context, QWidget *parent)
    : WebhooksTab(parent)
    , m_context(context)
    , m_resend(new QAction(this))
    , m_banner(new ErrorBanner(context.theme, this))
    , m_rules(new OutgoingRulesPane(context))
    , m_logTitle(new QLabel(this))
    , m_filter(new SearchField(context.theme, this))
    , m_stateLabel(new QLabel(this))
    , m_state(new QComboBox(this))
    , m_log(new OutgoingLogModel(context.notifier.log(), context.clock, this))
    , m_table(new TableView(context.theme))
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
    , m_details(new OutgoingDetails(context, m_resend))
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_halves(new QSplitter(Qt::Vertical, this))
{
    build();
    connectLog();
}

OutgoingTab::~OutgoingTab() = default;

void OutgoingTab::build()
{
    m_table->setModel(m_log);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setSortingEnabled(false); // only the newest are read: another order would be one of a part
    m_table->setItemDelegateForColumn(OutgoingLogModel::Outcome, new StatusDelegate(m_context.theme, m_table));
    const QStringList ids = OutgoingLogModel::columnIds();
    m_table->setColumns({{ids.at(0), 140}, {ids.at(1), 130}, {ids.at(2), 150, false, 4}, {ids.at(3), 120}, {ids.at(4), 150}, {ids.at(5), 80, false, 3},
                         {ids.at(6), 70, false, 2}, {ids.at(7), 90, false, 1}});
    m_table->setCompact(m_context.settings.value(keys::kCompactRows));
    m_state->addItems(QStringList(static_cast<int>(kStates.size()) + 1, QString()));
    m_stateLabel->setBuddy(m_state);
    m_filter->setMinimumWidth(160);
    m_filter->setMaximumWidth(420);
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRest);
    const auto fonts = [this] { m_logTitle->setFont(m_context.theme.font(TextStyle::Subtitle, true)); };
    fonts();
    connect(&m_context.theme, &Theme::changed, this, fonts);
    auto *bar = new QHBoxLayout;
    bar->setSpacing(space::kRelated);
    bar->addWidget(m_logTitle);
    bar->addStretch(1);
    bar->addWidget(m_filter, 2);
    bar->addWidget(m_stateLabel);
    bar->addWidget(m_state);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    m_splitter->addWidget(m_stack);
    m_splitter->addWidget(m_details);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(space::kRelated);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setSizes({2000, kDetailsWidth});
    m_details->hide();
    auto *lower = new QWidget;
    auto *lowerLayout = new QVBoxLayout(lower);
    lowerLayout->setContentsMargins(0, space::kRelated, 0, 0);
    lowerLayout->setSpacing(space::kRelated);
    lowerLayout->addLayout(bar);
    lowerLayout->addWidget(m_splitter, 1);
    m_halves->addWidget(m_rules);
    m_halves->addWidget(lower);
    m_halves->setChildrenCollapsible(false);
    m_halves->setHandleWidth(space::kRelated);
    m_halves->setStretchFactor(0, 2);
    m_halves->setStretchFactor(1, 3);
    m_halves->setSizes({200, 400});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::kRelated, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_banner);
    layout->addWidget(m_halves, 1);
}

void OutgoingTab::connectLog()
{
    connect(&m_context.notifier, &WebhookNotifier::changed, this, [this] {
        if (!m_rest.isActive())
            m_rest.start();
    });
    connect(&m_rest, &QTimer::timeout, this, &OutgoingTab::news);
    connect(m_filter, &SearchField::filterChanged, this, &OutgoingTab::applyFilter);
    connect(m_filter, &SearchField::leaveRequested, this, &OutgoingTab::focusRows);
    connect(m_state, &QComboBox::currentIndexChanged, this, &OutgoingTab::applyFilter);
    connect(m_empty, &EmptyState::activated, this, [this] {
        m_state->setCurrentIndex(0);
        m_filter->setFilter(QString());
        m_filter->setFocus();
    });
    connect(m_log, &OutgoingLogModel::updated, this, &OutgoingTab::present);
    connect(m_log, &QAbstractItemModel::modelReset, this, &OutgoingTab::restoreSelection);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &OutgoingTab::followSelection);
    connect(m_table, &QWidget::customContextMenuRequested, this, &OutgoingTab::showContextMenu);
    connect(m_details, &OutgoingDetails::closeRequested, this, &OutgoingTab::closeDetails);
    connect(m_details, &OutgoingDetails::openInstanceRequested, this, &WebhooksTab::openInstanceRequested);
    connect(m_resend, &QAction::triggered, this, &OutgoingTab::resend);
    connect(m_banner, &ErrorBanner::remedyRequested, this, &OutgoingTab::refresh);
    connect(&m_context.settings, &Settings::changed, this, [this](const QString &key) {
        if (key == keys::kCompactRows.name)
            m_table->setCompact(m_context.settings.value(keys::kCompactRows));
    });
}

void OutgoingTab::activate()
{
    m_active = true;
    if (m_stale)
        news();
}

void OutgoingTab::refresh()
{
    m_log->look();
}

void OutgoingTab::news()
{
    m_stale = !m_active;
    if (!m_active)
        return;
    m_rules->refresh();
    m_log->look();
}

QString OutgoingTab::countText() const
{
    const int open = m_context.notifier.openCount();
    return open > 0 ? tr("%Ln waiting", "webhooks", open) : QString();
}

void OutgoingTab::present()
{
    const bool isEmpty = m_log->wasRead() && m_log->rowCount() == 0;
    if (isEmpty && m_log->isFiltered())
        m_empty->setContent(tr("Nothing that was sent answers to the filter."), tr("Clear filter"));
    else if (isEmpty)
        m_empty->setContent(tr("Nothing has been sent."));
    m_stack->setCurrentIndex(isEmpty ? 1 : 0);
    const WebhookNotifier &notifier = m_context.notifier;
    if (m_log->error())
        m_banner->setError(m_log->error(), tr("The outgoing webhooks could not be read"), tr("Try again"));
    else if (!notifier.problem().isEmpty())
        m_banner->showMessage(StateTone::Warn, notifier.problem());
    else if (notifier.droppedCount() > 0)
        m_banner->showMessage(StateTone::Warn, tr("Too many webhooks were waiting: %Ln of the oldest were not sent.", nullptr, notifier.droppedCount()));
    else
        m_banner->clear();
    if (const OutgoingMessage *shown = m_log->at(m_log->rowOf(m_shown))) {
        m_resend->setEnabled(!shown->isOpen());
        m_details->showSummary(*shown);
        readDetails();
    }
    emit countChanged();
}

void OutgoingTab::applyFilter()
{
    const int chosen = m_state->currentIndex() - 1;
    m_log->setFilter(m_filter->text(), chosen < 0 ? std::nullopt : std::optional(kStates.at(static_cast<std::size_t>(chosen))));
}

void OutgoingTab::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void OutgoingTab::focusRows()
{
    m_stack->currentWidget()->setFocus(Qt::OtherFocusReason);
}

QList<QAction *> OutgoingTab::pageActions() const
{
    return m_rules->actions() + QList<QAction *>{m_resend};
}

bool OutgoingTab::isFilled() const
{
    return m_log->wasRead();
}

void OutgoingTab::followSelection()
{
    const QList<int> rows = m_table->selectedRowNumbers();
    const OutgoingMessage *message = rows.isEmpty() ? nullptr : m_log->at(rows.first());
    if (message && message->seq != m_shown)
        showDetails(*message);
}

void OutgoingTab::restoreSelection()
{
    if (const int row = m_shown > 0 ? m_log->rowOf(m_shown) : -1; row >= 0)
        m_table->selectRow(row);
}

void OutgoingTab::showDetails(const OutgoingMessage &message)
{
    m_shown = message.seq;
    m_resend->setEnabled(!message.isOpen());
    m_details->showSummary(message);
    arrange();
    m_details->show();
    readDetails();
}

void OutgoingTab::readDetails()
{
    m_readCall.reset(m_context.notifier.log().read(m_shown))->onFinished(this, [this](const Result<OutgoingRecord> &read) { m_details->showWhole(read); });
}

void OutgoingTab::closeDetails()
{
    const bool hadFocus = m_details->isAncestorOf(QWidget::focusWidget());
    m_shown = 0;
    m_readCall.reset();
    m_resend->setEnabled(false);
    m_table->clearSelection();
    m_details->hide();
    arrange();
    if (hadFocus)
        m_table->setFocus();
}

void OutgoingTab::resend()
{
    const OutgoingMessage *message = m_log->at(m_log->rowOf(m_shown));
    if (!message)
        return;
    m_resendCall.reset(m_context.notifier.resend(*message))->onFinished(this, [this](const Result<Done> &queued) {
        m_details->report(queued ? std::nullopt : std::optional(queued.error()));
    });
}

void OutgoingTab::arrange()
{
    const bool beside = width() >= m_table->leastWidth() + std::max(m_details->minimumSizeHint().width(), kDetailsWidth) + m_splitter->handleWidth();
    const Qt::Orientation wanted = beside ? Qt::Horizontal : Qt::Vertical;
    // Where table and details stand one below the other there is no height for the rules as well.
    m_rules->setVisible(beside || m_shown == 0);
    if (wanted == m_splitter->orientation())
        return;
    m_splitter->setOrientation(wanted);
    m_splitter->setSizes(beside ? QList<int>{2000, kDetailsWidth} : QList<int>{1000, 1000});
}

void OutgoingTab::showContextMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(m_resend);
    menu->addSeparator();
    menu->addAction(m_table->copyAction());
    menu->addAction(m_table->copyCsvAction());
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

void OutgoingTab::resizeEvent(QResizeEvent *event)
{
    WebhooksTab::resizeEvent(event);
    arrange();
}

void OutgoingTab::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_details->isVisible()) {
        closeDetails();
        event->accept();
        return;
    }
    WebhooksTab::keyPressEvent(event);
}

void OutgoingTab::retranslate()
{
    m_logTitle->setText(tr("Sent and waiting"));
    m_filter->setAccessibleName(tr("Filter outgoing webhooks"));
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setToolTip(tr("Part of an instance's name or id, of an event or of a rule's name"));
    m_stateLabel->setText(tr("Result"));
    m_state->setAccessibleName(tr("Result"));
    m_state->setItemText(0, tr("All"));
    for (std::size_t i = 0; i < kStates.size(); ++i)
        m_state->setItemText(static_cast<int>(i) + 1, outgoingwords::look(kStates.at(i)).word);
    m_resend->setText(tr("Resend"));
    m_resend->setToolTip(tr("Sends the same bytes with the same id again, with a new time and signature"));
    m_table->setAccessibleName(tr("Outgoing webhooks table"));
    m_rules->retranslate();
    m_details->retranslate();
    m_log->retranslate();
    present();
}

} // namespace novita
