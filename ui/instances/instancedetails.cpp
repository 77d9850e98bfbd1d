// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/instancedetails.h"

#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/accounting.h"
#include "core/workflows/history.h"
#include "core/workflows/insight.h"
#include "core/workflows/instancecommands.h"
#include "core/workflows/instancetags.h"
#include "core/workflows/startupwatch.h"
#include "core/workflows/stores.h"
#include "ui/errortext.h"
#include "ui/format.h"
#include "ui/instances/configurationtab.h"
#include "ui/instances/connecttab.h"
#include "ui/instances/eventlist.h"
#include "ui/instances/guardstab.h"
#include "ui/instances/logstab.h"
#include "ui/instances/metricstab.h"
#include "ui/instances/startuptab.h"
#include "ui/widgets/statechip.h"
#include "ui/models/instancetext.h"
#include "ui/models/productwords.h"
#include "ui/theme.h"
#include "ui/widgets/detailshead.h"

#include <QEvent>
#include <QLabel>
#include <QScrollArea>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr int kLinesForFooter = 10;

QScrollArea *scrolling(QWidget *content)
{
    auto *area = new QScrollArea;
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // A scroll area without a background of its own shows the card beneath.
    area->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    return area;
}

const QStringList &tabNames()
{
    static const QStringList kNames{QStringLiteral("connect"), QStringLiteral("metrics"), QStringLiteral("logs"), QStringLiteral("startup"),
                                    QStringLiteral("configuration"), QStringLiteral("guards"), QStringLiteral("activity")};
    return kNames;
}

} // namespace

InstanceDetails::InstanceDetails(const UiContext &context, QWidget *parent)
    : QFrame(parent)
    , m_context(context)
    , m_head(new DetailsHead(context.theme, this))
    , m_chip(new StateChip(context.theme, this))
    , m_tabs(new QTabWidget(this))
    , m_connect(new ConnectTab(context.theme))
    , m_metrics(new MetricsTab(context))
    , m_logs(new LogsTab(context))
    , m_configuration(new ConfigurationTab)
    , m_startup(new StartupTab)
    , m_guards(new GuardsTab(context))
    , m_events(new EventList(context.stores.activity))
    , m_line(new QFrame(this))
    , m_footer(new QLabel(this))
{
    setProperty("card", true);
    buildLayout();
    retranslate();
    const auto smallTabs = [this] { m_tabs->tabBar()->setFont(m_context.theme.font(TextStyle::Small)); };
    smallTabs();
    connect(&context.theme, &Theme::changed, this, smallTabs);
    connect(m_head, &DetailsHead::closeRequested, this, &InstanceDetails::closeRequested);
    connect(m_connect, &ConnectTab::openRequested, this, &InstanceDetails::openUrlRequested);
    connect(m_connect, &ConnectTab::terminalRequested, this, &InstanceDetails::terminalRequested);
    connect(m_connect, &ConnectTab::checkRequested, this, [this](const QString &label) { m_context.insight.reachability.check(m_id, label); });
    connect(&context.insight.reachability, &ReachabilityCheck::changed, this, [this](const InstanceId &id) {
        if (id == m_id)
            refreshReachability();
    });
    connect(m_connect, &ConnectTab::readRequested, this, &InstanceDetails::readRequested);
    connect(m_startup, &StartupTab::checkRequested, this, &InstanceDetails::checkEndpoints);
    connect(&context.startups, &StartupWatch::changed, this, [this](const InstanceId &id) {
        if (id == m_id)
            refreshStartup();
    });
    connect(&context.tags, &InstanceTags::changed, this, [this](const QStringList &ids) {
        if (ids.contains(m_id.toString()))
            refresh();
    });
}

void InstanceDetails::buildLayout()
{
    m_head->addWidget(m_chip);
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setDrawBase(false);
    // In a narrow pane the words give way: arrows beside the tabs hide the last one.
    m_tabs->tabBar()->setProperty("dense", true);
    m_tabs->setUsesScrollButtons(false);
    m_tabs->setElideMode(Qt::ElideRight);
    m_tabs->addTab(scrolling(m_connect), QString());
    m_tabs->addTab(scrolling(m_metrics), QString());
    m_tabs->addTab(scrolling(m_logs), QString());
    m_tabs->addTab(scrolling(m_startup), QString());
    m_tabs->addTab(scrolling(m_configuration), QString());
    m_tabs->addTab(scrolling(m_guards), QString());
    m_tabs->addTab(m_events, QString());
    m_footer->setTextFormat(Qt::PlainText);
    m_footer->setWordWrap(true);
    m_footer->setProperty("tone", QStringLiteral("text2"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kGroup, space::kRelated, space::kRelated, space::kGroup);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_head);
    layout->addWidget(m_tabs, 1);
    // What scrolls ends at this line; the cost below it stays.
    m_line->setProperty("hairline", true);
    m_line->setFixedHeight(1);
    layout->addWidget(m_line);
    layout->addWidget(m_footer);
    setMinimumWidth(280);
}

void InstanceDetails::setInstanceId(const InstanceId &id)
{
    const bool other = m_id != id;
    m_id = id;
    m_metrics->setInstanceId(id);
    m_guards->setInstanceId(id);
    m_events->setSubject(id.toString());
    if (other) {
        m_connect->setReadOutcome(std::nullopt);
        m_startup->setProblem({});
        m_checkCall.reset();
        readEarlierStart();
    }
    refresh();
}

void InstanceDetails::setReadOutcome(const std::optional<Result<Done>> &outcome)
{
    m_connect->setReadOutcome(outcome);
}

bool InstanceDetails::waitsForConnection() const
{
    const Instance *instance = m_context.stores.instances.find(m_id);
    return instance && instance->status == InstanceStatus::Running && !instance->connection;
}

/// What is known of the last start when this run of the program has not seen it: from its request on.
void InstanceDetails::readEarlierStart()
{
    m_earlierStart.clear();
    m_timelineCall.reset();
    if (m_id.isEmpty() || m_context.history.profile().isEmpty())
        return;
    m_timelineCall.reset(m_context.history.timeline.read(m_context.history.profile(), m_id))->onFinished(this, [this](const Result<QList<TimelineEntry>> &read) {
        QList<TimelineEntry> steps = read.valueOr({});
        const QLatin1String begin = startupInfo(StartupState::Requested).name;
        const auto last = std::find_if(steps.rbegin(), steps.rend(), [begin](const TimelineEntry &step) { return step.state == begin; });
        if (last != steps.rend())
            steps.erase(steps.begin(), std::prev(last.base()));
        m_earlierStart = steps;
        refreshStartup();
    });
}

void InstanceDetails::refreshStartup()
{
    const Instance *instance = m_context.stores.instances.find(m_id);
    if (!instance)
        return;
    const StartupMonitor *monitor = m_context.startups.find(m_id);
    m_startup->setUsual(m_context.startups.usualStart());
    m_startup->setStartup(monitor, m_earlierStart, instance->status, m_context.clock.now());
}

void InstanceDetails::refreshReachability()
{
    m_connect->setReachability(m_context.insight.reachability.results(m_id), m_context.clock.now());
}

void InstanceDetails::checkEndpoints()
{
    m_checkCall.reset(m_context.startups.recheck(m_id))->onFinished(this, [this](const Result<Done> &begun) {
        if (!begun && !begun.error().isCanceled())
            m_startup->setProblem(errorText(begun.error()).sentence);
    });
}

void InstanceDetails::refresh()
{
    const Instance *instance = m_context.stores.instances.find(m_id);
    m_logs->setInstance(instance ? std::optional(*instance) : std::nullopt);
    if (!instance)
        return;
    const int clipboardSeconds = m_context.settings.value(keys::kClipboardClearSeconds);
    m_connect->setClipboardSeconds(clipboardSeconds);
    m_configuration->setClipboardSeconds(clipboardSeconds);
    m_head->setTitle(instance->displayName(), !instance->hasName());
    m_chip->setState(instancetext::stateOf(*instance, m_context.stores.instances.extra(m_id), m_context.clock.now()));
    // A stopped instance has nothing left to lose by a stop.
    const InstanceAction risk = instance->status == InstanceStatus::Exited ? InstanceAction::Delete : InstanceAction::Stop;
    m_connect->setInstance(*instance, m_context.commands.lossOf(m_id, risk), risk);
    m_configuration->setInstance(*instance, productwords::regionName(instance->clusterName, instance->clusterId, m_context.stores.clusters), m_context.tags.of(m_id));
    refreshReachability();
    m_metrics->refresh();
    m_guards->refresh();
    refreshStartup();
    showFooter();
}

/// One line of what it costs; how that comes about is in its tooltip.
void InstanceDetails::showFooter()
{
    const Instance *instance = m_context.stores.instances.find(m_id);
    const InstanceExtra *extra = m_context.stores.instances.extra(m_id);
    const TimePoint now = m_context.clock.now();
    QStringList parts;
    if (const QString rate = instancetext::rateNowText(*instance, extra ? extra->pricePerHour : std::nullopt); !rate.isEmpty())
        parts.append(rate);
    if (const CostSoFar cost = m_context.accounting.ledger.costOf(m_id.toString()); !cost.isUnknown())
        parts.append(tr("%1 so far", "cost").arg(instancetext::costText(cost)));
    if (instance->createdAt && *instance->createdAt <= now)
        parts.append(tr("created %1 ago").arg(format::duration(now - *instance->createdAt)));
    m_footer->setText(parts.join(QStringLiteral(" · ")));
    const QString whole = costDetails();
    m_footer->setToolTip(whole);
    m_footer->setAccessibleDescription(whole);
}

QString InstanceDetails::costDetails() const
{
    const Instance *instance = m_context.stores.instances.find(m_id);
    const InstanceExtra *extra = m_context.stores.instances.extra(m_id);
    QStringList parts;
    const Ledger &ledger = m_context.accounting.ledger;
    const QString rate = instancetext::rateText(*instance, extra ? extra->pricePerHour : std::nullopt);
    if (!rate.isEmpty())
        parts.append(rate);
    const CostSoFar cost = ledger.costOf(m_id.toString());
    if (!cost.isUnknown())
        parts.append(instancetext::costSentence(cost));
    if (const std::optional<Reconciliation> checked = ledger.reconciliationOf(m_id.toString()); checked && !checked->difference().isZero())
        parts.append(tr("bill and estimate differ by %1").arg(format::money(checked->difference())));
    return parts.join(u'\n');
}

QString InstanceDetails::tab() const
{
    return tabNames().value(m_tabs->currentIndex());
}

void InstanceDetails::setTab(const QString &name)
{
    const auto index = static_cast<int>(tabNames().indexOf(name));
    if (index >= 0)
        m_tabs->setCurrentIndex(index);
}

void InstanceDetails::retranslate()
{
    setAccessibleName(tr("Instance details"));
    const QStringList titles{tr("Connect"), tr("Metrics"), tr("Logs"), tr("Start-up"), tr("Setup"), tr("Guards"), tr("Activity")};
    for (int i = 0; i < m_tabs->count(); ++i)
        m_tabs->setTabText(i, titles.value(i));
    m_tabs->setAccessibleName(tr("Instance details tabs"));
    m_events->setAccessibleName(tr("Instance activity"));
    refresh();
}

/// Where there is room for a few lines only, they are for what the tab tells; the price stands in the table as well.
void InstanceDetails::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    const bool room = height() >= fontMetrics().lineSpacing() * kLinesForFooter;
    m_line->setVisible(room);
    m_footer->setVisible(room);
}

void InstanceDetails::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
