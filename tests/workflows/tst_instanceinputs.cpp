// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/clientstack.h"
#include "tests/workflows/fakecloud.h"

#include <QDateTime>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <memory>

using namespace novita;
using A = InstanceAction;

namespace {

const InstanceId kOne(QStringLiteral("one"));

struct Bench
{
    FakeCloud cloud;
    SystemClock clock;
    ClientStack stack{cloud.nam, clock};

    explicit Bench(const QString &status, const QString &billing = QStringLiteral("onDemand"))
    {
        cloud.put(kOne.toString(), status, {}, billing);
        cloud.instances[kOne.toString()].insert(QStringLiteral("rootfsSize"), 60);
        cloud.instances[kOne.toString()].insert(QStringLiteral("imageUrl"), QStringLiteral("ubuntu:22.04"));
        cloud.instances[kOne.toString()].insert(QStringLiteral("endTime"), QStringLiteral("1800000000"));
        stack.connectTo(QUrl(QStringLiteral("http://127.0.0.1:9")));
    }
    bool ready() { return QTest::qWaitFor([this] { return stack.stores.instances.contains(kOne); }, 3000); }
    std::optional<Result<Done>> run(const InstanceRequest &request)
    {
        std::optional<Result<Done>> out;
        stack.commands.run(kOne, request)->onFinished(&stack.commands, [&out](const Result<Done> &result) { out = result; });
        static_cast<void>(QTest::qWaitFor([&out] { return out.has_value(); }, 9000));
        return out;
    }
    /// The answer to every request to `path`; the request takes effect first when `effect` says how.
    void answer(const QString &path, const FakeAnswer &reply, std::function<void(QJsonObject &)> effect = {})
    {
        cloud.intercept = [this, path, reply, effect](const QString &asked, const FakeRequest &) -> std::optional<FakeAnswer> {
            if (asked != path)
                return std::nullopt;
            if (effect)
                effect(cloud.instances[kOne.toString()]);
            return reply;
        };
    }
    const Instance *row() const { return stack.stores.instances.find(kOne); }
    QString events() const { return stack.eventTexts().join(QLatin1Char('\n')); }
};

FakeAnswer refusal(const char *reason, const char *message)
{
    return FakeAnswer::payload(QStringLiteral(R"({"code":400,"reason":"%1","message":"%2"})").arg(QLatin1String(reason), QLatin1String(message)).toUtf8(), 400);
}

FakeAnswer lost()
{
    return FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError);
}

EditRequest diskGrownBy(int gb)
{
    EditRequest edit;
    edit.growDiskGb = gb;
    return edit;
}

const QString kEdit = QStringLiteral("gpu/instance/edit");
const QString kRenew = QStringLiteral("gpu/instance/renewInstance");
const QString kConvert = QStringLiteral("gpu/instance/transToMonthlyInstance");
const QString kUpgrade = QStringLiteral("gpu/instance/upgrade");
const QString kSave = QStringLiteral("job/save/image");

/// The answer to a saved image is lost; the lists of jobs before and after it, with "NOW" for this second.
void loseSave(Bench &bench, QString before, QString after)
{
    const QString now = QString::number(QDateTime::currentSecsSinceEpoch());
    for (QString *list : {&before, &after})
        list->replace(QLatin1String("NOW"), now);
    bench.cloud.intercept = [before = before.toUtf8(), after = after.toUtf8(), sent = std::make_shared<bool>()](
                                const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
        if (path == kSave)
            return (*sent = true, lost());
        if (path == QLatin1String("jobs"))
            return FakeAnswer::payload(*sent ? after : before);
        return std::nullopt;
    };
}

} // namespace

/// Actions that take input: one request each, and what the cloud says afterwards decides.
class TestInstanceInputs final : public QObject
{
    Q_OBJECT

private slots:
    void anEditIsAskedForOnceAndReadAgain()
    {
        Bench bench(QStringLiteral("running"));
        QVERIFY(bench.ready());
        bench.answer(kEdit, FakeAnswer::payload("{}"), [](QJsonObject &row) { row.insert(QStringLiteral("rootfsSize"), 80); });
        const auto result = bench.run(diskGrownBy(20));
        QVERIFY(result && result->ok());
        QTRY_COMPARE(bench.row()->rootfsGb, 80);
        QCOMPARE(bench.cloud.count(kEdit), 1);
        QVERIFY(bench.events().contains(QLatin1String("Asked the cloud to change ports or disk")));
        // Nothing stays "asked" for a status that does not come.
        QVERIFY(!bench.stack.stores.instances.extra(kOne)->asked);
    }

    void aLostGrowthThatShowsIsASuccess()
    {
        Bench bench(QStringLiteral("running"));
        QVERIFY(bench.ready());
        bench.answer(kEdit, lost(), [](QJsonObject &row) { row.insert(QStringLiteral("rootfsSize"), 80); });
        const auto result = bench.run(diskGrownBy(20));
        QVERIFY(result && result->ok());
        QCOMPARE(bench.cloud.count(kEdit), 1);
    }

    void aLostGrowthThatDoesNotShowStaysInDoubt()
    {
        Bench bench(QStringLiteral("running"));
        QVERIFY(bench.ready());
        bench.answer(kEdit, lost());
        const auto result = bench.run(diskGrownBy(20));
        QVERIFY(result && !result->ok());
        QVERIFY(result->error().effectUnknown);
        QCOMPARE(bench.cloud.count(kEdit), 1);
    }

    void inputThatBreaksARuleSendsNothing()
    {
        Bench bench(QStringLiteral("running"));
        QVERIFY(bench.ready());
        EditRequest edit;
        edit.ports = QList<DraftPort>{{2222, QStringLiteral("http")}, {70000, QStringLiteral("http")}};
        const auto result = bench.run(edit);
        QVERIFY(result && !result->ok());
        QCOMPARE(result->error().kind, ErrorKind::Validation);
        QCOMPARE(result->error().detail.split(QLatin1Char('\n')).size(), 2);
        QCOMPARE(bench.run(A::Edit)->error().kind, ErrorKind::Validation); // no input at all
        QCOMPARE(bench.cloud.count(kEdit), 0);
    }

    void aRefusalIsInWords()
    {
        Bench bench(QStringLiteral("running"), QStringLiteral("monthly"));
        QVERIFY(bench.ready());
        bench.answer(kRenew, refusal("BALANCE_NOT_ENOUGH", "balance is not enough"));
        const auto result = bench.run(InstanceRequest::renew(1));
        QVERIFY(result && !result->ok());
        QCOMPARE(result->error().apiReason, QStringLiteral("BALANCE_NOT_ENOUGH"));
        QVERIFY(bench.events().contains(QLatin1String("could not be renewed. The account's balance is too low.")));
        QCOMPARE(bench.cloud.count(kRenew), 1);
    }

    void aLostRenewalIsPaidOnce()
    {
        Bench bench(QStringLiteral("running"), QStringLiteral("monthly"));
        QVERIFY(bench.ready());
        bench.answer(kRenew, lost(), [](QJsonObject &row) { row.insert(QStringLiteral("endTime"), QStringLiteral("1802592000")); });
        const auto result = bench.run(InstanceRequest::renew(1));
        QVERIFY(result && result->ok());
        QCOMPARE(bench.cloud.count(kRenew), 1);
    }

    /// The cloud takes it, answers nothing, and shows the new end a while later.
    void aRenewalThatShowsLateIsPaidOnce()
    {
        Bench bench(QStringLiteral("running"), QStringLiteral("monthly"));
        QVERIFY(bench.ready());
        bench.stack.payments.setWaits({Milliseconds(30), Milliseconds(60), Milliseconds(100), Milliseconds(3000), Milliseconds(3000)});
        bench.answer(kRenew, lost());
        const auto result = bench.run(InstanceRequest::renew(1));
        QVERIFY(result && !result->ok());
        QVERIFY(result->error().effectUnknown);
        QVERIFY(bench.events().contains(QLatin1String("It is not known whether")));
        QVERIFY(!bench.events().contains(QLatin1String("could not be renewed")));
        const auto again = bench.run(InstanceRequest::renew(1));
        QVERIFY(again && !again->ok());
        QCOMPARE(again->error().kind, ErrorKind::Validation);
        QVERIFY(again->error().message.contains(QLatin1String("paid twice")));
        bench.cloud.instances[kOne.toString()].insert(QStringLiteral("endTime"), QStringLiteral("1802592000"));
        QTRY_VERIFY_WITH_TIMEOUT(bench.stack.commands.verdict(kOne, A::Renew).allowed, 9000);
        QVERIFY(bench.events().contains(QLatin1String("was renewed: the answer was lost")));
        QCOMPARE(bench.cloud.count(kRenew), 1);
    }

    void aConversionThatDoesNotShowStaysInDoubt()
    {
        Bench bench(QStringLiteral("running"));
        QVERIFY(bench.ready());
        bench.answer(kConvert, lost());
        const auto result = bench.run(InstanceRequest::toMonthly(1));
        QVERIFY(result && !result->ok());
        QVERIFY(result->error().effectUnknown); // it may show later
        QCOMPARE(bench.cloud.count(kConvert), 1);
        QVERIFY(bench.events().contains(QLatin1String("It is not known whether")));
        QTRY_VERIFY(bench.events().contains(QLatin1String("Look at the bills")));
        QVERIFY(bench.stack.commands.verdict(kOne, A::ToMonthly).allowed);
        QCOMPARE(bench.row()->billing, BillingMode::OnDemand);
    }

    /// Without the network nothing is learnt, so it is asked less and less often, and nothing is given up.
    void looksThatFailGrowRarer()
    {
        Bench bench(QStringLiteral("running"), QStringLiteral("monthly"));
        QVERIFY(bench.ready());
        bench.stack.payments.setWaits({Milliseconds(20), Milliseconds(20), std::chrono::hours(1)});
        bench.answer(kRenew, lost());
        QVERIFY(!bench.run(InstanceRequest::renew(1))->ok());
        bench.cloud.intercept = [](const QString &, const FakeRequest &) -> std::optional<FakeAnswer> { return FakeAnswer::transportError(QNetworkReply::HostNotFoundError); };
        const auto waitsLong = [&bench] {
            const QList<QTimer *> timers = bench.stack.payments.findChildren<QTimer *>();
            return timers.size() == 1 && timers.first()->remainingTime() > 60000;
        };
        QTRY_VERIFY(waitsLong());
        QVERIFY(!bench.stack.commands.verdict(kOne, A::Renew).allowed);
        QVERIFY(!bench.events().contains(QLatin1String("Look at the bills")));
    }

    void anUpgradeShowsAsAskedUntilItIsSeen()
    {
        Bench bench(QStringLiteral("running"));
        QVERIFY(bench.ready());
        bench.answer(kUpgrade, FakeAnswer::payload({}), [](QJsonObject &row) { row.insert(QStringLiteral("status"), QStringLiteral("toReset")); });
        UpgradeRequest upgrade = UpgradeRequest::of(*bench.row());
        upgrade.imageUrl = QStringLiteral("ubuntu:24.04");
        auto *call = bench.stack.commands.run(kOne, upgrade);
        QVERIFY(bench.stack.stores.instances.extra(kOne)->asked);
        bool done = false;
        call->onFinished(this, [&done](const Result<Done> &result) { done = result.ok(); });
        QTRY_VERIFY(done);
        QTRY_COMPARE(bench.row()->status, InstanceStatus::ToReset);
    }

    void theSameWishTwiceIsOneRequestAndAnotherIsRefused()
    {
        Bench bench(QStringLiteral("running"), QStringLiteral("monthly"));
        QVERIFY(bench.ready());
        int done = 0;
        int refused = 0;
        const auto count = [&](const Result<Done> &result) { ++(result ? done : refused); };
        bench.stack.commands.run(kOne, InstanceRequest::renew(1))->onFinished(this, count);
        bench.stack.commands.run(kOne, InstanceRequest::renew(1))->onFinished(this, count);
        bench.stack.commands.run(kOne, InstanceRequest::renew(2))->onFinished(this, count);
        QTRY_COMPARE(done + refused, 3);
        QCOMPARE(done, 2);
        QCOMPARE(bench.cloud.count(kRenew), 1);
    }

    void aSavedImageTellsItsJob()
    {
        Bench bench(QStringLiteral("exited"));
        QVERIFY(bench.ready());
        QSignalSpy jobs(&bench.stack.commands, &InstanceCommands::imageJobBegun);
        bench.answer(kSave, FakeAnswer::payload(R"({"jobId":"job-7"})"));
        const auto result = bench.run(SaveImageRequest{QStringLiteral("ghcr.io/team/x:1"), {}});
        QVERIFY(result && result->ok());
        QCOMPARE(jobs.size(), 1);
        QCOMPARE(jobs.first().at(1).value<JobId>().toString(), QStringLiteral("job-7"));
    }

    void aLostImageJobIsFoundAmongTheJobs()
    {
        Bench bench(QStringLiteral("exited"));
        QVERIFY(bench.ready());
        QSignalSpy jobs(&bench.stack.commands, &InstanceCommands::imageJobBegun);
        loseSave(bench, QStringLiteral(R"({"jobs":[],"total":0})"),
                       QStringLiteral(R"({"jobs":[{"Id":"old","type":"saveImage","instanceId":"one","createdAt":"5"},
                           {"Id":"job-9","type":"saveImage","instanceId":"one","createdAt":"NOW"}],"total":2})"));
        const auto result = bench.run(SaveImageRequest{QStringLiteral("ghcr.io/team/x:1"), {}});
        QVERIFY(result && result->ok());
        QCOMPARE(jobs.first().at(1).value<JobId>().toString(), QStringLiteral("job-9"));
        QCOMPARE(bench.cloud.count(kSave), 1);
    }

    void aJobThatHadFailedBeforeIsNotTheLostOne()
    {
        Bench bench(QStringLiteral("exited"));
        QVERIFY(bench.ready());
        QSignalSpy jobs(&bench.stack.commands, &InstanceCommands::imageJobBegun);
        loseSave(bench, QStringLiteral(R"({"jobs":[{"Id":"job-8","type":"saveImage","instanceId":"one","createdAt":"NOW"}],"total":1})"),
                       QStringLiteral(R"({"jobs":[{"Id":"job-8","type":"saveImage","instanceId":"one","createdAt":"NOW","state":{"state":"fail"}},
                           {"Id":"job-9","type":"saveImage","instanceId":"one","createdAt":"NOW"}],"total":2})"));
        const auto result = bench.run(SaveImageRequest{QStringLiteral("ghcr.io/team/x:1"), {}});
        QVERIFY(result && result->ok());
        QCOMPARE(jobs.first().at(1).value<JobId>().toString(), QStringLiteral("job-9"));
    }

    /// This run has never heard of the job that ended a moment ago: it may be of the run before, or somebody else's.
    void aJobThatEndedBeforeIsNotTheOneThatWasNeverBegun()
    {
        Bench bench(QStringLiteral("exited"));
        QVERIFY(bench.ready());
        QSignalSpy jobs(&bench.stack.commands, &InstanceCommands::imageJobBegun);
        const QString jobs8 = QStringLiteral(R"({"jobs":[{"Id":"job-8","type":"saveImage","instanceId":"one","createdAt":"NOW","state":{"state":"success"}}],
            "total":1})");
        loseSave(bench, jobs8, jobs8);
        const auto result = bench.run(SaveImageRequest{QStringLiteral("ghcr.io/team/x:2"), {}});
        QVERIFY(result && !result->ok());
        QVERIFY(result->error().effectUnknown);
        QCOMPARE(jobs.size(), 0);
        bench.stack.jobs.wake();
        const int read = bench.cloud.count(QStringLiteral("/jobs"));
        QTRY_VERIFY(bench.cloud.count(QStringLiteral("/jobs")) >= read);
        QTRY_VERIFY(bench.stack.jobs.jobs().size() == 1 && bench.stack.jobs.jobs().begin()->second.unseen > 0);
        QVERIFY(bench.stack.jobs.jobs().begin()->second.id.isEmpty());
        QVERIFY(!bench.events().contains(QLatin1String("was saved")));
    }

    void severalAreMigratedWithAResultEach()
    {
        Bench bench(QStringLiteral("exited"), QStringLiteral("spot"));
        bench.cloud.put(QStringLiteral("two"), QStringLiteral("exited"));
        bench.cloud.put(QStringLiteral("three"), QStringLiteral("running"));
        QVERIFY(bench.ready());
        bench.cloud.intercept = [](const QString &path, const FakeRequest &request) -> std::optional<FakeAnswer> {
            if (path != QLatin1String("gpu/instance/migrate"))
                return std::nullopt;
            return request.body.contains("two") ? refusal("MIGRATE_INSUFFICIENT_RESOURCE", "no host") : FakeAnswer::payload("{}");
        };
        BulkRun *run = bench.stack.commands.runBulk({kOne, InstanceId(QStringLiteral("two")), InstanceId(QStringLiteral("three"))}, A::Migrate);
        QTRY_VERIFY(run->isFinished());
        QCOMPARE(run->count(BulkRow::State::Done), 1);
        QCOMPARE(run->count(BulkRow::State::Failed), 1);
        QCOMPARE(run->count(BulkRow::State::Skipped), 1);
        QVERIFY(run->rows().at(1).message.contains(QLatin1String("no other host")));
    }

    void aPreviewIsWhatWouldBeSent()
    {
        Bench bench(QStringLiteral("exited"));
        QVERIFY(bench.ready());
        const int before = bench.cloud.nam.count();
        const RequestPreview preview = bench.stack.commands.preview(kOne, SaveImageRequest{QStringLiteral("ghcr.io/team/x:1"), {}});
        QCOMPARE(preview.method, QStringLiteral("POST"));
        QCOMPARE(preview.url, QStringLiteral("http://127.0.0.1:9/gpu-instance/openapi/v1/job/save/image"));
        QCOMPARE(preview.body.toObject().value(QStringLiteral("image")).toString(), QStringLiteral("ghcr.io/team/x:1"));
        QTest::qWait(20);
        QCOMPARE(bench.cloud.nam.count(), before);
    }
};

QTEST_GUILESS_MAIN(TestInstanceInputs)
#include "tst_instanceinputs.moc"
