// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/profilestore.h"
#include "tests/ui/wizardbench.h"
#include "ui/createwizard/unknownnotice.h"
#include "ui/widgets/errorbanner.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSignalSpy>

using namespace novita;

class TestCreateWizardSend final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_bench.reset(); }

    void jsonIsWhatIsSentAndHidesValues();
    void theRequestIsTakenAlongWithoutSecrets();
    void doubleClickCreatesOnce();
    void refusedCreateKeepsTheInput();
    void quotaOffersAnotherProduct();
    void lostReplyIsAdopted();
    void unknownOutcomeOffersBothWays();
    void lookAgainFindsTheLateOne();
    void createAgainAsksFirst();
    void closedWhileRunningComesBack();
    void closedWhileRunningIsToldOfAndEndsByItself();
    void profileSwitchDuringACreateIsToldOf();
    void anotherKeyDropsTheIdsOfTheOldAccount();
    void profileSwitchEndsAClosedWizard();
    void closingAsksOnlyWhenSomethingIsLost();
    void readOnlyProfileSaysWhy();
    void productionAsksBeforeCreating();

private:
    std::unique_ptr<WizardBench> m_bench;
};

void TestCreateWizardSend::init()
{
    m_bench = std::make_unique<WizardBench>();
    QTRY_VERIFY(m_bench->hasLists());
}

void TestCreateWizardSend::jsonIsWhatIsSentAndHidesValues()
{
    m_bench->wizard->setTemplate(TemplateId(u"101"_qs));
    m_bench->wizard->goTo(3);
    auto *json = named<QPlainTextEdit>(*m_bench->wizard, u"Request to be sent"_qs);
    QVERIFY(json->toPlainText().contains(u"HF_TOKEN"_qs));
    QVERIFY(!json->toPlainText().contains(u"hf_very_private"_qs));
    named<QCheckBox>(*m_bench->wizard, u"Show values of variables"_qs)->setChecked(true);
    QVERIFY(json->toPlainText().contains(u"hf_very_private"_qs));
    const QJsonObject shown = QJsonDocument::fromJson(json->toPlainText().toUtf8()).object();
    m_bench->button(u"Create"_qs)->click();
    QTRY_COMPARE(m_bench->sent().size(), 1);
    QCOMPARE(m_bench->sent().first(), shown);
    QCOMPARE(shown.value(u"ports"_qs).toString(), u"8188/http,22022/tcp"_qs);
    QCOMPARE(shown.value(u"clusterId"_qs).toString(), u"as-sgp-2"_qs);
}

void TestCreateWizardSend::theRequestIsTakenAlongWithoutSecrets()
{
    m_bench->wizard->setTemplate(TemplateId(u"101"_qs));
    m_bench->wizard->goTo(3);
    // What is shown here stays here.
    named<QCheckBox>(*m_bench->wizard, u"Show values of variables"_qs)->setChecked(true);
    const QList<QAction *> forms = named<QPushButton>(*m_bench->wizard, u"Copy as"_qs)->menu()->actions();
    QCOMPARE(forms.size(), 2);
    for (QAction *form : forms) {
        form->trigger();
        const QString text = QGuiApplication::clipboard()->text();
        QVERIFY2(text.contains(u"/gpu-instance/openapi/v1/gpu/instance/create"_qs), qPrintable(text));
        QVERIFY(text.contains(u"NOVITA_API_KEY"_qs) && text.contains(u"HF_TOKEN"_qs) && text.contains(u"•••"_qs));
        QVERIFY(!text.contains(u"hf_very_private"_qs));
    }
    QVERIFY(forms.first()->text() == u"curl"_qs && forms.last()->text() == u"Python"_qs);
    QVERIFY(m_bench->sent().isEmpty());
}

void TestCreateWizardSend::doubleClickCreatesOnce()
{
    m_bench->fillIn();
    QSignalSpy created(m_bench->wizard.get(), &CreateWizard::created);
    QSignalSpy finished(m_bench->wizard.get(), &QDialog::finished);
    QTest::mouseDClick(m_bench->button(u"Create"_qs), Qt::LeftButton);
    m_bench->button(u"Create"_qs)->click();
    QVERIFY(!m_bench->button(u"Create"_qs)->isEnabled());
    QTRY_COMPARE(created.count(), 1);
    QCOMPARE(created.first().first().value<InstanceId>(), InstanceId(u"new-1"_qs));
    QCOMPARE(finished.count(), 1);
    QCOMPARE(m_bench->sent().size(), 1);
}

void TestCreateWizardSend::refusedCreateKeepsTheInput()
{
    m_bench->cloud.onCreate = FakeAnswer::payload(R"({"code":400,"reason":"INVALID_PARAM","message":"image is odd"})", 400);
    m_bench->fillIn();
    const InstanceDraft before = m_bench->wizard->draft();
    m_bench->button(u"Create"_qs)->click();
    auto *banner = m_bench->wizard->findChild<ErrorBanner *>();
    QTRY_VERIFY(banner->sentence().contains(u"image is odd"_qs));
    QCOMPARE(m_bench->wizard->draft(), before);
    QVERIFY(m_bench->wizard->isVisible());
    QVERIFY(m_bench->button(u"Create"_qs)->isEnabled());
    m_bench->cloud.onCreate = FakeAnswer::payload(R"({"id":"new-2"})");
    QSignalSpy created(m_bench->wizard.get(), &CreateWizard::created);
    m_bench->button(u"Create"_qs)->click();
    QTRY_COMPARE(created.count(), 1);
}

void TestCreateWizardSend::quotaOffersAnotherProduct()
{
    m_bench->cloud.onCreate = FakeAnswer::payload(R"({"code":400,"reason":"INSUFFICIENT_RESOURCE","message":"none left"})", 400);
    m_bench->fillIn();
    m_bench->button(u"Create"_qs)->click();
    QPushButton *choose = nullptr;
    QTRY_VERIFY([&] {
        for (QPushButton *one : m_bench->wizard->findChildren<QPushButton *>()) {
            if (one->text() == u"Choose another product"_qs && one->isVisible())
                choose = one;
        }
        return choose != nullptr;
    }());
    choose->click();
    QCOMPARE(m_bench->wizard->currentStep(), 0);
}

void TestCreateWizardSend::lostReplyIsAdopted()
{
    m_bench->cloud.onCreate = FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError);
    m_bench->fillIn();
    m_bench->cloud.instances = R"({"instances":[],"total":0})";
    QSignalSpy created(m_bench->wizard.get(), &CreateWizard::created);
    // The instance appears between the request and the search.
    m_bench->fixture.network().setResponder([this](const FakeRequest &request) {
        if (request.path().endsWith(QLatin1String("/create")))
            m_bench->cloud.instances = R"({"instances":[{"id":"late-1","name":"instance","status":"creating","createdAt":"1767225601"}],"total":1})";
        return m_bench->cloud.answer(request);
    });
    m_bench->button(u"Create"_qs)->click();
    auto *banner = m_bench->wizard->findChild<ErrorBanner *>();
    QTRY_VERIFY(!banner->sentence().isEmpty() && !banner->sentence().startsWith(u"Creating"_qs));
    QCOMPARE(created.count(), 0);
    QVERIFY(m_bench->wizard->isVisible());
    m_bench->wizard->reject();
    QCOMPARE(created.count(), 1);
    QCOMPARE(created.first().first().value<InstanceId>(), InstanceId(u"late-1"_qs));
    QCOMPARE(m_bench->sent().size(), 1);
}

void TestCreateWizardSend::unknownOutcomeOffersBothWays()
{
    m_bench->cloud.onCreate = FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError);
    m_bench->fillIn();
    m_bench->button(u"Create"_qs)->click();
    auto *notice = m_bench->wizard->findChild<UnknownNotice *>();
    QTRY_VERIFY(notice->isVisible());
    QVERIFY(!m_bench->button(u"Create"_qs)->isEnabled());
    QVERIFY(anyLabelSays(*notice, u"It is not known whether instance was created"_qs));
    QVERIFY(m_bench->button(u"Look again"_qs)->isEnabled());
    m_bench->button(u"Look again"_qs)->click();
    QTRY_VERIFY(m_bench->button(u"Look again"_qs)->isEnabled());
    QVERIFY(notice->isVisible());
    QCOMPARE(m_bench->sent().size(), 1);
}

void TestCreateWizardSend::lookAgainFindsTheLateOne()
{
    m_bench->cloud.onCreate = FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError);
    m_bench->fillIn();
    m_bench->button(u"Create"_qs)->click();
    auto *notice = m_bench->wizard->findChild<UnknownNotice *>();
    QTRY_VERIFY(notice->isVisible());
    m_bench->cloud.instances = R"({"instances":[{"id":"late-2","name":"instance","status":"running"}],"total":1})";
    m_bench->button(u"Look again"_qs)->click();
    auto *banner = m_bench->wizard->findChild<ErrorBanner *>();
    QTRY_VERIFY(banner->sentence().contains(u"was created after all"_qs));
    QVERIFY(!notice->isVisible());
    QCOMPARE(m_bench->sent().size(), 1);
}

void TestCreateWizardSend::createAgainAsksFirst()
{
    m_bench->cloud.onCreate = FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError);
    m_bench->fillIn();
    m_bench->button(u"Create"_qs)->click();
    QTRY_VERIFY(m_bench->wizard->findChild<UnknownNotice *>()->isVisible());
    m_bench->button(u"Create again anyway"_qs)->click();
    QCOMPARE(m_bench->fixture.prompts().asked().size(), 1);
    QCOMPARE(m_bench->sent().size(), 1);
    m_bench->cloud.onCreate = FakeAnswer::payload(R"({"id":"second"})");
    m_bench->fixture.prompts().answerNext(true);
    QSignalSpy created(m_bench->wizard.get(), &CreateWizard::created);
    m_bench->button(u"Create again anyway"_qs)->click();
    QTRY_COMPARE(created.count(), 1);
    QCOMPARE(m_bench->sent().size(), 2);
}

void TestCreateWizardSend::closedWhileRunningComesBack()
{
    m_bench->cloud.onCreate = FakeAnswer::hanging();
    m_bench->fillIn();
    const int before = m_bench->fixture.network().count();
    m_bench->button(u"Create"_qs)->click();
    QTRY_COMPARE(m_bench->sent().size(), 1);
    m_bench->wizard->close();
    QVERIFY(!m_bench->wizard->isVisible());
    QVERIFY(m_bench->fixture.prompts().asked().isEmpty());
    for (int i = before; i < m_bench->fixture.network().count(); ++i) {
        if (m_bench->fixture.network().requests().at(static_cast<std::size_t>(i)).path().endsWith(QLatin1String("/create")))
            m_bench->fixture.network().reply(i)->answer(FakeAnswer::payload(R"({"code":400,"reason":"INVALID_PARAM","message":"no"})", 400));
    }
    QTRY_VERIFY(m_bench->wizard->isVisible());
    QCOMPARE(m_bench->wizard->draft().imageUrl, u"ubuntu:22.04"_qs);
}

void TestCreateWizardSend::closedWhileRunningIsToldOfAndEndsByItself()
{
    m_bench->fillIn();
    QSignalSpy news(m_bench->wizard.get(), &CreateWizard::newsChanged);
    QSignalSpy created(m_bench->wizard.get(), &CreateWizard::created);
    const int create = m_bench->startHangingCreate();
    m_bench->wizard->close();
    QCOMPARE(news.count(), 1);
    QVERIFY(news.first().at(1).toString().contains(u"“instance” is being created"_qs));
    m_bench->fixture.network().reply(create)->answer(FakeAnswer::payload(R"({"id":"new-1"})"));
    QTRY_COMPARE(created.count(), 1);
    QVERIFY(!m_bench->wizard->isVisible());
    QCOMPARE(m_bench->wizard->createdName(), u"instance"_qs);
}

void TestCreateWizardSend::profileSwitchDuringACreateIsToldOf()
{
    m_bench->fillIn();
    m_bench->startHangingCreate();
    m_bench->switchAccount();
    QVERIFY(anyLabelSays(*m_bench->wizard, u"It is not known whether “instance” was created under “test-0”"_qs));
    QVERIFY(m_bench->wizard->creating().isEmpty());
    // The late end of the old create is nobody's any more, and the other account may have one of its own.
    QCoreApplication::processEvents();
    QVERIFY(anyLabelSays(*m_bench->wizard, u"It is not known whether “instance” was created under “test-0”"_qs));
    m_bench->cloud.onCreate = FakeAnswer::payload(R"({"id":"new-3"})");
    QTRY_VERIFY(!m_bench->wizard->draft().productId.isEmpty());
    m_bench->wizard->goTo(3);
    QSignalSpy created(m_bench->wizard.get(), &CreateWizard::created);
    m_bench->button(u"Create"_qs)->click();
    QTRY_COMPARE(created.count(), 1);
}

void TestCreateWizardSend::anotherKeyDropsTheIdsOfTheOldAccount()
{
    m_bench->fillIn();
    QVERIFY(!m_bench->wizard->draft().productId.isEmpty());
    const QString image = m_bench->wizard->draft().imageUrl;
    m_bench->fixture.stores().resetCloudData(); // what a new key of the same profile does
    QTRY_VERIFY(anyLabelSays(*m_bench->wizard, u"The API key has changed"_qs));
    QCOMPARE(m_bench->wizard->draft().imageUrl, image);
    QVERIFY(m_bench->wizard->draft().mounts.isEmpty());
    QCOMPARE(m_bench->wizard->currentStep(), 0);
}

void TestCreateWizardSend::profileSwitchEndsAClosedWizard()
{
    m_bench->fillIn();
    m_bench->startHangingCreate();
    m_bench->wizard->close();
    QSignalSpy news(m_bench->wizard.get(), &CreateWizard::newsChanged);
    QSignalSpy finished(m_bench->wizard.get(), &QDialog::finished);
    m_bench->switchAccount();
    QCOMPARE(news.count(), 1);
    QCOMPARE(news.first().first().value<StateTone>(), StateTone::Warn);
    QVERIFY(news.first().at(1).toString().contains(u"It is not known whether “instance” was created"_qs));
    QCOMPARE(finished.count(), 1);
    QCoreApplication::processEvents();
    QVERIFY(!m_bench->wizard->isVisible());
}

void TestCreateWizardSend::closingAsksOnlyWhenSomethingIsLost()
{
    CreateWizard fresh(m_bench->fixture.context());
    fresh.show();
    fresh.close();
    QVERIFY(!fresh.isVisible());
    QVERIFY(m_bench->fixture.prompts().asked().isEmpty());

    m_bench->fillIn();
    m_bench->wizard->close();
    QCOMPARE(m_bench->fixture.prompts().asked().size(), 1);
    QVERIFY(m_bench->wizard->isVisible());
    m_bench->fixture.prompts().answerNext(true);
    m_bench->wizard->reject();
    QVERIFY(!m_bench->wizard->isVisible());
}

void TestCreateWizardSend::readOnlyProfileSaysWhy()
{
    m_bench->fixture.useProfile(false, true);
    m_bench->open();
    m_bench->fillIn();
    QVERIFY(!m_bench->button(u"Create"_qs)->isEnabled());
    QVERIFY(anyLabelSays(*m_bench->wizard, u"read-only"_qs));
}

void TestCreateWizardSend::productionAsksBeforeCreating()
{
    m_bench->fixture.useProfile(true, false);
    m_bench->fillIn();
    m_bench->button(u"Create"_qs)->click();
    QCOMPARE(m_bench->fixture.prompts().asked().size(), 1);
    QVERIFY(m_bench->fixture.prompts().asked().first().text.contains(u"$0.35/h"_qs));
    QCOMPARE(m_bench->sent().size(), 0);
    m_bench->fixture.prompts().answerNext(true);
    m_bench->button(u"Create"_qs)->click();
    QTRY_COMPARE(m_bench->sent().size(), 1);
}

QTEST_MAIN(TestCreateWizardSend)
#include "tst_createwizardsend.moc"
