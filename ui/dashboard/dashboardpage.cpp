// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/dashboardpage.h"

#include "core/webhooks/webhookservice.h"
#include "core/workflows/accounting.h"
#include "core/workflows/sessioncontroller.h"
#include "core/workflows/stores.h"
#include "ui/dashboard/activityfeed.h"
#include "ui/dashboard/dashboardcharts.h"
#include "ui/dashboard/dashboardtile.h"
#include "ui/dashboard/dashboardwords.h"
#include "ui/format.h"
#include "ui/theme.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/pageheader.h"
#include "ui/widgets/timespanbar.h"

#include <QEvent>
#include <QGridLayout>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace novita {

namespace {

constexpr Seconds kFirstSpan{10800};
/// Ages and spending are read by people: more often would only repaint.
constexpr Milliseconds kTick{5000};
constexpr std::chrono::hours kTrendSpan{24};
constexpr int kTrendPoints = 64;
constexpr int kTileWidth = 164;
constexpr int kNarrowTileWidth = 150;
constexpr int kMostTileWidth = 420;
constexpr int kFeedWidth = 284;
constexpr int kFeedHeight = 320;
/// Narrower than that, the feed stands below the charts.
constexpr int kWideBody = 860;

struct Trend
{
    const char *series;
    int color;
};
/// By tile; spending has no samples.
constexpr std::array<Trend, 6> kTrends{{{"state/running", 2}, {"burn/total", 0}, {nullptr, 0}, {"balance", 4}, {"latency/p95", 1}, {"webhooks/accepted", 3}}};

} // namespace

DashboardPage::DashboardPage(UiContext context, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_header(new PageHeader(context.theme, this))
    , m_bar(new TimeSpanBar(kFirstSpan, this))
    , m_banner(new ErrorBanner(context.theme, this))
    , m_content(new QWidget)
    , m_tileGrid(new QGridLayout)
    , m_body(new QBoxLayout(QBoxLayout::LeftToRight))
    , m_charts(new DashboardCharts(context, *m_bar, m_content))
    , m_feed(new ActivityFeed(context, m_content))
{
    buildTiles();
    buildLayout();
    m_tick.setInterval(kTick);
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connectSources();
    retranslate();
    arrange();
}

void DashboardPage::buildTiles()
{
    m_tileGrid->setSpacing(space::kRelated);
    const QStringList pages{QStringLiteral("instances"), QStringLiteral("costs"), QStringLiteral("costs"), QStringLiteral("costs"), QStringLiteral("activity/requests"),
                            QStringLiteral("webhooks")};
    for (int i = 0; i < TileCount; ++i) {
        auto *tile = new DashboardTile(m_context.theme, m_content);
        tile->setHistoryColor(kTrends.at(static_cast<std::size_t>(i)).color);
        connect(tile, &QAbstractButton::clicked, this, [this, page = pages.at(i)] { emit openPageRequested(page); });
        m_tiles.append(tile);
    }
}

void DashboardPage::buildLayout()
{
    m_header->addWidget(m_bar);
    m_body->setSpacing(space::kGroup);
    m_body->addWidget(m_charts, 1);
    m_body->addWidget(m_feed);
    auto *content = new QVBoxLayout(m_content);
    content->setContentsMargins(0, 0, space::kInside, 0);
    content->setSpacing(space::kGroup);
    content->addLayout(m_tileGrid);
    content->addLayout(m_body, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kGroup, space::kPage, space::kGroup);
    layout->setSpacing(space::kGroup);
    layout->addWidget(m_header);
    layout->addWidget(m_banner);
    layout->addWidget(makeScrolling(m_content, this), 1);
}

void DashboardPage::connectSources()
{
    connect(&m_soon, &QTimer::timeout, this, &DashboardPage::showFleet);
    connect(&m_tick, &QTimer::timeout, this, &DashboardPage::showFigures);
    connect(&m_context.fleet, &FleetSummary::numbersChanged, this, &DashboardPage::scheduleUpdate);
    connect(&m_context.accounting.ledger, &Ledger::billsChanged, this, &DashboardPage::showSpending);
    connect(&m_context.session, &SessionController::connectionChanged, this, &DashboardPage::scheduleUpdate);
    connect(&m_context.session, &SessionController::clientStatusChanged, this, &DashboardPage::scheduleUpdate);
    connect(&m_context.webhooks, &WebhookService::statusChanged, this, &DashboardPage::showWebhooks);
    connect(&m_context.webhooks.meter(), &WebhookMeter::changed, this, &DashboardPage::showWebhooks);
    connect(&m_context.history.database, &Database::statusChanged, this, &DashboardPage::scheduleUpdate);
    for (const EntityStoreBase *store : {static_cast<const EntityStoreBase *>(&m_context.stores.instances), static_cast<const EntityStoreBase *>(&m_context.stores.account)}) {
        connect(store, &EntityStoreBase::freshnessChanged, this, &DashboardPage::scheduleUpdate);
        connect(store, &EntityStoreBase::wasReset, this, &DashboardPage::scheduleUpdate);
    }
    connect(&m_context.stores.account, &EntityStoreBase::changed, this, &DashboardPage::scheduleUpdate);
    connect(&m_context.stores.instances, &EntityStoreBase::wasReset, this, [this] {
        m_trends.reset();
        showTrends({}, {}, {});
    });
    connect(m_charts, &DashboardCharts::readDone, this, [this] {
        readTrends();
        scheduleUpdate();
    });
    connect(m_feed, &ActivityFeed::openInstanceRequested, this, &Page::openInstanceRequested);
    connect(m_feed, &ActivityFeed::openPageRequested, this, &Page::openPageRequested);
    connect(m_banner, &ErrorBanner::actionTriggered, this, [this] { applyRemedy(m_situation.remedy); });
    connect(m_banner, &ErrorBanner::remedyRequested, this, [this](ErrorRemedy remedy) {
        if (const QString page = remedyPage(remedy); !page.isEmpty())
            emit openPageRequested(page);
        else
            applyRemedy(Remedy::Retry);
    });
    connect(&m_context.theme, &Theme::changed, this, [this] {
        m_columns = 0;
        arrange();
    });
}

QString DashboardPage::title() const
{
    return tr("Dashboard");
}

void DashboardPage::refresh()
{
    m_context.refresher.refresh(DataKind::Instances);
    m_context.refresher.refresh(DataKind::Balance);
    m_charts->read();
    showFigures();
}

void DashboardPage::focusContent()
{
    m_feed->takeFocus();
}

QJsonObject DashboardPage::saveState() const
{
    return {{QStringLiteral("span"), static_cast<int>(m_bar->span().count())}};
}

void DashboardPage::restoreState(const QJsonObject &state)
{
    m_bar->setSpan(Seconds(state.value(QLatin1String("span")).toInt()));
}

bool DashboardPage::isFilled() const
{
    return m_context.stores.instances.refreshedAt().has_value() && m_charts->hasPoints();
}

void DashboardPage::applyRemedy(Remedy remedy)
{
    switch (remedy) {
    case Remedy::Profiles:
        emit openPageRequested(QStringLiteral("settings/profiles"));
        break;
    case Remedy::NewInstance:
        emit newInstanceRequested({}, {});
        break;
    case Remedy::ShowError:
    case Remedy::Retry:
        m_context.session.tryNow();
        refresh();
        break;
    }
}

/// As many tiles beside each other, and the feed beside the charts, as there is room for.
void DashboardPage::arrange()
{
    const Theme &theme = m_context.theme;
    const int room = width() - 2 * space::kPage;
    const bool wide = room >= theme.grown(kWideBody);
    // Six, or rows of three or two: one tile by itself in a row looks lost.
    const auto fits = [&theme, room](int columns, int tileWidth) { return room >= columns * theme.grown(tileWidth); };
    const int columns = fits(TileCount, kTileWidth) ? TileCount : fits(3, kNarrowTileWidth) ? 3 : fits(2, kNarrowTileWidth) ? 2 : 1;
    const int layoutKey = wide ? columns : -columns;
    if (layoutKey == m_columns)
        return;
    m_columns = layoutKey;
    for (DashboardTile *tile : std::as_const(m_tiles)) {
        m_tileGrid->removeWidget(tile);
        tile->setMaximumWidth(columns == TileCount ? theme.grown(kMostTileWidth) : QWIDGETSIZE_MAX);
    }
    for (int i = 0; i < TileCount; ++i)
        m_tileGrid->addWidget(m_tiles.at(i), i / columns, i % columns);
    for (int column = 0; column < TileCount; ++column)
        m_tileGrid->setColumnStretch(column, column < columns ? 1 : 0);
    m_body->setDirection(wide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_feed->setMinimumSize(wide ? theme.grown(kFeedWidth) : 0, wide ? 0 : theme.grown(kFeedHeight));
    m_feed->setMaximumSize(wide ? theme.grown(kFeedWidth) : QWIDGETSIZE_MAX, wide ? QWIDGETSIZE_MAX : theme.grown(kFeedHeight));
}

void DashboardPage::scheduleUpdate()
{
    if (isVisible() && !m_soon.isActive())
        m_soon.start();
}

void DashboardPage::showFigures()
{
    showFleet();
    showSpending();
    showWebhooks();
}

/// Sums up every instance of the month: for the tick and new bills, not for each change of an instance.
void DashboardPage::showSpending()
{
    const Ledger &ledger = m_context.accounting.ledger;
    if (isVisible())
        m_tiles.at(Spent)->setFigures(dashboardwords::spent(ledger.today(), ledger.thisMonth()));
}

/// At once: what arrives is to be seen while it is news. The meter sees to it that this is not too often.
void DashboardPage::showWebhooks()
{
    if (!isVisible())
        return;
    const WebhookStatus &status = m_context.webhooks.status();
    const WebhookMeter &meter = m_context.webhooks.meter();
    const std::optional<TimePoint> lastAt = meter.lastAt() ? meter.lastAt() : status.lastDeliveryAt;
    m_tiles.at(Webhooks)->setFigures(dashboardwords::webhooks(status, meter.lastMinute(), lastAt, m_context.clock.now()));
}

void DashboardPage::showFleet()
{
    if (!isVisible())
        return;
    const FleetNumbers &fleet = m_context.fleet.numbers();
    const AccountStore &account = m_context.stores.account;
    const InstanceStore &instances = m_context.stores.instances;
    const bool known = instances.refreshedAt().has_value();
    m_tiles.at(Instances)->setFigures(dashboardwords::instances(fleet, known));
    m_tiles.at(Burn)->setFigures(dashboardwords::burn(fleet, known));
    m_tiles.at(Balance)->setFigures(dashboardwords::balance(account.balance(), account.refreshedAt(), fleet));
    m_tiles.at(Health)->setFigures(dashboardwords::health(m_context.session.connection(), m_context.session.clientStatus()));
    for (const Tile tile : {Instances, Burn})
        m_tiles.at(tile)->setStale(instances.isStale());
    m_tiles.at(Balance)->setStale(account.isStale());
    m_header->setSubtitle(known ? tr("data %1", "age of it").arg(format::age(instances.refreshedAt(), m_context.clock.now())) : tr("being read"));
    showSituation();
}

DashboardPage::Situation DashboardPage::situation() const
{
    const InstanceStore &instances = m_context.stores.instances;
    const ConnectionState connection = m_context.session.connection();
    const QString shown = instances.refreshedAt() ? tr("Shown is what was read %1.").arg(format::dateTime(instances.refreshedAt())) : tr("Nothing has been read yet.");
    if (connection == ConnectionState::KeyRejected)
        return {StateTone::Bad, tr("The service does not accept the API key."), tr("Open profiles"), Remedy::Profiles};
    if (connection == ConnectionState::BreakerOpen)
        return {StateTone::Bad, tr("The service does not answer. %1", "what is shown meanwhile").arg(shown), tr("Try now"), Remedy::Retry};
    if (instances.lastError() && (connection == ConnectionState::Offline || instances.isStale() || !instances.refreshedAt()))
        return {StateTone::Bad, instances.lastError()->toLogString(), {}, Remedy::ShowError};
    if (connection == ConnectionState::Offline)
        return {StateTone::Bad, tr("The service cannot be reached. %1", "what is shown meanwhile").arg(shown), tr("Try again"), Remedy::Retry};
    if (m_charts->problem()) {
        const QString &notice = m_context.history.database.status().notice;
        return {StateTone::Warn, notice.isEmpty() ? tr("There is no history in this run, so the charts show only what is now.") : notice, {}, Remedy::Retry};
    }
    if (instances.refreshedAt() && instances.isEmpty())
        return {StateTone::Wait, tr("There is no instance in this account."), tr("New instance"), Remedy::NewInstance};
    return {};
}

/// What is wrong, or missing, with a way out.
void DashboardPage::showSituation()
{
    const Situation now = situation();
    // Asked for every few seconds; the bar is made anew only for something new.
    if (now == m_situation)
        return;
    m_situation = now;
    if (now.remedy == Remedy::ShowError)
        m_banner->setError(m_context.stores.instances.lastError(), tr("The instances could not be read"));
    else if (!now.sentence.isEmpty())
        m_banner->showMessage(now.tone, now.sentence, now.action);
    else
        m_banner->clear();
}

void DashboardPage::readTrends()
{
    const ProfileId profile = m_context.history.profile();
    if (!isVisible() || profile.isEmpty())
        return;
    QStringList names;
    for (const Trend &trend : kTrends) {
        if (trend.series)
            names.append(QLatin1String(trend.series));
    }
    const TimePoint to = m_context.clock.now();
    const TimePoint from = to - kTrendSpan;
    m_trends.reset(m_context.history.samples.readAll(profile, names, from, to + Milliseconds(1), kTrendPoints))
        ->onFinished(this, [this, from, to](const Result<QHash<QString, QList<SamplePoint>>> &samples) {
            if (samples)
                showTrends(*samples, from, to);
        });
}

void DashboardPage::showTrends(const QHash<QString, QList<SamplePoint>> &samples, TimePoint from, TimePoint to)
{
    for (int i = 0; i < TileCount; ++i) {
        const Trend &trend = kTrends.at(static_cast<std::size_t>(i));
        QList<ChartPoint> points;
        if (trend.series) {
            for (const SamplePoint &sample : samples.value(QLatin1String(trend.series)))
                points.append({sample.at, sample.mean});
        }
        m_tiles.at(i)->setHistory(chartdata::withGaps(points, (to - from) * 3 / kTrendPoints), from, to);
    }
}

void DashboardPage::retranslate()
{
    m_header->setTitle(title());
    m_bar->setAccessibleName(tr("Time range of the charts"));
    const QStringList titles{tr("Running"), tr("Burn"), tr("Spent today (UTC)"), tr("Balance"), tr("API"), tr("Webhooks")};
    for (int i = 0; i < TileCount; ++i)
        m_tiles.at(i)->setTitle(titles.at(i));
    m_situation = {};
    showFigures();
}

void DashboardPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    showFigures();
    m_tick.start();
}

void DashboardPage::hideEvent(QHideEvent *event)
{
    Page::hideEvent(event);
    m_tick.stop();
    m_soon.stop();
    m_trends.reset();
}

void DashboardPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    arrange();
}

void DashboardPage::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
