// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/refresher.h"
#include "core/workflows/resourcecommands.h"
#include "core/workflows/stores.h"
#include "tests/support/catalogcloud.h"
#include "tests/support/uifixture.h"
#include "ui/templates/templatespage.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/formdialog.h"
#include "ui/widgets/tableview.h"

#include <QAbstractItemModel>
#include <QAction>
#include <QComboBox>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSpinBox>
#include <QTabBar>
#include <QTest>

#include <algorithm>

using namespace novita;

namespace {

template<typename T>
T *named(const QWidget &root, const QString &name)
{
    for (T *one : root.findChildren<T *>()) {
        if (one->accessibleName() == name)
            return one;
    }
    return nullptr;
}

QPushButton *buttonSaying(const QWidget &root, const QString &text)
{
    for (QPushButton *one : root.findChildren<QPushButton *>()) {
        if (one->text() == text && one->isVisibleTo(&root))
            return one;
    }
    return nullptr;
}

QAction *actionSaying(const Page &page, const QString &text)
{
    for (QAction *one : page.pageActions()) {
        if (one->text() == text)
            return one;
    }
    return nullptr;
}

bool anyLabelSays(const QWidget &root, const QString &words)
{
    const QList<QLabel *> labels = root.findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) { return label->isVisibleTo(&root) && label->text().contains(words); });
}

} // namespace

/// The tabs of the Templates page: what they show, what they ask, what they send.
class TestResourcePages final : public QObject
{
    Q_OBJECT

    std::unique_ptr<UiFixture> m_fixture;
    CatalogCloud m_cloud;
    FakeAnswer m_onWrite;

    void readAll()
    {
        for (const DataKind kind : {DataKind::Clusters, DataKind::Products, DataKind::Templates, DataKind::RegistryAuths, DataKind::Storages, DataKind::Networks,
                                    DataKind::Prewarms}) {
            bool done = false;
            m_fixture->context().refresher.refresh(kind)->onFinished(this, [&done](const Result<int> &) { done = true; });
            QTRY_VERIFY(done);
        }
    }
    /// Body of the last request that changes something.
    QJsonObject lastWrite() const
    {
        for (auto it = m_fixture->network().requests().rbegin(); it != m_fixture->network().requests().rend(); ++it) {
            if (it->verb != "GET")
                return QJsonDocument::fromJson(it->body).object();
        }
        return {};
    }
    TableView *open(TemplatesPage &page, const QString &tab, const QString &table)
    {
        page.resize(1200, 700);
        page.show();
        page.activate();
        page.openTarget(tab);
        return named<TableView>(page, table);
    }

private slots:
    void init()
    {
        m_cloud = CatalogCloud();
        m_onWrite = FakeAnswer::payload("{}");
        m_fixture = std::make_unique<UiFixture>();
        m_fixture->network().setResponder([this](const FakeRequest &request) { return request.verb == "GET" ? m_cloud.answer(request) : m_onWrite; });
        m_fixture->context().resources.setLookWaits({});
        readAll();
    }

    void everyTabFills_data()
    {
        QTest::addColumn<QString>("tab");
        QTest::addColumn<QString>("table");
        QTest::addColumn<QString>("cell");
        QTest::newRow("templates") << QStringLiteral("templates") << QStringLiteral("Templates table") << QStringLiteral("ComfyUI (Flux)");
        QTest::newRow("registry") << QStringLiteral("registry") << QStringLiteral("Registry credentials table") << QStringLiteral("hub");
        QTest::newRow("volumes") << QStringLiteral("volumes") << QStringLiteral("Network volumes table") << QStringLiteral("elsewhere");
        QTest::newRow("networks") << QStringLiteral("networks") << QStringLiteral("VPC networks table") << QStringLiteral("lab");
        QTest::newRow("prewarm") << QStringLiteral("prewarm") << QStringLiteral("Prewarm tasks table") << QStringLiteral("docker.io/example/vllm:1");
    }
    void everyTabFills()
    {
        QFETCH(QString, tab);
        QFETCH(QString, table);
        QFETCH(QString, cell);
        TemplatesPage page(m_fixture->context());
        const TableView *view = open(page, tab, table);
        QVERIFY(view);
        QTRY_VERIFY(view->isVisible());
        QTRY_VERIFY(view->model()->rowCount() > 0);
        QCOMPARE(view->model()->index(0, 0).data().toString(), cell);
        QVERIFY(page.isFilled());
        QVERIFY(!page.pageActions().isEmpty());
    }

    void passwordsAreNowhere()
    {
        TemplatesPage page(m_fixture->context());
        TableView *table = open(page, QStringLiteral("registry"), QStringLiteral("Registry credentials table"));
        QTRY_VERIFY(table->model()->rowCount() > 0);
        table->selectRow(0);
        QVERIFY(anyLabelSays(page, QStringLiteral("never shown here")));
        for (int column = 0; column < table->model()->columnCount(); ++column)
            QVERIFY(!table->model()->index(0, column).data().toString().contains(QLatin1String("never-shown")));
        QVERIFY(!anyLabelSays(page, QStringLiteral("never-shown")));
    }

    void aVolumeIsDeletedAfterTheQuestion()
    {
        TemplatesPage page(m_fixture->context());
        TableView *table = open(page, QStringLiteral("volumes"), QStringLiteral("Network volumes table"));
        QTRY_COMPARE(table->model()->rowCount(), 2);
        table->selectRow(0);
        actionSaying(page, QStringLiteral("Delete"))->trigger(); // answered: no
        QCOMPARE(m_fixture->writes().size(), 0);
        const ConfirmRequest asked = m_fixture->prompts().asked().constLast();
        QVERIFY(asked.destructive);
        QVERIFY(asked.text.contains(QLatin1String("cannot be undone")));
        QVERIFY(asked.bullets.constFirst().contains(QLatin1String("50 GB")));
        m_fixture->prompts().answerNext(true);
        actionSaying(page, QStringLiteral("Delete"))->trigger();
        QTRY_COMPARE(m_fixture->writes().size(), 1);
        QCOMPARE(lastWrite().value(QStringLiteral("storageId")).toString(), QStringLiteral("ns-2"));
        // The fake list still holds it: that is said, and the row stays.
        const auto *banner = page.findChildren<ErrorBanner *>().isEmpty() ? nullptr : page.findChild<ErrorBanner *>();
        QVERIFY(banner);
        QTRY_VERIFY(anyLabelSays(page, QStringLiteral("its list still shows it")));
        QCOMPARE(table->model()->rowCount(), 2);
    }

    void whatIsInUseCannotBeDeleted()
    {
        m_fixture->fill(3); // each mounts ns-1
        TemplatesPage page(m_fixture->context());
        TableView *table = open(page, QStringLiteral("volumes"), QStringLiteral("Network volumes table"));
        QTRY_COMPARE(table->model()->rowCount(), 2);
        table->selectRow(1);
        const QAction *remove = actionSaying(page, QStringLiteral("Delete"));
        QVERIFY(!remove->isEnabled());
        QVERIFY(remove->toolTip().contains(QLatin1String("worker-0")));
        QVERIFY(anyLabelSays(page, QStringLiteral("worker-1")));
    }

    void aRefusalIsASentenceAboveTheList()
    {
        m_onWrite = FakeAnswer::payload(R"({"code":400,"reason":"NETWORK_STORAGE_IN_USE","message":"network storage is in use"})", 400);
        TemplatesPage page(m_fixture->context());
        TableView *table = open(page, QStringLiteral("volumes"), QStringLiteral("Network volumes table"));
        QTRY_COMPARE(table->model()->rowCount(), 2);
        table->selectRow(0);
        m_fixture->prompts().answerNext(true);
        actionSaying(page, QStringLiteral("Delete"))->trigger();
        QTRY_VERIFY(anyLabelSays(page, QStringLiteral("Could not delete the network volume “elsewhere”")));
        QVERIFY(anyLabelSays(page, QStringLiteral("It is still in use.")));
    }

    void productionAsksForAWord()
    {
        m_fixture->useProfile(true, false);
        TemplatesPage page(m_fixture->context());
        TableView *table = open(page, QStringLiteral("volumes"), QStringLiteral("Network volumes table"));
        readAll();
        QTRY_COMPARE(table->model()->rowCount(), 2);
        table->selectRow(0);
        actionSaying(page, QStringLiteral("Delete"))->trigger();
        QCOMPARE(m_fixture->prompts().asked().constLast().typeToConfirm, QStringLiteral("delete"));
    }

    void productionAsksBeforeSomethingIsMade()
    {
        m_fixture->useProfile(true, false);
        m_onWrite = FakeAnswer::payload("\"ns-1\"");
        TemplatesPage page(m_fixture->context());
        open(page, QStringLiteral("volumes"), QString());
        actionSaying(page, QStringLiteral("New volume"))->trigger();
        const QPointer<FormDialog> dialog = page.findChild<FormDialog *>();
        QVERIFY(dialog);
        QTest::keyClicks(named<QLineEdit>(*dialog, QStringLiteral("Name")), QStringLiteral("scratch"));
        auto *region = named<QComboBox>(*dialog, QStringLiteral("Region"));
        region->setCurrentIndex(region->findData(QStringLiteral("us-ca-6")));
        emit region->activated(region->currentIndex());
        buttonSaying(*dialog, QStringLiteral("Create volume"))->click();
        QCOMPARE(m_fixture->prompts().asked().size(), 1);
        QVERIFY(m_fixture->prompts().asked().constFirst().text.contains(QLatin1String("production")));
        QCOMPARE(m_fixture->writes().size(), 0);
        QVERIFY(dialog && dialog->isVisible());
        m_fixture->prompts().answerNext(true);
        buttonSaying(*dialog, QStringLiteral("Create volume"))->click();
        QTRY_VERIFY(!dialog);
        QCOMPARE(m_fixture->writes().size(), 1);
    }

    void readOnlyOffersNothing()
    {
        m_fixture->useProfile(false, true);
        TemplatesPage page(m_fixture->context());
        for (const char *tab : {"templates", "registry", "volumes", "networks", "prewarm"}) {
            open(page, QLatin1String(tab), QString());
            for (const QAction *action : page.pageActions())
                QVERIFY2(!action->isEnabled() || action->text() == QLatin1String("Create from this") || action->text().startsWith(QLatin1String("Export")), qPrintable(action->text()));
        }
    }

    void newVolume()
    {
        m_onWrite = FakeAnswer::payload("\"ns-1\""); // an id that the list knows
        TemplatesPage page(m_fixture->context());
        open(page, QStringLiteral("volumes"), QString());
        actionSaying(page, QStringLiteral("New volume"))->trigger();
        const QPointer<FormDialog> dialog = page.findChild<FormDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        buttonSaying(*dialog, QStringLiteral("Create volume"))->click();
        QVERIFY(anyLabelSays(*dialog, QStringLiteral("Enter a name.")));
        QVERIFY(anyLabelSays(*dialog, QStringLiteral("Choose a region.")));
        QCOMPARE(m_fixture->writes().size(), 0);
        QTest::keyClicks(named<QLineEdit>(*dialog, QStringLiteral("Name")), QStringLiteral("scratch"));
        auto *region = named<QComboBox>(*dialog, QStringLiteral("Region"));
        QCOMPARE(region->count(), 3); // and none
        region->setCurrentIndex(region->findData(QStringLiteral("us-ca-6")));
        emit region->activated(region->currentIndex());
        QVERIFY(!anyLabelSays(*dialog, QStringLiteral("Enter a name.")));
        named<QSpinBox>(*dialog, QStringLiteral("Size"))->setValue(250);
        buttonSaying(*dialog, QStringLiteral("Create volume"))->click();
        QTRY_VERIFY(!dialog);
        QCOMPARE(lastWrite(), (QJsonObject{{QStringLiteral("clusterId"), QStringLiteral("us-ca-6")}, {QStringLiteral("storageName"), QStringLiteral("scratch")},
                                           {QStringLiteral("storageSize"), 250}}));
    }

    void onlyRegionsThatHaveNetworksAreOffered()
    {
        TemplatesPage page(m_fixture->context());
        open(page, QStringLiteral("networks"), QString());
        actionSaying(page, QStringLiteral("New network"))->trigger();
        const auto *region = named<QComboBox>(*page.findChild<FormDialog *>(), QStringLiteral("Region"));
        QCOMPARE(region->count(), 2);
        QVERIFY(region->findData(QStringLiteral("as-sgp-2")) < 0);
    }

    void aPasswordIsMaskedAndARefusalKeepsWhatWasTyped()
    {
        m_onWrite = FakeAnswer::payload(R"({"code":400,"reason":"VALIDATOR_PARAM","message":"wrong password PLANTED-secret-1"})", 400);
        TemplatesPage page(m_fixture->context());
        open(page, QStringLiteral("registry"), QString());
        actionSaying(page, QStringLiteral("Add credentials"))->trigger();
        const QPointer<FormDialog> dialog = page.findChild<FormDialog *>();
        QVERIFY(dialog);
        auto *password = named<QLineEdit>(*dialog, QStringLiteral("Password"));
        QCOMPARE(password->echoMode(), QLineEdit::Password);
        QTest::keyClicks(named<QLineEdit>(*dialog, QStringLiteral("Name")), QStringLiteral("quay.io"));
        QTest::keyClicks(named<QLineEdit>(*dialog, QStringLiteral("User name")), QStringLiteral("robot"));
        QTest::keyClicks(password, QStringLiteral("PLANTED-secret-1"));
        buttonSaying(*dialog, QStringLiteral("Save credentials"))->click();
        QTRY_VERIFY(dialog->findChild<ErrorBanner *>()->isShowing());
        QVERIFY(dialog->isVisible());
        QVERIFY(!anyLabelSays(*dialog, QStringLiteral("PLANTED-secret-1")));
        QCOMPARE(named<QLineEdit>(*dialog, QStringLiteral("Name"))->text(), QStringLiteral("quay.io"));
        QCOMPARE(lastWrite().value(QStringLiteral("password")).toString(), QStringLiteral("PLANTED-secret-1"));
    }

    void aCloneIsAPrefilledCreation()
    {
        m_onWrite = FakeAnswer::payload(R"({"templateId":"102"})");
        TemplatesPage page(m_fixture->context());
        TableView *table = open(page, QStringLiteral("templates"), QStringLiteral("Templates table"));
        QTRY_VERIFY(table->model()->rowCount() > 0);
        table->selectRow(0);
        QVERIFY(!actionSaying(page, QStringLiteral("Edit…"))->isEnabled()); // official
        actionSaying(page, QStringLiteral("Clone…"))->trigger();
        const QPointer<FormDialog> dialog = page.findChild<FormDialog *>();
        QVERIFY(dialog);
        QCOMPARE(named<QLineEdit>(*dialog, QStringLiteral("Name"))->text(), QStringLiteral("ComfyUI (Flux)-2"));
        QCOMPARE(named<QLineEdit>(*dialog, QStringLiteral("Image"))->text(), QStringLiteral("docker.io/example/comfy:1.4"));
        QCOMPARE(named<QLineEdit>(*dialog, QStringLiteral("Variable 1 value"))->echoMode(), QLineEdit::Password);
        buttonSaying(*dialog, QStringLiteral("Create template"))->click();
        QTRY_VERIFY(!m_fixture->writes().isEmpty());
        const QJsonObject sent = lastWrite().value(QStringLiteral("template")).toObject();
        QVERIFY(!sent.contains(QStringLiteral("Id")));
        QCOMPARE(sent.value(QStringLiteral("channel")).toString(), QStringLiteral("private"));
        QCOMPARE(sent.value(QStringLiteral("rootfsSize")).toInt(), 80);
        QCOMPARE(sent.value(QStringLiteral("envs")).toArray().size(), 1);
    }

    void whatWasTypedIsNotThrownAwayUnasked()
    {
        TemplatesPage page(m_fixture->context());
        open(page, QStringLiteral("templates"), QString());
        actionSaying(page, QStringLiteral("New template"))->trigger();
        const QPointer<FormDialog> dialog = page.findChild<FormDialog *>();
        QVERIFY(dialog);
        QTest::keyClicks(named<QLineEdit>(*dialog, QStringLiteral("Name")), QStringLiteral("mine"));
        dialog->reject(); // answered: no
        QVERIFY(dialog->isVisible());
        m_fixture->prompts().answerNext(true);
        dialog->reject();
        QTRY_VERIFY(!dialog);
        actionSaying(page, QStringLiteral("New template"))->trigger();
        const QPointer<FormDialog> untouched = page.findChild<FormDialog *>();
        const qsizetype asked = m_fixture->prompts().asked().size();
        untouched->reject();
        QTRY_VERIFY(!untouched);
        QCOMPARE(m_fixture->prompts().asked().size(), asked);
    }

    void anotherAccountClosesTheDialog()
    {
        TemplatesPage page(m_fixture->context());
        open(page, QStringLiteral("networks"), QString());
        actionSaying(page, QStringLiteral("New network"))->trigger();
        const QPointer<FormDialog> dialog = page.findChild<FormDialog *>();
        QVERIFY(dialog);
        m_fixture->stores().resetCloudData();
        QTRY_VERIFY(!dialog);
    }

    void theTabIsKept()
    {
        TemplatesPage page(m_fixture->context());
        open(page, QStringLiteral("prewarm"), QString());
        const QJsonObject state = page.saveState();
        TemplatesPage later(m_fixture->context());
        later.restoreState(state);
        QCOMPARE(later.saveState().value(QStringLiteral("tab")).toString(), QStringLiteral("prewarm"));
        QCOMPARE(later.wanted().contains(DataKind::Prewarms), true);
    }

    void anEmptyListOffersTheFirstOne()
    {
        m_fixture->stores().networks.replaceAll({});
        TemplatesPage page(m_fixture->context());
        open(page, QStringLiteral("networks"), QString());
        EmptyState *empty = nullptr;
        for (EmptyState *one : page.findChildren<EmptyState *>()) {
            if (one->isVisible())
                empty = one;
        }
        QVERIFY(empty);
        QCOMPARE(empty->button()->text(), QStringLiteral("New network"));
        empty->button()->click();
        QVERIFY(page.findChild<FormDialog *>());
    }

    void tenThousandRowsAndHostileOnes()
    {
        QList<NetworkStorage> rows;
        for (int i = 0; i < 10000; ++i) {
            NetworkStorage one;
            one.id = StorageId(QStringLiteral("ns-%1").arg(i));
            one.name = i % 2 ? QStringLiteral("volume-%1").arg(i) : QStringLiteral("<b>x</b>\n\u202e%1").arg(i) + QString(2000, QLatin1Char('y'));
            one.sizeGb = i;
            rows.append(one);
        }
        TemplatesPage page(m_fixture->context());
        TableView *table = open(page, QStringLiteral("volumes"), QStringLiteral("Network volumes table"));
        QElapsedTimer timer;
        timer.start();
        m_fixture->stores().storages.replaceAll(rows);
        QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
        QTRY_COMPARE(table->model()->rowCount(), 10000);
        table->selectRow(0);
        const QString shown = table->model()->index(0, 0).data().toString();
        QVERIFY(shown.size() <= 256);
        QVERIFY(!shown.contains(QChar(0x202e)) && !shown.contains(QLatin1Char('\n')));
        for (const QLabel *label : page.findChildren<QLabel *>()) {
            if (label->text().contains(QLatin1String("<b>")))
                QCOMPARE(label->textFormat(), Qt::PlainText);
        }
    }
};

QTEST_MAIN(TestResourcePages)
#include "tst_resourcepages.moc"
