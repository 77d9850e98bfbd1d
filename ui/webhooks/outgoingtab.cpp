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
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tableview.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QJsonArray>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace novita {

namespace {

/// So often the tables follow: more than that nobody reads.
constexpr Milliseconds kRest{250};
constexpr int kLeastDetails = 200;
constexpr int kMostDetails = 4000;
/// What can be chosen; both open states are one.
constexpr std::array kStates{OutgoingState::Waiting, OutgoingState::Delivered, OutgoingState::Failed, OutgoingState::Dropped};
/// Of saved filters, in the order of kStates; never translated.
constexpr std::array kStateNames{"waiting", "delivered", "failed", "dropped"};
static_assert(kStateNames.size() == kStates.size());

QJsonArray sizesOf(const QSplitter &splitter)
{
    QJsonArray sizes;
    for (const int size : splitter.sizes())
        sizes.append(size);
    return sizes;
}

/// What was hidden had no size: then they stay as they are.
void restoreSizes(QSplitter *splitter, const QJsonArray &saved)
{
    QList<int> sizes;
    for (const QJsonValue &size : saved)
        sizes.append(size.toInt());
    if (sizes.size() == splitter->count() && std::all_of(sizes.begin(), sizes.end(), [](int size) { return size > 0; }))
        splitter->setSizes(sizes);
}

} // namespace

OutgoingTab::OutgoingTab(const UiContext &context, QWidget *parent)
    : CountedTab(parent)
    , m_context(context)
    , m_resend(new QAction(this))
    , m_banner(new ErrorBanner(context.theme, this))
    , m_rules(new OutgoingRulesPane(context))
    , m_logTitle(new QLabel(this))
    , m_filter(new SearchField(context.theme, this))
    , m_stateLabel(new QLabel(this))
    , m_state(new QComboBox(this))
    , m_columnsMenu(new QMenu(this))
    , m_columns(new ActionButton(QString(), m_columnsMenu, this))
    , m_log(new OutgoingLogModel(context.notifier.log(), context.clock, this))
    , m_table(new TableView(context.theme))
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
    , m_details(new OutgoingDetails(context, m_resend))
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_halves(new QSplitter(Qt::Vertical, this))
{
    build();
    buildLayout();
    connectLog();
    presentResend();
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
}

QLayout *OutgoingTab::buildBar()
{
    auto *bar = new QHBoxLayout;
    bar->setSpacing(space::kRelated);
    bar->addWidget(m_logTitle);
    bar->addStretch(1);
    bar->addWidget(m_filter, 2);
    bar->addWidget(m_stateLabel);
    bar->addWidget(m_state);
    bar->addWidget(m_columns);
    return bar;
}

void OutgoingTab::buildLayout()
{
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
    lowerLayout->addLayout(buildBar());
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
    connect(m_filter, &SearchField::leaveRequested, this, &OutgoingTab::focusContent);
    connect(m_state, &QComboBox::currentIndexChanged, this, &OutgoingTab::applyFilter);
    connect(m_empty, &EmptyState::activated, this, [this] {
        m_state->setCurrentIndex(0);
        m_filter->setFilter(QString());
        m_filter->setFocus();
    });
    connect(m_columnsMenu, &QMenu::aboutToShow, this, [this] { m_table->fillColumnMenu(m_columnsMenu); });
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] {
        if (m_splitter->orientation() == Qt::Horizontal)
            m_detailsWidth = m_splitter->sizes().value(1);
    });
    connect(m_log, &OutgoingLogModel::updated, this, &OutgoingTab::present);
    connect(m_log, &QAbstractItemModel::modelReset, this, &OutgoingTab::restoreSelection);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &OutgoingTab::followSelection);
    connect(m_table, &QWidget::customContextMenuRequested, this, &OutgoingTab::showContextMenu);
    connect(m_details, &OutgoingDetails::closeRequested, this, &OutgoingTab::closeDetails);
    connect(m_details, &OutgoingDetails::openInstanceRequested, this, &CountedTab::openInstanceRequested);
    connect(m_resend, &QAction::triggered, this, &OutgoingTab::resend);
    connect(m_banner, &ErrorBanner::actionTriggered, this, &OutgoingTab::refresh);
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
    const bool isEmpty = m_log->wasRead() && m_log->rowCount() == 0 && !m_log->error();
    if (isEmpty && m_log->isFiltered())
        m_empty->setContent(tr("Nothing that was sent matches this filter."), tr("Clear filter"));
    else if (isEmpty)
        m_empty->setContent(tr("Nothing has been sent."));
    m_stack->setCurrentIndex(isEmpty ? 1 : 0);
    presentBanner();
    presentShown();
    emit countChanged();
}

void OutgoingTab::presentBanner()
{
    const WebhookNotifier &notifier = m_context.notifier;
    if (m_log->error())
        m_banner->showMessage(StateTone::Bad, tr("The outgoing webhooks could not be read. %1").arg(m_log->error()->message), tr("Try again"));
    else if (!notifier.problem().isEmpty())
        m_banner->showMessage(StateTone::Warn, notifier.problem());
    else if (notifier.droppedCount() > 0)
        m_banner->showMessage(StateTone::Warn, tr("Too many webhooks were waiting: %Ln of the oldest were not sent.", nullptr, notifier.droppedCount()));
    else
        m_banner->clear();
}

/// The details follow their row. One that the filter hides is looked at by itself as long as something may come of it.
void OutgoingTab::presentShown()
{
    if (m_wanted > 0 && m_log->wasRead() && !m_log->error())
        openMessage(std::exchange(m_wanted, 0));
    if (m_shown.seq == 0)
        return;
    if (const OutgoingMessage *row = m_log->at(m_log->rowOf(m_shown.seq))) {
        m_shown = *row;
        presentResend();
    } else if (m_shown.isOpen()) {
        readDetails();
        return;
    }
    if (m_details->shows(m_shown))
        return;
    m_details->showSummary(m_shown);
    readDetails();
}

void OutgoingTab::presentResend()
{
    const QString whyNot = m_shown.seq == 0 ? tr("Select a webhook first") : m_shown.isOpen() ? tr("It is on its way already") : QString();
    m_resend->setEnabled(whyNot.isEmpty());
    m_resend->setToolTip(whyNot.isEmpty() ? tr("Sends the same bytes with the same id again, with a new time and signature") : whyNot);
}

void OutgoingTab::applyFilter()
{
    m_log->setFilter(m_filter->text(), chosenState());
}

std::optional<OutgoingState> OutgoingTab::chosenState() const
{
    const int chosen = m_state->currentIndex() - 1;
    return chosen < 0 ? std::nullopt : std::optional(kStates.at(static_cast<std::size_t>(chosen)));
}

void OutgoingTab::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void OutgoingTab::focusContent()
{
    m_stack->currentWidget()->setFocus(Qt::OtherFocusReason);
}

QList<QAction *> OutgoingTab::pageActions() const
{
    return m_rules->actions() + QList<QAction *>{m_resend, m_details->saveAction()};
}

bool OutgoingTab::isFilled() const
{
    return m_log->wasRead();
}

void OutgoingTab::followSelection()
{
    const QList<int> rows = m_table->selectedRowNumbers();
    const OutgoingMessage *message = rows.isEmpty() ? nullptr : m_log->at(rows.first());
    if (message && message->seq != m_shown.seq)
        showDetails(*message);
}

void OutgoingTab::restoreSelection()
{
    if (const int row = m_shown.seq > 0 ? m_log->rowOf(m_shown.seq) : -1; row >= 0)
        m_table->selectRow(row);
}

void OutgoingTab::showDetails(const OutgoingMessage &message)
{
    m_wanted = 0;
    m_shown = message;
    m_shown.body.clear();
    presentResend();
    m_details->showSummary(m_shown);
    arrange();
    if (m_details->isHidden()) {
        m_details->show();
        shareRoom(); // what is hidden keeps no share
    }
    readDetails();
}

/// As it was when the program ended. What is not kept any more is not worth a word.
void OutgoingTab::openMessage(qint64 seq)
{
    m_readCall.reset(m_context.notifier.log().read(seq))->onFinished(this, [this](const Result<OutgoingRecord> &read) {
        if (!read)
            return;
        showDetails(read->message);
        restoreSelection();
    });
}

void OutgoingTab::readDetails()
{
    m_readCall.reset(m_context.notifier.log().read(m_shown.seq))->onFinished(this, [this](const Result<OutgoingRecord> &read) { onRead(read); });
}

void OutgoingTab::onRead(const Result<OutgoingRecord> &read)
{
    m_details->showWhole(read);
    if (!read)
        return;
    m_shown = read->message;
    m_shown.body.clear();
    presentResend();
    m_log->take(m_shown);
}

void OutgoingTab::closeDetails()
{
    const bool hadFocus = m_details->isAncestorOf(QWidget::focusWidget());
    m_shown = {};
    m_readCall.reset();
    presentResend();
    m_details->clear();
    m_table->clearSelection();
    m_details->hide();
    arrange();
    if (hadFocus)
        m_table->setFocus();
}

void OutgoingTab::resend()
{
    m_resendCall.reset(m_context.notifier.resend(m_shown))->onFinished(this, [this, seq = m_shown.seq](const Result<Done> &queued) {
        if (m_shown.seq == seq) {
            m_details->report(queued ? std::nullopt : std::optional(queued.error()));
            readDetails();
        }
        if (queued)
            m_log->look(seq);
    });
}

void OutgoingTab::arrange()
{
    const bool beside = width() >= m_table->leastWidth() + std::max(m_details->minimumSizeHint().width(), kDetailsWidth) + m_splitter->handleWidth();
    const Qt::Orientation wanted = beside ? Qt::Horizontal : Qt::Vertical;
    // Where table and details stand one below the other there is no height for the rules as well.
    m_rules->setVisible(beside || m_shown.seq == 0);
    if (wanted == m_splitter->orientation())
        return;
    m_splitter->setOrientation(wanted);
    shareRoom();
}

void OutgoingTab::shareRoom()
{
    const bool beside = m_splitter->orientation() == Qt::Horizontal;
    m_splitter->setSizes(beside ? QList<int>{std::max(0, m_splitter->width() - m_detailsWidth), m_detailsWidth} : QList<int>{1000, 1000});
}

void OutgoingTab::showContextMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({m_resend, m_details->saveAction()});
    menu->addSeparator();
    menu->addAction(m_table->copyAction());
    menu->addAction(m_table->copyCsvAction());
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

void OutgoingTab::resizeEvent(QResizeEvent *event)
{
    CountedTab::resizeEvent(event);
    arrange();
}

void OutgoingTab::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_details->isVisible()) {
        closeDetails();
        event->accept();
        return;
    }
    CountedTab::keyPressEvent(event);
}

QJsonObject OutgoingTab::saveState() const
{
    const int chosen = m_state->currentIndex() - 1;
    return {{QStringLiteral("filter"), m_filter->text()},
            {QStringLiteral("result"), chosen < 0 ? QString() : QString::fromLatin1(kStateNames.at(static_cast<std::size_t>(chosen)))},
            {QStringLiteral("current"), QString::number(m_wanted > 0 ? m_wanted : m_shown.seq)},
            {QStringLiteral("detailsWidth"), m_detailsWidth},
            {QStringLiteral("halves"), sizesOf(*m_halves)},
            {QStringLiteral("columns"), m_table->saveLayout()},
            {QStringLiteral("ruleColumns"), m_rules->table()->saveLayout()}};
}

void OutgoingTab::restoreState(const QJsonObject &state)
{
    m_table->restoreLayout(state.value(QStringLiteral("columns")).toObject());
    m_rules->table()->restoreLayout(state.value(QStringLiteral("ruleColumns")).toObject());
    m_filter->setFilter(state.value(QStringLiteral("filter")).toString());
    const QString result = state.value(QStringLiteral("result")).toString();
    for (std::size_t i = 0; i < kStateNames.size(); ++i) {
        if (result == QLatin1String(kStateNames.at(i)))
            m_state->setCurrentIndex(static_cast<int>(i) + 1);
    }
    if (const int wide = state.value(QStringLiteral("detailsWidth")).toInt(); wide >= kLeastDetails && wide <= kMostDetails)
        m_detailsWidth = wide;
    restoreSizes(m_halves, state.value(QStringLiteral("halves")).toArray());
    m_wanted = std::max<qint64>(0, state.value(QStringLiteral("current")).toString().toLongLong());
    presentShown();
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
    m_columns->setText(tr("Columns"));
    m_columns->setAccessibleName(tr("Columns"));
    m_columns->setToolTip(tr("Which columns the table shows"));
    m_resend->setText(tr("Resend"));
    presentResend();
    m_table->setAccessibleName(tr("Outgoing webhooks table"));
    m_rules->retranslate();
    m_details->retranslate();
    m_log->retranslate();
    present();
}

} // namespace novita
