// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/profilestore.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/batchruns.h"
#include "core/workflows/createinstance.h"
#include "core/workflows/refresher.h"
#include "core/workflows/stores.h"
#include "tests/support/catalogcloud.h"
#include "tests/support/uifixture.h"
#include "tests/ui/wizardbench.h"
#include "ui/accountgate.h"
#include "ui/batch/batchdialog.h"
#include "ui/batch/batchmodel.h"
#include "ui/batch/batchsource.h"
#include "ui/batchhost.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/tableview.h"

#include <QCheckBox>
#include <QFile>
#include <QMainWindow>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>

using namespace novita;

namespace {

constexpr int kPatienceMs = 15000;

InstanceDraft likeThis()
{
    InstanceDraft out;
    out.name = QStringLiteral("trainer");
    out.imageUrl = QStringLiteral("ubuntu:22.04");
    return out;
}

/// The dialog before a small cloud whose lists have been read.
struct Bench
{
    UiFixture fixture;
    CatalogCloud cloud;
    std::unique_ptr<BatchDialog> dialog;
    int creates = 0;
    int loseAt = 0;        ///< the create that gets lost on its way
    int refuseFrom = 1000; ///< the create from which on the cloud says that the balance is not enough

    Bench()
    {
        fixture.network().setResponder([this](const FakeRequest &request) {
            if (!request.path().endsWith(QLatin1String("gpu/instance/create")))
                return cloud.answer(request);
            ++creates;
            if (creates == loseAt)
                return FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError);
            if (creates >= refuseFrom)
                return FakeAnswer::payload(R"({"code":400,"reason":"BALANCE_NOT_ENOUGH","message":"no"})", 400);
            return FakeAnswer::payload("{\"id\":\"new-" + QByteArray::number(creates) + "\"}");
        });
        for (const DataKind kind : {DataKind::Instances, DataKind::Products, DataKind::Clusters})
            fixture.context().refresher.refresh(kind);
    }
    bool open(const InstanceDraft &model = likeThis())
    {
        if (!QTest::qWaitFor([this] { return fixture.stores().products.size() == 6 && fixture.stores().clusters.size() == 2; }, kPatienceMs))
            return false;
        dialog = std::make_unique<BatchDialog>(fixture.context());
        dialog->setModel(model);
        dialog->show();
        return true;
    }
    BatchModel *rows() { return dialog->findChild<BatchModel *>(); }
    QString cell(int row, BatchModel::Column column) { return rows()->index(row, column).data().toString(); }
    QPushButton *button(const QString &name) { return named<QPushButton>(*dialog, name); }
    void type(const QString &table)
    {
        named<QRadioButton>(*dialog, QStringLiteral("Rows of a table"))->setChecked(true);
        named<QPlainTextEdit>(*dialog, QStringLiteral("Rows as CSV or JSON"))->setPlainText(table);
    }
    bool createAll()
    {
        QPushButton *create = button(QStringLiteral("Create all"));
        if (!create->isEnabled())
            return false;
        create->click();
        return QTest::qWaitFor([this] { return !fixture.context().batches.isSending(); }, kPatienceMs);
    }
};

} // namespace

class TestBatchDialog final : public QObject
{
    Q_OBJECT

private slots:
    void copiesAreShownWithWhatTheyCost()
    {
        Bench bench;
        QVERIFY(bench.open());
        named<QSpinBox>(*bench.dialog, QStringLiteral("Number of instances"))->setValue(20);
        QCOMPARE(bench.rows()->rowCount(), 20);
        QCOMPARE(bench.cell(0, BatchModel::Name), QStringLiteral("trainer-1"));
        QCOMPARE(bench.cell(19, BatchModel::Name), QStringLiteral("trainer-20"));
        QVERIFY(!bench.cell(0, BatchModel::Product).isEmpty()); // the best was taken, since none was named
        QVERIFY(anyLabelSays(*bench.dialog, QStringLiteral("per month of 730 h")));
        QVERIFY(bench.button(QStringLiteral("Create all"))->isEnabled());
        auto *pattern = named<QLineEdit>(*bench.dialog, QStringLiteral("Name pattern"));
        pattern->selectAll();
        QTest::keyClicks(pattern, QStringLiteral("node-{nnn}"));
        QCOMPARE(bench.cell(6, BatchModel::Name), QStringLiteral("node-007"));
        QCOMPARE(bench.creates, 0);
    }

    void onlyRowsThatCanBeSentHaveAPrice()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.type(QStringLiteral("name,productId\na,\nb,never-heard-of\n"));
        QTRY_COMPARE(bench.rows()->rowCount(), 2);
        QVERIFY(anyLabelSays(*bench.dialog, QStringLiteral("1 instance(s): $")));
        QVERIFY(anyLabelSays(*bench.dialog, QStringLiteral("Row 2 (line 3): There is no product “never-heard-of”.")));
    }

    void badRowsAreNamedAndMayBeLeftOut()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.type(QStringLiteral("name,gpuNum\ngood,1\nbad,x\nfine,2\n"));
        QTRY_COMPARE(bench.rows()->rowCount(), 3);
        QVERIFY(anyLabelSays(*bench.dialog, QStringLiteral("Row 2 (line 3): gpuNum")));
        QVERIFY(bench.cell(1, BatchModel::Message).contains(QStringLiteral("gpuNum")));
        QVERIFY(!bench.button(QStringLiteral("Create all"))->isEnabled());
        named<QCheckBox>(*bench.dialog, QStringLiteral("Leave out rows with problems"))->setChecked(true);
        QVERIFY(bench.createAll());
        QCOMPARE(bench.creates, 2);
        QCOMPARE(bench.rows()->rowCount(), 2);
        QTRY_COMPARE(bench.cell(1, BatchModel::State), QStringLiteral("Created"));
        QCOMPARE(bench.cell(1, BatchModel::Name), QStringLiteral("fine"));
    }

    void noTableIsSaidAndNothingIsLost()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.type(QStringLiteral("[{\"name\": }"));
        QTRY_VERIFY(anyLabelSays(*bench.dialog, QStringLiteral("not valid JSON")));
        QVERIFY(!bench.button(QStringLiteral("Create all"))->isEnabled());
        bench.dialog->reject(); // asks first
        QCOMPARE(bench.fixture.prompts().asked().size(), 1);
        QVERIFY(bench.dialog->isVisible());
    }

    void aFileIsReadOrRefused()
    {
        Bench bench;
        QVERIFY(bench.open());
        const QTemporaryDir dir;
        QFile file(dir.filePath(QStringLiteral("rows.csv")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("name\none\ntwo\n");
        file.close();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file.fileName())});
        QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(bench.dialog->source(), &drop);
        QTRY_COMPARE(bench.rows()->rowCount(), 2);
        const auto banner = [&bench] { return bench.dialog->findChild<ErrorBanner *>()->sentence(); };
        bench.dialog->source()->readFile(dir.filePath(QStringLiteral("none.csv")));
        QTRY_VERIFY(banner().contains(QStringLiteral("could not be read")));
        bench.dialog->source()->readFile(dir.path());
        QTRY_VERIFY(banner().contains(QStringLiteral("is no file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(1024 * 1024 + 1, 'x'));
        file.close();
        bench.dialog->source()->readFile(file.fileName());
        QTRY_VERIFY(banner().contains(QStringLiteral("larger than 1 MiB")));
        QCOMPARE(bench.rows()->rowCount(), 2);
        const auto write = [&](const QByteArray &text) {
            if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
                return;
            file.write(text);
            file.close();
            bench.dialog->source()->readFile(file.fileName());
        };
        write("name\n\xff\xfe\n");
        QTRY_VERIFY(banner().contains(QStringLiteral("no UTF-8")));
        QCOMPARE(bench.rows()->rowCount(), 2);
        QVERIFY(bench.button(QStringLiteral("Create all"))->isEnabled());
        // What is shown is no table: nothing of the one before can be created.
        write("{\"a\":");
        QTRY_VERIFY(anyLabelSays(*bench.dialog, QStringLiteral("not valid JSON")));
        QVERIFY(!bench.dialog->findChild<ErrorBanner *>()->isShowing());
        QCOMPARE(bench.rows()->rowCount(), 0);
        QVERIFY(!bench.button(QStringLiteral("Create all"))->isEnabled());
        write("name\nthree\n");
        QTRY_COMPARE(bench.rows()->rowCount(), 1);
        QCOMPARE(bench.creates, 0);
    }

    void thePlanSaysWhatWillBeSent()
    {
        Bench bench;
        QVERIFY(bench.open());
        Instance there = bench.fixture.instance(1);
        there.name = QStringLiteral("taken");
        bench.fixture.stores().instances.upsert({there});
        bench.type(QStringLiteral("name,gpuNum\ndup,1\ndup,1\ntaken,1\nbroken,-3\n,\n"));
        QTRY_COMPARE(bench.rows()->rowCount(), 4); // the last line says nothing
        QCOMPARE(bench.cell(0, BatchModel::Name), QStringLiteral("dup"));
        QCOMPARE(bench.cell(1, BatchModel::Name), QStringLiteral("dup-2"));
        QCOMPARE(bench.cell(2, BatchModel::Name), QStringLiteral("taken-2"));
        QCOMPARE(bench.cell(3, BatchModel::Price), QStringLiteral("–"));
        QVERIFY(anyLabelSays(*bench.dialog, QStringLiteral("3 instance(s):")));
        QVERIFY(!bench.button(QStringLiteral("Create all"))->isEnabled());
    }

    void stopsAtTheFirstRefusalForMoneyAndTriesAgain()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.refuseFrom = 3;
        named<QSpinBox>(*bench.dialog, QStringLiteral("Number of instances"))->setValue(8);
        named<QSpinBox>(*bench.dialog, QStringLiteral("Creates at a time"))->setValue(1);
        QVERIFY(bench.createAll());
        QCOMPARE(bench.creates, 3);
        QTRY_COMPARE(bench.cell(7, BatchModel::State), QStringLiteral("Skipped"));
        QCOMPARE(bench.cell(2, BatchModel::State), QStringLiteral("Failed"));
        QVERIFY(bench.dialog->findChild<ErrorBanner *>()->sentence().startsWith(QStringLiteral("Stopped")));
        bench.refuseFrom = 1000;
        QVERIFY(bench.button(QStringLiteral("Retry failed"))->isVisible());
        bench.fixture.useProfile(true, false); // the flag was set meanwhile
        bench.button(QStringLiteral("Retry failed"))->click();
        QCOMPARE(bench.fixture.prompts().asked().size(), 1);
        QVERIFY(bench.fixture.prompts().asked().first().title.contains(QLatin1String("6 instance")));
        QCOMPARE(bench.creates, 3);
        bench.fixture.prompts().answerNext(true);
        bench.button(QStringLiteral("Retry failed"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(bench.cell(7, BatchModel::State), QStringLiteral("Created"), kPatienceMs);
        QTRY_VERIFY(!bench.button(QStringLiteral("Retry failed"))->isVisible());
        QCOMPARE(bench.creates, 9);
    }

    void anUnknownRowHasTwoWaysOn()
    {
        Bench bench;
        bench.loseAt = 2;
        bench.fixture.context().create.setSearchWaits({Milliseconds(1)});
        QVERIFY(bench.open());
        named<QSpinBox>(*bench.dialog, QStringLiteral("Number of instances"))->setValue(3);
        named<QSpinBox>(*bench.dialog, QStringLiteral("Creates at a time"))->setValue(1);
        QVERIFY(!bench.button(QStringLiteral("Look again"))->isVisible());
        QVERIFY(bench.createAll());
        QTRY_COMPARE_WITH_TIMEOUT(bench.cell(1, BatchModel::State), QStringLiteral("Unknown"), kPatienceMs);
        QTRY_VERIFY(bench.button(QStringLiteral("Create again anyway"))->isVisible());
        bench.button(QStringLiteral("Look again"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(bench.cell(1, BatchModel::Message).contains(QStringLiteral("was not found")), kPatienceMs);
        QCOMPARE(bench.creates, 3);

        bench.button(QStringLiteral("Create again anyway"))->click(); // asks, and the answer is no
        QCOMPARE(bench.fixture.prompts().asked().size(), 1);
        QVERIFY(bench.fixture.prompts().asked().first().title.contains(QLatin1String("1 instance")));
        QVERIFY(bench.fixture.prompts().asked().first().text.contains(QLatin1String("twice")));
        QCOMPARE(bench.cell(1, BatchModel::State), QStringLiteral("Unknown"));
        bench.fixture.useProfile(true, false); // asks for the production profile as well
        bench.fixture.prompts().answerNext(true);
        bench.button(QStringLiteral("Create again anyway"))->click();
        QCOMPARE(bench.fixture.prompts().asked().size(), 3);
        QCOMPARE(bench.creates, 3);
        bench.fixture.useProfile(false, false);
        bench.fixture.prompts().answerNext(true);
        bench.button(QStringLiteral("Create again anyway"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(bench.cell(1, BatchModel::State), QStringLiteral("Created"), kPatienceMs);
        QCOMPARE(bench.creates, 4);
        QTRY_VERIFY(!bench.button(QStringLiteral("Look again"))->isVisible());
    }

    void theRestCanBeCanceledWhileItRuns()
    {
        Bench bench;
        QVERIFY(bench.open());
        named<QSpinBox>(*bench.dialog, QStringLiteral("Number of instances"))->setValue(10);
        bench.button(QStringLiteral("Create all"))->click();
        BatchCreate *batch = bench.fixture.context().batches.current();
        connect(batch, &BatchCreate::rowChanged, this, [&bench, batch] {
            if (batch->count(BatchRow::State::Creating) == 3)
                bench.button(QStringLiteral("Cancel the rest"))->click();
        });
        QTRY_COMPARE_WITH_TIMEOUT(batch->count(BatchRow::State::Created), 3, kPatienceMs);
        QCOMPARE(batch->count(BatchRow::State::Canceled), 7);
        QCOMPARE(bench.creates, 3);
        QTRY_VERIFY(!bench.button(QStringLiteral("Cancel the rest"))->isVisible());
    }

    void readOnlyAndProductionAreHonoured()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.fixture.useProfile(true, false);
        bench.button(QStringLiteral("Create all"))->click();
        QCOMPARE(bench.fixture.prompts().asked().size(), 1);
        QCOMPARE(bench.creates, 0);
        bench.fixture.useProfile(false, true);
        QVERIFY(bench.open());
        QVERIFY(!bench.button(QStringLiteral("Create all"))->isEnabled());
        QVERIFY(anyLabelSays(*bench.dialog, QStringLiteral("read-only")));
    }

    void theAccountGateKnowsOfABatchUnderWay()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.dialog.reset();
        QMainWindow window;
        BatchHost host(bench.fixture.context(), window);
        QSignalSpy news(&host, &BatchHost::newsChanged);
        InstanceDraft model = likeThis();
        model.productId = bench.fixture.stores().products.all().first().id;
        QStringList named;
        connect(&bench.fixture.context().batches, &BatchRuns::changed, this, [&] { named.append(bench.fixture.context().gate.creating()); });
        QVERIFY(bench.fixture.context().batches.begin(BatchCreate::copies(model, 4), 2));
        QSignalSpy ended(&bench.fixture.context().batches, &BatchRuns::ended);
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, kPatienceMs);
        QCOMPARE(news.count(), 0); // its end is told as a notification
        QVERIFY(named.contains(QStringLiteral("trainer-1")));
        QVERIFY(bench.fixture.context().gate.creating().isEmpty());
    }
};

QTEST_MAIN(TestBatchDialog)
#include "tst_batchdialog.moc"
