// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/httpmessage.h"
#include "core/http/httpserver.h"
#include "core/workflows/logtext.h"
#include "core/workflows/insight.h"
#include "core/workflows/stores.h"
#include "tests/support/uifixture.h"
#include "ui/instances/logstab.h"
#include "ui/instances/logview.h"
#include "ui/instances/metricstab.h"
#include "ui/widgets/chartpanel.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QTimer>
#include <QUrlQuery>

using namespace novita;
using namespace std::chrono_literals;

namespace {

/// Streams whatever a test writes to every log that is asked for.
class LogServer final : public HttpHandler
{
public:
    HttpServer http{*this, {}, HttpServer::Threading::Caller};
    QList<HttpResponder> open;
    QStringList paths;

    LogServer()
    {
        if (!http.listen(QHostAddress(QHostAddress::LocalHost), 0))
            qFatal("no port");
    }
    ~LogServer() override { http.stop(); }
    void handle(const HttpRequest &request, HttpResponder responder) override
    {
        paths.append(request.path);
        responder.beginStream(HttpResponse::text(200, {}));
        open.append(responder);
    }
    QString address(const QString &path) const { return QStringLiteral("http://127.0.0.1:%1/%2").arg(http.port()).arg(path); }
};

template<typename T>
T *named(const QWidget &parent, const QString &name)
{
    const QList<T *> all = parent.findChildren<T *>();
    for (T *one : all) {
        if (one->accessibleName() == name)
            return one;
    }
    return nullptr;
}

QString labels(const QWidget &parent)
{
    QStringList out;
    for (const QLabel *label : parent.findChildren<QLabel *>()) {
        if (label->isVisibleTo(&parent))
            out.append(label->text());
    }
    return out.join(QLatin1Char('\n'));
}

} // namespace

class TestInsightTabs final : public QObject
{
    Q_OBJECT

    std::unique_ptr<UiFixture> m_fixture;
    bool m_metricsFail = false;

    /// As the cloud: the GPU is at 80, the CPU at 20, one point a step up to a minute ago.
    FakeAnswer metrics(const FakeRequest &request) const
    {
        if (m_metricsFail)
            return FakeAnswer::payload(R"({"code":400,"reason":"REQUEST","message":"no metrics today"})", 400);
        const QUrlQuery query(request.request.url());
        QJsonArray gpu;
        QJsonArray cpu;
        const qint64 step = query.queryItemValue(QStringLiteral("interval")).toLongLong();
        for (qint64 t = query.queryItemValue(QStringLiteral("startTime")).toLongLong(); t < query.queryItemValue(QStringLiteral("endTime")).toLongLong() - 60; t += step) {
            gpu.append(QJsonObject{{QStringLiteral("timestamp"), QString::number(t)}, {QStringLiteral("value"), 80}});
            cpu.append(QJsonObject{{QStringLiteral("timestamp"), QString::number(t)}, {QStringLiteral("value"), 20}});
        }
        return FakeAnswer::payload(QJsonDocument(QJsonObject{{QStringLiteral("cpuUtilization"), cpu}, {QStringLiteral("gpuUtilization"), QJsonObject{{QStringLiteral("avg"), gpu}}}}).toJson());
    }
    Instance reachable(const LogServer &server)
    {
        Instance one = m_fixture->instance(0);
        one.connection = ConnectionInfo{};
        one.connection->systemLogAddress = server.address(QStringLiteral("system"));
        one.connection->instanceLogAddress = server.address(QStringLiteral("instance"));
        return one;
    }

private slots:
    void init()
    {
        m_fixture = std::make_unique<UiFixture>();
        m_metricsFail = false;
        m_fixture->network().setResponder([this](const FakeRequest &request) { return metrics(request); });
        m_fixture->context().insight.logs.setReach(Reach::Local);
        m_fixture->fill(6);
    }
    void cleanup() { m_fixture.reset(); }

    void metricsAreAskedWhileLookedAt()
    {
        MetricsTab tab(m_fixture->context());
        tab.setInstanceId(InstanceId(QStringLiteral("i-0")));
        QTest::qWait(5);
        QCOMPARE(m_fixture->network().count(), 0);
        tab.resize(340, 700);
        tab.show();
        auto *gpu = named<ChartPanel>(tab, QStringLiteral("GPU use"));
        QVERIFY(gpu);
        QTRY_COMPARE(gpu->legendTexts(), QStringList{QStringLiteral("Average 80 %")});
        QVERIFY2(gpu->accessibleDescription().startsWith(QStringLiteral("Average 80 %, at ")), qPrintable(gpu->accessibleDescription()));
        QTRY_VERIFY2(labels(tab).contains(QStringLiteral("About 1 min behind")), qPrintable(labels(tab)));
        QTRY_VERIFY(m_fixture->stores().instances.extra(InstanceId(QStringLiteral("i-0")))->gpuLoad);
        tab.hide();
        const int asked = m_fixture->network().count();
        m_fixture->clock().advance(5min);
        m_fixture->context().insight.metrics.wake();
        QTest::qWait(5);
        QCOMPARE(m_fixture->network().count(), asked);
    }

    void everySpanIsRead()
    {
        MetricsTab tab(m_fixture->context());
        tab.setInstanceId(InstanceId(QStringLiteral("i-0")));
        tab.show();
        for (const char *name : {"Last 5 minutes", "Last 3 hours", "Last 24 hours", "Last 7 days"}) {
            named<QAbstractButton>(tab, QLatin1String(name))->click();
            auto *gpu = named<ChartPanel>(tab, QStringLiteral("GPU use"));
            QTRY_VERIFY2(gpu->csv().count(QLatin1Char('\n')) > 10, name);
            QVERIFY(gpu->csv().count(QLatin1Char('\n')) <= ChartPanel::kMaxPoints);
        }
        QCOMPARE(tab.span(), Seconds(604800));
    }

    void everyCardHasALine()
    {
        Instance eight = m_fixture->instance(0);
        eight.gpuNum = 8;
        m_fixture->stores().instances.adoptRows({eight}, m_fixture->clock().now(), false);
        MetricsTab tab(m_fixture->context());
        tab.setInstanceId(eight.id);
        tab.resize(340, 700);
        tab.show();
        auto *gpu = named<ChartPanel>(tab, QStringLiteral("GPU use"));
        QTRY_COMPARE(gpu->legendTexts().size(), 9); // and the average
        QVERIFY(gpu->legendTexts().last().startsWith(QLatin1String("GPU 7")));
    }

    void aSecondThatBroughtNothingDrawsNothing()
    {
        struct Paints final : QObject
        {
            int count = 0;
            bool eventFilter(QObject *, QEvent *event) override
            {
                count += event->type() == QEvent::Paint ? 1 : 0;
                return false;
            }
        } paints;
        MetricsTab tab(m_fixture->context());
        tab.setInstanceId(InstanceId(QStringLiteral("i-0")));
        tab.resize(340, 700);
        tab.show();
        auto *gpu = named<ChartPanel>(tab, QStringLiteral("GPU use"));
        QTRY_COMPARE(gpu->legendTexts(), QStringList{QStringLiteral("Average 80 %")});
        QTest::qWait(50);
        gpu->findChild<QAbstractScrollArea *>()->viewport()->installEventFilter(&paints);
        for (int second = 0; second < 5; ++second) {
            m_fixture->clock().advance(1s);
            tab.refresh();
            QTest::qWait(5);
        }
        QCOMPARE(paints.count, 0);
        tab.setSpan(Seconds(10800));
        QTRY_VERIFY(paints.count > 0);
    }

    void oldValuesAreNotCalledFresh()
    {
        MetricsTab tab(m_fixture->context());
        tab.setInstanceId(InstanceId(QStringLiteral("i-0")));
        tab.show();
        QTRY_VERIFY(labels(tab).contains(QStringLiteral("About 1 min behind")));
        m_fixture->clock().advance(40min);
        tab.refresh();
        QVERIFY2(!labels(tab).contains(QStringLiteral("About 1 min behind")), qPrintable(labels(tab)));
        QVERIFY2(labels(tab).contains(QStringLiteral("newest value 41 min old")), qPrintable(labels(tab)));
    }

    void metricsSayWhyThereAreNone()
    {
        m_metricsFail = true;
        MetricsTab tab(m_fixture->context());
        tab.setInstanceId(InstanceId(QStringLiteral("i-0")));
        tab.show();
        QTRY_VERIFY2(labels(tab).contains(QStringLiteral("Metrics could not be read")), qPrintable(labels(tab)));
        m_metricsFail = false;
        named<QAbstractButton>(tab, QStringLiteral("Read metrics again"))->click();
        QTRY_VERIFY(labels(tab).contains(QStringLiteral("About 1 min behind")));
        // One that does not run is told as such, and not asked all the time.
        tab.setInstanceId(InstanceId(QStringLiteral("i-2")));
        QTRY_VERIFY2(labels(tab).contains(QStringLiteral("nothing new is measured")), qPrintable(labels(tab)));
    }

    void logsComeAsTheyAreWritten()
    {
        LogServer server;
        LogsTab tab(m_fixture->context());
        tab.setInstance(reachable(server));
        QTest::qWait(5);
        QVERIFY(server.open.isEmpty());
        tab.resize(340, 500);
        tab.show();
        QTRY_COMPARE(server.paths, QStringList{QStringLiteral("/instance")});
        server.open.last().write("first\nERROR \x1b[31msecond\x1b[0m\n");
        auto *view = named<LogView>(tab, QStringLiteral("Log lines"));
        QTRY_COMPARE(view->toPlainText(), QStringLiteral("first\nERROR second"));
        QTRY_VERIFY2(labels(tab).contains(QStringLiteral("Live · 2 line")), qPrintable(labels(tab)));
        named<QAbstractButton>(tab, QStringLiteral("System log"))->click();
        QTRY_COMPARE(server.paths.last(), QStringLiteral("/system"));
        QVERIFY(view->toPlainText().isEmpty());
        // Back again: the first is still read, and nothing of it was lost.
        server.open.first().write("third\n");
        named<QAbstractButton>(tab, QStringLiteral("Instance log"))->click();
        QTRY_COMPARE(view->toPlainText(), QStringLiteral("first\nERROR second\nthird"));
        tab.setInstance(m_fixture->instance(2));
        QVERIFY(view->toPlainText().isEmpty());
        QTRY_VERIFY(!server.open.first().isOpen());
    }

    void logsAreSearched()
    {
        LogServer server;
        LogsTab tab(m_fixture->context());
        tab.setInstance(reachable(server));
        tab.show();
        QTRY_VERIFY(!server.open.isEmpty());
        server.open.last().write("an error\nall well\nError again\n");
        auto *view = named<LogView>(tab, QStringLiteral("Log lines"));
        QTRY_VERIFY(view->isUpToDate() && !view->toPlainText().isEmpty());
        QTest::keyClick(view, Qt::Key_F, Qt::ControlModifier);
        auto *find = named<QLineEdit>(tab, QStringLiteral("Find in log"));
        QTRY_VERIFY(find->hasFocus());
        QTest::keyClicks(find, QStringLiteral("error"));
        QTRY_VERIFY(labels(tab).contains(QStringLiteral("2")));
        QTest::keyClick(find, Qt::Key_Return);
        QCOMPARE(view->textCursor().selectedText().toLower(), QStringLiteral("error"));
        const int first = view->textCursor().position();
        QTest::keyClick(find, Qt::Key_Return);
        QVERIFY(view->textCursor().position() != first);
        QTest::keyClick(find, Qt::Key_Return);
        QCOMPARE(view->textCursor().position(), first);
        QTest::keyClick(find, Qt::Key_Return, Qt::ShiftModifier);
        QVERIFY(view->textCursor().position() != first);
    }

    void logsAreSavedOnlyWhenAsked()
    {
        QTemporaryDir dir;
        LogServer server;
        LogsTab tab(m_fixture->context());
        tab.setInstance(reachable(server));
        tab.show();
        QTRY_VERIFY(!server.open.isEmpty());
        QByteArray lines;
        for (int i = 0; i < 12000; ++i)
            lines += "line " + QByteArray::number(i) + '\n';
        server.open.last().write(lines);
        QTRY_VERIFY(labels(tab).contains(QStringLiteral("12,000 line")));
        const QString path = dir.filePath(QStringLiteral("x.log"));
        m_fixture->prompts().chooseNext(path);
        named<QAbstractButton>(tab, QStringLiteral("Save log"))->click();
        QTRY_VERIFY2(labels(tab).contains(QStringLiteral("saved to ")), qPrintable(labels(tab)));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), lines);
        m_fixture->prompts().chooseNext(dir.filePath(QStringLiteral("no/where.log")));
        named<QAbstractButton>(tab, QStringLiteral("Save log"))->click();
        QTRY_VERIFY(labels(tab).contains(QStringLiteral("not saved")));
        named<QAbstractButton>(tab, QStringLiteral("Clear log"))->click();
        QTRY_VERIFY(named<LogView>(tab, QStringLiteral("Log lines"))->toPlainText().isEmpty());
    }

    void scrollingUpEndsFollowing()
    {
        LogServer server;
        LogsTab tab(m_fixture->context());
        tab.setInstance(reachable(server));
        tab.resize(340, 400);
        tab.show();
        QTRY_VERIFY(!server.open.isEmpty());
        QByteArray lines;
        for (int i = 0; i < 300; ++i)
            lines += "line\n";
        server.open.last().write(lines);
        auto *view = named<LogView>(tab, QStringLiteral("Log lines"));
        QTRY_VERIFY(view->isUpToDate() && view->blockCount() >= 300);
        QCOMPARE(view->verticalScrollBar()->value(), view->verticalScrollBar()->maximum());
        view->verticalScrollBar()->setValue(10);
        QVERIFY(!view->isFollowing());
        server.open.last().write(lines);
        QTRY_VERIFY(view->blockCount() >= 600);
        QCOMPARE(view->verticalScrollBar()->value(), 10);
        view->verticalScrollBar()->setValue(view->verticalScrollBar()->maximum());
        QVERIFY(view->isFollowing());
    }

    /// The text drops what is too much of it; so does what is shown, or memory would grow for hours.
    void aLineWithoutAnEndIsBounded()
    {
        LogText text;
        LogView view;
        view.resize(400, 300);
        view.setText(&text);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const qsizetype lines = LogText::kMaxChars / LogText::kMaxLineChars;
        const QByteArray piece(LogText::kMaxLineChars * 100, 'x');
        for (qsizetype fed = 0; fed < lines - 100; fed += 100)
            text.feed(piece);
        view.noteGrowth();
        QTRY_VERIFY_WITH_TIMEOUT(view.isUpToDate(), 60000);
        QCOMPARE(view.blockCount(), static_cast<int>(text.size()));
        for (int more = 0; more < 3; ++more)
            text.feed(piece);
        QVERIFY(text.firstNumber() > 0);
        view.noteGrowth();
        QTRY_VERIFY(view.isUpToDate());
        QCOMPARE(view.blockCount(), static_cast<int>(text.size()));
        QVERIFY(view.document()->characterCount() <= LogText::kMaxChars + view.blockCount());
        QCOMPARE(view.document()->lastBlock().text().size(), LogText::kMaxLineChars);
    }

    void whatNobodyLooksAtWaitsAtTheSender()
    {
        LogServer server;
        QWidget window;
        auto *tab = new LogsTab(m_fixture->context(), &window);
        tab->setInstance(reachable(server));
        window.show();
        QTRY_VERIFY(!server.open.isEmpty());
        server.open.last().write("seen\n");
        auto *view = named<LogView>(*tab, QStringLiteral("Log lines"));
        QTRY_COMPARE(view->toPlainText(), QStringLiteral("seen"));
        QTRY_VERIFY2(labels(*tab).contains(QStringLiteral("Live · 1 line")), qPrintable(labels(*tab)));
        tab->hide();
        server.open.last().write("later\n");
        QTest::qWait(90); // four times as long as a piece would need
        QVERIFY2(labels(*tab).contains(QStringLiteral("Live · 1 line")), qPrintable(labels(*tab)));
        tab->show();
        QTRY_COMPARE(view->toPlainText(), QStringLiteral("seen\nlater"));
    }

    void floodLeavesTheWindowFree()
    {
        LogServer server;
        LogsTab tab(m_fixture->context());
        tab.setInstance(reachable(server));
        tab.resize(700, 500);
        tab.show();
        QTRY_VERIFY(!server.open.isEmpty());
        auto *view = named<LogView>(tab, QStringLiteral("Log lines"));
        // 5,000 lines a second for two seconds, 100 characters each.
        QByteArray burst;
        for (int i = 0; i < 250; ++i)
            burst += QByteArray(99, 'x') + '\n';
        QTimer source;
        int sent = 0;
        connect(&source, &QTimer::timeout, &tab, [&] {
            if (sent++ < 40)
                server.open.last().write(burst);
        });
        source.start(50);
        // The longest time between two turns of the event loop.
        QElapsedTimer turn;
        turn.start();
        qint64 longest = 0;
        QTimer beat;
        connect(&beat, &QTimer::timeout, &tab, [&] { longest = qMax(longest, turn.restart()); });
        beat.start(1);
        QTRY_VERIFY_WITH_TIMEOUT(view->blockCount() >= 10000, 20000);
        qInfo("longest turn %lld ms", static_cast<long long>(longest));
        QVERIFY2(longest < 250, qPrintable(QString::number(longest))); // wide: the machine of a test may be busy
    }
};

QTEST_MAIN(TestInsightTabs)
#include "tst_insighttabs.moc"
