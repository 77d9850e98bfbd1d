// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/products/pricechart.h"

#include "core/workflows/history.h"
#include "core/workflows/stores.h"
#include "ui/format.h"
#include "ui/models/productwords.h"
#include "ui/theme.h"
#include "ui/widgets/chartpanel.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace novita {

namespace {

constexpr std::array<int, 4> kSpanHours{24, 24 * 7, 24 * 30, 24 * 90};
constexpr std::array<BillingMode, 2> kModes{BillingMode::OnDemand, BillingMode::Spot};
constexpr int kChartHeight = 190;

QString idOf(BillingMode mode)
{
    return billingModeToWire(mode);
}

/// For the picture only; what is said comes from the amounts themselves.
double dollars(const Money &price)
{
    return static_cast<double>(price.priceUnits()) / static_cast<double>(Money::kUnitsPerDollar);
}

Money amountOf(double value)
{
    return Money::fromPriceUnits(qRound64(value * static_cast<double>(Money::kUnitsPerDollar)));
}

} // namespace

PriceChart::PriceChart(const UiContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_spans(new QButtonGroup(this)), m_chart(new ChartPanel(context.theme, context.prompts, this)), m_words(new QLabel(this))
{
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);
    m_words->setProperty("tone", QStringLiteral("text2"));
    m_chart->setMinimumHeight(kChartHeight);
    m_chart->setAxis({0, std::nullopt, 0.1, [](double value) { return format::money(amountOf(value)); }});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addLayout(buildBar());
    layout->addWidget(m_chart, 1);
    layout->addWidget(m_words);
    connect(&context.stores.products, &EntityStoreBase::freshnessChanged, this, [this] {
        if (!m_context.stores.products.isRefreshing())
            refresh();
    });
    retranslate();
}

QHBoxLayout *PriceChart::buildBar()
{
    auto *bar = new QHBoxLayout;
    bar->setSpacing(space::kInside);
    for (const int hours : kSpanHours) {
        auto *button = new QPushButton(this);
        button->setCheckable(true);
        button->setAutoDefault(false);
        button->setProperty("segment", true);
        button->setChecked(hours == m_span.count());
        m_spans->addButton(button, hours);
        bar->addWidget(button);
    }
    bar->addStretch(1);
    connect(m_spans, &QButtonGroup::idClicked, this, [this](int hours) {
        m_span = std::chrono::hours(hours);
        refresh();
    });
    return bar;
}

void PriceChart::setProduct(const ProductId &id, ProductKind kind)
{
    if (id == m_product)
        return;
    m_product = id;
    m_kind = kind;
    m_points.clear();
    m_failed = false;
    present();
    refresh();
}

void PriceChart::refresh()
{
    m_wanted = !m_product.isEmpty();
    if (m_wanted && isVisible())
        read();
}

void PriceChart::read()
{
    m_wanted = false;
    m_to = m_context.clock.now();
    m_from = m_to - m_span;
    const auto ask = [this](BillingMode mode, CallGuard &guard) {
        guard.reset(m_context.history.prices.read(m_context.history.profile(), m_product, mode, m_from, m_to))
            ->onFinished(this, [this, mode](const Result<QList<PricePoint>> &points) { take(mode, points); });
    };
    ask(BillingMode::OnDemand, m_onDemand);
    if (m_kind == ProductKind::Gpu)
        ask(BillingMode::Spot, m_spot);
    else
        m_spot.reset();
}

void PriceChart::take(BillingMode mode, const Result<QList<PricePoint>> &points)
{
    m_failed = !points.ok();
    m_points.insert(static_cast<int>(mode), points.valueOr({}));
    present();
}

QString PriceChart::summary() const
{
    QStringList sentences;
    for (const BillingMode mode : kModes) {
        std::optional<Money> least;
        std::optional<Money> most;
        const QList<PricePoint> points = m_points.value(static_cast<int>(mode));
        for (const PricePoint &point : points) {
            if (!point.price)
                continue;
            least = least ? std::min(*least, *point.price) : *point.price;
            most = most ? std::max(*most, *point.price) : *point.price;
        }
        if (!least)
            continue;
        const std::optional<Money> now = points.last().price;
        const QString current = now ? tr("%1 now").arg(format::pricePerHour(now)) : tr("not offered now");
        const QString range = *least == *most ? tr("unchanged") : tr("%1 to %2").arg(format::pricePerHour(least), format::pricePerHour(most));
        sentences.append(tr("%1: %2, %3.").arg(productwords::billingMode(mode), current, now || *least != *most ? range : tr("%1 before").arg(format::pricePerHour(least))));
    }
    if (!sentences.isEmpty())
        return sentences.join(QLatin1Char(' '));
    return m_failed ? tr("The history of prices cannot be read.") : tr("No prices were noted in this time. The console notes them while it runs.");
}

void PriceChart::present()
{
    QList<ChartSeries> series;
    QHash<QString, QList<ChartPoint>> points;
    for (const BillingMode mode : kModes) {
        const QList<PricePoint> known = m_points.value(static_cast<int>(mode));
        if (std::none_of(known.begin(), known.end(), [](const PricePoint &point) { return point.price.has_value(); }))
            continue;
        ChartSeries one;
        one.id = idOf(mode);
        one.name = productwords::billingMode(mode);
        one.kind = ChartKind::Step;
        one.color = mode == BillingMode::Spot ? 1 : 0;
        series.append(one);
        QList<ChartPoint> &line = points[one.id];
        for (const PricePoint &point : known)
            line.append({std::max(point.at, m_from), point.price ? std::optional(dollars(*point.price)) : std::nullopt});
        // The last price holds until now.
        line.append({m_to, line.last().value});
    }
    m_chart->setSeries(series);
    m_chart->setWindow(m_from, m_to);
    for (auto it = points.cbegin(); it != points.cend(); ++it)
        m_chart->setPoints(it.key(), it.value());
    m_chart->setMessage(series.isEmpty() ? summary() : QString());
    m_words->setText(summary());
    m_words->setVisible(!series.isEmpty());
}

void PriceChart::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_wanted)
        read();
}

void PriceChart::retranslate()
{
    const std::array<QString, 4> names{tr("24 h"), tr("7 d"), tr("30 d"), tr("90 d")};
    const std::array<QString, 4> spoken{tr("Prices of 24 hours"), tr("Prices of 7 days"), tr("Prices of 30 days"), tr("Prices of 90 days")};
    for (std::size_t i = 0; i < kSpanHours.size(); ++i) {
        m_spans->button(kSpanHours[i])->setText(names[i]);
        m_spans->button(kSpanHours[i])->setAccessibleName(spoken[i]);
    }
    m_chart->setTitle(tr("Price history, per hour"));
    present();
}

void PriceChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
