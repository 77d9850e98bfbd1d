// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/profilestore.h"
#include "core/workflows/createinstance.h"
#include "core/workflows/refresher.h"
#include "core/workflows/sessioncontroller.h"
#include "core/workflows/stores.h"
#include "tests/support/catalogcloud.h"
#include "tests/support/uifixture.h"
#include "ui/createwizard/createwizard.h"
#include "ui/createwizard/offermodel.h"
#include "ui/createwizard/pricepanel.h"
#include "ui/createwizard/steplist.h"
#include "ui/createwizard/unknownnotice.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/tableview.h"

#include <QAbstractItemModelTester>
#include <QAbstractSpinBox>
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace novita;

namespace {

template<typename W>
W *named(QWidget &root, const QString &name)
{
    for (W *widget : root.findChildren<W *>()) {
        if (widget->accessibleName() == name)
            return widget;
    }
    return nullptr;
}

QComboBox *boxBeside(QWidget &root, const QString &label)
{
    for (QLabel *one : root.findChildren<QLabel *>()) {
        if (one->text() == label && one->buddy())
            return qobject_cast<QComboBox *>(one->buddy());
    }
    return nullptr;
}

bool anyLabelSays(const QWidget &root, const QString &words)
{
    const QList<QLabel *> labels = root.findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) { return label->isVisibleTo(&root) && label->text().contains(words); });
}

} // namespace

class TestCreateWizard final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void bestOfferIsChosenAndMayBeReplaced();
    void unavailableOffersSayWhy();
    void billingModeChangesTheRanking();
    void pickedProductStaysWhenItCannotBeHad();
    void priceIsTimesGpusAndSaysUnknown();
    void templateFillsAndCanBeUndone();
    void nameIsSuggestedUntilTyped();
    void problemsStandAtTheirField();
    void volumesAreThoseOfTheRegion();
    void jsonIsWhatIsSentAndHidesValues();
    void reviewLinksToTheField();
    void walkingKeepsWhatWasTyped();
    void doubleClickCreatesOnce();
    void refusedCreateKeepsTheInput();
    void quotaOffersAnotherProduct();
    void lostReplyIsAdopted();
    void unknownOutcomeOffersBothWays();
    void lookAgainFindsTheLateOne();
    void createAgainAsksFirst();
    void closedWhileRunningComesBack();
    void closingAsksOnlyWhenSomethingIsLost();
    void readOnlyProfileSaysWhy();
    void productionAsksBeforeCreating();
    void profileSwitchKeepsTheText();
    void cpuHasNoGpuFields();
    void cloneStartsFromTheInstance();
    void presetsWaitForTheirList();
    void everyControlHasAName();
    void languageChangeKeepsTheDraft();

private:
    QLineEdit *image() { return named<QLineEdit>(*m_wizard, u"Image"_qs); }
    QPushButton *button(const QString &name) { return named<QPushButton>(*m_wizard, name); }
    OfferModel *offers() { return m_wizard->findChild<OfferModel *>(); }
    /// Everything a create needs, and the review in front.
    void fillIn()
    {
        QTRY_VERIFY(offers()->rowCount() > 0);
        image()->setFocus();
        QTest::keyClicks(image(), QStringLiteral("ubuntu:22.04"));
        m_wizard->goTo(m_wizard->stepCount() - 1);
    }
    QList<QJsonObject> sent() const
    {
        QList<QJsonObject> out;
        for (const FakeRequest &request : m_fixture->network().requests()) {
            if (request.path().endsWith(QLatin1String("/create")))
                out.append(QJsonDocument::fromJson(request.body).object());
        }
        return out;
    }

    std::unique_ptr<UiFixture> m_fixture;
    std::unique_ptr<CatalogCloud> m_cloud;
    std::unique_ptr<CreateWizard> m_wizard;
};

void TestCreateWizard::init()
{
    m_fixture = std::make_unique<UiFixture>();
    m_cloud = std::make_unique<CatalogCloud>();
    m_fixture->network().setResponder([this](const FakeRequest &request) { return m_cloud->answer(request); });
    m_fixture->context().create.setSearchWaits({Milliseconds(0)});
    m_wizard = std::make_unique<CreateWizard>(m_fixture->context());
    m_wizard->show();
    QTRY_VERIFY(m_fixture->stores().products.size() == 6 && m_fixture->stores().networks.size() == 1);
    QTRY_VERIFY(m_fixture->stores().templates.size() == 3 && m_fixture->stores().registryAuths.size() == 1);
    QTRY_VERIFY(m_fixture->stores().storages.size() == 2 && m_fixture->stores().clusters.size() == 2);
}

void TestCreateWizard::cleanup()
{
    m_wizard.reset();
    m_fixture.reset();
}

void TestCreateWizard::bestOfferIsChosenAndMayBeReplaced()
{
    const QAbstractItemModelTester tester(offers(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(m_wizard->draft().productId, ProductId(u"4090"_qs));
    // What the ranking promises is what is asked for.
    QCOMPARE(m_wizard->draft().clusterId, ClusterId(u"as-sgp-2"_qs));
    QCOMPARE(offers()->index(0, OfferModel::ReasonColumn).data().toString(), u"Cheapest on-demand offer in AS-SGP-02"_qs);

    auto *table = named<TableView>(*m_wizard, u"Offers table"_qs);
    table->setCurrentIndex(offers()->index(2, 0));
    QCOMPARE(m_wizard->draft().productId, ProductId(u"5090"_qs));
    // The untouched disk fits the product.
    QCOMPARE(m_wizard->draft().rootfsGb, 50);
}

void TestCreateWizard::unavailableOffersSayWhy()
{
    const int row = offers()->rowOf(ProductId(u"a100"_qs));
    QCOMPARE(row, offers()->rowCount() - 1);
    QCOMPARE(offers()->index(row, OfferModel::ReasonColumn).data().toString(), u"Out of stock"_qs);
    QCOMPARE(offers()->index(row, OfferModel::PriceColumn).data().toString(), u"$1.20/h"_qs);
}

void TestCreateWizard::billingModeChangesTheRanking()
{
    QComboBox *billing = boxBeside(*m_wizard, u"Billing"_qs);
    QVERIFY(billing);
    billing->setCurrentIndex(1);
    emit billing->activated(1);
    QCOMPARE(m_wizard->draft().billing, BillingMode::Spot);
    QCOMPARE(offers()->index(0, OfferModel::ReasonColumn).data().toString(), u"Cheapest spot offer in AS-SGP-02"_qs);
    QCOMPARE(offers()->index(offers()->rowOf(ProductId(u"5090"_qs)), OfferModel::ReasonColumn).data().toString(), u"Not offered as spot"_qs);
    QComboBox *region = boxBeside(*m_wizard, u"Region"_qs);
    region->setCurrentIndex(region->findData(u"US-CA-06"_qs));
    emit region->activated(region->currentIndex());
    QCOMPARE(m_wizard->draft().clusterId, ClusterId(u"us-ca-6"_qs));
}

void TestCreateWizard::pickedProductStaysWhenItCannotBeHad()
{
    m_wizard->setProduct(ProductId(u"5090"_qs));
    QComboBox *billing = boxBeside(*m_wizard, u"Billing"_qs);
    emit billing->activated(1);
    QCOMPARE(m_wizard->draft().productId, ProductId(u"5090"_qs));
    QVERIFY(anyLabelSays(*m_wizard, u"not offered in this billing mode"_qs));
    QCOMPARE(m_wizard->findChild<PricePanel *>()->summary(), u"unknown"_qs);
}

void TestCreateWizard::priceIsTimesGpusAndSaysUnknown()
{
    auto *price = m_wizard->findChild<PricePanel *>();
    QCOMPARE(price->summary(), u"$0.35/h, $255.50 per month of 730 h"_qs);
    named<QSpinBox>(*m_wizard, u"GPUs"_qs)->setValue(4);
    QCOMPARE(price->summary(), u"$1.40/h, $1,022.00 per month of 730 h"_qs);
    emit boxBeside(*m_wizard, u"Billing"_qs)->activated(2);
    QCOMPARE(price->summary(), u"$800.00"_qs);
    QVERIFY(anyLabelSays(*price, u"does not say whether"_qs));
    named<QSpinBox>(*m_wizard, u"Term"_qs)->setValue(5);
    QCOMPARE(price->summary(), u"unknown"_qs);
}

void TestCreateWizard::templateFillsAndCanBeUndone()
{
    image()->setFocus();
    QTest::keyClicks(image(), QStringLiteral("my/own:1"));
    m_wizard->setTemplate(TemplateId(u"101"_qs));
    InstanceDraft draft = m_wizard->draft();
    QCOMPARE(draft.imageUrl, u"docker.io/example/comfy:1.4"_qs);
    QCOMPARE(draft.rootfsGb, 80);
    QCOMPARE(draft.command, u"python main.py"_qs);
    QCOMPARE(draft.ports.size(), 2);
    QCOMPARE(draft.envs.first().key, u"HF_TOKEN"_qs);
    QCOMPARE(image()->text(), draft.imageUrl);
    m_wizard->goTo(1);
    QVERIFY(anyLabelSays(*m_wizard, u"Filled from ComfyUI (Flux)"_qs));
    button(u"Undo template"_qs)->click();
    draft = m_wizard->draft();
    QCOMPARE(draft.imageUrl, u"my/own:1"_qs);
    QVERIFY(draft.ports.isEmpty() && draft.envs.isEmpty() && draft.command.isEmpty());
    QCOMPARE(draft.rootfsGb, 60);
}

void TestCreateWizard::nameIsSuggestedUntilTyped()
{
    QCOMPARE(m_wizard->draft().name, u"instance"_qs);
    m_wizard->setTemplate(TemplateId(u"101"_qs));
    QCOMPARE(m_wizard->draft().name, u"comfyui-flux"_qs);
    auto *name = named<QLineEdit>(*m_wizard, u"Name"_qs);
    name->selectAll();
    QTest::keyClicks(name, QStringLiteral("mine"));
    m_wizard->setTemplate(TemplateId(u"102"_qs));
    QCOMPARE(m_wizard->draft().name, u"mine"_qs);
    QVERIFY(m_wizard->draft().jupyter);
}

void TestCreateWizard::problemsStandAtTheirField()
{
    m_wizard->goTo(2);
    auto *name = named<QLineEdit>(*m_wizard, u"Name"_qs);
    QVERIFY(!anyLabelSays(*m_wizard, u"only letters"_qs));
    QTest::keyClicks(name, QStringLiteral("bad name!"));
    QVERIFY(anyLabelSays(*m_wizard, u"only letters"_qs));
    QVERIFY(name->accessibleDescription().contains(u"only letters"_qs));
    QVERIFY(name->property("invalid").toBool());
    for (QPushButton *add : m_wizard->findChildren<QPushButton *>()) {
        if (add->text() == u"Add port"_qs && m_wizard->draft().ports.isEmpty())
            add->click();
    }
    QCOMPARE(m_wizard->draft().ports.size(), 1);
    named<QSpinBox>(*m_wizard, u"Port 1 number"_qs)->setValue(2223);
    QVERIFY(anyLabelSays(*m_wizard, u"reserved by the platform"_qs));
    named<QSpinBox>(*m_wizard, u"System disk"_qs)->setValue(900);
    QVERIFY(anyLabelSays(*m_wizard, u"from 10 to 400 GB"_qs));
    auto *steps = m_wizard->findChild<StepList *>();
    QCOMPARE(steps->item(2)->data(Qt::AccessibleDescriptionRole).toString(), u"has problems"_qs);
}

void TestCreateWizard::volumesAreThoseOfTheRegion()
{
    m_wizard->goTo(2);
    button(u"Add network volume"_qs)->click();
    QCOMPARE(m_wizard->draft().mounts.size(), 1);
    QCOMPARE(m_wizard->draft().mounts.first().id, StorageId(u"ns-1"_qs));
    QCOMPARE(m_wizard->draft().mounts.first().mountPoint, u"/network"_qs);
    QComboBox *network = boxBeside(*m_wizard, u"VPC network"_qs);
    QCOMPARE(network->count(), 2);
    QVERIFY(network->itemText(1).contains(u"lab"_qs));
    QComboBox *auth = boxBeside(*m_wizard, u"Registry credentials"_qs);
    auth->setCurrentIndex(1);
    emit auth->activated(1);
    QCOMPARE(m_wizard->draft().imageAuthId, RegistryAuthId(u"auth-1"_qs));
}

void TestCreateWizard::jsonIsWhatIsSentAndHidesValues()
{
    m_wizard->setTemplate(TemplateId(u"101"_qs));
    m_wizard->goTo(3);
    auto *json = named<QPlainTextEdit>(*m_wizard, u"Request to be sent"_qs);
    QVERIFY(json->toPlainText().contains(u"HF_TOKEN"_qs));
    QVERIFY(!json->toPlainText().contains(u"hf_very_private"_qs));
    named<QCheckBox>(*m_wizard, u"Show values of variables"_qs)->setChecked(true);
    QVERIFY(json->toPlainText().contains(u"hf_very_private"_qs));
    const QJsonObject shown = QJsonDocument::fromJson(json->toPlainText().toUtf8()).object();
    button(u"Create"_qs)->click();
    QTRY_COMPARE(sent().size(), 1);
    QCOMPARE(sent().first(), shown);
    QCOMPARE(shown.value(u"ports"_qs).toString(), u"8188/http,22022/tcp"_qs);
    QCOMPARE(shown.value(u"clusterId"_qs).toString(), u"as-sgp-2"_qs);
}

void TestCreateWizard::reviewLinksToTheField()
{
    m_wizard->goTo(3);
    QVERIFY(!button(u"Create"_qs)->isEnabled());
    QPushButton *link = button(u"Mend: Enter an image."_qs);
    QVERIFY(link);
    link->click();
    QCOMPARE(m_wizard->currentStep(), 1);
    QTRY_COMPARE(m_wizard->focusWidget(), image());
}

void TestCreateWizard::walkingKeepsWhatWasTyped()
{
    fillIn();
    const InstanceDraft before = m_wizard->draft();
    for (const int step : {0, 2, 1, 3, 0, 3})
        m_wizard->goTo(step);
    m_fixture->context().refresher.refresh(DataKind::Products);
    m_fixture->context().refresher.refresh(DataKind::Storages);
    QTest::qWait(10);
    QCOMPARE(m_wizard->draft(), before);
}

void TestCreateWizard::doubleClickCreatesOnce()
{
    fillIn();
    QSignalSpy created(m_wizard.get(), &CreateWizard::created);
    QSignalSpy finished(m_wizard.get(), &QDialog::finished);
    QTest::mouseDClick(button(u"Create"_qs), Qt::LeftButton);
    button(u"Create"_qs)->click();
    QVERIFY(!button(u"Create"_qs)->isEnabled());
    QTRY_COMPARE(created.count(), 1);
    QCOMPARE(created.first().first().value<InstanceId>(), InstanceId(u"new-1"_qs));
    QCOMPARE(finished.count(), 1);
    QCOMPARE(sent().size(), 1);
}

void TestCreateWizard::refusedCreateKeepsTheInput()
{
    m_cloud->onCreate = FakeAnswer::payload(R"({"code":400,"reason":"INVALID_PARAM","message":"image is odd"})", 400);
    fillIn();
    const InstanceDraft before = m_wizard->draft();
    button(u"Create"_qs)->click();
    auto *banner = m_wizard->findChild<ErrorBanner *>();
    QTRY_VERIFY(banner->sentence().contains(u"image is odd"_qs));
    QCOMPARE(m_wizard->draft(), before);
    QVERIFY(m_wizard->isVisible());
    QVERIFY(button(u"Create"_qs)->isEnabled());
    m_cloud->onCreate = FakeAnswer::payload(R"({"id":"new-2"})");
    QSignalSpy created(m_wizard.get(), &CreateWizard::created);
    button(u"Create"_qs)->click();
    QTRY_COMPARE(created.count(), 1);
}

void TestCreateWizard::quotaOffersAnotherProduct()
{
    m_cloud->onCreate = FakeAnswer::payload(R"({"code":400,"reason":"INSUFFICIENT_RESOURCE","message":"none left"})", 400);
    fillIn();
    button(u"Create"_qs)->click();
    QPushButton *choose = nullptr;
    QTRY_VERIFY([&] {
        for (QPushButton *one : m_wizard->findChildren<QPushButton *>()) {
            if (one->text() == u"Choose another product"_qs && one->isVisible())
                choose = one;
        }
        return choose != nullptr;
    }());
    choose->click();
    QCOMPARE(m_wizard->currentStep(), 0);
}

void TestCreateWizard::lostReplyIsAdopted()
{
    m_cloud->onCreate = FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError);
    fillIn();
    m_cloud->instances = R"({"instances":[],"total":0})";
    QSignalSpy created(m_wizard.get(), &CreateWizard::created);
    // The instance appears between the request and the search.
    m_fixture->network().setResponder([this](const FakeRequest &request) {
        if (request.path().endsWith(QLatin1String("/create")))
            m_cloud->instances = R"({"instances":[{"id":"late-1","name":"instance","status":"creating","createdAt":"1767225601"}],"total":1})";
        return m_cloud->answer(request);
    });
    button(u"Create"_qs)->click();
    auto *banner = m_wizard->findChild<ErrorBanner *>();
    QTRY_VERIFY(!banner->sentence().isEmpty() && !banner->sentence().startsWith(u"Creating"_qs));
    QCOMPARE(created.count(), 0);
    QVERIFY(m_wizard->isVisible());
    m_wizard->reject();
    QCOMPARE(created.count(), 1);
    QCOMPARE(created.first().first().value<InstanceId>(), InstanceId(u"late-1"_qs));
    QCOMPARE(sent().size(), 1);
}

void TestCreateWizard::unknownOutcomeOffersBothWays()
{
    m_cloud->onCreate = FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError);
    fillIn();
    button(u"Create"_qs)->click();
    auto *notice = m_wizard->findChild<UnknownNotice *>();
    QTRY_VERIFY(notice->isVisible());
    QVERIFY(!button(u"Create"_qs)->isEnabled());
    QVERIFY(anyLabelSays(*notice, u"It is not known whether instance was created"_qs));
    QVERIFY(button(u"Look again"_qs)->isEnabled());
    button(u"Look again"_qs)->click();
    QTRY_VERIFY(button(u"Look again"_qs)->isEnabled());
    QVERIFY(notice->isVisible());
    QCOMPARE(sent().size(), 1);
}

void TestCreateWizard::lookAgainFindsTheLateOne()
{
    m_cloud->onCreate = FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError);
    fillIn();
    button(u"Create"_qs)->click();
    auto *notice = m_wizard->findChild<UnknownNotice *>();
    QTRY_VERIFY(notice->isVisible());
    m_cloud->instances = R"({"instances":[{"id":"late-2","name":"instance","status":"running"}],"total":1})";
    button(u"Look again"_qs)->click();
    auto *banner = m_wizard->findChild<ErrorBanner *>();
    QTRY_VERIFY(banner->sentence().contains(u"was created after all"_qs));
    QVERIFY(!notice->isVisible());
    QCOMPARE(sent().size(), 1);
}

void TestCreateWizard::createAgainAsksFirst()
{
    m_cloud->onCreate = FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError);
    fillIn();
    button(u"Create"_qs)->click();
    QTRY_VERIFY(m_wizard->findChild<UnknownNotice *>()->isVisible());
    button(u"Create again anyway"_qs)->click();
    QCOMPARE(m_fixture->prompts().asked().size(), 1);
    QCOMPARE(sent().size(), 1);
    m_cloud->onCreate = FakeAnswer::payload(R"({"id":"second"})");
    m_fixture->prompts().answerNext(true);
    QSignalSpy created(m_wizard.get(), &CreateWizard::created);
    button(u"Create again anyway"_qs)->click();
    QTRY_COMPARE(created.count(), 1);
    QCOMPARE(sent().size(), 2);
}

void TestCreateWizard::closedWhileRunningComesBack()
{
    m_cloud->onCreate = FakeAnswer::hanging();
    fillIn();
    const int before = m_fixture->network().count();
    button(u"Create"_qs)->click();
    QTRY_COMPARE(sent().size(), 1);
    m_wizard->close();
    QVERIFY(!m_wizard->isVisible());
    QVERIFY(m_fixture->prompts().asked().isEmpty());
    for (int i = before; i < m_fixture->network().count(); ++i) {
        if (m_fixture->network().requests().at(static_cast<std::size_t>(i)).path().endsWith(QLatin1String("/create")))
            m_fixture->network().reply(i)->answer(FakeAnswer::payload(R"({"code":400,"reason":"INVALID_PARAM","message":"no"})", 400));
    }
    QTRY_VERIFY(m_wizard->isVisible());
    QCOMPARE(m_wizard->draft().imageUrl, u"ubuntu:22.04"_qs);
}

void TestCreateWizard::closingAsksOnlyWhenSomethingIsLost()
{
    CreateWizard fresh(m_fixture->context());
    fresh.show();
    fresh.close();
    QVERIFY(!fresh.isVisible());
    QVERIFY(m_fixture->prompts().asked().isEmpty());

    fillIn();
    m_wizard->close();
    QCOMPARE(m_fixture->prompts().asked().size(), 1);
    QVERIFY(m_wizard->isVisible());
    m_fixture->prompts().answerNext(true);
    m_wizard->reject();
    QVERIFY(!m_wizard->isVisible());
}

void TestCreateWizard::readOnlyProfileSaysWhy()
{
    m_fixture->useProfile(false, true);
    m_wizard = std::make_unique<CreateWizard>(m_fixture->context());
    m_wizard->show();
    fillIn();
    QVERIFY(!button(u"Create"_qs)->isEnabled());
    QVERIFY(anyLabelSays(*m_wizard, u"read-only"_qs));
}

void TestCreateWizard::productionAsksBeforeCreating()
{
    m_fixture->useProfile(true, false);
    fillIn();
    button(u"Create"_qs)->click();
    QCOMPARE(m_fixture->prompts().asked().size(), 1);
    QVERIFY(m_fixture->prompts().asked().first().text.contains(u"$0.35/h"_qs));
    QCOMPARE(sent().size(), 0);
    m_fixture->prompts().answerNext(true);
    button(u"Create"_qs)->click();
    QTRY_COMPARE(sent().size(), 1);
}

void TestCreateWizard::profileSwitchKeepsTheText()
{
    fillIn();
    m_fixture->stores().resetCloudData();
    emit m_fixture->context().session.profileSwitched();
    QVERIFY(m_wizard->draft().productId.isEmpty());
    QVERIFY(m_wizard->draft().clusterId.isEmpty());
    QCOMPARE(m_wizard->draft().imageUrl, u"ubuntu:22.04"_qs);
    QTRY_COMPARE(m_wizard->draft().productId, ProductId(u"4090"_qs));
}

void TestCreateWizard::cpuHasNoGpuFields()
{
    emit boxBeside(*m_wizard, u"Kind"_qs)->activated(1);
    QCOMPARE(m_wizard->draft().productId, ProductId(u"cpu-4"_qs));
    QVERIFY(!named<QSpinBox>(*m_wizard, u"GPUs"_qs)->isEnabled());
    m_wizard->goTo(2);
    QVERIFY(!named<QSpinBox>(*m_wizard, u"System disk"_qs)->isVisible());
    QCOMPARE(m_wizard->findChild<PricePanel *>()->summary(), u"$0.04/h, $29.20 per month of 730 h"_qs);
}

void TestCreateWizard::cloneStartsFromTheInstance()
{
    Instance source = m_fixture->instance(1);
    source.clusterId = ClusterId(u"us-ca-6"_qs);
    source.productId = ProductId(u"4090"_qs);
    source.envs = {{u"A"_qs, u"b"_qs}};
    m_wizard->setDraft(InstanceDraft::fromInstance(source, u"worker-1-2"_qs));
    const InstanceDraft &draft = m_wizard->draft();
    QCOMPARE(draft.name, u"worker-1-2"_qs);
    QCOMPARE(draft.clusterId, ClusterId(u"us-ca-6"_qs));
    QCOMPARE(draft.productId, ProductId(u"4090"_qs));
    QCOMPARE(named<QLineEdit>(*m_wizard, u"Variable 1 name"_qs)->text(), u"A"_qs);
    QCOMPARE(named<QLineEdit>(*m_wizard, u"Variable 1 value"_qs)->echoMode(), QLineEdit::Password);
    // Nobody typed anything yet.
    m_wizard->reject();
    QVERIFY(m_fixture->prompts().asked().isEmpty());
}

void TestCreateWizard::presetsWaitForTheirList()
{
    m_fixture->stores().resetCloudData();
    CreateWizard early(m_fixture->context());
    early.setProduct(ProductId(u"h100"_qs));
    early.setTemplate(TemplateId(u"102"_qs));
    QTRY_COMPARE(early.draft().productId, ProductId(u"h100"_qs));
    QTRY_COMPARE(early.draft().imageUrl, u"docker.io/example/pytorch:2.5"_qs);
}

void TestCreateWizard::everyControlHasAName()
{
    m_wizard->setTemplate(TemplateId(u"101"_qs));
    button(u"Add network volume"_qs)->click();
    QStringList nameless;
    for (QWidget *widget : m_wizard->findChildren<QWidget *>()) {
        const bool inside = qobject_cast<QAbstractSpinBox *>(widget->parentWidget()) || qobject_cast<QComboBox *>(widget->parentWidget())
                            || qobject_cast<QLineEdit *>(widget->parentWidget()) || qobject_cast<QHeaderView *>(widget)
                            || widget->inherits("QComboBoxListView") || widget->objectName().startsWith(u"qt_"_qs);
        bool named = !widget->accessibleName().isEmpty();
        if (inside)
            continue;
        if (auto *box = qobject_cast<QComboBox *>(widget)) {
            const QList<QLabel *> labels = m_wizard->findChildren<QLabel *>();
            named = std::any_of(labels.begin(), labels.end(), [box](const QLabel *label) { return label->buddy() == box && !label->text().isEmpty(); });
        } else if (auto *push = qobject_cast<QAbstractButton *>(widget)) {
            named = named || !push->text().isEmpty();
            if (!push->isVisibleTo(m_wizard.get()))
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

void TestCreateWizard::languageChangeKeepsTheDraft()
{
    fillIn();
    const InstanceDraft before = m_wizard->draft();
    QEvent change(QEvent::LanguageChange);
    for (QWidget *widget : m_wizard->findChildren<QWidget *>())
        QCoreApplication::sendEvent(widget, &change);
    QCoreApplication::sendEvent(m_wizard.get(), &change);
    QCOMPARE(m_wizard->draft(), before);
    QCOMPARE(m_wizard->windowTitle(), u"New instance"_qs);
    QCOMPARE(m_wizard->currentStep(), 3);
}

QTEST_MAIN(TestCreateWizard)
#include "tst_createwizard.moc"
