// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/dashboardcharts.h"

#include "core/webhooks/webhookservice.h"
#include "core/workflows/accounting.h"
#include "core/workflows/fleetsummary.h"
#include "core/workflows/sessioncontroller.h"
#include "core/workflows/stores.h"
#include "ui/errortext.h"
#include "ui/format.h"
#include "ui/theme.h"
#include "ui/widgets/chartpanel.h"
#include "ui/widgets/timespanbar.h"

#include <QEvent>
#include <QFrame>
#include <QGridLayout>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace novita {

namespace {

/// More than a chart has pixels for lines that can be told apart.
constexpr int kPoints = 300;
/// Samples come once a minute, by a coarse timer.
constexpr Milliseconds kLongestPause = std::chrono::seconds(150);
/// What happens now is drawn at most so often.
constexpr Milliseconds kRedraw{1000};
constexpr Milliseconds kShortestTick{15000};
constexpr Milliseconds kLongestTick{60000};
constexpr int kPadding = 12;
constexpr int kCardHeight = 216;
constexpr int kCardWidth = 320;
constexpr int kMostColumns = 3;

double dollars(Money amount)
{
    return static_cast<double>(amount.priceUnits()) / static_cast<double>(Money::kUnitsPerDollar);
}

QString burnText(double value)
{
    return format::sumPerHour(Money::fromPriceUnits(qRound64(value * static_cast<double>(Money::kUnitsPerDollar))));
}

/// Of several minutes put together a count is a mean.
QString countText(double value)
{
    const bool whole = std::abs(value - std::round(value)) < 0.05;
    return QLocale().toString(value, 'f', whole ? 0 : 1);
}

QString latencyText(double value)
{
    return format::milliseconds(Milliseconds(qRound64(value)));
}

/// Of several minutes the worst counts, not the mean.
bool isPeak(const QString &series)
{
    return series == QLatin1String("limiter/used") || series == QLatin1String("queue/depth");
}

} // namespace

DashboardCharts::DashboardCharts(const UiContext &context, TimeSpanBar &bar, QWidget *parent)
    : QWidget(parent), m_context(context), m_bar(bar), m_grid(new QGridLayout(this)), m_series(ChartCount)
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(space::kGroup);
    buildCards();
    for (QTimer *timer : {&m_redraw, &m_reread})
        timer->setSingleShot(true);
    m_redraw.setInterval(kRedraw);
    m_reread.setInterval(0);
    m_tick.setTimerType(Qt::CoarseTimer);
    connectSources();
    retranslate();
    arrange();
}

void DashboardCharts::buildCards()
{
    for (int i = 0; i < ChartCount; ++i) {
        auto *card = new QFrame(this);
        card->setProperty("card", true);
        auto *chart = new ChartPanel(m_context.theme, m_context.prompts, card);
        auto *layout = new QVBoxLayout(card);
        layout->setContentsMargins(kPadding, kPadding - space::kInside, kPadding, kPadding - space::kInside);
        layout->addWidget(chart);
        m_cards.append(card);
        m_charts.append(chart);
    }
    m_charts.at(Burn)->setAxis({0, {}, 0.1, &burnText});
    m_charts.at(States)->setAxis({0, {}, 4, &countText, true});
    m_charts.at(Latency)->setAxis({0, {}, 100, &latencyText});
    m_charts.at(Webhooks)->setAxis({0, {}, 5, &countText, true});
    m_charts.at(Requests)->setAxis({0, {}, 5, &countText, true});
    m_charts.at(Limiter)->setAxis({0, {}, 10, &countText, true});
    m_bar.bind(m_charts);
}

void DashboardCharts::connectSources()
{
    const auto readSoon = [this] {
        if (isVisible() && !m_reread.isActive())
            m_reread.start();
    };
    const auto drawSoon = [this] {
        if (isVisible() && !m_redraw.isActive())
            m_redraw.start();
    };
    connect(&m_reread, &QTimer::timeout, this, &DashboardCharts::read);
    connect(&m_redraw, &QTimer::timeout, this, &DashboardCharts::present);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (!window()->isMinimized())
            present();
    });
    connect(&m_context.accounting.samples, &SampleRecorder::sampled, this, readSoon);
    connect(&m_context.history.database, &Database::statusChanged, this, readSoon);
    connect(&m_context.fleet, &FleetSummary::numbersChanged, this, drawSoon);
    connect(&m_context.session, &SessionController::connectionChanged, this, drawSoon);
    connect(&m_context.webhooks, &WebhookService::statusChanged, this, [this, drawSoon] {
        if (std::exchange(m_listening, m_context.webhooks.status().isListening()) != m_listening)
            drawSoon();
    });
    connect(&m_context.stores.instances, &EntityStoreBase::wasReset, this, [this, readSoon] {
        // Another account: nothing of this one is shown meanwhile.
        m_reading.reset();
        m_points.clear();
        m_wasRead = false;
        readSoon();
    });
    connect(&m_bar, &TimeSpanBar::spanChanged, this, [this] {
        applyTick();
        read();
    });
    connect(&m_context.theme, &Theme::changed, this, [this] {
        m_columns = 0;
        arrange();
    });
}

/// As often as the lines move by a pixel or so, within reason.
void DashboardCharts::applyTick()
{
    m_tick.setInterval(std::clamp(Milliseconds(m_bar.span()) / kPoints, kShortestTick, kLongestTick));
}

void DashboardCharts::read()
{
    const ProfileId profile = m_context.history.profile();
    if (!isVisible())
        return;
    if (profile.isEmpty()) {
        present();
        return;
    }
    QStringList names;
    for (const QList<ChartSeries> &chart : std::as_const(m_series)) {
        for (const ChartSeries &one : chart)
            names.append(one.id);
    }
    const TimePoint now = m_context.clock.now();
    const Milliseconds step = Milliseconds(m_bar.span()) / kPoints;
    // Stretches that begin at round times stay the same from read to read, so that old lines stand still.
    const TimePoint from((now - m_bar.span()).time_since_epoch() / step * step);
    const int points = static_cast<int>((now - from) / step) + 1;
    m_reading.reset(m_context.history.samples.readAll(profile, names, from, from + points * step, points))
        ->onFinished(this, [this, step](const Result<QHash<QString, QList<SamplePoint>>> &samples) {
            m_wasRead = true;
            m_problem = samples ? std::nullopt : std::optional(samples.error());
            if (samples) {
                m_points = *samples;
                m_step = step;
            }
            present();
            emit readDone();
        });
}

std::optional<double> DashboardCharts::valueNow(const QString &series) const
{
    const EntityStoreBase &instances = m_context.stores.instances;
    if (!instances.refreshedAt() || instances.isStale() || !m_context.session.clientStatus().isOnline())
        return std::nullopt;
    const FleetNumbers &fleet = m_context.fleet.numbers();
    if (series == QLatin1String("state/running"))
        return fleet.running;
    if (series == QLatin1String("state/changing"))
        return fleet.transitional;
    if (series == QLatin1String("state/stopped"))
        return fleet.stopped;
    if (series == QLatin1String("state/failed"))
        return fleet.failed;
    if (series == QLatin1String("burn/total") && fleet.unpriced == 0)
        return dollars(fleet.burnPerHour);
    return std::nullopt;
}

QList<ChartPoint> DashboardCharts::pointsOf(const QString &series, TimePoint now) const
{
    const bool money = series == QLatin1String("burn/total");
    QList<ChartPoint> points;
    for (const SamplePoint &sample : m_points.value(series)) {
        const double value = isPeak(series) ? sample.high : sample.mean;
        points.append({sample.at, money ? value / static_cast<double>(Money::kUnitsPerDollar) : value});
    }
    if (const std::optional<double> value = valueNow(series); value && (points.isEmpty() || points.last().at < now))
        points.append({now, value});
    return chartdata::withGaps(points, std::max(kLongestPause, m_step * 5 / 2));
}

void DashboardCharts::presentChart(Index index, TimePoint now)
{
    ChartPanel *chart = m_charts.at(index);
    chart->setSeries(m_series.at(index));
    chart->setWindow(now - m_bar.span(), now);
    bool any = false;
    for (const ChartSeries &one : m_series.at(index)) {
        const QList<ChartPoint> points = pointsOf(one.id, now);
        any = any || !points.isEmpty();
        chart->setPoints(one.id, points);
    }
    chart->setMessage(any ? QString() : messageFor(index));
}

/// Why a chart is empty.
QString DashboardCharts::messageFor(Index index) const
{
    if (m_problem)
        return tr("The history could not be read: %1").arg(errorText(*m_problem).sentence);
    if (!m_wasRead)
        return tr("The history is being read…");
    if (index == Webhooks && !m_context.webhooks.status().isListening())
        return m_context.webhooks.status().sentence;
    return tr("Nothing was measured in this time. One value a minute is kept while the program runs.");
}

void DashboardCharts::present()
{
    if (!isVisible())
        return;
    const TimePoint now = m_context.clock.now();
    for (int i = 0; i < ChartCount; ++i)
        presentChart(static_cast<Index>(i), now);
}

void DashboardCharts::arrange()
{
    const int columns = std::clamp((width() + space::kGroup) / (m_context.theme.grown(kCardWidth) + space::kGroup), 1, kMostColumns);
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (QFrame *card : std::as_const(m_cards)) {
        m_grid->removeWidget(card);
        card->setMinimumHeight(m_context.theme.grown(kCardHeight));
    }
    // What the API does and what it tells of by itself stand beside each other, however many fit into a row.
    static constexpr std::array<Index, ChartCount> kInThree{Burn, States, Limiter, Latency, Webhooks, Requests};
    for (int i = 0; i < ChartCount; ++i) {
        const int card = columns == kMostColumns ? kInThree.at(static_cast<std::size_t>(i)) : i;
        m_grid->addWidget(m_cards.at(card), i / columns, i % columns);
    }
    for (int row = 0; row < ChartCount; ++row)
        m_grid->setRowStretch(row, row * columns < ChartCount ? 1 : 0);
    for (int column = 0; column < kMostColumns; ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
}

void DashboardCharts::retranslate()
{
    const auto line = [](const char *id, const QString &name, ChartKind kind, int color) { return ChartSeries{QLatin1String(id), name, kind, color, {}}; };
    const auto area = [](const char *id, const QString &name, StateTone tone) { return ChartSeries{QLatin1String(id), name, ChartKind::StackedArea, 0, tone}; };
    m_charts.at(Burn)->setTitle(tr("Burn per hour"));
    m_charts.at(Burn)->setNote(tr("USD"));
    m_series[Burn] = {line("burn/total", tr("Burn"), ChartKind::Step, 0)};
    m_charts.at(States)->setTitle(tr("Instances by state"));
    m_series[States] = {area("state/running", tr("Running"), StateTone::Good), area("state/changing", tr("Changing"), StateTone::Wait),
                        area("state/stopped", tr("Stopped"), StateTone::Idle), area("state/failed", tr("Failed"), StateTone::Bad)};
    m_charts.at(Latency)->setTitle(tr("API latency"));
    m_charts.at(Latency)->setNote(tr("of the requests of each minute"));
    m_series[Latency] = {line("latency/p50", tr("Half within"), ChartKind::Line, 0), line("latency/p95", tr("95 % within"), ChartKind::Line, 1)};
    m_charts.at(Webhooks)->setTitle(tr("Webhooks by result"));
    m_charts.at(Webhooks)->setNote(tr("per minute"));
    m_series[Webhooks] = {area("webhooks/accepted", tr("Accepted"), StateTone::Good), area("webhooks/duplicate", tr("Duplicate"), StateTone::Idle),
                          area("webhooks/limited", tr("Limited"), StateTone::Warn), area("webhooks/refused", tr("Refused"), StateTone::Bad)};
    m_charts.at(Requests)->setTitle(tr("Requests by result"));
    m_charts.at(Requests)->setNote(tr("per minute"));
    m_series[Requests] = {area("requests/ok", tr("Answered"), StateTone::Good), area("requests/refused", tr("Refused"), StateTone::Idle),
                          area("requests/limited", tr("Limited"), StateTone::Warn), area("requests/failed", tr("Failed"), StateTone::Bad)};
    m_charts.at(Limiter)->setTitle(tr("Limiter and queue"));
    m_charts.at(Limiter)->setNote(tr("the most of each minute"));
    m_series[Limiter] = {line("limiter/used", tr("Requests used"), ChartKind::Step, 0), line("limiter/capacity", tr("Allowed"), ChartKind::Step, 6),
                         line("queue/depth", tr("Waiting"), ChartKind::Step, 1)};
    present();
}

void DashboardCharts::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    applyTick();
    m_tick.start();
    present();
    m_reread.start();
}

void DashboardCharts::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    for (QTimer *timer : {&m_tick, &m_redraw, &m_reread})
        timer->stop();
    m_reading.reset();
}

void DashboardCharts::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void DashboardCharts::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
