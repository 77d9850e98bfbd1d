// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/productstep.h"

#include "core/workflows/productchoice.h"
#include "core/workflows/stores.h"
#include "ui/createwizard/offermodel.h"
#include "ui/createwizard/regionorderdialog.h"
#include "ui/createwizard/wizardstate.h"
#include "ui/delegates/statusdelegate.h"
#include "ui/errortext.h"
#include "ui/format.h"
#include "ui/models/productwords.h"
#include "ui/theme.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/fieldform.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tableview.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStackedWidget>

#include <algorithm>

namespace novita {

namespace {

constexpr int kMostGpus = 8;
const BillingMode kModes[]{BillingMode::OnDemand, BillingMode::Spot, BillingMode::Monthly};

/// Fields with their labels above them, and what stands beside the last one.
QGridLayout *choicesOf(const QList<std::pair<QLabel *, QWidget *>> &fields, QWidget *last)
{
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(space::kRelated);
    grid->setVerticalSpacing(space::kInside);
    int column = 0;
    for (const auto &[label, field] : fields) {
        label->setBuddy(field);
        label->setProperty("tone", QStringLiteral("text2"));
        grid->addWidget(label, 0, column);
        grid->addWidget(field, 1, column++);
    }
    if (last)
        grid->addWidget(last, 1, column++);
    grid->setColumnStretch(column, 1);
    return grid;
}

} // namespace

ProductStep::ProductStep(WizardState &state, const UiContext &context, QWidget *parent)
    : WizardStep(state, parent)
    , m_context(context)
    , m_kindLabel(new QLabel(this))
    , m_kind(new QComboBox(this))
    , m_billingLabel(new QLabel(this))
    , m_billing(new QComboBox(this))
    , m_countLabel(new QLabel(this))
    , m_count(new QSpinBox(this))
    , m_regionLabel(new QLabel(this))
    , m_region(new QComboBox(this))
    , m_order(new QPushButton(this))
    , m_filter(new SearchField(context.theme, this))
    , m_model(new OfferModel(this))
    , m_table(new TableView(context.theme, this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_problem(makeWords("bad", this))
    , m_why(makeWords("text2", this))
    , m_unpin(new QPushButton(this))
    , m_note(makeWords("text3", this))
{
    buildLayout();
    connectSignals();
    showRanking();
    begin();
}

void ProductStep::buildLayout()
{
    m_kind->addItems({QString(), QString()});
    for (const BillingMode mode : kModes)
        m_billing->addItem(QString(), static_cast<int>(mode));
    m_count->setRange(1, kMostGpus);

    m_choices = new QBoxLayout(QBoxLayout::LeftToRight);
    m_choices->setSpacing(space::kRelated);
    m_choices->addLayout(choicesOf({{m_kindLabel, m_kind}, {m_billingLabel, m_billing}, {m_countLabel, m_count}}, nullptr));
    m_order->setAutoDefault(false);
    m_choices->addLayout(choicesOf({{m_regionLabel, m_region}}, m_order), 1);

    m_table->setModel(m_model);
    m_table->setSortingEnabled(false);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setItemDelegateForColumn(OfferModel::StockColumn, new StatusDelegate(m_context.theme, m_table));
    // Why one is not to be had is in its tooltip and in its stock, too; CPU and memory tell offers of one name apart.
    m_table->setColumns({{QStringLiteral("name"), 130}, {QStringLiteral("stock"), 124}, {QStringLiteral("price"), 76}, {QStringLiteral("total"), 76},
                         {QStringLiteral("region"), 98}, {QStringLiteral("cpu"), 52, false, 1}, {QStringLiteral("ram"), 64, false, 2},
                         {QStringLiteral("reason"), 216, false, 3}, {QStringLiteral("vram"), 68, true}});
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    m_problem->hide();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addLayout(m_choices);
    layout->addWidget(m_filter);
    layout->addSpacing(space::kInside);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_problem);
    m_unpin->setProperty("link", true);
    m_unpin->setAutoDefault(false);
    auto *why = new QHBoxLayout;
    why->setSpacing(space::kRelated);
    why->addWidget(m_why, 1);
    why->addWidget(m_unpin);
    layout->addLayout(why);
    layout->addWidget(m_note);
}

/// Large text in a small window: two lines of choices instead of one that is cut off.
void ProductStep::arrangeChoices()
{
    const int needed = m_choices->itemAt(0)->sizeHint().width() + m_choices->itemAt(1)->sizeHint().width() + 2 * space::kRelated;
    const QBoxLayout::Direction wanted = needed > width() ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight;
    if (wanted != m_choices->direction())
        m_choices->setDirection(wanted);
}

/// As narrow as two lines of choices are: what scrolls is never narrower than this, and would never come to make two of one.
QSize ProductStep::minimumSizeHint() const
{
    QSize hint = WizardStep::minimumSizeHint();
    if (m_choices->minimumSize().width() >= hint.width())
        hint.setWidth(std::max(m_choices->itemAt(0)->minimumSize().width(), m_choices->itemAt(1)->minimumSize().width()));
    return hint;
}

bool ProductStep::event(QEvent *event)
{
    const bool done = WizardStep::event(event);
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize)
        arrangeChoices();
    return done;
}

void ProductStep::connectSignals()
{
    WizardState *shared = &state();
    connect(shared, &WizardState::rankingChanged, this, &ProductStep::showRanking);
    connect(m_kind, &QComboBox::activated, this, [shared](int index) {
        shared->edit({}, [index](InstanceDraft &draft) { draft.kind = index == 0 ? ProductKind::Gpu : ProductKind::Cpu; });
    });
    connect(m_billing, &QComboBox::activated, this, [shared](int index) {
        shared->edit({}, [index](InstanceDraft &draft) { draft.billing = kModes[index]; });
    });
    connect(m_count, &QSpinBox::valueChanged, this, [shared](int count) {
        shared->edit({DraftField::GpuNum}, [count](InstanceDraft &draft) { draft.gpuNum = count; });
    });
    connect(m_region, &QComboBox::activated, this, [this, shared] { shared->setRegion(m_region->currentData().toString()); });
    connect(m_order, &QPushButton::clicked, this, &ProductStep::editRegionOrder);
    connect(m_filter, &SearchField::filterChanged, this, [this](const QString &text) {
        {
            const QScopedValueRollback<bool> guard(m_selecting, true);
            m_model->setFilter(text);
        }
        selectChosen();
        showEmptiness();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this, shared](const QModelIndex &current) {
        const OfferModel::Row *row = m_model->rowAt(current.row());
        if (row && !m_selecting)
            shared->pickProduct(row->ranked.id);
    });
    connect(m_table, &TableView::rowActivated, this, &ProductStep::offerActivated);
    connect(m_unpin, &QPushButton::clicked, shared, &WizardState::unpin);
    connect(m_empty, &EmptyState::activated, this, [this] {
        if (m_model->totalCount() > 0)
            m_filter->setFilter({});
        else
            emit refreshRequested();
    });
    connect(&m_context.stores.products, &EntityStoreBase::freshnessChanged, this, &ProductStep::showEmptiness);
}

QString ProductStep::title() const
{
    return tr("Product");
}

QSet<DraftField> ProductStep::fields() const
{
    return {DraftField::Product, DraftField::GpuNum};
}

bool ProductStep::focusField(DraftField field)
{
    if (!fields().contains(field))
        return false;
    (field == DraftField::GpuNum ? static_cast<QWidget *>(m_count) : m_table)->setFocus(Qt::OtherFocusReason);
    return true;
}

void ProductStep::enter()
{
    // Before the list is there, there is no table to go to.
    (m_stack->currentWidget() == m_table ? static_cast<QWidget *>(m_table) : m_filter)->setFocus(Qt::OtherFocusReason);
}

void ProductStep::load()
{
    const InstanceDraft &draft = state().draft();
    const bool gpu = draft.kind == ProductKind::Gpu;
    m_kind->setCurrentIndex(gpu ? 0 : 1);
    m_billing->setCurrentIndex(m_billing->findData(static_cast<int>(state().query().mode)));
    m_billing->setEnabled(gpu);
    m_count->setEnabled(gpu);
    const QSignalBlocker blocker(m_count);
    m_count->setValue(gpu ? draft.gpuNum : 1);
    loadRegions();
    selectChosen();
    showWhy();
}

void ProductStep::loadRegions()
{
    QStringList regions = state().knownRegions();
    const QString &wanted = state().region();
    if (!wanted.isEmpty() && !regions.contains(wanted))
        regions.append(wanted);
    QStringList there;
    for (int i = 1; i < m_region->count(); ++i)
        there.append(m_region->itemData(i).toString());
    // Filled anew only when needed: an open list would close under the mouse.
    if (there != regions || m_region->count() == 0) {
        m_region->clear();
        m_region->addItem(tr("Any, in my order"), QString());
        for (const QString &region : std::as_const(regions))
            m_region->addItem(region, region);
    }
    m_region->setCurrentIndex(qMax(0, m_region->findData(wanted)));
}

void ProductStep::editRegionOrder()
{
    auto *dialog = new RegionOrderDialog(m_context.settings, m_context.stores, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void ProductStep::showRanking()
{
    QList<OfferModel::Row> rows;
    for (const RankedProduct &ranked : state().ranking()) {
        if (const Product *product = m_context.stores.products.find(ranked.id))
            rows.append({ranked, *product});
    }
    {
        const QScopedValueRollback<bool> guard(m_selecting, true);
        m_model->setOffers(rows, state().query().mode);
    }
    // For one GPU the total says nothing new.
    const InstanceDraft &draft = state().draft();
    m_table->setColumnHidden(OfferModel::TotalColumn, draft.kind != ProductKind::Gpu || draft.gpuNum == 1);
    showEmptiness();
}

/// Why the best is the best; with another one chosen by hand also that it stays.
void ProductStep::showWhy()
{
    const QList<RankedProduct> &ranking = state().ranking();
    m_why->setVisible(!ranking.isEmpty());
    if (ranking.isEmpty()) {
        m_unpin->hide();
        return;
    }
    const QString why = explainChoice(m_context.stores.products.all(), ranking, state().query());
    const bool pinned = state().isProductPicked() && ranking.first().isOffered() && ranking.first().id != state().draft().productId;
    m_why->setText(pinned ? tr("Your choice stays whatever the prices do. %1").arg(why) : why);
    m_unpin->setVisible(pinned);
}

void ProductStep::showEmptiness()
{
    const ProductStore &products = m_context.stores.products;
    m_note->setText(products.lastError() && products.refreshedAt()
                        ? tr("The products could not be read again, so prices and stock may have changed: %1.")
                              .arg(format::age(products.refreshedAt(), m_context.clock.now()))
                        : tr("Prices are per hour, per GPU and for all GPUs. The cheapest that is in stock is on top; equal prices follow your region order."));
    const bool filled = m_model->rowCount() > 0;
    m_stack->setCurrentWidget(filled ? static_cast<QWidget *>(m_table) : m_empty);
    if (filled)
        return;
    if (m_model->totalCount() > 0)
        m_empty->setContent(tr("No offer matches the filter."), tr("Clear the filter"));
    else if (products.isRefreshing())
        m_empty->setContent(tr("Reading the product list…"));
    else if (products.lastError())
        m_empty->setContent(errorText(*products.lastError()).sentence, tr("Read again"));
    else if (products.refreshedAt())
        m_empty->setContent(tr("The cloud offers no products of this kind now."), tr("Read again"));
    else
        m_empty->setContent(tr("The product list has not been read yet."), tr("Read again"));
}

void ProductStep::selectChosen()
{
    const QScopedValueRollback<bool> guard(m_selecting, true);
    const int row = m_model->rowOf(state().draft().productId);
    if (row < 0)
        m_table->clearSelection();
    else if (m_table->currentIndex().row() != row || !m_table->selectionModel()->isRowSelected(row))
        m_table->setCurrentIndex(m_model->index(row, OfferModel::NameColumn));
}

void ProductStep::showProblems(const QList<DraftProblem> &problems)
{
    QStringList sentences;
    for (const DraftProblem &problem : problems) {
        if (fields().contains(problem.field))
            sentences.append(problem.message);
    }
    m_problem->setText(sentences.join(QLatin1Char('\n')));
    m_problem->setVisible(!sentences.isEmpty());
    markProblem(m_table, m_problem->text());
}

void ProductStep::retranslate()
{
    m_kindLabel->setText(tr("Kind"));
    m_kind->setItemText(0, tr("GPU"));
    m_kind->setItemText(1, tr("CPU"));
    m_billingLabel->setText(tr("Billing"));
    for (int i = 0; i < m_billing->count(); ++i)
        m_billing->setItemText(i, productwords::billingMode(kModes[i]));
    m_countLabel->setText(tr("GPUs"));
    m_count->setAccessibleName(tr("GPUs"));
    m_regionLabel->setText(tr("Region"));
    if (m_region->count() > 0)
        m_region->setItemText(0, tr("Any, in my order"));
    m_order->setText(tr("Regions…"));
    m_order->setAccessibleName(tr("Regions…"));
    m_order->setToolTip(tr("The order in which regions are preferred"));
    m_filter->setPlaceholderText(tr("Filter, e.g. gpu:4090 region:us"));
    m_filter->setAccessibleName(tr("Filter offers"));
    m_table->setAccessibleName(tr("Offers table"));
    m_unpin->setText(tr("Take the cheapest"));
    m_unpin->setAccessibleName(tr("Take the cheapest"));
    showWhy();
    m_model->retranslate();
    showEmptiness();
}

} // namespace novita
