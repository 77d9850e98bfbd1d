// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/refresher.h"
#include "core/workflows/sessioncontroller.h"
#include "tests/ui/wizardbench.h"
#include "ui/createwizard/presetmenu.h"
#include "ui/createwizard/pricepanel.h"
#include "ui/createwizard/steplist.h"
#include "ui/theme.h"
#include "ui/widgets/tableview.h"

#include <QAbstractItemModelTester>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QSpinBox>

using namespace novita;

class TestCreateWizard final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup()
    {
        m_bench->fixture.theme().apply(ColorScheme::Light, 100); // the next theme takes the font of the program for normal
        m_bench.reset();
    }

    void bestOfferIsChosenAndMayBeReplaced();
    void unavailableOffersSayWhy();
    void offersOfOneNameAreToldApart();
    void stepsShowWhereOneIs();
    void theFirstStepNeedsNoMouse();
    void tabGoesAsTheEyeDoes();
    void tabReachesCreate();
    void whatAnAssistiveProgramEntersCounts();
    void aPresetIsSavedAndBegunFrom();
    void theChoiceExplainsItselfAndMayBeTakenBack();
    void billingModeChangesTheRanking();
    void pickedProductStaysWhenItCannotBeHad();
    void priceIsTimesGpusAndSaysUnknown();
    void templateFillsAndCanBeUndone();
    void nameIsSuggestedUntilTyped();
    void problemsStandAtTheirField();
    void volumesAreThoseOfTheRegion();
    void reviewLinksToTheField();
    void walkingKeepsWhatWasTyped();
    void profileSwitchKeepsTheText();
    void cpuHasNoGpuFields();
    void cloneStartsFromTheInstance();
    void failedReadSaysWhyAndKeepsOldPrices();
    void presetsWaitForTheirList();
    void everyControlHasAName();
    void largeTextCutsNothingOff();
    void languageChangeKeepsTheDraft();

private:
    /// Names of what Tab stops at, `count` times from where the focus is.
    QStringList tabStops(int count) const;
    std::unique_ptr<WizardBench> m_bench;
};

QStringList TestCreateWizard::tabStops(int count) const
{
    QStringList out;
    for (int i = 0; i < count; ++i) {
        QTest::keyClick(m_bench->wizard->focusWidget(), Qt::Key_Tab);
        const QWidget *there = m_bench->wizard->focusWidget();
        const auto *box = qobject_cast<const QComboBox *>(there);
        const auto labels = m_bench->wizard->findChildren<QLabel *>();
        const auto label = std::find_if(labels.begin(), labels.end(), [there](const QLabel *one) { return one->buddy() == there; });
        out.append(box && label != labels.end() ? (*label)->text() : there->accessibleName());
    }
    return out;
}

void TestCreateWizard::init()
{
    m_bench = std::make_unique<WizardBench>();
    QTRY_VERIFY(m_bench->hasLists());
}

void TestCreateWizard::bestOfferIsChosenAndMayBeReplaced()
{
    const QAbstractItemModelTester tester(m_bench->offers(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(m_bench->wizard->draft().productId, ProductId(u"4090"_qs));
    // What the ranking promises is what is asked for.
    QCOMPARE(m_bench->wizard->draft().clusterId, ClusterId(u"as-sgp-2"_qs));
    QCOMPARE(m_bench->offers()->index(0, OfferModel::ReasonColumn).data().toString(), u"Cheapest on-demand offer in AS-SGP-02"_qs);

    auto *table = named<TableView>(*m_bench->wizard, u"Offers table"_qs);
    table->setCurrentIndex(m_bench->offers()->index(2, 0));
    QCOMPARE(m_bench->wizard->draft().productId, ProductId(u"5090"_qs));
    // The untouched disk fits the product.
    QCOMPARE(m_bench->wizard->draft().rootfsGb, 50);
}

void TestCreateWizard::unavailableOffersSayWhy()
{
    const int row = m_bench->offers()->rowOf(ProductId(u"a100"_qs));
    QCOMPARE(row, m_bench->offers()->rowCount() - 1);
    QCOMPARE(m_bench->offers()->index(row, OfferModel::ReasonColumn).data().toString(), u"Out of stock"_qs);
    QCOMPARE(m_bench->offers()->index(row, OfferModel::PriceColumn).data().toString(), u"$1.20/h"_qs);
}

void TestCreateWizard::offersOfOneNameAreToldApart()
{
    QList<Product> products = m_bench->fixture.stores().products.all();
    Product twin = *m_bench->fixture.stores().products.find(ProductId(u"4090"_qs));
    twin.id = ProductId(u"4090-b"_qs);
    twin.cpu = 32;
    twin.memoryGb = 124;
    twin.regions = {u"US-CA-06 (California)"_qs};
    products.append(twin);
    m_bench->fixture.stores().products.upsert(products);
    const auto *table = named<TableView>(*m_bench->wizard, u"Offers table"_qs);
    const auto shown = [&](const char *id) {
        QStringList cells;
        const int row = m_bench->offers()->rowOf(ProductId(QString::fromLatin1(id)));
        for (int column = 0; column < OfferModel::ReasonColumn; ++column) {
            if (!table->isColumnHidden(column))
                cells.append(m_bench->offers()->index(row, column).data().toString());
        }
        return cells.join(u'|');
    };
    QTRY_COMPARE(shown("4090-b"), u"RTX 4090 24GB|High|$0.35/h|US-CA-06|32|124 GB"_qs);
    QCOMPARE(shown("4090"), u"RTX 4090 24GB|High|$0.35/h|AS-SGP-02 +1|16|62 GB"_qs);
    // With several GPUs the total is worth a column.
    QVERIFY(table->isColumnHidden(OfferModel::TotalColumn));
    named<QSpinBox>(*m_bench->wizard, u"GPUs"_qs)->setValue(2);
    QVERIFY(!table->isColumnHidden(OfferModel::TotalColumn));
}

void TestCreateWizard::stepsShowWhereOneIs()
{
    auto *steps = m_bench->wizard->findChild<StepList *>();
    for (const int percent : {100, 160}) {
        m_bench->fixture.theme().apply(ColorScheme::Light, percent);
        for (int i = 0; i < steps->count(); ++i)
            QVERIFY(steps->viewport()->width() >= steps->itemDelegate()->sizeHint({}, steps->model()->index(i, 0)).width());
    }
    const auto mark = [steps](int step) { return steps->item(step)->data(Qt::AccessibleDescriptionRole).toString(); };
    QCOMPARE(mark(0), QString());
    m_bench->wizard->goTo(1);
    QCOMPARE(steps->currentRow(), 1);
    QCOMPARE(mark(0), u"done"_qs);
    m_bench->wizard->goTo(2);
    QCOMPARE(mark(1), u"has problems"_qs);
    QCOMPARE(mark(3), QString());
    QCOMPARE(steps->item(1)->data(Qt::AccessibleTextRole).toString(), u"2  Image or template"_qs);
}

void TestCreateWizard::theFirstStepNeedsNoMouse()
{
    QVERIFY(QTest::qWaitForWindowActive(m_bench->wizard.get()));
    auto *table = named<TableView>(*m_bench->wizard, u"Offers table"_qs);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down);
    const ProductId chosen = m_bench->wizard->draft().productId;
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(m_bench->wizard->currentStep(), 1);
    QCOMPARE(m_bench->wizard->draft().productId, chosen);
    QTest::keyClick(m_bench->wizard->focusWidget(), Qt::Key_B, Qt::AltModifier);
    QTRY_COMPARE(m_bench->wizard->currentStep(), 0);
    QTest::keyClick(table, Qt::Key_N, Qt::AltModifier);
    QTRY_COMPARE(m_bench->wizard->currentStep(), 1);
    QTest::keyClick(m_bench->wizard->focusWidget(), Qt::Key_C, Qt::AltModifier);
    QTRY_VERIFY(!m_bench->wizard->isVisible() || !m_bench->fixture.prompts().asked().isEmpty());
}

void TestCreateWizard::tabGoesAsTheEyeDoes()
{
    QVERIFY(QTest::qWaitForWindowActive(m_bench->wizard.get()));
    m_bench->wizard->goTo(1);
    m_bench->wizard->goTo(0);
    boxBeside(*m_bench->wizard, u"Kind"_qs)->setFocus();
    QCOMPARE(tabStops(7).join(u'|'), u"Billing|GPUs|Region|Regions…|Filter offers|Offers table|Next"_qs);
    // There is nothing before the first step.
    QCOMPARE(tabStops(2).join(u'|'), u"Presets|Cancel"_qs);
    m_bench->wizard->goTo(1);
    named<QPushButton>(*m_bench->wizard, u"Next"_qs)->setFocus();
    QCOMPARE(tabStops(3).join(u'|'), u"Back|Presets|Cancel"_qs);
}

void TestCreateWizard::tabReachesCreate()
{
    QVERIFY(QTest::qWaitForWindowActive(m_bench->wizard.get()));
    m_bench->fillIn();
    QVERIFY(m_bench->button(u"Create"_qs)->isEnabled());
    named<QPlainTextEdit>(*m_bench->wizard, u"Request to be sent"_qs)->setFocus();
    QCOMPARE(tabStops(5).join(u'|'), u"Create|Create several…|Back|Presets|Cancel"_qs);
}

void TestCreateWizard::whatAnAssistiveProgramEntersCounts()
{
    const auto enter = [this](const QString &field, const QString &text) {
        QAccessible::queryAccessibleInterface(named<QLineEdit>(*m_bench->wizard, field))->setText(QAccessible::Value, text);
    };
    enter(QStringLiteral("Image"), QStringLiteral(" ubuntu:22.04 "));
    enter(QStringLiteral("Name"), QStringLiteral("dictated"));
    enter(QStringLiteral("Command"), QStringLiteral("serve"));
    const InstanceDraft draft = m_bench->wizard->draft();
    QCOMPARE(draft.imageUrl, QStringLiteral("ubuntu:22.04"));
    QCOMPARE(draft.name, QStringLiteral("dictated"));
    QCOMPARE(draft.command, QStringLiteral("serve"));
}

void TestCreateWizard::aPresetIsSavedAndBegunFrom()
{
    m_bench->fillIn();
    const InstanceDraft saved = m_bench->wizard->draft();
    const auto entry = [this](const QString &words) {
        auto *menu = m_bench->wizard->findChild<PresetMenu *>();
        emit menu->aboutToShow();
        const QList<QAction *> actions = menu->actions();
        const auto found = std::find_if(actions.begin(), actions.end(), [&words](const QAction *action) { return action->text() == words; });
        return found == actions.end() ? nullptr : *found;
    };
    QVERIFY(entry(u"No presets yet"_qs));
    QVERIFY(entry(u"Save as preset “instance”"_qs));
    entry(u"Save as preset “instance”"_qs)->trigger();
    QVERIFY(anyLabelSays(*m_bench->wizard, u"The preset “instance” was saved."_qs));
    m_bench->open();
    QVERIFY(m_bench->wizard->draft().imageUrl.isEmpty());
    QVERIFY(entry(u"instance"_qs));
    entry(u"instance"_qs)->trigger();
    QCOMPARE(m_bench->wizard->draft(), saved);
    QCOMPARE(m_bench->wizard->currentStep(), m_bench->wizard->stepCount() - 1);
}

void TestCreateWizard::theChoiceExplainsItselfAndMayBeTakenBack()
{
    QVERIFY(anyLabelSays(*m_bench->wizard, u"is the cheapest on demand"_qs));
    const ProductId best = m_bench->wizard->draft().productId;
    QPushButton *back = m_bench->button(u"Take the cheapest"_qs);
    QVERIFY(!back->isVisible());
    m_bench->wizard->setProduct(ProductId(u"h100"_qs));
    QVERIFY(back->isVisible());
    QVERIFY(anyLabelSays(*m_bench->wizard, u"Your choice stays"_qs));
    back->click();
    QCOMPARE(m_bench->wizard->draft().productId, best);
    QVERIFY(!back->isVisible());
}

void TestCreateWizard::billingModeChangesTheRanking()
{
    QComboBox *billing = boxBeside(*m_bench->wizard, u"Billing"_qs);
    QVERIFY(billing);
    billing->setCurrentIndex(1);
    emit billing->activated(1);
    QCOMPARE(m_bench->wizard->draft().billing, BillingMode::Spot);
    QCOMPARE(m_bench->offers()->index(0, OfferModel::ReasonColumn).data().toString(), u"Cheapest spot offer in AS-SGP-02"_qs);
    QCOMPARE(m_bench->offers()->index(m_bench->offers()->rowOf(ProductId(u"5090"_qs)), OfferModel::ReasonColumn).data().toString(), u"Not offered as spot"_qs);
    QComboBox *region = boxBeside(*m_bench->wizard, u"Region"_qs);
    region->setCurrentIndex(region->findData(u"US-CA-06"_qs));
    emit region->activated(region->currentIndex());
    QCOMPARE(m_bench->wizard->draft().clusterId, ClusterId(u"us-ca-6"_qs));
}

void TestCreateWizard::pickedProductStaysWhenItCannotBeHad()
{
    m_bench->wizard->setProduct(ProductId(u"5090"_qs));
    QComboBox *billing = boxBeside(*m_bench->wizard, u"Billing"_qs);
    emit billing->activated(1);
    QCOMPARE(m_bench->wizard->draft().productId, ProductId(u"5090"_qs));
    QVERIFY(anyLabelSays(*m_bench->wizard, u"not offered in this billing mode"_qs));
    QCOMPARE(m_bench->wizard->findChild<PricePanel *>()->summary(), u"unknown"_qs);
}

void TestCreateWizard::priceIsTimesGpusAndSaysUnknown()
{
    auto *price = m_bench->wizard->findChild<PricePanel *>();
    QCOMPARE(price->summary(), u"$0.35/h, $255.50 per month of 730 h"_qs);
    named<QSpinBox>(*m_bench->wizard, u"GPUs"_qs)->setValue(4);
    QCOMPARE(price->summary(), u"$1.40/h, $1,022.00 per month of 730 h"_qs);
    emit boxBeside(*m_bench->wizard, u"Billing"_qs)->activated(2);
    QCOMPARE(price->summary(), u"$800.00"_qs);
    QVERIFY(anyLabelSays(*price, u"does not say whether"_qs));
    named<QSpinBox>(*m_bench->wizard, u"Term"_qs)->setValue(5);
    QCOMPARE(price->summary(), u"unknown"_qs);
}

void TestCreateWizard::templateFillsAndCanBeUndone()
{
    m_bench->image()->setFocus();
    QTest::keyClicks(m_bench->image(), QStringLiteral("my/own:1"));
    m_bench->wizard->setTemplate(TemplateId(u"101"_qs));
    InstanceDraft draft = m_bench->wizard->draft();
    QCOMPARE(draft.imageUrl, u"docker.io/example/comfy:1.4"_qs);
    QCOMPARE(draft.rootfsGb, 80);
    QCOMPARE(draft.command, u"python main.py"_qs);
    QCOMPARE(draft.ports.size(), 2);
    QCOMPARE(draft.envs.first().key, u"HF_TOKEN"_qs);
    QCOMPARE(m_bench->image()->text(), draft.imageUrl);
    m_bench->wizard->goTo(1);
    QVERIFY(anyLabelSays(*m_bench->wizard, u"Filled from ComfyUI (Flux)"_qs));
    m_bench->button(u"Undo template"_qs)->click();
    draft = m_bench->wizard->draft();
    QCOMPARE(draft.imageUrl, u"my/own:1"_qs);
    QVERIFY(draft.ports.isEmpty() && draft.envs.isEmpty() && draft.command.isEmpty());
    QCOMPARE(draft.rootfsGb, 60);
}

void TestCreateWizard::nameIsSuggestedUntilTyped()
{
    QCOMPARE(m_bench->wizard->draft().name, u"instance"_qs);
    m_bench->wizard->setTemplate(TemplateId(u"101"_qs));
    QCOMPARE(m_bench->wizard->draft().name, u"comfyui-flux"_qs);
    auto *name = named<QLineEdit>(*m_bench->wizard, u"Name"_qs);
    name->selectAll();
    QTest::keyClicks(name, QStringLiteral("mine"));
    m_bench->wizard->setTemplate(TemplateId(u"102"_qs));
    QCOMPARE(m_bench->wizard->draft().name, u"mine"_qs);
    QVERIFY(m_bench->wizard->draft().jupyter);
}

void TestCreateWizard::problemsStandAtTheirField()
{
    m_bench->wizard->goTo(2);
    auto *name = named<QLineEdit>(*m_bench->wizard, u"Name"_qs);
    QVERIFY(!anyLabelSays(*m_bench->wizard, u"only letters"_qs));
    QTest::keyClicks(name, QStringLiteral("bad name!"));
    QVERIFY(anyLabelSays(*m_bench->wizard, u"only letters"_qs));
    QVERIFY(name->accessibleDescription().contains(u"only letters"_qs));
    QVERIFY(name->property("invalid").toBool());
    for (QPushButton *add : m_bench->wizard->findChildren<QPushButton *>()) {
        if (add->text() == u"Add port"_qs && m_bench->wizard->draft().ports.isEmpty())
            add->click();
    }
    QCOMPARE(m_bench->wizard->draft().ports.size(), 1);
    named<QSpinBox>(*m_bench->wizard, u"Port 1 number"_qs)->setValue(2223);
    QVERIFY(anyLabelSays(*m_bench->wizard, u"reserved by the platform"_qs));
    named<QSpinBox>(*m_bench->wizard, u"System disk"_qs)->setValue(900);
    QVERIFY(anyLabelSays(*m_bench->wizard, u"from 10 to 400 GB"_qs));
    auto *steps = m_bench->wizard->findChild<StepList *>();
    QCOMPARE(steps->item(2)->data(Qt::AccessibleDescriptionRole).toString(), u"has problems"_qs);
}

void TestCreateWizard::volumesAreThoseOfTheRegion()
{
    m_bench->wizard->goTo(2);
    m_bench->button(u"Add network volume"_qs)->click();
    QCOMPARE(m_bench->wizard->draft().mounts.size(), 1);
    QCOMPARE(m_bench->wizard->draft().mounts.first().id, StorageId(u"ns-1"_qs));
    QCOMPARE(m_bench->wizard->draft().mounts.first().mountPoint, u"/network"_qs);
    QComboBox *network = boxBeside(*m_bench->wizard, u"VPC network"_qs);
    QCOMPARE(network->count(), 2);
    QVERIFY(network->itemText(1).contains(u"lab"_qs));
    QComboBox *auth = boxBeside(*m_bench->wizard, u"Registry credentials"_qs);
    auth->setCurrentIndex(1);
    emit auth->activated(1);
    QCOMPARE(m_bench->wizard->draft().imageAuthId, RegistryAuthId(u"auth-1"_qs));
}

void TestCreateWizard::reviewLinksToTheField()
{
    m_bench->wizard->goTo(3);
    QVERIFY(!m_bench->button(u"Create"_qs)->isEnabled());
    QPushButton *link = m_bench->button(u"Mend: Enter an image."_qs);
    QVERIFY(link);
    link->click();
    QCOMPARE(m_bench->wizard->currentStep(), 1);
    QTRY_COMPARE(m_bench->wizard->focusWidget(), m_bench->image());
}

void TestCreateWizard::walkingKeepsWhatWasTyped()
{
    m_bench->fillIn();
    const InstanceDraft before = m_bench->wizard->draft();
    for (const int step : {0, 2, 1, 3, 0, 3})
        m_bench->wizard->goTo(step);
    m_bench->fixture.clock().advance(Seconds(1));
    m_bench->fixture.context().refresher.refresh(DataKind::Products);
    m_bench->fixture.context().refresher.refresh(DataKind::Storages);
    const Stores &stores = m_bench->fixture.stores();
    QTRY_COMPARE(stores.products.refreshedAt(), std::optional(m_bench->fixture.clock().now()));
    QTRY_COMPARE(stores.storages.refreshedAt(), std::optional(m_bench->fixture.clock().now()));
    QCOMPARE(m_bench->wizard->draft(), before);
}

void TestCreateWizard::profileSwitchKeepsTheText()
{
    m_bench->fillIn();
    m_bench->fixture.stores().resetCloudData();
    emit m_bench->fixture.context().session.profileSwitched();
    QVERIFY(m_bench->wizard->draft().productId.isEmpty());
    QVERIFY(m_bench->wizard->draft().clusterId.isEmpty());
    QCOMPARE(m_bench->wizard->draft().imageUrl, u"ubuntu:22.04"_qs);
    QTRY_COMPARE(m_bench->wizard->draft().productId, ProductId(u"4090"_qs));
}

void TestCreateWizard::cpuHasNoGpuFields()
{
    emit boxBeside(*m_bench->wizard, u"Kind"_qs)->activated(1);
    QCOMPARE(m_bench->wizard->draft().productId, ProductId(u"cpu-4"_qs));
    QVERIFY(!named<QSpinBox>(*m_bench->wizard, u"GPUs"_qs)->isEnabled());
    m_bench->wizard->goTo(2);
    QVERIFY(!named<QSpinBox>(*m_bench->wizard, u"System disk"_qs)->isVisible());
    QCOMPARE(m_bench->wizard->findChild<PricePanel *>()->summary(), u"$0.04/h, $29.20 per month of 730 h"_qs);
}

void TestCreateWizard::cloneStartsFromTheInstance()
{
    Instance source = m_bench->fixture.instance(1);
    source.clusterId = ClusterId(u"us-ca-6"_qs);
    source.productId = ProductId(u"4090"_qs);
    source.envs = {{u"A"_qs, u"b"_qs}};
    m_bench->wizard->setDraft(InstanceDraft::fromInstance(source, u"worker-1-2"_qs));
    const InstanceDraft &draft = m_bench->wizard->draft();
    QCOMPARE(draft.name, u"worker-1-2"_qs);
    QCOMPARE(draft.clusterId, ClusterId(u"us-ca-6"_qs));
    QCOMPARE(draft.productId, ProductId(u"4090"_qs));
    QCOMPARE(named<QLineEdit>(*m_bench->wizard, u"Variable 1 name"_qs)->text(), u"A"_qs);
    QCOMPARE(named<QLineEdit>(*m_bench->wizard, u"Variable 1 value"_qs)->echoMode(), QLineEdit::Password);
    // Nobody typed anything yet.
    m_bench->wizard->reject();
    QVERIFY(m_bench->fixture.prompts().asked().isEmpty());
}

void TestCreateWizard::failedReadSaysWhyAndKeepsOldPrices()
{
    m_bench->cloud.productsFail = true;
    m_bench->fixture.context().refresher.refresh(DataKind::Products);
    QTRY_VERIFY(anyLabelSays(*m_bench->wizard, u"could not be read again"_qs));
    QVERIFY(m_bench->offers()->rowCount() > 0);
    m_bench->fixture.stores().resetCloudData();
    m_bench->fixture.context().refresher.refresh(DataKind::Products);
    QTRY_VERIFY(anyLabelSays(*m_bench->wizard, u"refused"_qs));
}

void TestCreateWizard::presetsWaitForTheirList()
{
    m_bench->fixture.stores().resetCloudData();
    CreateWizard early(m_bench->fixture.context());
    early.setProduct(ProductId(u"h100"_qs));
    early.setTemplate(TemplateId(u"102"_qs));
    QTRY_COMPARE(early.draft().productId, ProductId(u"h100"_qs));
    QTRY_COMPARE(early.draft().imageUrl, u"docker.io/example/pytorch:2.5"_qs);
}

void TestCreateWizard::everyControlHasAName()
{
    m_bench->wizard->setTemplate(TemplateId(u"101"_qs));
    m_bench->button(u"Add network volume"_qs)->click();
    QStringList nameless;
    for (QWidget *widget : m_bench->wizard->findChildren<QWidget *>()) {
        const bool inside = qobject_cast<QAbstractSpinBox *>(widget->parentWidget()) || qobject_cast<QComboBox *>(widget->parentWidget())
                            || qobject_cast<QLineEdit *>(widget->parentWidget()) || qobject_cast<QHeaderView *>(widget)
                            || widget->inherits("QComboBoxListView") || widget->objectName().startsWith(u"qt_"_qs);
        bool named = !widget->accessibleName().isEmpty();
        if (inside)
            continue;
        if (auto *box = qobject_cast<QComboBox *>(widget)) {
            const QList<QLabel *> labels = m_bench->wizard->findChildren<QLabel *>();
            named = std::any_of(labels.begin(), labels.end(), [box](const QLabel *label) { return label->buddy() == box && !label->text().isEmpty(); });
        } else if (auto *push = qobject_cast<QAbstractButton *>(widget)) {
            named = named || !push->text().isEmpty();
            if (!push->isVisibleTo(m_bench->wizard.get()))
                named = true;
        } else if (!qobject_cast<QLineEdit *>(widget) && !qobject_cast<QAbstractSpinBox *>(widget) && !qobject_cast<QPlainTextEdit *>(widget)
                   && !qobject_cast<QAbstractItemView *>(widget)) {
            named = true;
        }
        if (!named)
            nameless.append(QLatin1String(widget->metaObject()->className()) + u' ' + widget->objectName());
    }
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u'\n')));
}

void TestCreateWizard::largeTextCutsNothingOff()
{
    m_bench->fixture.theme().apply(ColorScheme::Light, 200);
    m_bench->open(); // as wide as what a screen of 1280 pixels leaves
    m_bench->wizard->resize(1264, 756);
    QTRY_VERIFY(m_bench->hasLists());
    auto *regions = m_bench->button(QStringLiteral("Regions…"));
    QVERIFY(regions);
    const auto *price = m_bench->wizard->findChild<PricePanel *>();
    const auto right = [](const QWidget *widget) { return widget->mapTo(widget->window(), QPoint(widget->width(), 0)).x(); };
    QTRY_VERIFY2(right(regions) < right(price) - price->width(), qPrintable(QStringLiteral("%1 of %2").arg(right(regions)).arg(right(price) - price->width())));
    m_bench->wizard->goTo(2);
    const auto *disk = named<QSpinBox>(*m_bench->wizard, QStringLiteral("System disk"));
    QVERIFY(disk && disk->isVisible());
    const auto *text = disk->findChild<QLineEdit *>();
    QVERIFY2(text->fontMetrics().horizontalAdvance(text->text()) + 4 <= text->width(), qPrintable(text->text()));
    m_bench->fixture.theme().apply(ColorScheme::Light, 100);
    m_bench->open();
    m_bench->wizard->resize(1264, 756);
    regions = m_bench->button(QStringLiteral("Regions…"));
    const auto *count = named<QSpinBox>(*m_bench->wizard, QStringLiteral("GPUs"));
    QTRY_COMPARE(regions->mapTo(m_bench->wizard.get(), QPoint()).y(), count->mapTo(m_bench->wizard.get(), QPoint()).y());
}

void TestCreateWizard::languageChangeKeepsTheDraft()
{
    m_bench->fillIn();
    const InstanceDraft before = m_bench->wizard->draft();
    QEvent change(QEvent::LanguageChange);
    for (QWidget *widget : m_bench->wizard->findChildren<QWidget *>())
        QCoreApplication::sendEvent(widget, &change);
    QCoreApplication::sendEvent(m_bench->wizard.get(), &change);
    QCOMPARE(m_bench->wizard->draft(), before);
    QCOMPARE(m_bench->wizard->windowTitle(), u"New instance"_qs);
    QCOMPARE(m_bench->wizard->currentStep(), 3);
}

QTEST_MAIN(TestCreateWizard)
#include "tst_createwizard.moc"
