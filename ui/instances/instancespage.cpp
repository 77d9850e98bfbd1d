// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/instancespage.h"

#include "core/settings/profilestore.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/fleetsummary.h"
#include "core/workflows/instancecommands.h"
#include "core/workflows/stores.h"
#include "ui/delegates/statusdelegate.h"
#include "ui/errortext.h"
#include "ui/format.h"
#include "ui/instances/bulkresults.h"
#include "ui/instances/instanceactions.h"
#include "ui/instances/instancedetails.h"
#include "ui/instances/instancescontent.h"
#include "ui/instances/launcher.h"
#include "ui/models/instancemodel.h"
#include "ui/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/pageheader.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tableview.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QJsonDocument>
#include <QKeyEvent>
#include <QMenu>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

constexpr std::chrono::milliseconds kTick{1000};
constexpr std::chrono::milliseconds kLayoutRest{300};
// Walking through the table with the arrow keys reads only what one stays on.
constexpr std::chrono::milliseconds kDetailRest{250};

/// Kinds of trouble that a later poll will not mend by itself: said at once, not after three misses.
bool needsThePerson(const Error &error)
{
    return error.kind == ErrorKind::Unauthorized || error.kind == ErrorKind::Forbidden || error.kind == ErrorKind::Tls
           || error.kind == ErrorKind::Protocol || error.kind == ErrorKind::Keychain;
}

} // namespace

InstancesPage::InstancesPage(UiContext context, QWidget *parent)
    : InstancesPage(context, std::make_unique<SystemLauncher>(), parent)
{
}

InstancesPage::InstancesPage(UiContext context, std::unique_ptr<Launcher> launcher, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_launcher(std::move(launcher))
    , m_model(new InstanceModel(context.stores.instances, context.clock, this))
    , m_actions(new InstanceActions(context, *m_launcher, this))
    , m_header(new PageHeader(context.theme, this))
    , m_dataBanner(new ErrorBanner(context.theme, this))
    , m_actionBanner(new ErrorBanner(context.theme, this))
    , m_filter(new SearchField(context.theme, this))
    , m_columnsMenu(new QMenu(this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_table(new TableView(context.theme))
    , m_content(new InstancesContent(context.theme, context.stores.instances, *m_model, m_table))
    , m_details(new InstanceDetails(context, *m_launcher))
{
    m_columns = new ActionButton(QString(), m_columnsMenu, this);
    buildLayout();
    connectTable();
    connectActions();
    connectStores();
    retranslate();
    updateContent();
    updateDataBanner();
}

InstancesPage::~InstancesPage() = default;

void InstancesPage::buildLayout()
{
    m_header->addSecondary(m_actions->start());
    m_header->addSecondary(m_actions->stop());
    m_header->addSecondary(m_actions->restart());
    m_header->addSecondary(m_actions->remove());
    auto *moreMenu = new QMenu(this);
    moreMenu->addActions({m_actions->clone(), m_actions->deleteLock(), m_actions->copySsh(), m_actions->openJupyter(),
                          m_actions->openTerminal()});
    moreMenu->setToolTipsVisible(true);
    m_more = m_header->addMenuButton(QString(), moreMenu);
    m_header->setPrimary(m_actions->create());
    m_actionBanner->setDismissible(true);

    m_splitter->addWidget(m_content);
    m_splitter->addWidget(m_details);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(space::kRelated);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setSizes({1000, 340});
    m_details->hide();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kGroup, space::kPage, space::kGroup);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_header);
    layout->addWidget(m_dataBanner);
    layout->addWidget(m_actionBanner);
    layout->addLayout(buildToolBar());
    layout->addWidget(m_splitter, 1);
}

QHBoxLayout *InstancesPage::buildToolBar()
{
    auto *bar = new QHBoxLayout;
    bar->setSpacing(space::kRelated);
    m_filter->setMaximumWidth(420);
    bar->addWidget(m_filter, 2);
    bar->addStretch(1);
    bar->addWidget(m_columns);
    return bar;
}

void InstancesPage::connectTable()
{
    m_table->setModel(m_model);
    QStringList ids;
    QList<int> widths;
    for (const TableColumn &column : m_model->columns()) {
        ids.append(column.id);
        widths.append(column.width);
    }
    m_table->setColumnIds(ids, widths);
    m_table->setItemDelegateForColumn(InstanceModel::State, new StatusDelegate(m_context.theme, m_table));
    m_table->sortByColumn(InstanceModel::Name, Qt::AscendingOrder);
    m_table->setCompact(m_context.settings.value(keys::kCompactRows));
    m_table->restoreLayout(QJsonDocument::fromJson(m_context.settings.value(keys::kInstanceColumns).toUtf8()).object());

    m_layoutTimer.setSingleShot(true);
    m_layoutTimer.setInterval(kLayoutRest);
    connect(m_table, &TableView::layoutChanged, &m_layoutTimer, qOverload<>(&QTimer::start));
    connect(&m_layoutTimer, &QTimer::timeout, this, &InstancesPage::saveLayout);
    connect(m_columnsMenu, &QMenu::aboutToShow, this, [this] { m_table->fillColumnMenu(m_columnsMenu); });
    connect(m_table, &TableView::rowActivated, this, [this] { openDetails(true); });
    connect(m_table, &QWidget::customContextMenuRequested, this, &InstancesPage::showContextMenu);
    connect(m_filter, &SearchField::filterChanged, m_model, &InstanceModel::setFilter);
    connect(m_model, &InstanceModel::updated, this, [this] {
        keepCurrentRow();
        applySelection();
        updateContent();
        updateSubtitle();
    });
    QItemSelectionModel *selection = m_table->selectionModel();
    connect(selection, &QItemSelectionModel::selectionChanged, this, &InstancesPage::applySelection);
    connect(selection, &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &current) {
        if (current.isValid())
            m_lastRow = current.row();
        showDetailsOfCurrent();
    });
    m_detailTimer.setSingleShot(true);
    m_detailTimer.setInterval(kDetailRest);
    connect(&m_detailTimer, &QTimer::timeout, this, &InstancesPage::readDetails);
    m_tick.setInterval(kTick);
    connect(&m_tick, &QTimer::timeout, this, &InstancesPage::tick);
}

void InstancesPage::connectActions()
{
    m_table->addAction(m_actions->remove());
    connect(m_actions, &InstanceActions::newRequested, this, [this] { emit newInstanceRequested({}, {}); });
    connect(m_actions, &InstanceActions::cloneRequested, this, &InstancesPage::cloneInstanceRequested);
    connect(m_actions, &InstanceActions::bulkStarted, this,
            [this](BulkRun *run) { showBulkResults(run, m_context.commands, m_context.theme, this); });
    connect(m_actions, &InstanceActions::actionFailed, m_actionBanner, &ErrorBanner::setError);
    connect(m_actions, &InstanceActions::launchFailed, this,
            [this](const QString &sentence) { m_actionBanner->showMessage(StateTone::Warn, sentence); });
    connect(m_actionBanner, &ErrorBanner::remedyRequested, this, [this](ErrorRemedy remedy) {
        m_actionBanner->clear();
        applyRemedy(remedy);
    });
    connect(m_dataBanner, &ErrorBanner::remedyRequested, this, &InstancesPage::applyRemedy);
    connect(m_content, &InstancesContent::newRequested, this, [this] { emit newInstanceRequested({}, {}); });
    connect(m_content, &InstancesContent::remedyRequested, this, &InstancesPage::applyRemedy);
    connect(m_content, &InstancesContent::clearFilterRequested, this, [this] {
        m_filter->setFilter(QString());
        m_filter->setFocus();
    });
    connect(m_details, &InstanceDetails::closeRequested, this, [this] { openDetails(false); });
}

void InstancesPage::connectStores()
{
    const InstanceStore &store = m_context.stores.instances;
    connect(&store, &InstanceStore::changed, this, [this](const QStringList &ids) {
        if (ids.contains(m_details->instanceId().toString()))
            m_details->refresh();
    });
    connect(&store, &InstanceStore::statusChanged, this, [this](const InstanceId &id) {
        if (id == m_details->instanceId() && m_details->isVisible())
            m_detailTimer.start();
    });
    connect(&store, &InstanceStore::wasReset, this, [this] {
        m_detailCall.reset();
        m_actionBanner->clear();
        m_lastRow = -1;
        m_details->setInstanceId({});
        m_details->hide();
    });
    connect(&store, &InstanceStore::freshnessChanged, this, [this] {
        updateDataBanner();
        updateContent();
        updateSubtitle();
    });
    connect(&m_context.fleet, &FleetSummary::numbersChanged, this, &InstancesPage::updateSubtitle);
    connect(&m_context.profiles, &ProfileStore::activeChanged, m_actions, &InstanceActions::refresh);
    connect(&m_context.settings, &Settings::changed, this, [this](const QString &key) {
        if (key == keys::kCompactRows.name)
            m_table->setCompact(m_context.settings.value(keys::kCompactRows));
        else if (key == keys::kDeleteLocks.name)
            m_actions->refresh();
    });
}

QSet<DataKind> InstancesPage::wanted() const
{
    // Prices come from the products, so the table needs them as well.
    return {DataKind::Instances, DataKind::Products, DataKind::Clusters};
}

void InstancesPage::activate()
{
    m_tick.start();
    tick();
    if (m_details->isVisible())
        m_detailTimer.start();
}

void InstancesPage::deactivate()
{
    m_tick.stop();
    m_detailTimer.stop();
    m_detailCall.reset();
}

void InstancesPage::refresh()
{
    m_refreshCall.reset(m_context.refresher.refresh(DataKind::Instances));
    if (m_details->isVisible())
        m_detailTimer.start();
}

void InstancesPage::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

QList<QAction *> InstancesPage::pageActions() const
{
    return m_actions->all();
}

bool InstancesPage::isFilled() const
{
    return m_model->rowCount() > 0;
}

// ---- selection and details

void InstancesPage::applySelection()
{
    QList<InstanceId> ids;
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    ids.reserve(rows.size());
    for (const QModelIndex &row : rows)
        ids.append(InstanceId(m_model->idAt(row.row())));
    m_actions->setSelection(ids);
}

/// When the row under the keyboard is gone for good, the keyboard goes on where it was, and does not jump to the top.
void InstancesPage::keepCurrentRow()
{
    if (!m_restoredId.isEmpty() && m_model->rowOf(m_restoredId) >= 0) {
        const QString id = std::exchange(m_restoredId, {});
        showInstance(id);
        return;
    }
    if (m_table->currentIndex().isValid() || m_lastRow < 0 || m_model->rowCount() == 0
        || m_context.stores.instances.contains(m_details->instanceId()))
        return;
    const int row = std::min(m_lastRow, m_model->rowCount() - 1);
    m_table->selectionModel()->setCurrentIndex(m_model->index(row, InstanceModel::Name), QItemSelectionModel::NoUpdate);
}

void InstancesPage::showDetailsOfCurrent()
{
    const QString id = m_model->idAt(m_table->currentIndex().row());
    if (!id.isEmpty() && m_details->instanceId().toString() != id) {
        m_detailCall.reset();
        m_details->setInstanceId(InstanceId(id));
    }
    const bool known = m_context.stores.instances.contains(m_details->instanceId());
    const bool show = m_detailsWanted && known && m_content->showsTable();
    m_details->setVisible(show);
    if (show && !id.isEmpty())
        m_detailTimer.start();
}

void InstancesPage::openDetails(bool open)
{
    m_detailsWanted = open;
    const bool hadFocus = m_details->isAncestorOf(QWidget::focusWidget());
    showDetailsOfCurrent();
    if (!open && hadFocus)
        m_table->setFocus();
}

void InstancesPage::readDetails()
{
    if (m_tick.isActive() && m_details->isVisible() && !m_details->instanceId().isEmpty())
        m_detailCall.reset(m_context.refresher.refreshInstance(m_details->instanceId()));
}

bool InstancesPage::showInstance(const QString &id)
{
    m_model->flush();
    if (m_model->rowOf(id) < 0)
        m_filter->setFilter(QString());
    const int row = m_model->rowOf(id);
    if (row < 0) {
        m_restoredId = id;
        return false;
    }
    m_detailsWanted = true;
    m_table->selectionModel()->setCurrentIndex(m_model->index(row, InstanceModel::Name),
                                               QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_table->scrollTo(m_table->currentIndex());
    showDetailsOfCurrent();
    return true;
}

void InstancesPage::showContextMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    menu->addActions(m_actions->all());
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

void InstancesPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_details->isVisible()) {
        openDetails(false);
        event->accept();
        return;
    }
    Page::keyPressEvent(event);
}

// ---- what the page says

void InstancesPage::tick()
{
    if (!isVisible())
        return;
    const auto [first, last] = m_table->visibleRows();
    m_model->tick(first, last);
    updateSubtitle();
    if (m_details->isVisible())
        m_details->refresh();
}

void InstancesPage::updateSubtitle()
{
    const InstanceStore &store = m_context.stores.instances;
    QStringList parts;
    if (m_model->rowCount() == m_model->totalCount())
        parts.append(format::number(m_model->totalCount()));
    else
        parts.append(tr("%1 of %2").arg(format::number(m_model->rowCount()), format::number(m_model->totalCount())));
    parts.append(tr("%1 running").arg(format::number(m_context.fleet.numbers().running)));
    parts.append(format::age(store.refreshedAt(), m_context.clock.now()));
    m_header->setSubtitle(parts.join(QStringLiteral(" · ")));
}

void InstancesPage::updateDataBanner()
{
    const InstanceStore &store = m_context.stores.instances;
    const bool say = store.lastError() && !store.isEmpty() && (store.isStale() || needsThePerson(*store.lastError()));
    m_dataBanner->setError(say ? store.lastError() : std::nullopt);
}

void InstancesPage::updateContent()
{
    m_content->refresh();
    if (m_content->showsTable() != m_details->isVisible())
        showDetailsOfCurrent();
}

void InstancesPage::applyRemedy(ErrorRemedy remedy)
{
    switch (remedy) {
    case ErrorRemedy::OpenProfiles:
    case ErrorRemedy::OpenNetworkSettings:
        emit openPageRequested(QStringLiteral("settings"));
        break;
    case ErrorRemedy::ChooseAnotherProduct:
        emit newInstanceRequested({}, {});
        break;
    case ErrorRemedy::TopUp:
        m_launcher->openUrl(QUrl(QStringLiteral("https://novita.ai/billing")));
        break;
    default:
        refresh();
        break;
    }
}

// ---- layout and language

void InstancesPage::saveLayout()
{
    const QByteArray layout = QJsonDocument(m_table->saveLayout()).toJson(QJsonDocument::Compact);
    // A layout that cannot be written is not worth a word: Settings::writeFailed tells of the disk.
    static_cast<void>(m_context.settings.setValue(keys::kInstanceColumns, QString::fromUtf8(layout)));
}

QJsonObject InstancesPage::saveState() const
{
    const QList<int> sizes = m_splitter->sizes();
    return {{QStringLiteral("filter"), m_filter->text()},
            {QStringLiteral("details"), m_detailsWanted},
            {QStringLiteral("detailsWidth"), m_details->isVisible() ? sizes.value(1) : 0},
            {QStringLiteral("detailsTab"), m_details->tab()},
            {QStringLiteral("current"), m_details->instanceId().toString()}};
}

void InstancesPage::restoreState(const QJsonObject &state)
{
    m_filter->setFilter(state.value(QStringLiteral("filter")).toString().left(500));
    m_detailsWanted = state.value(QStringLiteral("details")).toBool(true);
    const int width = state.value(QStringLiteral("detailsWidth")).toInt();
    if (width > 0)
        m_splitter->setSizes({2000, std::clamp(width, 280, 1200)});
    m_details->setTab(state.value(QStringLiteral("detailsTab")).toString());
    const bool details = m_detailsWanted;
    const QString current = state.value(QStringLiteral("current")).toString();
    if (!current.isEmpty())
        showInstance(current);
    m_detailsWanted = details;
    showDetailsOfCurrent();
}

void InstancesPage::retranslate()
{
    m_header->setTitle(title());
    m_more->setText(tr("More"));
    m_more->setAccessibleName(tr("More actions"));
    m_columns->setText(tr("Columns"));
    m_columns->setAccessibleName(tr("Columns"));
    m_filter->setPlaceholderText(tr("Filter, for example state:running gpu:4090"));
    m_filter->setAccessibleName(tr("Filter instances"));
    m_filter->setToolTip(tr("Words, or field:value with name, state, gpu, region, billing, image or id"));
    m_table->setAccessibleName(tr("Instances table"));
    updateSubtitle();
}

void InstancesPage::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    if (event->type() != QEvent::LanguageChange)
        return;
    retranslate();
    m_actions->retranslate();
    m_model->retranslate();
    updateContent();
}

} // namespace novita
