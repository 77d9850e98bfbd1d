// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/language/keptfiles.h"
#include "core/net/apiclient.h"
#include "tests/support/await.h"
#include "tests/support/fakeclock.h"
#include "tests/ui/chatbench.h"
#include "ui/chat/chatwords.h"
#include "ui/chat/modeltable.h"
#include "ui/format.h"
#include "ui/theme.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tableview.h"

#include <QApplication>
#include <QClipboard>
#include <QScrollBar>
#include <QTemporaryDir>

#include <algorithm>
#include <ctime>

using namespace novita;

namespace {

/// Of this thread alone: other programs may be as busy as they like.
double cpuMilliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

QByteArray many(int count)
{
    QByteArray rows;
    for (int i = 0; i < count; ++i) {
        const QByteArray number = QByteArray::number(i);
        rows += (i > 0 ? "," : "") + QByteArray("{\"id\":\"vendor/model-") + number + "\",\"title\":\"Model " + number + "\",\"context_size\":" + QByteArray::number(1000 + i)
            + ",\"input_token_price_per_m\":" + QByteArray::number(i * 7 % 5000) + ",\"output_token_price_per_m\":" + QByteArray::number(i * 13 % 9000) + "}";
    }
    return "{\"data\":[" + rows + "]}";
}

} // namespace

/// The list of language models.
class TestLanguageList final : public QObject, ChatWorld
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void theTableTellsContextAndPrice()
    {
        const LanguageModelTable &model = *m_bench->tab->list()->model();
        const int row = model.rowOf(QStringLiteral("vendor/tide-7b"));
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells.append(model.index(row, column).data().toString());
        QCOMPARE(cells.join(QLatin1Char('|')), QStringLiteral("Tide 7B|128K|$0.07|$0.25|–|vendor/tide-7b"));
        QCOMPARE(model.index(model.rowOf(QStringLiteral("vendor/small")), 2).data().toString(), QStringLiteral("free"));
        QCOMPARE(model.index(model.rowOf(QStringLiteral("vendor/bare")), 2).data().toString(), QStringLiteral("–"));
        QVERIFY(m_bench->banner().isEmpty());
    }

    void theContextIsShortAndItsToolTipIsExact_data()
    {
        QTest::addColumn<int>("tokens");
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("tip");
        const auto row = [](int tokens, const char *shown, const char *tip) { QTest::newRow(tip) << tokens << QString::fromLatin1(shown) << QString::fromLatin1(tip); };
        row(512, "512", "512 tokens");
        row(8192, "8K", "8,192 tokens");
        row(32767, "33K", "32,767 tokens");
        row(128000, "128K", "128,000 tokens");
        row(131072, "128K", "131,072 tokens");
        row(262144, "256K", "262,144 tokens");
        row(999999, "1M", "999,999 tokens");
        row(1000000, "1M", "1,000,000 tokens");
        row(1048576, "1M", "1,048,576 tokens");
        row(1500000, "1.5M", "1,500,000 tokens");
        row(10485760, "10M", "10,485,760 tokens");
    }
    void theContextIsShortAndItsToolTipIsExact()
    {
        QFETCH(int, tokens);
        QFETCH(QString, shown);
        QFETCH(QString, tip);
        m_bench->fixture->network().script(FakeAnswer::payload("{\"data\":[{\"id\":\"a\",\"context_size\":" + QByteArray::number(tokens) + "}]}"));
        m_bench->tab->refresh();
        const LanguageModelTable &model = *m_bench->tab->list()->model();
        QTRY_VERIFY(model.holds(QStringLiteral("a")) && !model.holds(QStringLiteral("vendor/bare")));
        const QModelIndex context = model.index(0, 1);
        QCOMPARE(context.data().toString(), shown);
        QVERIFY2(context.data(Qt::ToolTipRole).toString().contains(tip), qPrintable(context.data(Qt::ToolTipRole).toString()));
    }

    /// As wide as a window of 1280 pixels leaves the page, with so many rows that they scroll, and with texts a little larger than usual.
    void contextAndPricesAreSeenInASmallWindow()
    {
        m_bench->fixture->network().script(FakeAnswer::payload(many(60)));
        m_bench->tab->refresh();
        QVERIFY(m_bench->waitForModels(60));
        m_bench->fixture->theme().apply(ColorScheme::Light, 110);
        m_bench->tab->resize(1032, 600);
        const TableView &table = *m_bench->tab->list()->table();
        QTRY_VERIFY(table.verticalScrollBar()->isVisible());
        for (const int column : {0, 1, 2, 3})
            QVERIFY2(!table.isColumnHidden(column) && table.columnViewportPosition(column) + table.columnWidth(column) <= table.viewport()->width(), qPrintable(QString::number(column)));
    }

    void pricesStandOneBelowTheOther()
    {
        m_bench->fixture->network().script(FakeAnswer::payload("{\"data\":[{\"id\":\"a\",\"input_token_price_per_m\":8900,\"output_token_price_per_m\":30000},"
                                                               "{\"id\":\"b\",\"input_token_price_per_m\":2695,\"output_token_price_per_m\":0},{\"id\":\"c\"}]}"));
        m_bench->tab->refresh();
        const LanguageModelTable &model = *m_bench->tab->list()->model();
        const auto prices = [&model](const char *id) {
            const int row = model.rowOf(QString::fromLatin1(id));
            return model.index(row, 2).data().toString() + QLatin1Char(' ') + model.index(row, 3).data().toString();
        };
        QTRY_VERIFY(model.holds(QStringLiteral("a")));
        QCOMPARE(prices("a"), QStringLiteral("$0.8900 $3.0000"));
        QCOMPARE(prices("b"), QStringLiteral("$0.2695 free"));
        QCOMPARE(prices("c"), QStringLiteral("– –"));
        for (const int column : {1, 2, 3})
            QVERIFY(model.index(0, column).data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight);
        // With it the long price goes.
        m_bench->fixture->network().script(FakeAnswer::payload("{\"data\":[{\"id\":\"a\",\"input_token_price_per_m\":8900,\"output_token_price_per_m\":30000}]}"));
        m_bench->tab->refresh();
        QTRY_VERIFY(!model.holds(QStringLiteral("b")));
        QCOMPARE(prices("a"), QStringLiteral("$0.89 $3.00"));
    }

    void theFilterKnowsContextAndPrice_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("left");
        QTest::newRow("context") << QStringLiteral("context:>32000") << QStringLiteral("vendor/tide-7b");
        QTest::newRow("free") << QStringLiteral("price:<0.01") << QStringLiteral("vendor/small");
        QTest::newRow("out") << QStringLiteral("out:>0.2") << QStringLiteral("vendor/tide-7b");
        QTest::newRow("word") << QStringLiteral("BARE") << QStringLiteral("vendor/bare");
    }
    void theFilterKnowsContextAndPrice()
    {
        QFETCH(QString, filter);
        QFETCH(QString, left);
        m_bench->tab->list()->findChild<SearchField *>()->setFilter(filter);
        QCOMPARE(m_bench->tab->list()->model()->rowCount(), 1);
        QCOMPARE(m_bench->tab->list()->model()->idAt(0), left);
    }

    void aListThatIsNotLiveSaysSo()
    {
        m_bench->fixture->network().script(FakeAnswer::payload("{\"data\":[]}"));
        m_bench->tab->refresh();
        QTRY_VERIFY(m_bench->banner().startsWith(QStringLiteral("The service named no models.")));
        m_bench->fixture->network().script(FakeAnswer::payload(ChatBench::models()));
        emit m_bench->tab->list()->banner()->actionTriggered();
        QTRY_VERIFY(m_bench->banner().isEmpty());
    }

    void aRowChoosesTheModelAndTheModelTheRow()
    {
        const LanguageModelTable &model = *m_bench->tab->list()->model();
        m_bench->tab->list()->table()->setCurrentIndex(model.index(model.rowOf(QStringLiteral("vendor/small")), 0));
        QCOMPARE(m_bench->chat().conversation().model.toString(), QStringLiteral("vendor/small"));
        m_bench->tab->openTarget(QStringLiteral("novita/vendor/tide-7b"));
        QCOMPARE(m_bench->chat().conversation().model.toString(), QStringLiteral("vendor/tide-7b"));
        QCOMPARE(model.idAt(m_bench->tab->list()->table()->currentIndex().row()), QStringLiteral("vendor/tide-7b"));
    }


    void aBarSaysWhichListItIsAndWhy_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("no key") << -1 << QByteArray() << QStringLiteral("There is no API key that is accepted.");
        QTest::newRow("key") << 401 << QByteArray("{\"code\":401,\"reason\":\"FAILED_TO_AUTH\"}") << QStringLiteral("The API key was not accepted.");
        QTest::newRow("refused") << 403 << QByteArray("{\"code\":403,\"reason\":\"ACCESS_DENY\"}") << QStringLiteral("The service refused the list of models.");
        QTest::newRow("offline") << 0 << QByteArray() << QStringLiteral("The service could not be reached.");
        QTest::newRow("empty") << 200 << QByteArray("{\"data\":[]}") << QStringLiteral("The service named no models.");
        QTest::newRow("unreadable") << 200 << QByteArray("<html>") << QStringLiteral("The service's list of models could not be read.");
    }
    void aBarSaysWhichListItIsAndWhy()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(QString, sentence);
        FakeNam cloud;
        FakeClock clock;
        QTemporaryDir folder;
        ApiClient client(cloud, clock, [] { return 0.5; });
        ApiClientConfig config;
        config.maxRetries = 0;
        client.setConfig(config);
        client.setKey(status < 0 ? QString() : QStringLiteral("sk_test_0123456789"));
        KeptFiles files(folder.path());
        LanguageModels models(client, files, clock);
        const auto notice = [&] { return chatwords::listNotice(models, clock.now()); };
        const auto ask = [&] {
            if (status >= 0)
                cloud.script(status == 0 ? FakeAnswer::transportError(QNetworkReply::ConnectionRefusedError) : FakeAnswer::payload(body, status));
            models.read(true);
        };
        // Nothing is there yet.
        models.open(ChatBench::profile());
        ask();
        QTRY_COMPARE(models.source(), ModelListSource::BuiltIn);
        QCOMPARE(models.store().size(), 5);
        QCOMPARE(notice(), sentence + QStringLiteral(" No list was ever read: these five are built in, and their prices are unknown."));
        // A list of the disk.
        const KeptModelList kept{clock.now() - std::chrono::hours(30), {*models.find(QStringLiteral("qwen3-max"))}};
        QVERIFY(await(files.write(KeptFiles::nameFor(QStringLiteral("models"), ChatBench::profile().toString()), [kept] { return modellistfile::written(kept); })));
        models.open(ChatBench::profile());
        QTRY_COMPARE(models.source(), ModelListSource::Kept);
        ask();
        QTRY_VERIFY(models.reason() != ModelListReason::None);
        QVERIFY2(notice().startsWith(sentence + QStringLiteral(" This is the last list that was read, of ")), qPrintable(notice()));
        QVERIFY(notice().contains(format::dateTime(kept.at)));
        // The list of this run.
        client.setKey(QStringLiteral("sk_test_9876543210"));
        QTRY_VERIFY(!models.isReading());
        cloud.setResponder([](const FakeRequest &) { return FakeAnswer::payload(ChatBench::models()); });
        models.read(true);
        QTRY_COMPARE(models.source(), ModelListSource::Live);
        QVERIFY(notice().isEmpty());
        if (status < 0)
            return;
        ask();
        QTRY_VERIFY(models.reason() != ModelListReason::None);
        QVERIFY2(notice().startsWith(sentence + QStringLiteral(" The list below is of ")), qPrintable(notice()));
        QCOMPARE(models.store().size(), 3);
    }

    void theWindowShowsTheLastGoodListOrTheBuiltInOne()
    {
        const auto count = [this] {
            for (const QLabel *label : m_bench->tab->list()->findChildren<QLabel *>()) {
                if (label->isVisible() && label->text().contains(QStringLiteral("model(s)")))
                    return label->text();
            }
            return QString();
        };
        FakeNam &cloud = m_bench->fixture->network();
        const QByteArray refused = "{\"code\":403,\"reason\":\"ACCESS_DENY\"}";
        QCOMPARE(count(), QStringLiteral("3 model(s)"));
        QVERIFY(m_bench->banner().isEmpty());
        const TimePoint readAt = m_bench->fixture->clock().now();
        // Slow: what was read before is there at once, with its age.
        m_bench->fixture->clock().advance(std::chrono::hours(5));
        cloud.script(FakeAnswer::hanging());
        m_bench->openTab();
        QVERIFY(m_bench->waitForModels());
        QCOMPARE(count(), QStringLiteral("3 model(s), ") + format::age(readAt, m_bench->fixture->clock().now()));
        QVERIFY(m_bench->banner().isEmpty());
        // Failed: the bar says why, and of when it is.
        QTRY_VERIFY(cloud.reply(cloud.count() - 1));
        cloud.reply(cloud.count() - 1)->answer(FakeAnswer::payload(refused, 403));
        QTRY_VERIFY(!m_bench->banner().isEmpty());
        QVERIFY2(m_bench->banner().startsWith(QStringLiteral("The service refused the list of models. This is the last list that was read, of ") + format::dateTime(readAt)), qPrintable(m_bench->banner()));
        QCOMPARE(count(), QStringLiteral("3 model(s)"));
        QVERIFY(m_bench->tab->list()->table()->isVisible());
        // Nothing was ever read.
        cloud.script(FakeAnswer::payload(refused, 403));
        m_bench->openTab(ProfileId(QStringLiteral("another")));
        QVERIFY(m_bench->waitForModels(5));
        QVERIFY2(m_bench->banner().endsWith(QStringLiteral("these five are built in, and their prices are unknown.")), qPrintable(m_bench->banner()));
        QVERIFY(m_bench->tab->list()->table()->isVisible());
        // The bar leads out of it.
        cloud.script(FakeAnswer::payload(ChatBench::models()));
        emit m_bench->tab->list()->banner()->actionTriggered();
        QVERIFY(m_bench->waitForModels());
        QTRY_VERIFY(m_bench->banner().isEmpty());
        QCOMPARE(count(), QStringLiteral("3 model(s)"));
    }

    void entriesThatAreLeftOutAreSpokenOf()
    {
        m_bench->fixture->network().script(FakeAnswer::payload("{\"data\":[{\"id\":\"a/b\"},{\"id\":\"\"}]}"));
        m_bench->tab->refresh();
        QTRY_COMPARE(m_bench->tab->list()->model()->totalCount(), 1);
        QVERIFY(m_bench->banner().startsWith(QStringLiteral("Some entries")));
    }

    void numbersAreSortedAsNumbersAndUnknownOnesLast()
    {
        m_bench->fixture->network().script(FakeAnswer::payload("{\"data\":[{\"id\":\"a\",\"context_size\":9000,\"input_token_price_per_m\":9000},{\"id\":\"b\",\"context_size\":131072,"
                                                               "\"input_token_price_per_m\":20000},{\"id\":\"c\"},{\"id\":\"d\",\"context_size\":8192,\"input_token_price_per_m\":0}]}"));
        m_bench->tab->refresh();
        QTRY_COMPARE(m_bench->tab->list()->model()->totalCount(), 4);
        const LanguageModelTable &model = *m_bench->tab->list()->model();
        const auto order = [&model] {
            QString ids;
            for (int row = 0; row < model.rowCount(); ++row)
                ids += model.idAt(row);
            return ids;
        };
        for (const int column : {1, 2}) { // context, input price
            m_bench->tab->list()->table()->sortByColumn(column, Qt::AscendingOrder);
            QCOMPARE(order(), QStringLiteral("dabc"));
            m_bench->tab->list()->table()->sortByColumn(column, Qt::DescendingOrder);
            QCOMPARE(order(), QStringLiteral("badc"));
        }
    }

    void theIdIsCopied()
    {
        const LanguageModelTable &model = *m_bench->tab->list()->model();
        QAction *copy = m_bench->action("Copy model id");
        QVERIFY(!copy->isEnabled());
        m_bench->tab->list()->table()->setCurrentIndex(model.index(model.rowOf(QStringLiteral("vendor/small")), 0));
        QVERIFY(copy->isEnabled());
        copy->trigger();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("vendor/small"));
    }

    void tenThousandModelsHoldNothingUp()
    {
        constexpr int kModels = 10000;
        m_bench->fixture->network().script(FakeAnswer::payload(many(kModels)));
        QTimer beat;
        double last = -1;
        double longest = 0;
        connect(&beat, &QTimer::timeout, this, [&] {
            const double now = cpuMilliseconds();
            longest = last >= 0 ? std::max(longest, now - last) : 0;
            last = now;
        });
        beat.start(0);
        m_bench->tab->refresh();
        QTRY_COMPARE_WITH_TIMEOUT(m_bench->tab->list()->model()->totalCount(), kModels, 20000);
        QTest::qWait(50);
        const double read = longest;
        const auto costs = [](const std::function<void()> &step) {
            const double before = cpuMilliseconds();
            step();
            QCoreApplication::processEvents();
            return cpuMilliseconds() - before;
        };
        TableView &table = *m_bench->tab->list()->table();
        const double sorted = costs([&] { table.sortByColumn(2, Qt::DescendingOrder); });
        const double filtered = costs([&] { m_bench->tab->list()->findChild<SearchField *>()->setFilter(QStringLiteral("context:>6000 price:<0.3")); });
        const double shown = costs([&] { m_bench->tab->list()->findChild<SearchField *>()->setFilter({}); });
        double scrolled = 0;
        for (int row = 0; row < kModels; row += 500)
            scrolled = std::max(scrolled, costs([&] { table.scrollTo(table.model()->index(row, 0)); }));
        m_bench->choose("no/such");
        const double typed = costs([&] { m_bench->type("x"); });
        qInfo("10,000 models, ms: read %.0f, sorted %.0f, filtered %.0f, shown %.0f, scrolled %.1f, typed %.1f", read, sorted, filtered, shown, scrolled, typed);
        constexpr double kStep = 400; // some four times what was measured
        QVERIFY(read < kStep && sorted < kStep && filtered < kStep && shown < kStep);
        QVERIFY(scrolled < 50);
        QVERIFY(typed < 50);
    }
};

QTEST_MAIN(TestLanguageList)
#include "tst_languagelist.moc"
