// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/products/watchdialog.h"

#include "core/base/displaytext.h"
#include "core/workflows/productranking.h"
#include "ui/format.h"
#include "ui/models/productwords.h"
#include "ui/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>

namespace novita {

namespace {

constexpr int kLongestPrice = 12;

} // namespace

std::optional<Money> priceFromText(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^\\$?\\s*(\\d{1,4})(?:[.,](\\d{1,5}))?$"));
    const QRegularExpressionMatch match = form.match(text.trimmed());
    if (!match.hasMatch())
        return std::nullopt;
    constexpr int kDecimals = 5;
    const qint64 units = match.captured(1).toLongLong() * Money::kUnitsPerDollar + match.captured(2).leftJustified(kDecimals, u'0').toLongLong();
    return units > 0 ? std::optional(Money::fromPriceUnits(units)) : std::nullopt;
}

WatchDialog::WatchDialog(const Product &product, QWidget *parent)
    : RuleDialog(displayName(product.name, product.id.toString()), tr("Watch"), parent)
    , m_product(product)
    , m_mode(new QComboBox(this))
    , m_region(new QComboBox(this))
    , m_price(new QLineEdit(this))
    , m_stock(new QCheckBox(tr("Tell me when it is back in stock"), this))
    , m_present(new QLabel(this))
{
    setWindowTitle(tr("Watch a product"));
    build(product);
    connect(m_mode, &QComboBox::currentIndexChanged, this, &WatchDialog::showPresent);
    showPresent();
}

void WatchDialog::build(const Product &product)
{
    m_present->setTextFormat(Qt::PlainText);
    m_present->setWordWrap(true);
    for (const BillingMode mode : {BillingMode::Spot, BillingMode::OnDemand, BillingMode::Monthly})
        m_mode->addItem(productwords::billingMode(mode), billingModeToWire(mode));
    for (int row = m_mode->count() - 1; row >= 0; --row) { // the first it is offered in
        if (product.priceFor(billingModeFromWire(m_mode->itemData(row).toString())))
            m_mode->setCurrentIndex(row);
    }
    m_region->addItem(tr("Any region"), QString());
    for (const QString &region : product.regions)
        m_region->addItem(regionCode(region), regionCode(region));
    m_price->setMaxLength(kLongestPrice);
    m_price->setPlaceholderText(tr("for example 0.35; empty: any price"));
    form()->addRow(tr("Billing"), m_mode);
    form()->addRow(tr("Region"), m_region);
    form()->addRow(tr("Price at most, in USD"), m_price);
    form()->addRow(QString(), m_present);
    form()->addRow(QString(), m_stock);
    addSentence("text2")->setText(tr("You are told once, and again after the price has been above the mark or the stock at an end. Nothing is ever bought. "
                                     "The catalogue is read every 5 minutes while this console runs."));
}

void WatchDialog::showPresent()
{
    const BillingMode mode = billingModeFromWire(m_mode->currentData().toString());
    const std::optional<Money> price = m_product.priceFor(mode);
    m_present->setText(price ? tr("Now %1 per GPU and hour", "a price").arg(format::money(price)) : tr("Not offered in this mode now"));
    if (price && mode == BillingMode::Monthly)
        m_present->setText(tr("Now %1 for the shortest term", "a price").arg(format::money(price)));
}

Result<ProductWatchRule> WatchDialog::rule() const
{
    ProductWatchRule rule;
    rule.mode = billingModeFromWire(m_mode->currentData().toString());
    rule.region = m_region->currentData().toString();
    rule.inStock = m_stock->isChecked();
    rule.productName = displayName(m_product.name, m_product.id.toString());
    if (!m_price->text().trimmed().isEmpty()) {
        rule.atMost = priceFromText(m_price->text());
        if (!rule.atMost)
            return Error::make(ErrorKind::Validation, tr("The price is written like 0.35, with at most five decimals, and is above 0."));
    }
    return ProductWatchRule::fromJson(rule.toJson());
}

} // namespace novita
