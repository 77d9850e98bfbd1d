// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/clientstack.h"
#include "tests/workflows/createbench.h"

#include <QTest>

using namespace novita;
using Kind = CreateOutcome::Kind;

namespace {

struct Bench
{
    FakeCloud cloud;
    SystemClock clock;
    ClientStack stack{cloud.nam, clock};

    Bench() { stack.connectTo(QUrl(QStringLiteral("http://127.0.0.1:9"))); }
    bool ready() { return QTest::qWaitFor([this] { return stack.stores.instances.refreshedAt().has_value(); }, 3000); }
    std::optional<Result<CreateOutcome>> create(const InstanceDraft &wish)
    {
        std::optional<Result<CreateOutcome>> out;
        stack.creator.create(wish)->onFinished(&stack.creator, [&out](const Result<CreateOutcome> &result) { out = result; });
        if (!QTest::qWaitFor([&out] { return out.has_value(); }, 8000))
            return std::nullopt;
        return out;
    }
    void onCreate(const FakeAnswer &answer, bool afterEffect)
    {
        auto &hook = afterEffect ? cloud.loseReply : cloud.intercept;
        hook = [answer](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            return path == kCreate ? std::optional(answer) : std::nullopt;
        };
    }
};

} // namespace

class TestCreateInstance final : public QObject
{
    Q_OBJECT

private slots:
    void creates()
    {
        Bench bench;
        QVERIFY(bench.ready());
        const auto outcome = bench.create(draft());
        QVERIFY(outcome && outcome->ok());
        QCOMPARE((*outcome)->kind, Kind::Created);
        QTRY_VERIFY(bench.stack.stores.instances.contains((*outcome)->id));
    }

    void lostAnswers_data()
    {
        QTest::addColumn<int>("how");
        QTest::newRow("connection closed") << 0;
        QTest::newRow("gateway timeout") << 1;
        QTest::newRow("half an answer") << 2;
        QTest::newRow("no id in the answer") << 3;
    }

    /// The effect took place, the answer did not arrive in one piece: exactly one instance, and it is ours.
    void lostAnswers()
    {
        QFETCH(int, how);
        const QList<FakeAnswer> answers{FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError),
                                        FakeAnswer::payload("<html>504</html>", 504), FakeAnswer::payload("{\"id\":\"ne"),
                                        FakeAnswer::payload("{}")};
        Bench bench;
        QVERIFY(bench.ready());
        bench.onCreate(answers.at(how), true);
        const auto outcome = bench.create(draft());
        QVERIFY(outcome && outcome->ok());
        QCOMPARE((*outcome)->kind, Kind::Adopted);
        QCOMPARE((*outcome)->id.toString(), QStringLiteral("new1"));
        QVERIFY(!(*outcome)->message.isEmpty());
        QCOMPARE(bench.cloud.count(kCreate), 1);
    }

    void anOlderTwinIsNeverAdopted()
    {
        Bench bench;
        bench.cloud.put(QStringLiteral("old"), QStringLiteral("running"), QStringLiteral("trainer-2"));
        QVERIFY(bench.ready());
        // Appears in the list under the very name, but only what the store knew before counts as older.
        bench.onCreate(FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError), false);
        const auto outcome = bench.create(draft(QStringLiteral("trainer-2")));
        QVERIFY(outcome && outcome->ok());
        QCOMPARE((*outcome)->kind, Kind::Unknown);
        QCOMPARE((*outcome)->name, QStringLiteral("trainer-2-2"));
        QCOMPARE(bench.cloud.count(kCreate), 1);
    }

    /// The very name is taken by an instance that could not be read before the request and can be read after it.
    void anOlderTwinThatWasUnreadableIsNeverAdopted()
    {
        Bench bench;
        QVERIFY(bench.ready());
        bench.cloud.put(QStringLiteral("other"), QStringLiteral("running"));
        bench.cloud.put(QStringLiteral("old"), QStringLiteral("running"), QStringLiteral("trainer"));
        bench.cloud.instances[QStringLiteral("old")].insert(QStringLiteral("createdAt"), QStringLiteral("1600000000"));
        bench.cloud.instances[QStringLiteral("old")].insert(QStringLiteral("id"), QJsonObject());
        bench.stack.refresher.refresh(DataKind::Instances);
        QTRY_VERIFY(!bench.stack.stores.instances.isWhole());
        bench.cloud.intercept = [&bench](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            if (path != kCreate)
                return std::nullopt;
            bench.cloud.instances[QStringLiteral("old")].insert(QStringLiteral("id"), QStringLiteral("old"));
            return FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError);
        };
        const auto outcome = bench.create(draft());
        QVERIFY(outcome && outcome->ok());
        QCOMPARE((*outcome)->kind, Kind::Unknown);
        // Nor is another one made while nobody can say what became of the first.
        const auto again = bench.create(draft());
        QVERIFY(again && again->ok());
        QCOMPARE((*again)->kind, Kind::Unknown);
        QCOMPARE(bench.cloud.count(kCreate), 1);
    }

    void beforeTheFirstListOlderOnesAreLookedUpFirst()
    {
        Bench bench;
        bench.cloud.put(QStringLiteral("old"), QStringLiteral("running"), QStringLiteral("trainer"));
        bench.onCreate(FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError), false);
        QVERIFY(!bench.stack.stores.instances.refreshedAt());
        const auto outcome = bench.create(draft());
        QVERIFY(outcome && outcome->ok());
        QCOMPARE((*outcome)->kind, Kind::Unknown);
        QCOMPARE(bench.cloud.count(kCreate), 1);
    }

    void aSwitchInBetweenIsSaid()
    {
        Bench bench;
        QVERIFY(bench.ready());
        bench.onCreate(FakeAnswer::hanging(), false);
        std::optional<Result<CreateOutcome>> out;
        bench.stack.creator.create(draft())->onFinished(this, [&out](const Result<CreateOutcome> &result) { out = result; });
        QTRY_COMPARE(bench.cloud.count(kCreate), 1);
        bench.stack.session.storeKey(bench.stack.profiles.active()->id, QStringLiteral("sk_of_another_account"));
        QTRY_VERIFY(out && !out->ok() && out->error().isCanceled());
        QCOMPARE(bench.stack.eventTexts().filter(QStringLiteral("not known whether")).size(), 1);
    }

    void unknownThenFoundOnTheNextTry()
    {
        Bench bench;
        QVERIFY(bench.ready());
        bench.onCreate(FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError), false);
        const auto first = bench.create(draft());
        QVERIFY(first && first->ok());
        QCOMPARE((*first)->kind, Kind::Unknown);

        // It had been made after all, and shows up late.
        bench.cloud.put(QStringLiteral("late"), QStringLiteral("creating"), QStringLiteral("trainer"));
        const auto second = bench.create(draft());
        QVERIFY(second && second->ok());
        QCOMPARE((*second)->kind, Kind::Adopted);
        QCOMPARE((*second)->id.toString(), QStringLiteral("late"));
        QCOMPARE(bench.cloud.count(kCreate), 1);
    }

    /// Tries in between that never came to send anything must not make the lost one forgotten.
    void unknownIsRememberedOverFailedLooks()
    {
        Bench bench;
        QVERIFY(bench.ready());
        bench.onCreate(FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError), false);
        const auto first = bench.create(draft());
        QVERIFY(first && first->ok());
        QCOMPARE((*first)->kind, Kind::Unknown);

        bench.cloud.intercept = [](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            return path == QLatin1String("gpu/instances") ? std::optional(FakeAnswer::payload("gone", 404)) : std::nullopt;
        };
        const auto blind = bench.create(draft());
        QVERIFY(blind && !blind->ok());
        bench.stack.client.setKey({});
        const auto keyless = bench.create(draft());
        QVERIFY(keyless && !keyless->ok());
        QCOMPARE(keyless->error().kind, ErrorKind::Unauthorized);
        QCOMPARE(bench.cloud.count(kCreate), 1);

        bench.stack.client.setKey(QStringLiteral("another-key"));
        bench.cloud.intercept = nullptr;
        bench.cloud.put(QStringLiteral("late"), QStringLiteral("creating"), QStringLiteral("trainer"));
        const auto last = bench.create(draft());
        QVERIFY(last && last->ok());
        QCOMPARE((*last)->kind, Kind::Adopted);
        QCOMPARE((*last)->id.toString(), QStringLiteral("late"));
        QCOMPARE(bench.cloud.count(kCreate), 1);
    }

    /// A 5xx whose instance turns up after the search was given up: the next try finds it instead of making a second one.
    void aServerThatFailedButMadeItIsFoundOnTheNextTry()
    {
        Bench bench;
        QVERIFY(bench.ready());
        bench.onCreate(FakeAnswer::payload("gateway", 504), false);
        const auto first = bench.create(draft());
        QVERIFY(first && !first->ok());
        QCOMPARE(first->error().kind, ErrorKind::Server);

        bench.cloud.put(QStringLiteral("late"), QStringLiteral("creating"), QStringLiteral("trainer"));
        const auto second = bench.create(draft());
        QVERIFY(second && second->ok());
        QCOMPARE((*second)->kind, Kind::Adopted);
        QCOMPARE((*second)->id.toString(), QStringLiteral("late"));
        QCOMPARE(bench.cloud.count(kCreate), 1);
    }

    void aServerThatFailedIsBelievedWhenNothingAppears()
    {
        Bench bench;
        QVERIFY(bench.ready());
        bench.onCreate(FakeAnswer::payload("oops", 500), false);
        const auto outcome = bench.create(draft());
        QVERIFY(outcome && !outcome->ok());
        QCOMPARE(outcome->error().kind, ErrorKind::Server);
        QCOMPARE(bench.cloud.count(kCreate), 1);
    }

    void aRefusalIsAnErrorAtOnce()
    {
        Bench bench;
        QVERIFY(bench.ready());
        bench.onCreate(FakeAnswer::payload(R"({"code":400,"reason":"BALANCE_NOT_ENOUGH","message":"no money"})", 400), false);
        const auto outcome = bench.create(draft());
        QVERIFY(outcome && !outcome->ok());
        QCOMPARE(outcome->error().kind, ErrorKind::Quota);
        QCOMPARE(bench.cloud.count(kCreate), 1);
    }

    void aDoubleClickCreatesOnce()
    {
        Bench bench;
        QVERIFY(bench.ready());
        QList<InstanceId> ids;
        const auto note = [&ids](const Result<CreateOutcome> &result) { ids.append(result ? result->id : InstanceId()); };
        bench.stack.creator.create(draft({}))->onFinished(this, note);
        bench.stack.creator.create(draft({}))->onFinished(this, note);
        QTRY_COMPARE(ids.size(), 2);
        QCOMPARE(ids.at(0), ids.at(1));
        QCOMPARE(bench.cloud.count(kCreate), 1);
    }

    void namesAreMadeFree()
    {
        Bench bench;
        bench.cloud.put(QStringLiteral("x"), QStringLiteral("running"), QStringLiteral("trainer"));
        QVERIFY(bench.ready());
        QCOMPARE(bench.stack.creator.freeName(QStringLiteral("trainer")), QStringLiteral("trainer-2"));
        const auto outcome = bench.create(draft());
        QVERIFY(outcome && outcome->ok());
        QCOMPARE((*outcome)->name, QStringLiteral("trainer-2"));
    }

    void wrongDraftsSendNothing()
    {
        Bench bench;
        QVERIFY(bench.ready());
        InstanceDraft bad = draft();
        bad.imageUrl.clear();
        bad.gpuNum = 99;
        const auto outcome = bench.create(bad);
        QVERIFY(outcome && !outcome->ok());
        QCOMPARE(outcome->error().kind, ErrorKind::Validation);
        QCOMPARE(outcome->error().detail.split(QLatin1Char('\n')).size(), 2);
        QCOMPARE(bench.cloud.count(kCreate), 0);
    }

    void withoutAListNothingIsSent()
    {
        Bench bench;
        bench.cloud.intercept = [](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            return path == QLatin1String("gpu/instances") ? std::optional(FakeAnswer::payload("{}", 403)) : std::nullopt;
        };
        QTRY_VERIFY(bench.stack.client.hasKey());
        const auto outcome = bench.create(draft());
        QVERIFY(outcome && !outcome->ok());
        QCOMPARE(bench.cloud.count(kCreate), 0);
    }
};

QTEST_GUILESS_MAIN(TestCreateInstance)
#include "tst_createinstance.moc"
