// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/pricepanel.h"

#include "ui/createwizard/wizardstate.h"
#include "ui/format.h"
#include "ui/models/productwords.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QEvent>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr int kWidth = 216;
constexpr int kMostWidth = 264; // the steps need the room more
constexpr std::chrono::hours kMonth{730};

/// "32 vCPU, 124 GB RAM": what all GPUs bring along.
QString hardware(const Product &product, int gpus)
{
    const int times = product.kind == ProductKind::Gpu ? gpus : 1;
    QStringList parts;
    if (product.cpu)
        parts.append(PricePanel::tr("%1 vCPU").arg(format::number(qint64(*product.cpu) * times)));
    if (product.memoryGb)
        parts.append(PricePanel::tr("%1 GB RAM").arg(format::number(qint64(*product.memoryGb) * times)));
    return parts.join(QStringLiteral(", "));
}

} // namespace

PricePanel::PricePanel(const WizardState &state, const UiContext &context, QWidget *parent)
    : QFrame(parent)
    , m_state(state)
    , m_context(context)
    , m_heading(new QLabel(this))
    , m_main(new QLabel(this))
    , m_month(new QLabel(this))
    , m_sum(new QLabel(this))
    , m_product(new QLabel(this))
    , m_where(new QLabel(this))
    , m_hardware(new QLabel(this))
    , m_note(new QLabel(this))
    , m_storage(new QLabel(this))
{
    setProperty("card", true);
    // With large text in a small window the lines need more height than there is.
    auto *content = new QWidget;
    auto *scroll = makeScrolling(content, this);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(space::kGroup, space::kGroup, space::kGroup, space::kGroup);
    layout->setSpacing(space::kInside);
    const std::initializer_list<std::pair<QLabel *, const char *>> lines{
        {m_heading, "text2"}, {m_main, "text"}, {m_month, "text"}, {m_sum, "text2"}, {m_product, "text"}, {m_where, "text2"}, {m_hardware, "text2"}, {m_note, "warn"}, {m_storage, "text3"}};
    for (const auto &[label, tone] : lines) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setProperty("tone", QLatin1String(tone));
        if (label == m_product || label == m_note || label == m_storage)
            layout->addSpacing(space::kRelated);
        layout->addWidget(label);
    }
    layout->addStretch();
    connect(&state, &WizardState::changed, this, &PricePanel::update);
    connect(&context.theme, &Theme::changed, this, &PricePanel::applyFonts);
    applyFonts();
    update();
}

PricePanel::Figures PricePanel::monthlyFigures() const
{
    const Product *product = m_state.product();
    const int months = m_state.draft().months;
    const std::optional<Money> listed = product->listedFor(months);
    if (!listed)
        return {tr("unknown"), {}, {}, tr("No price is listed for %n month(s).", nullptr, months)};
    const int gpus = m_state.draft().gpuNum;
    return {format::money(*listed * gpus), {}, tr("%1 × %n GPU(s), listed for a term of", nullptr, gpus).arg(format::money(*listed))
                + QLatin1Char(' ') + tr("%n month(s)", nullptr, months),
            tr("The service does not say whether this is per month or for the whole term. The console at novita.ai shows it before you are charged.")};
}

PricePanel::Figures PricePanel::figures() const
{
    const InstanceDraft &draft = m_state.draft();
    const Product *product = m_state.product();
    if (!product)
        return {tr("unknown"), {}, {}, draft.productId.isEmpty() ? tr("Choose a product to see its price.") : tr("The product is not in the list that was read.")};
    const BillingMode mode = m_state.query().mode;
    if (mode == BillingMode::Monthly)
        return monthlyFigures();
    const std::optional<Money> hour = draft.pricePerHour(*product);
    if (!hour)
        return {tr("unknown"), {}, {}, tr("This product has no price in this billing mode.")};
    Figures out{format::pricePerHour(hour), tr("%1 per month of 730 h").arg(format::money(hour->forDuration(kMonth))), {}, {}};
    if (draft.kind == ProductKind::Gpu)
        out.sum = tr("%1 × %n GPU(s)", nullptr, draft.gpuNum).arg(format::pricePerHour(product->priceFor(mode)));
    if (mode == BillingMode::Spot)
        out.note = tr("Spot: the price may change and the GPU can be taken back. What is on local disks may be lost then.");
    return out;
}

QString PricePanel::summary() const
{
    const Figures now = figures();
    return now.month.isEmpty() ? now.main : tr("%1, %2").arg(now.main, now.month);
}

void PricePanel::update()
{
    const Figures now = figures();
    const auto show = [](QLabel *label, const QString &text) {
        label->setText(text);
        label->setVisible(!text.isEmpty());
    };
    show(m_heading, m_state.query().mode == BillingMode::Monthly ? tr("Listed price") : tr("Price"));
    show(m_main, now.main);
    show(m_month, now.month);
    show(m_sum, now.sum);
    show(m_note, now.note);
    const Product *product = m_state.product();
    const RankedProduct *ranked = m_state.ranked();
    show(m_product, product ? product->name : QString());
    QStringList facts{productwords::billingMode(m_state.query().mode)};
    if (ranked && !ranked->region.isEmpty())
        facts.append(ranked->region);
    if (product && !product->inStock())
        facts.append(productwords::stock(*product).word);
    show(m_where, facts.join(QStringLiteral(" · ")));
    show(m_hardware, product ? hardware(*product, m_state.draft().gpuNum) : QString());
    show(m_storage, m_state.draft().kind == ProductKind::Gpu
                        ? tr("Without storage: system disk above 60 GB and network volumes are charged by the day, also while stopped.")
                        : QString());
    m_main->setAccessibleName(tr("Price: %1").arg(summary()));
}

void PricePanel::applyFonts()
{
    m_main->setFont(m_context.theme.font(TextStyle::Title, true));
    m_product->setFont(m_context.theme.font(TextStyle::Body, true));
    m_storage->setFont(m_context.theme.font(TextStyle::Small));
    m_note->setFont(m_context.theme.font(TextStyle::Small));
    setFixedWidth(qMin(kMostWidth, kWidth * m_context.theme.controlHeight() / space::kControlHeight));
}

void PricePanel::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        update();
}

} // namespace novita
