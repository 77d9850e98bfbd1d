// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/language/languagebench.h"

#include <QElapsedTimer>
#include <QSignalSpy>

using namespace novita;

namespace {

const ProfileId kMine(QStringLiteral("mine"));
const ProfileId kOther(QStringLiteral("../other"));

} // namespace

/// Live, else the last good list, else the built-in five.
class TestLanguageModels final : public QObject
{
    Q_OBJECT

    std::unique_ptr<LanguageBench> m_bench;

    LanguageModels &models() { return *m_bench->models; }
    void open(const ProfileId &profile = kMine) { models().open(profile); }
    void answer(const FakeAnswer &answer) { m_bench->nam->script(answer); }
    void readLive()
    {
        answer(FakeAnswer::payload(LanguageBench::list()));
        open();
        models().read(true);
        QTRY_COMPARE(models().source(), ModelListSource::Live);
    }

private slots:
    void init() { m_bench = std::make_unique<LanguageBench>(); }
    void cleanup() { m_bench.reset(); }

    void aLiveListIsTakenAndKept()
    {
        readLive();
        QCOMPARE(models().reason(), ModelListReason::None);
        QCOMPARE(models().store().size(), 2); // without the nameless and the double one
        const LanguageModel *tide = models().find(QStringLiteral("vendor/tide-7b"));
        QVERIFY(tide);
        QCOMPARE(tide->capabilities, QStringList({QStringLiteral("reasoning"), QStringLiteral("image input")}));
        QCOMPARE(models().dated(), std::optional(m_bench->clock.now()));
        QTRY_VERIFY(QFile::exists(m_bench->path("models-mine.json")));
        QCOMPARE(QFile::permissions(m_bench->path("models-mine.json")) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }

    void theLastGoodListIsThereWithItsDate()
    {
        readLive();
        const TimePoint then = m_bench->clock.now();
        const LanguageModel tide = *models().find(QStringLiteral("vendor/tide-7b"));
        m_bench->restart();
        m_bench->clock.advance(std::chrono::hours(30));
        answer(FakeAnswer::payload("{\"code\":403,\"reason\":\"ACCESS_DENY\",\"message\":\"no\"}", 403));
        open();
        QTRY_COMPARE(models().source(), ModelListSource::Kept); // before anybody asks the cloud
        QCOMPARE(models().reason(), ModelListReason::None);
        models().read(false);
        QTRY_COMPARE(models().reason(), ModelListReason::Refused);
        QCOMPARE(models().source(), ModelListSource::Kept);
        QCOMPARE(models().dated(), std::optional(then));
        QCOMPARE(*models().find(QStringLiteral("vendor/tide-7b")), tide); // each member survives the file
        QVERIFY(models().error());
    }

    void withoutAnyListThereAreFive_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<ModelListReason>("reason");
        QTest::newRow("offline") << 0 << QByteArray() << ModelListReason::Offline;
        QTest::newRow("trouble") << 501 << QByteArray("{}") << ModelListReason::Offline;
        QTest::newRow("refused") << 403 << QByteArray("{\"code\":403,\"reason\":\"ACCESS_DENY\",\"message\":\"no\"}") << ModelListReason::Refused;
        QTest::newRow("key") << 401 << QByteArray("{\"code\":401,\"reason\":\"FAILED_TO_AUTH\",\"message\":\"no\"}") << ModelListReason::KeyRejected;
        QTest::newRow("empty") << 200 << QByteArray("{\"data\":[]}") << ModelListReason::Empty;
        QTest::newRow("nameless") << 200 << QByteArray("{\"data\":[{\"id\":\"\"}]}") << ModelListReason::Unreadable;
        QTest::newRow("html") << 200 << QByteArray("<html>") << ModelListReason::Unreadable;
    }
    void withoutAnyListThereAreFive()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(ModelListReason, reason);
        ApiClientConfig config = m_bench->client->config();
        config.maxRetries = 0;
        m_bench->client->setConfig(config);
        answer(status == 0 ? FakeAnswer::transportError(QNetworkReply::ConnectionRefusedError) : FakeAnswer::payload(body, status));
        open();
        models().read(false);
        QTRY_COMPARE(models().source(), ModelListSource::BuiltIn);
        QCOMPARE(models().reason(), reason);
        QCOMPARE(models().store().size(), 5);
        QCOMPARE(models().find(QStringLiteral("deepseek-v3"))->contextSize, std::optional(64000));
        QVERIFY(!models().find(QStringLiteral("qwen3-max"))->inputPrice);
        QVERIFY(!models().dated());
        QVERIFY(!QFile::exists(m_bench->path("models-mine.json"))); // they are not a good list to keep
    }

    void withoutAKeyNothingIsAskedUntilThereIsOne()
    {
        m_bench->client->setKey({});
        open();
        models().read(false);
        QTRY_COMPARE(models().source(), ModelListSource::BuiltIn);
        QCOMPARE(models().reason(), ModelListReason::NoKey);
        QCOMPARE(m_bench->nam->count(), 0);
        answer(FakeAnswer::payload(LanguageBench::list()));
        m_bench->client->setKey(QStringLiteral("sk_test_9876543210"));
        QTRY_COMPARE(models().source(), ModelListSource::Live);
        QCOMPARE(models().store().size(), 2);
    }

    void anotherKeyIsTriedAfterARejectedOne()
    {
        answer(FakeAnswer::payload("{\"code\":401,\"reason\":\"FAILED_TO_AUTH\",\"message\":\"no\"}", 401));
        open();
        models().read(true);
        QTRY_COMPARE(models().reason(), ModelListReason::KeyRejected);
        emit m_bench->client->statusChanged(m_bench->client->status());
        QVERIFY(!models().isReading()); // not with the same key
        QCOMPARE(models().reason(), ModelListReason::KeyRejected);
        QCOMPARE(m_bench->nam->count(), 1);
        m_bench->client->setKey({});
        QTRY_COMPARE(models().reason(), ModelListReason::NoKey);
        answer(FakeAnswer::payload(LanguageBench::list()));
        m_bench->client->setKey(QStringLiteral("sk_test_9876543210"));
        QTRY_COMPARE(models().source(), ModelListSource::Live);
    }

    void aFailureTakesNothingAway()
    {
        readLive();
        answer(FakeAnswer::payload("{\"data\":[]}"));
        models().read(true);
        QTRY_COMPARE(models().reason(), ModelListReason::Empty);
        QCOMPARE(models().source(), ModelListSource::Live);
        QCOMPARE(models().store().size(), 2);
        answer(FakeAnswer::payload(LanguageBench::list()));
        models().read(true);
        QTRY_COMPARE(models().reason(), ModelListReason::None);
        QVERIFY(!models().error());
    }

    void eachProfileHasItsOwn()
    {
        readLive();
        answer(FakeAnswer::payload("{\"data\":[{\"id\":\"a/b\"}]}"));
        open(kOther); // whatever its id, the file stays in the folder
        QCOMPARE(models().store().size(), 0);
        models().read(true);
        QTRY_COMPARE(models().source(), ModelListSource::Live);
        QCOMPARE(models().store().size(), 1);
        QTRY_VERIFY(QFile::exists(m_bench->path("models-..%2Fother.json")));
        open(kMine);
        QTRY_COMPARE(models().store().size(), 2);
        QCOMPARE(models().source(), ModelListSource::Kept);
        models().close();
        QCOMPARE(models().store().size(), 0);
    }

    void aDamagedFileIsNoList_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("cut") << QByteArray("{\"version\":1,\"at\":1767225600000,\"mod");
        QTest::newRow("other version") << QByteArray("{\"version\":2,\"at\":1767225600000,\"models\":[{\"id\":\"a\"}]}");
        QTest::newRow("no date") << QByteArray("{\"version\":1,\"models\":[{\"id\":\"a\"}]}");
        QTest::newRow("huge") << QByteArray(modellistfile::kMostBytes + 1, ' ');
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("other types") << QByteArray("{\"version\":1,\"at\":1767225600000,\"models\":[3,{\"id\":[]}]}");
    }
    void aDamagedFileIsNoList()
    {
        QFETCH(QByteArray, content);
        m_bench->putFile("models-mine.json", content);
        m_bench->client->setKey({});
        open();
        models().read(false);
        QTRY_COMPARE(models().source(), ModelListSource::BuiltIn);
    }

    void whatTheFileSaysIsHeldToItsRanges()
    {
        const Result<KeptModelList> kept = modellistfile::read("{\"version\":1,\"at\":1767225600000,\"models\":[{\"id\":\"a\",\"title\":\"x\\u202ey\\n\",\"context\":-4,\"input\":-1,"
                                                               "\"output\":\"7\",\"capabilities\":[\"tools\"]}]}");
        QVERIFY(kept);
        const LanguageModel &model = kept->models.constFirst();
        QCOMPARE(model.title, QStringLiteral("xy"));
        QVERIFY(!model.contextSize);
        QVERIFY(!model.inputPrice);
        QCOMPARE(model.outputPrice, std::optional(Money::fromPriceUnits(7)));
    }

    void namesMeetWithoutWhatStandsBeforeThem()
    {
        readLive();
        for (const char *id : {"vendor/tide-7b", "@vendor/tide-7b", "novita/vendor/tide-7b", "models/Vendor/Tide-7B", "api/vendor/tide-7b"}) {
            const LanguageModel *found = models().find(QString::fromLatin1(id));
            QVERIFY2(found, id);
            QCOMPARE(found->id.toString(), QStringLiteral("vendor/tide-7b")); // as the service gave it
        }
        QVERIFY(!models().find(QStringLiteral("tide-7b")));
        QVERIFY(!models().find(QString()));
    }

    void settingsThatForbidToAskAreNamed()
    {
        ApiClientConfig config = m_bench->client->config();
        config.proxyUrl = QStringLiteral("ftp://proxy.example");
        m_bench->client->setConfig(config);
        open();
        models().read(true);
        QTRY_COMPARE(models().reason(), ModelListReason::Settings);
        QTRY_COMPARE(models().source(), ModelListSource::BuiltIn);
        QVERIFY(models().error()->message.contains(QStringLiteral("proxy")));
        QCOMPARE(m_bench->nam->count(), 0);
    }

    void rowsThatAreLeftOutAreNotKeptQuiet()
    {
        readLive();
        QVERIFY(models().isPartial()); // one has no id
        answer(FakeAnswer::payload("{\"data\":[{\"id\":\"a/b\"},{\"id\":\"a/b\"}]}"));
        models().read(true);
        QTRY_COMPARE(models().store().size(), 1);
        QVERIFY(!models().isPartial());
    }

    void tenThousandModelsAreFoundAndKept()
    {
        QByteArray rows;
        for (int i = 0; i < 10000; ++i)
            rows += (i > 0 ? "," : "") + QByteArray("{\"id\":\"vendor/model-") + QByteArray::number(i) + "\",\"description\":\"" + QByteArray(400, 'd') + "\",\"context_size\":8192}";
        answer(FakeAnswer::payload("{\"data\":[" + rows + "]}"));
        open();
        models().read(true);
        QTRY_COMPARE(models().store().size(), 10000);
        QElapsedTimer time;
        time.start();
        for (int i = 0; i < 10000; ++i) {
            QVERIFY(models().find(QStringLiteral("novita/Vendor/Model-%1").arg(i)));
            QVERIFY(!models().find(QStringLiteral("no/such-%1").arg(i)));
        }
        QVERIFY2(time.elapsed() < 1000, qPrintable(QString::number(time.elapsed())));
        QTRY_VERIFY(m_bench->files->underWay() == 0);
        m_bench->restart();
        open();
        QTRY_COMPARE(models().store().size(), 10000);
    }
};

QTEST_GUILESS_MAIN(TestLanguageModels)
#include "tst_languagemodels.moc"
