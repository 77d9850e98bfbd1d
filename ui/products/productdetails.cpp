// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/products/productdetails.h"

#include "ui/format.h"
#include "ui/models/productwords.h"
#include "ui/products/pricechart.h"
#include "ui/theme.h"
#include "ui/widgets/detailshead.h"
#include "ui/widgets/factlist.h"
#include "ui/widgets/makers.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>

namespace novita {

namespace {

constexpr int kLeastWidth = 280;
constexpr int kIcon = 16;

} // namespace

ProductDetails::ProductDetails(const UiContext &context, QWidget *parent)
    : QFrame(parent)
    , m_theme(context.theme)
    , m_head(new DetailsHead(m_theme, this))
    , m_stockIcon(new QLabel(this))
    , m_stock(new QLabel(this))
    , m_facts(new FactList(this))
    , m_note(new QLabel(this))
    , m_prices(new PriceChart(context))
{
    setProperty("card", true);
    setMinimumWidth(kLeastWidth);
    for (QLabel *label : {m_stock, m_note}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_note->setProperty("tone", QStringLiteral("text3"));
    auto *stockLine = new QHBoxLayout;
    stockLine->setSpacing(space::kInside);
    stockLine->addWidget(m_stockIcon);
    stockLine->addWidget(m_stock, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kGroup, space::kRelated, space::kRelated, space::kGroup);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_head);
    layout->addLayout(stockLine);
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, space::kInside, space::kRelated, 0);
    column->setSpacing(space::kRelated);
    column->addWidget(m_facts);
    column->addWidget(m_note);
    column->addSpacing(space::kRelated);
    column->addWidget(m_prices);
    column->addStretch();
    auto *scroll = makeScrolling(content, this);
    layout->addWidget(scroll, 1);
    connect(&m_theme, &Theme::changed, this, &ProductDetails::paintTone);
    connect(m_head, &DetailsHead::closeRequested, this, &ProductDetails::closeRequested);
    retranslate();
}

void ProductDetails::setProduct(const Product *product)
{
    m_product = product ? std::optional(*product) : std::nullopt;
    m_prices->setProduct(product ? product->id : ProductId(), product ? product->kind : ProductKind::Gpu);
    retranslate();
}

void ProductDetails::retranslate()
{
    m_note->setText(tr("Prices per GPU and hour; a monthly price is shown as listed. The service gives one figure of stock for all regions."));
    paintTone();
    if (!m_product)
        return;
    const Product &product = *m_product;
    const bool gpu = product.kind == ProductKind::Gpu;
    m_head->setTitle(product.name.isEmpty() ? product.id.toString() : product.name, product.name.isEmpty());
    m_stock->setText(tr("Stock: %1").arg(productwords::stock(product).word));
    QList<std::pair<QString, QString>> facts{{tr("On demand"), format::pricePerHour(product.priceFor(BillingMode::OnDemand))}};
    if (gpu) {
        facts.append({tr("Spot"), format::pricePerHour(product.priceFor(BillingMode::Spot))});
        for (const SubscriptionPrice &term : product.monthlyPrices)
            facts.append({tr("%n month(s)", nullptr, term.months), format::money(term.price)});
        facts.append({tr("VRAM"), format::gigabytes(product.vramGb)});
    }
    facts.append({tr("RAM"), format::gigabytes(product.memoryGb)});
    facts.append({tr("vCPU"), product.cpu ? format::number(*product.cpu) : format::dash()});
    facts.append({tr("System disk"), productwords::diskRange(product)});
    facts.append({tr("Regions"), productwords::regions(product)});
    facts.append({tr("Id"), product.id.toString()});
    m_facts->setFacts(facts);
    m_note->setVisible(gpu);
}

void ProductDetails::paintTone()
{
    if (!m_product)
        return;
    const productwords::Stock stock = productwords::stock(*m_product);
    m_stockIcon->setPixmap(m_theme.pixmap(stock.icon, m_theme.grown(kIcon), m_theme.toneColor(stock.tone), devicePixelRatioF()));
}

void ProductDetails::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
