// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/instancespage.h"

#include "core/guards/schedulerule.h"
#include "core/settings/profilestore.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/accounting.h"
#include "core/workflows/bulkrun.h"
#include "core/workflows/fleetsummary.h"
#include "core/workflows/instancecommands.h"
#include "core/workflows/sessioncontroller.h"
#include "core/workflows/stores.h"
#include "ui/delegates/statusdelegate.h"
#include "ui/errortext.h"
#include "ui/format.h"
#include "ui/instances/bulkresults.h"
#include "ui/instances/guarddialogs.h"
#include "ui/instances/instanceactions.h"
#include "ui/instances/instancedetails.h"
#include "ui/instances/launcher.h"
#include "ui/models/instancemodel.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/listpane.h"
#include "ui/widgets/pageheader.h"
#include "ui/widgets/tableview.h"

#include <QAction>
#include <QItemSelectionModel>
#include <QMenu>

namespace novita {

namespace {

// Walking through the table with the arrow keys reads only what one stays on.
constexpr std::chrono::milliseconds kDetailRest{250};

InstanceModel *modelOf(const UiContext &context)
{
    auto *model = new InstanceModel(context.stores.instances, context.clock);
    model->setLedger(&context.accounting.ledger);
    model->setClusters(context.stores.clusters);
    model->setTags(context.tags);
    return model;
}

} // namespace

InstancesPage::InstancesPage(const UiContext &context, QWidget *parent)
    : InstancesPage(context, std::make_unique<SystemLauncher>(), parent)
{
}

InstancesPage::InstancesPage(const UiContext &context, std::unique_ptr<Launcher> launcher, QWidget *parent)
    : InstancesPage(context, std::move(launcher), modelOf(context), new InstanceDetails(context), parent)
{
}

InstancesPage::InstancesPage(const UiContext &context, std::unique_ptr<Launcher> launcher, InstanceModel *model, InstanceDetails *details,
                             QWidget *parent)
    : BrowsePage(context, {model, context.stores.instances, DataKind::Instances, keys::kInstanceColumns, details}, parent)
    , m_launcher(std::move(launcher))
    , m_model(model)
    , m_details(details)
    , m_actions(new InstanceActions(context, *m_launcher, this))
    , m_schedule(new QAction(this))
    , m_guards(new QAction(this))
    , m_actionBanner(new ErrorBanner(context.theme, this))
{
    m_detailTimer.setSingleShot(true);
    m_detailTimer.setInterval(kDetailRest);
    buildHeader();
    connectPane();
    connectActions();
    connectStores();
    retranslate();
}

InstancesPage::~InstancesPage() = default;

void InstancesPage::buildHeader()
{
    header()->addSecondary(m_actions->of(InstanceAction::Start));
    header()->addSecondary(m_actions->of(InstanceAction::Stop));
    header()->addSecondary(m_actions->of(InstanceAction::Restart));
    header()->addSecondary(m_actions->of(InstanceAction::Delete));
    auto *moreMenu = new QMenu(this);
    moreMenu->addActions(m_actions->overflow());
    moreMenu->addSeparator();
    moreMenu->addActions({m_schedule, m_guards});
    moreMenu->setToolTipsVisible(true);
    m_more = header()->addMenuButton(QString(), moreMenu);
    header()->setPrimary(m_actions->create());
    m_actionBanner->setDismissible(true);
    addBelowHeader(m_actionBanner);
}

void InstancesPage::connectPane()
{
    TableView *table = pane()->table();
    table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    table->setItemDelegateForColumn(InstanceModel::State, new StatusDelegate(context().theme, table));
    table->addAction(m_actions->of(InstanceAction::Delete));
    pane()->setMenuActions(m_actions->all());
    pane()->setForgivesMisses(true);
    connect(table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &InstancesPage::applySelection);
    connect(m_model, &InstanceModel::updated, this, &InstancesPage::applySelection);
    connect(pane(), &ListPane::nothingActionRequested, this, [this] { emit newInstanceRequested({}, {}); });
    connect(pane(), &ListPane::currentChanged, this, [this](const QString &id) {
        const InstanceId instance(id);
        if (instance == m_details->instanceId()) {
            m_details->refresh();
            return;
        }
        m_detailCall.reset();
        m_details->setInstanceId(instance);
        readDetailsSoon();
    });
    connect(pane(), &ListPane::activated, this, &InstancesPage::readDetailsSoon);
    connect(m_details, &InstanceDetails::closeRequested, this, [this] { pane()->openDetails(false); });
    connect(m_details, &InstanceDetails::terminalRequested, m_actions->openTerminal(), &QAction::trigger);
    connect(m_details, &InstanceDetails::openUrlRequested, this, [this](const QString &address) { m_actions->openPageOf(m_details->instanceId(), address); });
    connect(m_details, &InstanceDetails::readRequested, this, [this] { readDetails(true); });
    connect(&m_detailTimer, &QTimer::timeout, this, [this] { readDetails(false); });
}

void InstancesPage::connectActions()
{
    connect(m_actions, &InstanceActions::newRequested, this, [this] { emit newInstanceRequested({}, {}); });
    connect(m_schedule, &QAction::triggered, this, [this] {
        if (const QList<InstanceId> ids = selection(); !ids.isEmpty())
            guarddialogs::addSchedule(context(), ids, this);
    });
    connect(m_guards, &QAction::triggered, this, [this] { guarddialogs::showAll(context(), this); });
    connect(m_actions, &InstanceActions::cloneRequested, this, &InstancesPage::cloneInstanceRequested);
    connect(m_actions, &InstanceActions::severalRequested, this, &InstancesPage::severalInstancesRequested);
    connect(m_actions, &InstanceActions::bulkStarted, this,
            [this](BulkRun *run) { showBulkResults(run, context().commands, context().theme, this); });
    connect(m_actions, &InstanceActions::actionFailed, this, &InstancesPage::showFailure);
    connect(&context().commands, &InstanceCommands::taken, this, [this](const Instance &before, InstanceAction action) {
        // What failed has been done after all, here or by another way.
        if (m_failure && m_failure->id == before.id && m_failure->request.action() == action) {
            m_failure.reset();
            m_actionBanner->clear();
        }
    });
    const auto warn = [this](const QString &sentence) {
        m_failure.reset();
        m_actionBanner->showMessage(StateTone::Warn, sentence);
    };
    connect(m_actions, &InstanceActions::launchFailed, this, warn);
    connect(m_actions, &InstanceActions::lockWillPass, this, warn);
    connect(m_actionBanner, &ErrorBanner::remedyRequested, this, &InstancesPage::applyFailureRemedy);
}

void InstancesPage::connectStores()
{
    const InstanceStore &store = context().stores.instances;
    connect(&store, &InstanceStore::statusChanged, this, [this](const InstanceId &id) {
        if (id == m_details->instanceId())
            readDetailsSoon();
    });
    connect(&store, &InstanceStore::wasReset, this, [this] {
        m_detailCall.reset();
        m_failure.reset();
        m_actionBanner->clear();
    });
    connect(&store, &InstanceStore::freshnessChanged, this, [this] {
        if (!context().stores.instances.lastError() && !context().stores.instances.isRefreshing())
            readMissingConnection();
    });
    connect(&context().session, &SessionController::connectionChanged, this, [this] {
        if (context().session.connection() == ConnectionState::Connected)
            readMissingConnection();
    });
    connect(&context().fleet, &FleetSummary::numbersChanged, this, &InstancesPage::updateSubtitle);
    connect(&context().profiles, &ProfileStore::activeChanged, m_actions, &InstanceActions::refresh);
    connect(&context().settings, &Settings::changed, this, [this](const QString &key) {
        if (key == keys::kDeleteLocks.name)
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
    BrowsePage::activate();
    readDetailsSoon();
}

void InstancesPage::deactivate()
{
    BrowsePage::deactivate();
    m_detailTimer.stop();
    m_detailCall.reset();
}

void InstancesPage::refresh()
{
    BrowsePage::refresh();
    readDetailsSoon();
}

QList<QAction *> InstancesPage::pageActions() const
{
    QList<QAction *> actions = m_actions->all();
    actions.append(pane()->exportAction());
    return actions;
}

bool InstancesPage::showInstance(const QString &id)
{
    const bool known = pane()->showId(id);
    // It may have been the current one all along, with its details closed.
    readDetailsSoon();
    return known;
}

QList<InstanceId> InstancesPage::selection() const
{
    QList<InstanceId> ids;
    const QList<int> rows = pane()->table()->selectedRowNumbers();
    ids.reserve(rows.size());
    for (const int row : rows)
        ids.append(InstanceId(m_model->idAt(row)));
    return ids;
}

void InstancesPage::applySelection()
{
    const QList<InstanceId> ids = selection();
    m_actions->setSelection(ids);
    updateSchedule(ids.size());
}

void InstancesPage::updateSchedule(qsizetype selected)
{
    const QString why = selected == 0 ? tr("Select an instance first")
                        : selected > ScheduleRule::kMostInstances ? tr("A schedule is for at most %1 instances").arg(format::number(ScheduleRule::kMostInstances)) : QString();
    m_schedule->setEnabled(why.isEmpty());
    m_schedule->setToolTip(why.isEmpty() ? tr("Starts or stops the selected instances at a time") : why);
}

void InstancesPage::readDetailsSoon()
{
    if (isTicking())
        m_detailTimer.start();
}

void InstancesPage::readDetails(bool userAsked)
{
    if (!isTicking() || !m_details->isVisible() || m_details->instanceId().isEmpty())
        return;
    m_detailTimer.stop();
    // What is tried again by itself keeps its sentence until the answer is another.
    if (userAsked)
        m_details->setReadOutcome(std::nullopt);
    m_detailCall.reset(context().refresher.refreshInstance(m_details->instanceId(), userAsked))->onFinished(this, [this](const Result<Done> &read) {
        if (read || !read.error().isCanceled())
            m_details->setReadOutcome(read);
    });
}

/// What could not be read is asked for again once the cloud answers again.
void InstancesPage::readMissingConnection()
{
    if (m_details->waitsForConnection() && !m_detailCall.isBusy() && !m_detailTimer.isActive())
        readDetailsSoon();
}

// ---- what went wrong

void InstancesPage::showFailure(const ActionFailure &failure)
{
    m_failure = failure;
    const bool repeat = failure.mayRepeat() && m_actions->isAllowed(failure.id, failure.request.action());
    m_actionBanner->setError(failure.error, failure.what(), repeat ? tr("Retry") : tr("Refresh"));
}

void InstancesPage::applyFailureRemedy(ErrorRemedy remedy)
{
    const std::optional<ActionFailure> failure = std::exchange(m_failure, std::nullopt);
    m_actionBanner->clear();
    // The state may have changed since the banner came up; what is not allowed any more is looked at anew instead.
    if (remedy == ErrorRemedy::Retry && failure && failure->mayRepeat() && m_actions->isAllowed(failure->id, failure->request.action()))
        m_actions->repeat(failure->id, failure->request);
    else
        applyRemedy(remedy);
}

void InstancesPage::applyRemedy(ErrorRemedy remedy)
{
    if (remedy == ErrorRemedy::TopUp)
        m_actions->openUrl(QStringLiteral("https://novita.ai/billing"));
    else
        BrowsePage::applyRemedy(remedy);
}

// ---- what the page says

void InstancesPage::tick()
{
    BrowsePage::tick();
    if (!isVisible())
        return;
    const auto [first, last] = pane()->table()->visibleRows();
    m_model->tick(first, last);
    if (m_details->isVisible())
        m_details->refresh();
}

QString InstancesPage::subtitleNote() const
{
    return tr("%1 running").arg(format::number(context().fleet.numbers().running));
}

/// While thousands of rows arrive, the table is behind the numbers beside it.
int InstancesPage::total() const
{
    return static_cast<int>(context().stores.instances.size());
}

ListWords InstancesPage::words() const
{
    ListWords words;
    words.tableName = tr("Instances table");
    words.filterName = tr("Filter instances");
    words.filterHint = tr("Filter, for example state:running gpu:4090");
    words.filterHelp = tr("Words, or field:value with name, state, gpu, region, billing, image, tag or id");
    words.nothing = tr("You have no instances yet.");
    words.nothingAction = tr("New instance");
    words.noMatch = tr("No instance matches “%1”.");
    return words;
}

// ---- session and language

QJsonObject InstancesPage::saveState() const
{
    QJsonObject state = BrowsePage::saveState();
    state.insert(QStringLiteral("detailsTab"), m_details->tab());
    return state;
}

void InstancesPage::restoreState(const QJsonObject &state)
{
    m_details->setTab(state.value(QStringLiteral("detailsTab")).toString());
    BrowsePage::restoreState(state);
}

void InstancesPage::retranslate()
{
    m_more->setText(tr("More"));
    m_more->setAccessibleName(tr("More actions"));
    m_more->setToolTip(tr("More actions on the selected instances"));
    m_schedule->setText(tr("Schedule…"));
    updateSchedule(pane()->table()->selectedRowNumbers().size());
    m_guards->setText(tr("Guards…"));
    m_guards->setToolTip(tr("Every rule that acts by itself"));
    m_actions->retranslate();
    BrowsePage::retranslate();
}

} // namespace novita
