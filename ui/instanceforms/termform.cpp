// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instanceforms/termform.h"

#include "core/workflows/stores.h"
#include "ui/format.h"
#include "ui/theme.h"
#include "ui/widgets/fieldform.h"

#include <QLabel>
#include <QScopedValueRollback>
#include <QSpinBox>

#include <algorithm>

namespace novita {

namespace {

constexpr int kMostMonths = 12;
constexpr int kNumberWidth = 132;

} // namespace

TermForm::TermForm(InstanceAction action, const UiContext &context, QWidget *parent)
    : ActionForm(context, parent), m_action(action), m_months(new QSpinBox), m_price(new QLabel)
{
    m_months->setRange(1, kMostMonths);
    m_months->setFixedWidth(context.theme.grown(kNumberWidth));
    m_price->setTextFormat(Qt::PlainText);
    m_price->setWordWrap(true);
    m_monthsLabel = m_form->addField({DraftField::Month}, m_months);
    m_priceLabel = m_form->addField({}, m_price);
    m_priceNote = m_form->addNote();
    connect(m_months, &QSpinBox::valueChanged, this, [this] {
        retranslate();
        noteEdit();
    });
    connect(&context.stores.products, &EntityStoreBase::freshnessChanged, this, [this] { retranslate(); });
    retranslate();
}

void TermForm::load(const QList<Instance> &instances)
{
    const QScopedValueRollback<bool> guard(m_loading, true);
    m_before = instances;
    retranslate();
    emit edited();
}

InstanceRequest TermForm::request() const
{
    return m_action == InstanceAction::Renew ? InstanceRequest::renew(m_months->value()) : InstanceRequest::toMonthly(m_months->value());
}

TermForm::Sum TermForm::sum() const
{
    Sum sum;
    for (const Instance &instance : m_before) {
        const Product *product = m_context.stores.products.find(instance.productId);
        const std::optional<Money> listed = product ? product->listedFor(m_months->value()) : std::nullopt;
        if (listed)
            sum.listed += *listed * std::max(1, instance.gpuNum.value_or(1));
        else
            ++sum.unknown;
    }
    return sum;
}

QString TermForm::priceText() const
{
    const Sum now = sum();
    const auto known = m_before.size() - now.unknown;
    if (known == 0)
        return tr("unknown: nothing is listed for %n month(s)", nullptr, m_months->value());
    if (now.unknown == 0)
        return format::money(now.listed);
    return tr("%1, and that of %n more instance(s) is unknown", nullptr, now.unknown).arg(format::money(now.listed));
}

QStringList TermForm::consequences() const
{
    const std::optional<Balance> &balance = m_context.stores.account.balance();
    QStringList out{balance && balance->available ? tr("It is paid in advance, from the balance of %1.").arg(format::balance(balance->available))
                                                  : tr("It is paid in advance, from the balance. How much that is has not been read.")};
    if (m_action == InstanceAction::ToMonthly) {
        out.append(tr("From then on it is not charged by the hour."));
        out.append(tr("A monthly instance cannot be deleted before its term is over, nor be turned back."));
    } else if (m_before.size() == 1) {
        // Another renewal may have moved it since the form was filled.
        const Instance *now = m_context.stores.instances.find(m_before.first().id);
        out.append(tr("The term that is paid now ends on %1; the new one follows it.").arg(format::dateTime((now ? *now : m_before.first()).endTime)));
    } else {
        out.append(tr("The new term of each follows the one that is paid now."));
    }
    return out;
}

QString TermForm::doubt() const
{
    return sum().unknown == 0 ? QString() : tr("What will be paid is not known: no price is listed for this term.");
}

void TermForm::retranslate()
{
    m_monthsLabel->setText(tr("Months"));
    m_months->setAccessibleName(tr("Months"));
    m_priceLabel->setText(tr("Listed price"));
    m_price->setText(priceText());
    m_price->setAccessibleName(tr("Listed price: %1").arg(priceText()));
    m_priceNote->setText(tr("As the catalogue lists it for a term of this length. The service does not say whether that is per month or for the whole term: look it up at novita.ai when it matters."));
}

} // namespace novita
