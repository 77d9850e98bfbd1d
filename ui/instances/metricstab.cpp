// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/metricstab.h"

#include "core/workflows/insight.h"
#include "core/workflows/stores.h"
#include "ui/errortext.h"
#include "ui/format.h"
#include "ui/theme.h"
#include "ui/widgets/chartpanel.h"
#include "ui/widgets/timespanbar.h"

#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr Seconds kFirstSpan{1800};
/// More than an instance can have; the colours of the palette come again with another line style.
constexpr int kMostCards = 16;
/// What is older than this is not "about a minute behind".
constexpr std::chrono::minutes kLate{4};

ChartAxis percentAxis()
{
    return {0, 100.0, 1, [](double value) { return MetricsTab::tr("%1 %", "a share in percent").arg(QLocale().toString(value, 'f', 0)); }};
}

} // namespace

MetricsTab::MetricsTab(const UiContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_bar(new TimeSpanBar(kFirstSpan, this))
    , m_notice(new QLabel(this))
    , m_again(new QPushButton(this))
    , m_gpu(new ChartPanel(context.theme, context.prompts, this))
    , m_vram(new ChartPanel(context.theme, context.prompts, this))
    , m_host(new ChartPanel(context.theme, context.prompts, this))
{
    buildLayout();
    retranslate();
    connect(m_bar, &TimeSpanBar::spanChanged, this, [this] {
        m_shown.reset();
        if (isVisible())
            read();
        present();
    });
    connect(m_again, &QPushButton::clicked, this, &MetricsTab::read);
    connect(&context.insight.metrics, &MetricsWatch::updated, this, [this](const InstanceId &id, const MetricSeries &series) {
        if (id != m_id || !m_shown)
            return;
        m_shown->to = m_context.clock.now();
        m_shown->from = m_shown->to - span();
        m_shown->series = metrics::merged(m_shown->series, series, m_shown->step, m_shown->from);
        m_shown->problem.reset();
        present();
    });
    connect(&context.insight.metrics, &MetricsWatch::failed, this, [this](const InstanceId &id, const Error &error) {
        if (id != m_id || !m_shown)
            return;
        m_shown->problem = error;
        present();
    });
}

void MetricsTab::buildLayout()
{
    m_notice->setTextFormat(Qt::PlainText);
    m_notice->setWordWrap(true);
    m_notice->setProperty("tone", QStringLiteral("text2"));
    m_again->setProperty("link", true);
    m_again->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::kRelated, space::kInside, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_bar);
    layout->addWidget(m_notice);
    layout->addWidget(m_again, 0, Qt::AlignLeft);
    const QList<ChartPanel *> charts{m_gpu, m_vram, m_host};
    for (ChartPanel *chart : charts) {
        chart->setAxis(percentAxis());
        chart->setMinimumHeight(190);
        chart->setMaximumHeight(320);
        layout->addWidget(chart, 1);
    }
    m_bar->bind(charts);
    layout->addStretch(0);
}

void MetricsTab::setInstanceId(const InstanceId &id)
{
    if (id == m_id)
        return;
    m_id = id;
    m_shown.reset();
    m_bar->setPaused(false);
    follow();
    present();
}

/// Each second, for the age in the notice. The lines are drawn when there are others: that is dear.
void MetricsTab::refresh()
{
    if (!isVisible())
        return;
    if (lines() != m_lines)
        present();
    else
        m_notice->setText(notice());
}

MetricsTab::Lines MetricsTab::lines() const
{
    const Instance *instance = m_context.stores.instances.find(m_id);
    return {qMin(instance ? instance->gpuNum.value_or(0) : 0, kMostCards), !instance || instance->kind != QLatin1String("cpu")};
}

Seconds MetricsTab::span() const
{
    return m_bar->span();
}

void MetricsTab::setSpan(Seconds span)
{
    m_bar->setSpan(span);
}

/// Asks for the instance while somebody looks.
void MetricsTab::follow()
{
    m_interest = {};
    m_read.reset();
    if (m_id.isEmpty() || !isVisible())
        return;
    m_interest = m_context.insight.metrics.watch(m_id);
    read();
}

void MetricsTab::read()
{
    if (m_id.isEmpty())
        return;
    m_read.reset(m_context.insight.metrics.read(m_id, span()))->onFinished(this, [this](const Result<MetricsSpan> &read) {
        if (read)
            m_shown = *read;
        present();
    });
}

QString MetricsTab::notice() const
{
    const Instance *instance = m_context.stores.instances.find(m_id);
    const bool running = instance && instance->status == InstanceStatus::Running;
    if (!m_shown)
        return tr("Metrics are being read…");
    if (m_shown->problem && m_shown->series.isEmpty())
        return tr("Metrics could not be read: %1").arg(errorText(*m_shown->problem).sentence);
    if (m_shown->problem)
        return tr("The cloud does not answer with metrics (%1). Shown is what was kept on this computer.").arg(errorText(*m_shown->problem).sentence);
    if (!running)
        return m_shown->series.isEmpty() ? tr("Only a running instance is measured.") : tr("It does not run: nothing new is measured.");
    if (m_shown->series.isEmpty())
        return tr("Nothing was measured in this time. The first values come about two minutes after the start.");
    const std::optional<TimePoint> newest = metrics::newest(m_shown->series);
    const TimePoint now = m_context.clock.now();
    const QString age = newest ? format::age(newest, now) : QString();
    if (newest && now - *newest > kLate + m_shown->step)
        return tr("The cloud has measured nothing since: newest value %1").arg(age);
    return m_shown->shorter ? tr("About 1 min behind · newest value %1 · the cloud keeps less than was asked for").arg(age) : tr("About 1 min behind · newest value %1").arg(age);
}

QString MetricsTab::seriesLabel(const QString &key) const
{
    if (key == QLatin1String("cpu"))
        return tr("CPU");
    if (key == QLatin1String("memory"))
        return tr("Memory");
    if (key == QLatin1String("disk"))
        return tr("Root disk");
    if (key == QLatin1String("gpu") || key == QLatin1String("vram"))
        return tr("Average");
    return tr("GPU %1", "number of a card").arg(key.mid(key.startsWith(QLatin1Char('g')) ? 3 : 4));
}

void MetricsTab::presentChart(ChartPanel *chart, const QStringList &keys)
{
    QList<ChartSeries> series;
    for (const QString &key : keys)
        series.append({key, seriesLabel(key), ChartKind::Line, static_cast<int>(series.size()), {}});
    chart->setSeries(series);
    const TimePoint now = m_context.clock.now();
    chart->setWindow(m_shown ? m_shown->from : now - span(), m_shown ? m_shown->to : now);
    bool any = false;
    for (const QString &key : keys) {
        QList<ChartPoint> points;
        if (m_shown) {
            for (const MetricPoint &point : m_shown->series.value(key))
                points.append({point.at, point.value});
            any = any || !points.isEmpty();
            points = chartdata::withGaps(points, m_shown->step * 5 / 2);
        }
        chart->setPoints(key, points);
    }
    chart->setMessage(any || !m_shown ? QString() : tr("No data"));
}

void MetricsTab::present()
{
    m_notice->setText(notice());
    m_again->setVisible(m_shown && m_shown->problem);
    m_lines = lines();
    QStringList gpu{QStringLiteral("gpu")};
    QStringList vram{QStringLiteral("vram")};
    // The average of one card is that card.
    for (int i = 0; m_lines.cards > 1 && i < m_lines.cards; ++i) {
        gpu.append(QStringLiteral("gpu%1").arg(i));
        vram.append(QStringLiteral("vram%1").arg(i));
    }
    m_gpu->setVisible(m_lines.hasGpu);
    m_vram->setVisible(m_lines.hasGpu);
    presentChart(m_gpu, gpu);
    presentChart(m_vram, vram);
    presentChart(m_host, {QStringLiteral("cpu"), QStringLiteral("memory"), QStringLiteral("disk")});
}

void MetricsTab::retranslate()
{
    m_again->setText(tr("Try again"));
    m_again->setAccessibleName(tr("Read metrics again"));
    m_gpu->setTitle(tr("GPU use"));
    m_gpu->setToolTip(tr("The share of time in which a GPU had work. It does not say how well the work uses it."));
    m_vram->setTitle(tr("GPU memory"));
    m_host->setTitle(tr("CPU, memory, disk"));
    present();
}

void MetricsTab::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    follow();
    present();
}

void MetricsTab::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    follow();
}

void MetricsTab::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
