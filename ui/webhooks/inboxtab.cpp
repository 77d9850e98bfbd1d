// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/inboxtab.h"

#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/webhooks/webhookservice.h"
#include "core/workflows/stores.h"
#include "ui/delegates/statusdelegate.h"
#include "ui/format.h"
#include "ui/theme.h"
#include "ui/webhooks/deliveryactions.h"
#include "ui/webhooks/deliverydetails.h"
#include "ui/webhooks/deliverymodel.h"
#include "ui/webhooks/deliverywords.h"
#include "ui/webhooks/inboxempty.h"
#include "ui/webhooks/receiverstrip.h"
#include "ui/webhooks/testreport.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/skeletonoverlay.h"
#include "ui/widgets/tableview.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QJsonDocument>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace novita {

namespace {

/// In a flood the table follows so often: more than that nobody reads.
constexpr Milliseconds kRest{250};
/// What is told of may still be on its way to the disk.
constexpr Milliseconds kAfterwards{2000};
constexpr Milliseconds kLayoutRest{300};
constexpr int kLeastDetails = 200;
constexpr int kMostDetails = 1200;

} // namespace

InboxTab::InboxTab(const UiContext &context, QWidget *parent)
    : WebhooksTab(parent)
    , m_context(context)
    , m_strip(new ReceiverStrip(context, this))
    , m_testReport(new TestReport(context.theme, this))
    , m_banner(new ErrorBanner(context.theme, this))
    , m_filter(new SearchField(context.theme, this))
    , m_resultLabel(new QLabel(this))
    , m_result(new QComboBox(this))
    , m_follow(new QCheckBox(this))
    , m_newest(new QPushButton(this))
    , m_columnsMenu(new QMenu(this))
    , m_columns(new ActionButton(QString(), m_columnsMenu, this))
    , m_model(new DeliveryModel(context.webhooks.deliveries(), context.clock, this))
    , m_table(new TableView(context.theme))
    , m_skeleton(new SkeletonOverlay(context.theme, m_table))
    , m_empty(new InboxEmpty)
    , m_stack(new QStackedWidget)
    , m_note(makeWords("text2", this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_actions(new DeliveryActions(context, this))
    , m_details(new DeliveryDetails(context, *m_actions, this))
{
    if (const std::optional<SelfTest> &test = context.webhooks.status().selfTest)
        m_tested = test->at;
    buildTable();
    buildLayout();
    connectTable();
    connectService();
    connectDetails();
}

InboxTab::~InboxTab() = default;

void InboxTab::buildTable()
{
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    // Only the newest are read: another order would be one of a part.
    m_table->setSortingEnabled(false);
    m_table->setItemDelegateForColumn(DeliveryModel::Outcome, new StatusDelegate(m_context.theme, m_table));
    const QStringList ids = DeliveryModel::columnIds();
    m_table->setColumns({{ids.at(0), 130}, {ids.at(1), 170}, {ids.at(2), 120, false, 3}, {ids.at(3), 100}, {ids.at(4), 130}, {ids.at(5), 110, false, 2}, {ids.at(6), 70, false, 1}});
    m_table->setCompact(m_context.settings.value(keys::kCompactRows));
    m_table->restoreLayout(QJsonDocument::fromJson(m_context.settings.value(keys::kDeliveryColumns).toUtf8()).object());
    m_result->addItems(QStringList(static_cast<int>(kLastDeliveryResult) + 2, QString()));
    m_resultLabel->setBuddy(m_result);
    m_follow->setChecked(true);
    m_newest->setAutoDefault(false);
    m_newest->hide();
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRest);
    m_afterwards.setSingleShot(true);
    m_afterwards.setInterval(kAfterwards);
    m_layoutTimer.setSingleShot(true);
    m_layoutTimer.setInterval(kLayoutRest);
}

void InboxTab::buildLayout()
{
    m_filter->setMinimumWidth(180);
    m_filter->setMaximumWidth(420);
    auto *bar = new QHBoxLayout;
    bar->setSpacing(space::kRelated);
    bar->addWidget(m_filter, 2);
    bar->addWidget(m_resultLabel);
    bar->addWidget(m_result);
    bar->addStretch(1);
    bar->addWidget(m_newest);
    bar->addWidget(m_follow);
    bar->addWidget(m_columns);
    auto *list = new QWidget;
    auto *listLayout = new QVBoxLayout(list);
    listLayout->setContentsMargins(0, 0, 0, 0);
    listLayout->setSpacing(space::kInside);
    m_stack->addWidget(m_table);
    // Else the table could not be lower than what stands in its place.
    m_emptyArea = makeScrolling(m_empty);
    m_emptyArea->setFocusProxy(m_empty);
    m_stack->addWidget(m_emptyArea);
    listLayout->addWidget(m_stack, 1);
    listLayout->addWidget(m_note);
    m_note->hide();
    m_splitter->addWidget(list);
    m_splitter->addWidget(m_details);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(space::kRelated);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_details->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::kRelated, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_strip);
    layout->addWidget(m_testReport);
    layout->addWidget(m_banner);
    layout->addLayout(bar);
    layout->addWidget(m_splitter, 1);
}

void InboxTab::connectTable()
{
    connect(m_filter, &SearchField::filterChanged, this, &InboxTab::applyFilter);
    connect(m_filter, &SearchField::leaveRequested, this, &InboxTab::focusRows);
    connect(m_result, &QComboBox::currentIndexChanged, this, &InboxTab::applyFilter);
    connect(m_empty, &InboxEmpty::clearFilterRequested, this, &InboxTab::clearFilter);
    connect(m_model, &DeliveryModel::updated, this, &InboxTab::present);
    connect(m_model, &QAbstractItemModel::modelReset, this, &InboxTab::restoreSelection);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &InboxTab::followSelection);
    connect(m_table, &TableView::rowActivated, this, [this](int row) {
        select(row);
        openCurrentInstance();
    });
    connect(m_table, &QWidget::customContextMenuRequested, this, &InboxTab::showContextMenu);
    connect(m_table, &TableView::layoutChanged, &m_layoutTimer, qOverload<>(&QTimer::start));
    connect(&m_layoutTimer, &QTimer::timeout, this, &InboxTab::saveLayout);
    connect(m_columnsMenu, &QMenu::aboutToShow, this, [this] { m_table->fillColumnMenu(m_columnsMenu); });
    // Who scrolls away from the newest wants to read in peace.
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (value > 0 && !m_ours)
            m_follow->setChecked(false);
    });
    connect(m_follow, &QCheckBox::toggled, this, [this](bool on) {
        m_model->setFollowing(on);
        if (on)
            m_table->scrollToTop();
    });
    connect(m_newest, &QPushButton::clicked, this, [this] {
        const QScopedValueRollback<bool> guard(m_ours, true);
        m_model->showNewest();
        m_table->scrollToTop();
        m_table->setFocus();
    });
    connect(&m_context.settings, &Settings::changed, this, [this](const QString &key) {
        if (key == keys::kCompactRows.name)
            m_table->setCompact(m_context.settings.value(keys::kCompactRows));
    });
}

void InboxTab::connectService()
{
    connect(&m_context.webhooks, &WebhookService::deliveriesCame, this, [this] {
        if (!m_rest.isActive())
            m_rest.start();
        m_afterwards.start();
    });
    connect(&m_afterwards, &QTimer::timeout, this, &InboxTab::news);
    connect(&m_rest, &QTimer::timeout, this, &InboxTab::news);
    connect(&m_context.webhooks, &WebhookService::statusChanged, this, [this] {
        showTest();
        present();
    });
    connect(&m_context.webhooks.deliveries(), &DeliveryStore::statusChanged, this, [this](const DatabaseStatus &status) {
        if (status.isOpen() && m_active)
            m_model->reload();
    });
    m_banner->setDismissible(true);
    connect(m_banner, &ErrorBanner::actionTriggered, this, &InboxTab::refresh);
    connect(m_banner, &ErrorBanner::dismissed, this, [this] { m_notShown.clear(); });
    const auto openSettings = [this] { emit openPageRequested(QStringLiteral("settings/webhooks")); };
    connect(m_strip, &ReceiverStrip::settingsRequested, this, openSettings);
    connect(m_empty, &InboxEmpty::settingsRequested, this, openSettings);
    connect(m_empty, &InboxEmpty::switchOnRequested, m_strip, [this] { m_strip->switchOn(true); });
    connect(m_empty, &InboxEmpty::testRequested, m_strip->testAction(), &QAction::trigger);
}

void InboxTab::connectDetails()
{
    connect(m_details, &DeliveryDetails::closeRequested, this, &InboxTab::closeDetails);
    connect(m_splitter, &QSplitter::splitterMoved, this, &InboxTab::noteShare);
    connect(m_details, &DeliveryDetails::openInstanceRequested, this, &WebhooksTab::openInstanceRequested);
    connect(m_details, &DeliveryDetails::openDeliveryRequested, this, &InboxTab::openDelivery);
    connect(m_actions, &DeliveryActions::reported, this, [this](qint64 about, StateTone tone, const QString &sentence, qint64 came) {
        if (about == m_shown)
            m_details->report(tone, sentence, came > 0 ? std::optional<qint64>(came) : std::nullopt);
    });
}

// ---- what is shown

void InboxTab::activate()
{
    m_active = true;
    if (m_stale)
        news();
}

void InboxTab::deactivate()
{
    m_active = false;
}

void InboxTab::refresh()
{
    m_model->reload();
}

void InboxTab::news()
{
    m_stale = !m_active;
    if (m_active)
        m_model->look();
}

QString InboxTab::countText() const
{
    if (!m_model->wasRead())
        return m_model->isLoading() ? tr("Reading…") : QString();
    const int shown = m_model->rowCount();
    if (!m_model->isFiltered())
        return tr("%Ln delivery(s)", nullptr, static_cast<int>(m_model->total()));
    if (m_model->isComplete())
        return tr("%1 found", "number of deliveries").arg(format::number(shown));
    return m_model->isLoading() ? tr("%1 found, looking for more…").arg(format::number(shown)) : tr("more than %1 found").arg(format::number(shown));
}

void InboxTab::present()
{
    const bool hasRows = m_model->rowCount() > 0;
    const bool isEmpty = m_model->wasRead() && !hasRows && !m_model->error();
    if (isEmpty && m_model->isFiltered())
        m_empty->showFilteredOut(m_model->isLoading());
    else if (isEmpty)
        m_empty->showStatus(m_context.webhooks.status());
    m_stack->setCurrentWidget(isEmpty ? m_emptyArea : m_table);
    m_skeleton->setLoading(!m_model->wasRead() && m_model->isLoading());
    m_newest->setVisible(m_model->waiting() > 0);
    m_newest->setText(m_model->isMoreWaiting() ? tr("More than %Ln new", nullptr, m_model->waiting()) : tr("%Ln new", nullptr, m_model->waiting()));
    m_note->setVisible(m_model->isFull());
    m_note->setText(tr("These are the newest %Ln. A filter finds older ones.", nullptr, m_model->rowCount()));
    presentBanner();
    emit countChanged();
}

/// One that was asked for, and one that the program made by itself when it found something wrong.
void InboxTab::showTest()
{
    const std::optional<SelfTest> &test = m_context.webhooks.status().selfTest;
    if (!test || (m_tested && *m_tested == test->at))
        return;
    m_tested = test->at;
    if (test->reason == SelfTest::Reason::Asked || !test->isOk())
        m_testReport->showTest(*test);
}

void InboxTab::presentBanner()
{
    // The store has sentences of its own; those for errors of the cloud would not fit.
    if (m_model->error())
        m_banner->showMessage(StateTone::Bad, tr("The deliveries could not be read. %1").arg(m_model->error()->message), tr("Try again"));
    else if (!m_notShown.isEmpty())
        m_banner->showMessage(StateTone::Warn, m_notShown);
    else
        m_banner->clear();
}

std::optional<DeliveryResult> InboxTab::chosenResult() const
{
    const int chosen = m_result->currentIndex() - 1;
    return chosen < 0 ? std::nullopt : std::optional(static_cast<DeliveryResult>(chosen));
}

void InboxTab::applyFilter()
{
    m_model->setFilter(m_filter->text(), chosenResult());
}

void InboxTab::clearFilter()
{
    m_result->setCurrentIndex(0);
    m_filter->setFilter(QString());
    m_filter->setFocus();
}

void InboxTab::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void InboxTab::focusRows()
{
    m_stack->currentWidget()->setFocus(Qt::OtherFocusReason);
}

bool InboxTab::isFilled() const
{
    return m_model->wasRead();
}

// ---- the selected one

void InboxTab::followSelection()
{
    const QList<int> rows = m_table->selectedRowNumbers();
    if (const Delivery *delivery = rows.isEmpty() ? nullptr : m_model->at(rows.first()); delivery && delivery->id != m_shown)
        show(*delivery);
}

/// A reading from the top has replaced the rows.
void InboxTab::restoreSelection()
{
    if (const int row = m_shown > 0 ? m_model->rowOf(m_shown) : -1; row >= 0)
        select(row);
}

void InboxTab::select(int row)
{
    const QScopedValueRollback<bool> guard(m_ours, true);
    m_table->selectionModel()->setCurrentIndex(m_model->index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void InboxTab::show(const Delivery &summary)
{
    m_shown = summary.id;
    m_actions->setDelivery(std::nullopt);
    m_details->showSummary(summary);
    openDetails();
    m_readCall.reset(m_context.webhooks.deliveries().read(summary.id))->onFinished(this, [this](const Result<Delivery> &read) {
        m_actions->setDelivery(read ? std::optional(*read) : std::nullopt);
        m_details->showWhole(read);
    });
}

/// Also one that is not among the rows: an old one, or one that the filter hides.
void InboxTab::openDelivery(qint64 id)
{
    if (const int row = m_model->rowOf(id); row >= 0) {
        select(row);
        m_table->scrollTo(m_table->currentIndex());
        return;
    }
    m_table->clearSelection();
    m_readCall.reset(m_context.webhooks.deliveries().read(id))->onFinished(this, [this, id](const Result<Delivery> &read) {
        if (!read) {
            m_notShown = tr("Delivery %1 cannot be shown. %2").arg(deliverywords::number(id), read.error().message);
            presentBanner();
            return;
        }
        m_shown = id;
        m_actions->setDelivery(*read);
        m_details->showSummary(*read);
        m_details->showWhole(read);
        openDetails();
    });
}

void InboxTab::openTarget(const QString &target)
{
    bool ok = false;
    if (const qint64 id = target.toLongLong(&ok); ok && id > 0)
        openDelivery(id);
}

void InboxTab::closeDetails()
{
    const bool hadFocus = m_details->isAncestorOf(QWidget::focusWidget());
    m_shown = 0;
    m_readCall.reset();
    m_actions->setDelivery(std::nullopt);
    m_table->clearSelection();
    m_details->hide();
    if (hadFocus)
        m_table->setFocus();
}

void InboxTab::openCurrentInstance()
{
    const QList<int> rows = m_table->selectedRowNumbers();
    const Delivery *delivery = rows.isEmpty() ? nullptr : m_model->at(rows.first());
    if (delivery && m_context.stores.instances.contains(InstanceId(delivery->subject)))
        emit openInstanceRequested(delivery->subject);
}

void InboxTab::showContextMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    menu->addActions(m_actions->actions());
    menu->addSeparator();
    menu->addAction(m_table->copyAction());
    menu->addAction(m_table->copyCsvAction());
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

QList<QAction *> InboxTab::pageActions() const
{
    return QList<QAction *>{m_strip->testAction(), m_strip->settingsAction()} + m_actions->actions();
}

/// Side by side as long as the columns that cannot leave have room beside the details.
void InboxTab::arrange()
{
    const bool beside = width() >= m_table->leastWidth() + std::max(m_details->minimumSizeHint().width(), kDetailsWidth) + m_splitter->handleWidth();
    const Qt::Orientation wanted = beside ? Qt::Horizontal : Qt::Vertical;
    if (wanted == m_splitter->orientation())
        return;
    m_splitter->setOrientation(wanted);
    shareRoom();
}

void InboxTab::shareRoom()
{
    const bool beside = m_splitter->orientation() == Qt::Horizontal;
    const int room = beside ? m_splitter->width() : m_splitter->height();
    const int details = beside ? m_detailsWidth : qRound(room * m_detailsShare);
    m_splitter->setSizes({std::max(0, room - details), details});
}

/// By hand: it is kept for the next time.
void InboxTab::noteShare()
{
    const int details = m_splitter->sizes().value(1);
    if (m_splitter->orientation() == Qt::Horizontal)
        m_detailsWidth = details;
    else if (m_splitter->height() > 0)
        m_detailsShare = static_cast<double>(details) / m_splitter->height();
}

void InboxTab::openDetails()
{
    m_notShown.clear();
    arrange();
    if (!m_details->isHidden())
        return;
    m_details->show();
    shareRoom(); // what is hidden keeps no share
}

void InboxTab::resizeEvent(QResizeEvent *event)
{
    WebhooksTab::resizeEvent(event);
    arrange();
}

void InboxTab::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_details->isVisible()) {
        closeDetails();
        event->accept();
        return;
    }
    WebhooksTab::keyPressEvent(event);
}

// ---- what is kept

void InboxTab::saveLayout()
{
    const QByteArray layout = QJsonDocument(m_table->saveLayout()).toJson(QJsonDocument::Compact);
    // A layout that cannot be written is not worth a word: Settings::writeFailed tells of the disk.
    static_cast<void>(m_context.settings.setValue(keys::kDeliveryColumns, QString::fromUtf8(layout)));
}

QJsonObject InboxTab::saveState() const
{
    const std::optional<DeliveryResult> result = chosenResult();
    return {{QStringLiteral("filter"), m_filter->text()},
            {QStringLiteral("result"), result ? deliveryResultName(*result) : QString()},
            {QStringLiteral("follow"), m_follow->isChecked()},
            {QStringLiteral("current"), QString::number(m_shown)},
            {QStringLiteral("detailsWidth"), m_detailsWidth},
            {QStringLiteral("details"), m_details->saveState()}};
}

void InboxTab::restoreState(const QJsonObject &state)
{
    m_filter->setFilter(state.value(QStringLiteral("filter")).toString());
    const QString result = state.value(QStringLiteral("result")).toString();
    for (int i = 0; i <= static_cast<int>(kLastDeliveryResult); ++i) {
        if (deliveryResultName(static_cast<DeliveryResult>(i)) == result)
            m_result->setCurrentIndex(i + 1);
    }
    m_follow->setChecked(state.value(QStringLiteral("follow")).toBool(true));
    if (const int wide = state.value(QStringLiteral("detailsWidth")).toInt(); wide >= kLeastDetails && wide <= kMostDetails)
        m_detailsWidth = wide;
    m_details->restoreState(state.value(QStringLiteral("details")).toObject());
    if (const qint64 id = state.value(QStringLiteral("current")).toString().toLongLong(); id > 0)
        openDelivery(id);
}

void InboxTab::retranslate()
{
    m_filter->setAccessibleName(tr("Filter deliveries"));
    m_filter->setPlaceholderText(tr("Filter deliveries"));
    m_filter->setToolTip(tr("Words that occur in a delivery's line, or in one field: %1").arg(DeliveryModel::filterFields().join(QStringLiteral(":  ")) + QLatin1Char(':')));
    m_resultLabel->setText(tr("Result"));
    m_result->setAccessibleName(tr("Result"));
    m_result->setItemText(0, tr("All"));
    for (int i = 0; i <= static_cast<int>(kLastDeliveryResult); ++i)
        m_result->setItemText(i + 1, deliverywords::look(static_cast<DeliveryResult>(i)).word);
    m_follow->setText(tr("Follow newest"));
    m_follow->setToolTip(tr("New deliveries come in at the top at once"));
    m_columns->setText(tr("Columns"));
    m_columns->setAccessibleName(tr("Columns"));
    m_columns->setToolTip(tr("Which columns the table shows"));
    m_table->setAccessibleName(tr("Deliveries table"));
    m_strip->retranslate();
    m_testReport->retranslate();
    m_actions->retranslate();
    m_model->retranslate();
    present();
}

} // namespace novita
