// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/stores.h"
#include "tests/support/uifixture.h"
#include "ui/activity/activitypage.h"
#include "ui/activity/activitytab.h"
#include "ui/instances/instancespage.h"
#include "ui/products/productspage.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/listpane.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tableview.h"

#include <QAction>
#include <QClipboard>
#include <QElapsedTimer>
#include <QFile>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>

using namespace novita;

namespace {

constexpr int kPatienceMs = 30000;

struct Bench
{
    UiFixture fixture;
    QTemporaryDir dir;
    std::unique_ptr<InstancesPage> page;

    explicit Bench(int rows)
    {
        fixture.fill(rows);
        page = std::make_unique<InstancesPage>(fixture.context());
        page->resize(1200, 700);
        page->show();
    }
    ListPane *pane() { return page->findChild<ListPane *>(); }
    bool filled(int rows)
    {
        return QTest::qWaitFor([&] { return pane()->table()->model()->rowCount() == rows; }, kPatienceMs);
    }
    /// What was said of it.
    QString exportTo(const QString &path)
    {
        fixture.prompts().chooseNext(path);
        pane()->exportAction()->trigger();
        if (!QTest::qWaitFor([this] { return pane()->exportAction()->isEnabled(); }, kPatienceMs))
            return {};
        for (const ErrorBanner *banner : pane()->findChildren<ErrorBanner *>()) {
            if (banner->isShowing())
                return banner->sentence();
        }
        return {};
    }
    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

} // namespace

class TestExport final : public QObject
{
    Q_OBJECT

private slots:
    void whatIsSeenIsWritten()
    {
        Bench bench(12);
        QVERIFY(bench.filled(12));
        const QString path = bench.dir.filePath(QStringLiteral("all.csv"));
        QVERIFY(bench.exportTo(path).contains(QStringLiteral("12 row")));
        const QList<QByteArray> lines = Bench::read(path).split('\n');
        QCOMPARE(lines.size(), 14); // the titles, and nothing after the last line end
        QVERIFY(lines.first().startsWith("Name,"));
        QVERIFY(lines.at(1).startsWith("worker-0,") && lines.at(1).endsWith('\r'));

        bench.pane()->filterField()->setFilter(QStringLiteral("state:running"));
        bench.pane()->table()->setColumnHidden(1, true);
        const int running = bench.pane()->table()->model()->rowCount();
        QVERIFY(running > 0 && running < 12);
        const QString json = bench.dir.filePath(QStringLiteral("running.json"));
        bench.exportTo(json);
        const QJsonArray rows = QJsonDocument::fromJson(Bench::read(json)).array();
        QCOMPARE(rows.size(), running);
        QCOMPARE(rows.first().toObject().value(QStringLiteral("name")).toString(), QStringLiteral("worker-0"));
        QVERIFY(!rows.first().toObject().contains(QStringLiteral("state"))); // hidden
    }

    void namesOfStrangersAreNoFormulas()
    {
        Bench bench(3);
        Instance evil = bench.fixture.instance(7);
        evil.name = QStringLiteral("=HYPERLINK(\"http://evil.example\")");
        bench.fixture.stores().instances.adoptRows({evil}, bench.fixture.clock().now(), false);
        QVERIFY(bench.filled(4));
        const QString path = bench.dir.filePath(QStringLiteral("x.csv"));
        bench.exportTo(path);
        QVERIFY(Bench::read(path).contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\""));
    }

    void aFailureIsSaidAndLeavesTheOldFile()
    {
        Bench bench(3);
        QVERIFY(bench.filled(3));
        QVERIFY(bench.exportTo(bench.dir.filePath(QStringLiteral("no/such/folder.csv"))).startsWith(QStringLiteral("Nothing was saved")));
        QVERIFY(bench.pane()->exportAction()->isEnabled());
    }

    void activityIsWrittenAsWell_data()
    {
        QTest::addColumn<QString>("tab");
        QTest::addColumn<int>("rows");
        QTest::newRow("events") << QStringLiteral("events") << 2;
        QTest::newRow("requests") << QStringLiteral("requests") << 0;
        QTest::newRow("log") << QStringLiteral("log") << 0;
        QTest::newRow("operations") << QStringLiteral("operations") << 0;
    }
    void activityIsWrittenAsWell()
    {
        QFETCH(QString, tab);
        QFETCH(int, rows);
        UiFixture fixture;
        const QTemporaryDir dir;
        for (const QString &text : {QStringLiteral("first"), QStringLiteral("second"), QStringLiteral("+third")}) {
            ActivityEvent event;
            event.at = fixture.clock().now();
            event.text = text;
            fixture.stores().activity.addEvent(event);
        }
        ActivityPage page(fixture.context());
        page.resize(1200, 700);
        page.show();
        page.openTarget(tab);
        page.focusFilter();
        const QList<QPushButton *> buttons = page.findChildren<QPushButton *>();
        const auto found = std::find_if(buttons.begin(), buttons.end(), [](const QPushButton *one) { return one->isVisible() && one->text() == QStringLiteral("Export…"); });
        QVERIFY(found != buttons.end());
        if (rows == 0)
            return; // the button is there; what is in these tables is not the test's
        auto *shown = qobject_cast<ActivityTab *>((*found)->parentWidget());
        QVERIFY(shown);
        shown->findChild<SearchField *>()->setFilter(QStringLiteral("ir")); // "first" and "+third"
        const QString path = dir.filePath(QStringLiteral("events.csv"));
        fixture.prompts().chooseNext(path);
        (*found)->click();
        QTRY_VERIFY(shown->findChild<ErrorBanner *>()->isShowing());
        QVERIFY(shown->findChild<ErrorBanner *>()->sentence().contains(QStringLiteral("2 row")));
        const QByteArray csv = Bench::read(path);
        QCOMPARE(csv.count('\n'), 1 + rows);
        QVERIFY(csv.contains("first") && csv.contains("'+third") && !csv.contains("second"));
    }

    void rowsAreCopiedAsCsv()
    {
        Bench bench(3);
        QVERIFY(bench.filled(3));
        bench.pane()->table()->selectRow(1);
        bench.pane()->table()->copyCsvAction()->trigger();
        const QStringList lines = QGuiApplication::clipboard()->text().split(QStringLiteral("\r\n"));
        QVERIFY(lines.size() >= 2);
        QVERIFY(lines.first().startsWith(QStringLiteral("Name,")));
        QVERIFY(lines.at(1).startsWith(QStringLiteral("worker-1,")));
    }

    /// The rows are read in slices: no turn of the event loop takes long.
    void aLargeTableDoesNotBlock()
    {
        constexpr int kRows = 20000;
        Bench bench(kRows);
        QVERIFY(bench.filled(kRows));
        QElapsedTimer since;
        qint64 longest = 0;
        QTimer beat;
        connect(&beat, &QTimer::timeout, this, [&] { longest = std::max(longest, since.restart()); });
        QTest::qWait(50); // what the page still has to do
        since.start();
        beat.start(0);
        const QString path = bench.dir.filePath(QStringLiteral("large.csv"));
        QVERIFY(bench.exportTo(path).contains(QStringLiteral("20,000 row")));
        QCOMPARE(Bench::read(path).count('\n'), kRows + 1);
        QVERIFY2(longest < 500, qPrintable(QString::number(longest))); // at once it would take a second and more
    }
};

QTEST_MAIN(TestExport)
#include "tst_export.moc"
