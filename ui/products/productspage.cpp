// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/products/productspage.h"

#include "core/settings/settingskeys.h"
#include "core/workflows/productranking.h"
#include "core/workflows/stores.h"
#include "ui/delegates/statusdelegate.h"
#include "ui/models/producttablemodel.h"
#include "ui/models/productwords.h"
#include "ui/products/productdetails.h"
#include "ui/products/watchdialogs.h"
#include "ui/theme.h"
#include "ui/widgets/listpane.h"
#include "ui/widgets/pageheader.h"
#include "ui/widgets/tableview.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>

#include <algorithm>

namespace novita {

ProductsPage::ProductsPage(const UiContext &context, QWidget *parent)
    : ProductsPage(context, new ProductTableModel(context.stores.products, context.stores.clusters), new ProductDetails(context), parent)
{
}

ProductsPage::ProductsPage(const UiContext &context, ProductTableModel *model, ProductDetails *details, QWidget *parent)
    : BrowsePage(context, {model, context.stores.products, DataKind::Products, keys::kProductColumns, details}, parent)
    , m_details(details)
    , m_create(new QAction(this))
    , m_watch(new QAction(this))
    , m_watches(new QAction(this))
    , m_kindLabel(new QLabel(this))
    , m_kind(new QComboBox(this))
    , m_modeLabel(new QLabel(this))
    , m_mode(new QComboBox(this))
    , m_regionLabel(new QLabel(this))
    , m_region(new QComboBox(this))
{
    m_create->setEnabled(false);
    m_watch->setEnabled(false);
    header()->addSecondary(m_watch);
    header()->addSecondary(m_watches);
    header()->setPrimary(m_create);
    pane()->setMenuActions({m_create, m_watch});
    pane()->table()->setItemDelegateForColumn(ProductTableModel::StockColumn, new StatusDelegate(context.theme, pane()->table()));
    buildChoices();
    connectSignals();
    retranslate();
    loadRegions();
}

void ProductsPage::buildChoices()
{
    for (const QLatin1String kind : {QLatin1String(""), QLatin1String("gpu"), QLatin1String("cpu")})
        m_kind->addItem(QString(), QString(kind));
    m_mode->addItem(QString(), QString());
    for (const BillingMode mode : {BillingMode::OnDemand, BillingMode::Spot, BillingMode::Monthly})
        m_mode->addItem(QString(), billingModeToWire(mode));
    m_region->addItem(QString(), QString());
    const std::initializer_list<std::pair<QLabel *, QComboBox *>> choices{{m_kindLabel, m_kind}, {m_modeLabel, m_mode}, {m_regionLabel, m_region}};
    for (const auto &[label, box] : choices) {
        label->setBuddy(box);
        label->setProperty("tone", QStringLiteral("text2"));
        pane()->addToBar(label);
        pane()->addToBar(box);
    }
}

void ProductsPage::connectSignals()
{
    for (const QComboBox *box : {m_kind, m_mode, m_region})
        connect(box, &QComboBox::currentIndexChanged, this, &ProductsPage::applyChoices);
    connect(pane(), &ListPane::filterCleared, this, [this] {
        for (QComboBox *box : {m_kind, m_mode, m_region})
            box->setCurrentIndex(0);
    });
    connect(pane(), &ListPane::currentChanged, this, [this](const QString &id) {
        m_details->setProduct(context().stores.products.find(ProductId(id)));
        m_create->setEnabled(!id.isEmpty());
        m_watch->setEnabled(!id.isEmpty());
    });
    connect(m_details, &ProductDetails::closeRequested, this, [this] { pane()->openDetails(false); });
    connect(m_watch, &QAction::triggered, this, [this] { watchdialogs::add(context(), ProductId(pane()->currentId()), this); });
    connect(m_watches, &QAction::triggered, this, [this] { watchdialogs::showAll(context(), this); });
    connect(m_create, &QAction::triggered, this, [this] { emit newInstanceRequested(pane()->currentId(), {}); });
    const std::initializer_list<const EntityStoreBase *> regionSources{&context().stores.clusters, &context().stores.products};
    for (const EntityStoreBase *store : regionSources)
        store->followRows(this, &ProductsPage::loadRegions);
}

/// From the clusters, and from the offers where they name others.
void ProductsPage::loadRegions()
{
    QSet<QString> names;
    for (const ClusterId &id : context().stores.clusters.ids())
        names.insert(regionCode(context().stores.clusters.find(id)->name));
    for (const ProductId &id : context().stores.products.ids()) {
        for (const QString &region : context().stores.products.find(id)->regions)
            names.insert(regionCode(region));
    }
    QStringList regions(names.begin(), names.end());
    std::sort(regions.begin(), regions.end());
    QStringList there;
    for (int i = 1; i < m_region->count(); ++i)
        there.append(m_region->itemData(i).toString());
    if (there == regions)
        return;
    const QString chosen = m_wantedRegion.isEmpty() ? m_region->currentData().toString() : m_wantedRegion;
    {
        const QSignalBlocker blocker(m_region);
        while (m_region->count() > 1)
            m_region->removeItem(1);
        for (const QString &region : std::as_const(regions))
            m_region->addItem(region, region);
        m_region->setCurrentIndex(qMax(0, m_region->findData(chosen)));
    }
    if (m_region->currentIndex() > 0)
        m_wantedRegion.clear();
    applyChoices();
}

void ProductsPage::applyChoices()
{
    QStringList terms;
    const std::initializer_list<std::pair<QLatin1String, QComboBox *>> fields{
        {QLatin1String("kind"), m_kind}, {QLatin1String("mode"), m_mode}, {QLatin1String("region"), m_region}};
    for (const auto &[field, box] : fields) {
        if (const QString value = box->currentData().toString(); !value.isEmpty())
            terms.append(QStringLiteral("%1:%2").arg(QString(field), value));
    }
    pane()->setExtraFilter(terms.join(QLatin1Char(' ')));
}

QList<QAction *> ProductsPage::pageActions() const
{
    return {m_create, m_watch, m_watches, pane()->exportAction()};
}

QJsonObject ProductsPage::saveState() const
{
    QJsonObject state = BrowsePage::saveState();
    state.insert(QStringLiteral("kind"), m_kind->currentData().toString());
    state.insert(QStringLiteral("mode"), m_mode->currentData().toString());
    state.insert(QStringLiteral("region"), m_wantedRegion.isEmpty() ? m_region->currentData().toString() : m_wantedRegion);
    return state;
}

void ProductsPage::restoreState(const QJsonObject &state)
{
    const auto choose = [&state](QComboBox *box, const QString &key) { box->setCurrentIndex(qMax(0, box->findData(state.value(key).toString()))); };
    choose(m_kind, QStringLiteral("kind"));
    choose(m_mode, QStringLiteral("mode"));
    choose(m_region, QStringLiteral("region"));
    if (m_region->currentIndex() == 0)
        m_wantedRegion = state.value(QStringLiteral("region")).toString();
    BrowsePage::restoreState(state);
}

void ProductsPage::retranslate()
{
    m_create->setText(tr("Create from this"));
    m_create->setToolTip(tr("Opens the wizard with the selected product"));
    m_watch->setText(tr("Watch…"));
    m_watch->setToolTip(tr("Tells you when the selected product is cheap enough or back in stock"));
    m_watches->setText(tr("All watches…"));
    m_watches->setToolTip(tr("What is being watched"));
    m_kindLabel->setText(tr("Kind"));
    m_kind->setItemText(0, tr("All"));
    m_kind->setItemText(1, tr("GPU"));
    m_kind->setItemText(2, tr("CPU"));
    m_modeLabel->setText(tr("Billing"));
    m_mode->setItemText(0, tr("All"));
    for (int i = 1; i < m_mode->count(); ++i)
        m_mode->setItemText(i, productwords::billingMode(billingModeFromWire(m_mode->itemData(i).toString())));
    m_regionLabel->setText(tr("Region"));
    m_region->setItemText(0, tr("All"));
    BrowsePage::retranslate();
}

ListWords ProductsPage::words() const
{
    ListWords words;
    words.tableName = tr("Products table");
    words.filterName = tr("Filter products");
    words.filterHint = tr("Filter, e.g. gpu:4090 price:<0.5");
    words.filterHelp = tr("Words, or field:value with gpu, region, stock, mode, kind, vram or id. price:<0.5, ondemand:<0.5 and spot:<0.3 are in USD per hour and GPU; vram:>40 in GB.");
    words.nothing = tr("The cloud offers no products now.");
    words.noMatch = tr("No product matches the filter.");
    return words;
}

} // namespace novita
