// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/refresher.h"
#include "core/workflows/stores.h"
#include "tests/support/catalogcloud.h"
#include "tests/support/uifixture.h"
#include "ui/models/producttablemodel.h"
#include "ui/models/roles.h"
#include "ui/models/templatetablemodel.h"
#include "ui/products/productdetails.h"
#include "ui/products/productspage.h"
#include "ui/templates/templatespage.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tableview.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>

using namespace novita;

namespace {

QComboBox *boxBeside(const QWidget &root, const QString &label)
{
    for (QLabel *one : root.findChildren<QLabel *>()) {
        if (one->text() == label && qobject_cast<QComboBox *>(one->buddy()))
            return qobject_cast<QComboBox *>(one->buddy());
    }
    return nullptr;
}

bool anyLabelSays(const QWidget &root, const QString &words)
{
    const QList<QLabel *> labels = root.findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) { return label->isVisibleTo(&root) && label->text().contains(words); });
}

QStringList column(const QAbstractItemModel &model, int column)
{
    QStringList out;
    for (int row = 0; row < model.rowCount(); ++row)
        out.append(model.index(row, column).data().toString());
    return out;
}

TableView *templatesTable(const TemplatesPage &page)
{
    for (TableView *table : page.findChildren<TableView *>()) {
        if (table->accessibleName() == u"Templates table"_qs)
            return table;
    }
    return nullptr;
}

QTabBar *channelsOf(const TemplatesPage &page)
{
    for (QTabBar *bar : page.findChildren<QTabBar *>()) {
        if (bar->accessibleName() == u"Channels"_qs)
            return bar;
    }
    return nullptr;
}

} // namespace

class TestCatalogPages final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void productsShowPricesAndStock();
    void offersOfOneNameAreToldApart();
    void productsFilterByChoiceAndField();
    void productsSortUnknownLast();
    void createFromProduct();
    void productStates();
    void productsThatLeaveUnseenLeaveTheirRoom();
    void staleProductsStayReadable();
    void productsStateRoundTrip();
    void templatesByChannel();
    void templateTextIsPlain();
    void templateValuesAreMasked();
    void createFromTemplate();
    void languageChange();

private:
    void read(DataKind kind);
    std::unique_ptr<UiFixture> m_fixture;
    CatalogCloud m_cloud;
};

void TestCatalogPages::init()
{
    m_cloud = CatalogCloud();
    m_fixture = std::make_unique<UiFixture>();
    m_fixture->network().setResponder([this](const FakeRequest &request) { return m_cloud.answer(request); });
}

void TestCatalogPages::read(DataKind kind)
{
    bool done = false;
    m_fixture->context().refresher.refresh(kind)->onFinished(this, [&done](const Result<int> &) { done = true; });
    QTRY_VERIFY(done);
}

void TestCatalogPages::productsShowPricesAndStock()
{
    ProductTableModel model(m_fixture->stores().products, m_fixture->stores().clusters);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    read(DataKind::Products);
    model.flush();
    model.sort(ProductTableModel::NameColumn);
    QCOMPARE(model.rowCount(), 6);
    const int row = model.rowOf(u"4090"_qs);
    const auto cell = [&](int column) { return model.index(row, column).data().toString(); };
    QCOMPARE(cell(ProductTableModel::OnDemandColumn), u"$0.35/h"_qs);
    QCOMPARE(cell(ProductTableModel::SpotColumn), u"$0.21/h"_qs);
    QVERIFY(cell(ProductTableModel::MonthlyColumn).startsWith(u"$200.00"_qs));
    QCOMPARE(cell(ProductTableModel::VramColumn), u"24 GB"_qs);
    QCOMPARE(cell(ProductTableModel::DiskColumn), u"10–400 GB"_qs);
    QCOMPARE(cell(ProductTableModel::RegionsColumn), u"US-CA-06, AS-SGP-02"_qs);
    QCOMPARE(cell(ProductTableModel::StockColumn), u"High"_qs);
    QCOMPARE(model.index(model.rowOf(u"5090"_qs), ProductTableModel::SpotColumn).data().toString(), u"–"_qs);
    QCOMPARE(model.index(model.rowOf(u"a100"_qs), ProductTableModel::StockColumn).data().toString(), u"Out of stock"_qs);
    model.retranslate();
    QCOMPARE(model.rowCount(), 6);
}

void TestCatalogPages::offersOfOneNameAreToldApart()
{
    ProductStore &store = m_fixture->stores().products;
    ProductTableModel model(store, m_fixture->stores().clusters);
    Product one;
    one.id = ProductId(u"4090.16c"_qs);
    one.name = u"RTX 4090 24GB"_qs;
    store.upsert({one});
    model.flush();
    const auto note = [&model](const QString &id) { return model.index(model.rowOf(id), ProductTableModel::NameColumn).data(NoteRole).toString(); };
    QCOMPARE(note(u"4090.16c"_qs), QString());
    Product other = one;
    other.id = ProductId(u"4090.32c"_qs);
    Product nameless;
    nameless.id = ProductId(u"x1"_qs);
    store.upsert({other, nameless});
    model.flush();
    QCOMPARE(note(u"4090.16c"_qs), u"4090.16c"_qs);
    QCOMPARE(note(u"4090.32c"_qs), u"4090.32c"_qs);
    const QModelIndex unnamed = model.index(model.rowOf(u"x1"_qs), ProductTableModel::NameColumn);
    QCOMPARE(unnamed.data().toString(), u"x1"_qs);
    QVERIFY(unnamed.data(StandInRole).toBool());
}

void TestCatalogPages::productsFilterByChoiceAndField()
{
    ProductsPage page(m_fixture->context());
    read(DataKind::Products);
    read(DataKind::Clusters);
    page.show();
    auto *model = page.findChild<ProductTableModel *>();
    model->flush();
    boxBeside(page, u"Kind"_qs)->setCurrentIndex(2);
    QCOMPARE(column(*model, ProductTableModel::NameColumn), QStringList({u"4 vCPU 16GB"_qs}));
    boxBeside(page, u"Kind"_qs)->setCurrentIndex(1);
    boxBeside(page, u"Billing"_qs)->setCurrentIndex(2);
    QCOMPARE(model->rowCount(), 3);
    boxBeside(page, u"Billing"_qs)->setCurrentIndex(0);
    QComboBox *region = boxBeside(page, u"Region"_qs);
    region->setCurrentIndex(region->findData(u"AS-SGP-02"_qs));
    // An offer without regions is offered everywhere.
    QCOMPARE(column(*model, ProductTableModel::NameColumn), QStringList({u"L40S 48GB"_qs, u"RTX 4090 24GB"_qs, u"RTX 5090 32GB"_qs}));
    auto *filter = page.findChild<SearchField *>();
    QCOMPARE(filter->accessibleName(), u"Filter products"_qs);
    filter->setFilter(u"gpu:5090"_qs);
    QCOMPARE(model->rowCount(), 1);
    filter->setFilter(u"gpu:9999"_qs);
    auto *empty = page.findChild<EmptyState *>();
    QTRY_VERIFY(empty->isVisible());
    empty->button()->click();
    QCOMPARE(model->rowCount(), 6);
    QCOMPARE(region->currentIndex(), 0);
}

void TestCatalogPages::productsSortUnknownLast()
{
    ProductTableModel model(m_fixture->stores().products, m_fixture->stores().clusters);
    read(DataKind::Products);
    model.flush();
    for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
        model.sort(ProductTableModel::SpotColumn, order);
        QCOMPARE(column(model, ProductTableModel::SpotColumn).last(), u"–"_qs);
    }
    model.sort(ProductTableModel::SpotColumn, Qt::AscendingOrder);
    QCOMPARE(column(model, ProductTableModel::SpotColumn).first(), u"$0.21/h"_qs);
    model.setFilter(u"spot:<0.21"_qs);
    QCOMPARE(QStringList(column(model, ProductTableModel::SpotColumn).first()), column(model, ProductTableModel::SpotColumn));
    QCOMPARE(column(model, ProductTableModel::SpotColumn).first(), u"$0.21/h"_qs);
}

void TestCatalogPages::createFromProduct()
{
    ProductsPage page(m_fixture->context());
    read(DataKind::Products);
    page.show();
    auto *table = page.findChild<TableView *>();
    QCOMPARE(table->accessibleName(), u"Products table"_qs);
    QAction *create = page.pageActions().first();
    QCOMPARE(create->text(), u"Create from this"_qs);
    QVERIFY(!create->isEnabled());
    auto *model = page.findChild<ProductTableModel *>();
    model->flush();
    table->setCurrentIndex(model->index(model->rowOf(u"h100"_qs), 0));
    QVERIFY(create->isEnabled());
    QVERIFY(anyLabelSays(page, u"US-CA-06"_qs));
    QSignalSpy wanted(&page, &Page::newInstanceRequested);
    create->trigger();
    QCOMPARE(wanted.first(), QVariantList({u"h100"_qs, QString()}));
}

void TestCatalogPages::productStates()
{
    m_cloud.productsFail = true;
    ProductsPage page(m_fixture->context());
    page.show();
    auto *empty = page.findChild<EmptyState *>();
    QVERIFY(!empty->isVisible());
    QVERIFY(!page.isFilled());
    page.refresh();
    QTRY_VERIFY(empty->isVisible());
    QVERIFY(!empty->sentence().isEmpty());
    m_cloud.productsFail = false;
    empty->button()->click();
    QTRY_VERIFY(page.isFilled());
    QTRY_VERIFY(!empty->isVisible());
}

/// The details of a product that is gone when the page comes back take no room from what stands there instead.
void TestCatalogPages::productsThatLeaveUnseenLeaveTheirRoom()
{
    ProductsPage page(m_fixture->context());
    page.resize(760, 600); // details below the table
    page.show();
    read(DataKind::Products);
    QTRY_VERIFY(page.isFilled());
    auto *table = page.findChild<TableView *>();
    table->selectRow(0);
    auto *details = page.findChild<ProductDetails *>();
    QTRY_VERIFY(details->isVisible());
    page.hide();
    m_fixture->stores().products.replaceAll({});
    QTRY_VERIFY(!page.isFilled());
    page.show();
    const auto *empty = page.findChild<EmptyState *>();
    QTRY_VERIFY(empty->isVisible());
    QVERIFY(!details->isVisible());
    QTRY_VERIFY2(empty->height() > page.height() / 2, qPrintable(QString::number(empty->height())));
}

void TestCatalogPages::staleProductsStayReadable()
{
    ProductsPage page(m_fixture->context());
    page.show();
    read(DataKind::Products);
    QTRY_VERIFY(page.isFilled());
    m_cloud.productsFail = true;
    read(DataKind::Products);
    auto *banner = page.findChild<ErrorBanner *>();
    QTRY_VERIFY(banner->isShowing());
    QVERIFY2(banner->sentence().startsWith(u"What is shown was read "_qs), qPrintable(banner->sentence()));
    page.activate();
    m_fixture->clock().advance(std::chrono::minutes(3));
    QTRY_VERIFY(banner->sentence().startsWith(u"What is shown was read 3 min ago: "_qs));
    page.deactivate();
    QVERIFY(page.isFilled());
    m_cloud.productsFail = false;
    read(DataKind::Products);
    QTRY_VERIFY(!banner->isShowing());
}

void TestCatalogPages::productsStateRoundTrip()
{
    read(DataKind::Products);
    read(DataKind::Clusters);
    ProductsPage page(m_fixture->context());
    boxBeside(page, u"Kind"_qs)->setCurrentIndex(1);
    QComboBox *region = boxBeside(page, u"Region"_qs);
    region->setCurrentIndex(region->findData(u"US-CA-06"_qs));
    page.findChild<SearchField *>()->setFilter(u"4090"_qs);
    const QJsonObject state = page.saveState();

    m_fixture->stores().resetCloudData();
    ProductsPage later(m_fixture->context());
    later.restoreState(state);
    QCOMPARE(later.findChild<SearchField *>()->text(), u"4090"_qs);
    // The region comes back when it is known again.
    read(DataKind::Products);
    read(DataKind::Clusters);
    QCOMPARE(boxBeside(later, u"Region"_qs)->currentData().toString(), u"US-CA-06"_qs);
    QCOMPARE(later.saveState().value(u"kind"_qs).toString(), u"gpu"_qs);
}

void TestCatalogPages::templatesByChannel()
{
    TemplatesPage page(m_fixture->context());
    read(DataKind::Templates);
    page.show();
    auto *model = page.findChild<TemplateTableModel *>();
    const QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model->flush();
    QCOMPARE(templatesTable(page)->accessibleName(), u"Templates table"_qs);
    QCOMPARE(column(*model, TemplateTableModel::NameColumn), QStringList({u"ComfyUI (Flux)"_qs, u"PyTorch 2.5"_qs}));
    auto *tabs = channelsOf(page);
    QCOMPARE(tabs->tabText(0), u"Official (2)"_qs);
    tabs->setCurrentIndex(1);
    QCOMPARE(column(*model, TemplateTableModel::NameColumn), QStringList({u"<b>Bold</b>"_qs}));
    tabs->setCurrentIndex(2);
    auto *empty = templatesTable(page)->parentWidget()->findChild<EmptyState *>();
    QTRY_VERIFY(empty->isVisible());
    QCOMPARE(empty->sentence(), u"There are no templates in this channel."_qs);
    QCOMPARE(empty->button()->text(), u"Read again"_qs);
    templatesTable(page)->parentWidget()->parentWidget()->parentWidget()->findChild<SearchField *>()->setFilter(u"nothing-like-it"_qs);
    QCOMPARE(empty->sentence(), u"No template of this channel matches “nothing-like-it”."_qs);
    QVERIFY(page.isFilled());
}

void TestCatalogPages::templateTextIsPlain()
{
    TemplatesPage page(m_fixture->context());
    read(DataKind::Templates);
    page.show();
    auto *model = page.findChild<TemplateTableModel *>();
    model->flush();
    templatesTable(page)->setCurrentIndex(model->index(model->rowOf(u"101"_qs), 0));
    auto *readme = page.findChild<QPlainTextEdit *>();
    for (QPlainTextEdit *one : page.findChildren<QPlainTextEdit *>()) {
        if (one->accessibleName() == u"Read me"_qs)
            readme = one;
    }
    QVERIFY(readme->toPlainText().contains(u"<img src"_qs));
    QVERIFY(readme->isReadOnly());
    channelsOf(page)->setCurrentIndex(1);
    templatesTable(page)->setCurrentIndex(model->index(0, 0));
    for (const QLabel *label : page.findChildren<QLabel *>()) {
        if (label->text().contains(u"<b>"_qs))
            QCOMPARE(label->textFormat(), Qt::PlainText);
    }
    QVERIFY(anyLabelSays(page, u"<b>Bold</b>"_qs));
    // Tooltips guess at HTML.
    QVERIFY(!model->index(0, 0).data(Qt::ToolTipRole).toString().contains(u"<b>"_qs));
}

void TestCatalogPages::templateValuesAreMasked()
{
    TemplatesPage page(m_fixture->context());
    read(DataKind::Templates);
    page.show();
    auto *model = page.findChild<TemplateTableModel *>();
    auto *table = templatesTable(page);
    model->flush();
    table->setCurrentIndex(model->index(model->rowOf(u"101"_qs), 0));
    QVERIFY(anyLabelSays(page, u"HF_TOKEN"_qs));
    QVERIFY(!anyLabelSays(page, u"hf_very_private"_qs));
    auto *reveal = page.findChild<QCheckBox *>();
    reveal->setChecked(true);
    QVERIFY(anyLabelSays(page, u"hf_very_private"_qs));
    table->setCurrentIndex(model->index(model->rowOf(u"102"_qs), 0));
    table->setCurrentIndex(model->index(model->rowOf(u"101"_qs), 0));
    QVERIFY(!anyLabelSays(page, u"hf_very_private"_qs));
}

void TestCatalogPages::createFromTemplate()
{
    TemplatesPage page(m_fixture->context());
    read(DataKind::Templates);
    page.show();
    auto *model = page.findChild<TemplateTableModel *>();
    model->flush();
    templatesTable(page)->setCurrentIndex(model->index(model->rowOf(u"102"_qs), 0));
    QSignalSpy wanted(&page, &Page::newInstanceRequested);
    page.pageActions().first()->trigger();
    QCOMPARE(wanted.first(), QVariantList({QString(), u"102"_qs}));
}

void TestCatalogPages::languageChange()
{
    read(DataKind::Products);
    read(DataKind::Templates);
    ProductsPage products(m_fixture->context());
    TemplatesPage templates(m_fixture->context());
    for (Page *page : std::initializer_list<Page *>{&products, &templates}) {
        const QJsonObject before = page->saveState();
        QEvent change(QEvent::LanguageChange);
        for (QWidget *widget : page->findChildren<QWidget *>())
            QCoreApplication::sendEvent(widget, &change);
        QCoreApplication::sendEvent(page, &change);
        QCOMPARE(page->saveState(), before);
        for (const TableView *table : page->findChildren<TableView *>())
            QVERIFY(!table->accessibleName().isEmpty());
        for (QPushButton *button : page->findChildren<QPushButton *>())
            QVERIFY(!button->isVisibleTo(page) || !button->text().isEmpty() || !button->accessibleName().isEmpty());
    }
}

QTEST_MAIN(TestCatalogPages)
#include "tst_catalogpages.moc"
