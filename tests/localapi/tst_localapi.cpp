// SPDX-License-Identifier: GPL-3.0-or-later
#include "localapifixture.h"
#include "tests/support/await.h"

#include <QDateTime>
#include <QTemporaryDir>

#include <memory>
#include <vector>

using namespace novita;
using namespace std::chrono_literals;
using Answer = LocalApiFixture::Answer;
using L1 = QLatin1String;

namespace {

QJsonObject createBody(LocalApiFixture &api, const QString &name)
{
    return api.cloud.draft(name).toJson();
}

QStringList fieldsOf(const Answer &answer)
{
    QStringList out;
    for (const QJsonValue &problem : answer.json().value(L1("error"))[L1("validationErrors")].toArray())
        out.append(problem[L1("field")].toString());
    return out;
}

} // namespace

/// What changes something.
class TestLocalApi final : public QObject
{
    Q_OBJECT

private slots:
    void unknownIds_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::newRow("unknown") << QByteArray("0123456789abcdef");
        QTest::newRow("slash") << QByteArray("a%2Fb");
        QTest::newRow("up") << QByteArray("..%2F..%2Fhealth");
        QTest::newRow("blank") << QByteArray("%20");
        QTest::newRow("quote") << QByteArray("%22%27%3C%3E");
        QTest::newRow("not utf-8") << QByteArray("%FF%FE");
        QTest::newRow("long") << QByteArray(4000, 'a');
        QTest::newRow("format") << QByteArray("%25s%251");
    }
    void unknownIds()
    {
        QFETCH(QByteArray, id);
        LocalApiFixture api(1);
        QVERIFY(api.connectAndListen());
        for (const Answer &answer : {api.get("/api/instances/" + id), api.remove("/api/instances/" + id), api.post("/api/instances/" + id + "/start"),
                                     api.post("/api/instances/" + id + "/stop"), api.get("/api/deliveries/" + id)}) {
            QVERIFY2(answer.status == 404 || answer.status == 400 || answer.status == 503, (answer.head + answer.body).constData());
            if (answer.status != 400)
                QVERIFY2(!answer.code().isEmpty(), answer.body.constData());
        }
        QCOMPARE(api.cloud.countRequests(QStringLiteral("deleteInstance")), 0);
    }

    void lifeOfAnInstance()
    {
        LocalApiFixture api;
        QVERIFY(api.connectAndListen());
        const Answer created = api.post("/api/instances", createBody(api, QStringLiteral("by-api")));
        QVERIFY2(created.status == 201, created.body.constData());
        const QString id = created.json().value(L1("instanceId")).toString();
        QCOMPARE(created.json().value(L1("novitaInstanceId")).toString(), id);
        QCOMPARE(created.json().value(L1("name")).toString(), QStringLiteral("by-api"));
        for (const char *name : {"status", "message", "productId", "pricePerHour"})
            QVERIFY2(created.json().contains(L1(name)), name);
        QVERIFY(api.cloud.reaches(InstanceId(id), QStringLiteral("running")));

        const QByteArray path = "/api/instances/" + id.toLatin1();
        QCOMPARE(api.post(path + "/start").code(), QStringLiteral("ACTION_NOT_ALLOWED"));
        const Answer stopped = api.post(path + "/stop", QByteArray("{}"));
        QVERIFY2(stopped.status == 200, stopped.body.constData());
        QCOMPARE(stopped.json().value(L1("instanceId")).toString(), id);
        QVERIFY2(stopped.json().value(L1("operationId")).toString().startsWith(L1("stop_")), stopped.body.constData());
        QVERIFY(api.cloud.reaches(InstanceId(id), QStringLiteral("exited")));
        const Answer again = api.post(path + "/stop");
        QCOMPARE(again.status, 200);
        QCOMPARE(again.json().value(L1("status")).toString(), QStringLiteral("stopped"));
        QCOMPARE(api.cloud.countRequests(QStringLiteral("stopInstance")), 1);

        const Answer started = api.post(path + "/start");
        QVERIFY2(started.status == 202, started.body.constData());
        QCOMPARE(started.json().value(L1("status")).toString(), QStringLiteral("starting"));
        QVERIFY(api.cloud.reaches(InstanceId(id), QStringLiteral("running")));
        const Answer deleted = api.remove(path);
        QVERIFY2(deleted.status == 200, deleted.body.constData());
        QCOMPARE(deleted.json().value(L1("status")).toString(), QStringLiteral("deleted"));
        QVERIFY2(deleted.json().value(L1("operationId")).toString().startsWith(L1("delete_")), deleted.body.constData());
        QVERIFY(api.cloud.reaches(InstanceId(id), QString()));
        QCOMPARE(api.get(path).status, 404);
        QCOMPARE(api.cloud.violations(), QStringList());
        // Four wishes of another program, and none of the person's.
        const auto &events = api.cloud.stack.stores.activity.events();
        const auto countBy = [&events](EventSource source) {
            return std::count_if(events.begin(), events.end(), [source](const ActivityEvent &event) { return event.source == source; });
        };
        QVERIFY2(countBy(EventSource::LocalApi) >= 4, qPrintable(QString::number(countBy(EventSource::LocalApi))));
        QCOMPARE(countBy(EventSource::You), 0);
    }

    /// The start has the name that its webhooks have, and a time once starts have been seen.
    void startAndCreateTellWhenTheyAreExpected()
    {
        LocalApiFixture api;
        ClientStack &stack = api.cloud.stack;
        QTemporaryDir folder;
        stack.history.open(folder.filePath(QStringLiteral("history.sqlite")));
        const ProfileId profile(QStringLiteral("p"));
        QList<TimelineStep> steps;
        for (int start = 0; start < 3; ++start) {
            const InstanceId id(QString::number(start));
            steps.append({id, {stack.clock.now() - 200s, QStringLiteral("requested"), {}}});
            steps.append({id, {stack.clock.now() - 100s, QStringLiteral("ready"), {}}});
        }
        stack.history.timeline.append(profile, steps);
        stack.startups.follow(stack.creator, stack.commands);
        QVERIFY(api.connectAndListen());
        stack.startups.setProfile(profile);
        QVERIFY(await(stack.history.timeline.read(profile, InstanceId())).ok());
        const TimePoint before = stack.clock.now();
        const auto estimate = [](const Answer &answer) { return QDateTime::fromString(answer.json().value(L1("estimatedReadyTime")).toString(), Qt::ISODateWithMs); };
        const Answer created = api.post("/api/instances", createBody(api, QStringLiteral("by-api")));
        QVERIFY2(created.status == 201, created.body.constData());
        QVERIFY2(estimate(created).toMSecsSinceEpoch() >= (before + 100s).time_since_epoch().count(), created.body.constData());

        const InstanceId id(created.json().value(L1("instanceId")).toString());
        QVERIFY(api.cloud.reaches(id, QStringLiteral("running")));
        const QByteArray path = "/api/instances/" + id.toString().toLatin1();
        QCOMPARE(api.post(path + "/stop").status, 200);
        QVERIFY(api.cloud.reaches(id, QStringLiteral("exited")));
        const Answer started = api.post(path + "/start");
        QVERIFY2(started.status == 202, started.body.constData());
        QVERIFY2(started.json().value(L1("operationId")).toString().startsWith(L1("startup_")), started.body.constData());
        QVERIFY2(estimate(started).isValid(), started.body.constData());
    }

    void whatIsUnderWayIsNotAskedForAgain_data()
    {
        QTest::addColumn<QString>("status");
        QTest::addColumn<QByteArray>("action");
        QTest::addColumn<int>("answer");
        QTest::addColumn<QString>("word");
        QTest::newRow("stop of what is to stop") << QStringLiteral("toStop") << QByteArray("stop") << 200 << QStringLiteral("stopping");
        QTest::newRow("stop of what is stopping") << QStringLiteral("stopping") << QByteArray("stop") << 200 << QStringLiteral("stopping");
        QTest::newRow("start of what is to start") << QStringLiteral("toStart") << QByteArray("start") << 202 << QStringLiteral("starting");
        QTest::newRow("start of what is starting") << QStringLiteral("starting") << QByteArray("start") << 202 << QStringLiteral("starting");
        QTest::newRow("deletion of what is being removed") << QStringLiteral("removing") << QByteArray() << 200 << QStringLiteral("deleted");
        QTest::newRow("start of what is stopping") << QStringLiteral("stopping") << QByteArray("start") << 409 << QString();
        QTest::newRow("stop of what is being removed") << QStringLiteral("removing") << QByteArray("stop") << 409 << QString();
    }
    void whatIsUnderWayIsNotAskedForAgain()
    {
        QFETCH(QString, status);
        QFETCH(QByteArray, action);
        QFETCH(int, answer);
        QFETCH(QString, word);
        LocalApiFixture api(1);
        QVERIFY(api.connectAndListen());
        InstanceStore &instances = api.cloud.stack.stores.instances;
        Instance row = *instances.find(instances.ids().first());
        row.statusText = status;
        row.status = instanceStatusFromWire(status);
        instances.adoptRows({row}, api.cloud.stack.clock.now(), false);
        const QByteArray path = "/api/instances/" + row.id.toString().toLatin1();
        const Answer got = action.isEmpty() ? api.remove(path) : api.post(path + '/' + action);
        QVERIFY2(got.status == answer, got.body.constData());
        QCOMPARE(got.json().value(L1("status")).toString(), word);
        if (answer != 409)
            QVERIFY2(got.json().value(L1("message")).toString().contains(L1("already")), got.body.constData());
        for (const char *operation : {"startInstance", "stopInstance", "deleteInstance"})
            QCOMPARE(api.cloud.countRequests(L1(operation)), 0);
    }

    /// The cloud agreed a moment ago, and no list shows it yet.
    void whatWasTakenUpIsNotAskedForAgain()
    {
        LocalApiFixture api;
        QVERIFY(api.connectAndListen());
        InstanceStore &instances = api.cloud.stack.stores.instances;
        const InstanceId id = api.cloud.createRunning(QStringLiteral("slow"));
        QVERIFY(!id.isEmpty());
        const Instance running = *instances.find(id);
        const QByteArray path = "/api/instances/" + id.toString().toLatin1();
        const Answer first = api.post(path + "/stop");
        QVERIFY2(first.status == 200, first.body.constData());
        instances.adoptRows({running}, api.cloud.stack.clock.now(), false);
        instances.setAsked(id, InstanceAction::Stop, api.cloud.stack.clock.now(), EventSource::LocalApi);
        const Answer second = api.post(path + "/stop");
        QVERIFY2(second.status == 200, second.body.constData());
        QCOMPARE(second.json().value(L1("operationId")), first.json().value(L1("operationId")));
        QCOMPARE(api.post(path + "/start").status, 409);
        QCOMPARE(api.cloud.countRequests(QStringLiteral("stopInstance")), 1);
    }

    void createByProductNameAndTemplate()
    {
        LocalApiFixture api;
        QVERIFY(api.connectAndListen());
        const Product *product = api.cloud.stack.stores.products.find(api.cloud.draft(QStringLiteral("x")).productId);
        QVERIFY(product);
        QVERIFY(api.cloud.refresh(DataKind::Templates)->ok());
        const TemplateId source = api.cloud.stack.stores.templates.ids().first();
        const Answer created = api.post("/api/instances", QJsonObject{{L1("productName"), product->name.toLower()}, {L1("templateId"), source.toString()},
                                                                      {L1("rootfsSize"), product->minRootfsGb.value_or(60)}, {L1("gpuNum"), 1}});
        QVERIFY2(created.status == 201, created.body.constData());
        QVERIFY(!created.json().value(L1("name")).toString().isEmpty());
        const Answer bad = api.post("/api/instances", QJsonObject{{L1("productName"), L1("no such GPU")}, {L1("templateId"), L1("999999999")}, {L1("region"), 5}});
        QCOMPARE(bad.status, 422);
        QVERIFY2(fieldsOf(bad).contains(L1("productName")) && fieldsOf(bad).contains(L1("templateId")) && fieldsOf(bad).contains(L1("region")), bad.body.constData());
    }

    void fieldRulesAreThoseOfTheWizard_data()
    {
        QTest::addColumn<QJsonObject>("change");
        QTest::addColumn<QString>("field");
        const auto row = [](const char *name, const QString &field, const QJsonValue &value) { QTest::newRow(name) << QJsonObject{{field, value}} << field; };
        row("name with blanks", QStringLiteral("name"), L1("no blanks here"));
        row("name too long", QStringLiteral("name"), QString(101, u'a'));
        row("no gpu", QStringLiteral("gpuNum"), 0);
        row("nine gpus", QStringLiteral("gpuNum"), 9);
        row("half a gpu", QStringLiteral("gpuNum"), 1.5);
        row("gpus as object", QStringLiteral("gpuNum"), QJsonObject());
        row("disk too small", QStringLiteral("rootfsSize"), 1);
        row("reserved port", QStringLiteral("ports"), L1("2222/tcp"));
        row("port of a strange type", QStringLiteral("ports"), L1("80/udp"));
        row("ports as array", QStringLiteral("ports"), QJsonArray{80});
        row("envs as text of no form", QStringLiteral("envs"), QJsonArray{5});
        row("term without subscription", QStringLiteral("month"), 3);
        row("billing", QStringLiteral("billingMode"), L1("barter"));
        row("password in clear", QStringLiteral("imageAuth"), L1("user:PLANTED"));
        row("unknown member", QStringLiteral("webhookUrl"), L1("https://PLANTED.example"));
        row("image with blanks", QStringLiteral("imageUrl"), L1("a b"));
        row("entrypoint too long", QStringLiteral("entrypoint"), QString(3000, u'a'));
    }
    void fieldRulesAreThoseOfTheWizard()
    {
        QFETCH(QJsonObject, change);
        QFETCH(QString, field);
        LocalApiFixture api;
        QVERIFY(api.connectAndListen());
        QJsonObject body = createBody(api, QStringLiteral("a"));
        body.insert(field, change.value(field));
        const Answer answer = api.post("/api/instances", body);
        QCOMPARE(answer.status, 422);
        QCOMPARE(answer.code(), QStringLiteral("VALIDATION_ERROR"));
        QVERIFY2(fieldsOf(answer).contains(field), answer.body.constData());
        QVERIFY2(!answer.body.contains("PLANTED"), answer.body.constData());
        QCOMPARE(answer.json().value(L1("error"))[L1("retryable")].toBool(true), false);
        QCOMPARE(api.cloud.countRequests(QStringLiteral("createInstance")), 0);
    }

    void readOnlyProfileChangesNothing()
    {
        LocalApiFixture api(2);
        QVERIFY(api.connectAndListen());
        const QByteArray path = "/api/instances/" + api.cloud.stack.stores.instances.ids().first().toString().toLatin1();
        const QJsonObject body = createBody(api, QStringLiteral("a"));
        Profile profile = *api.cloud.stack.profiles.active();
        profile.readOnly = true;
        api.cloud.stack.profiles.setTransient(profile);
        QTRY_VERIFY(api.cloud.stack.stores.instances.refreshedAt());
        for (const Answer &answer : {api.post("/api/instances", body), api.post(path + "/start"), api.post(path + "/stop"), api.remove(path)}) {
            QCOMPARE(answer.status, 403);
            QCOMPARE(answer.code(), QStringLiteral("READ_ONLY_PROFILE"));
        }
        QCOMPARE(api.get(path).status, 200);
        for (const char *operation : {"createInstance", "startInstance", "stopInstance", "deleteInstance"})
            QCOMPARE(api.cloud.countRequests(L1(operation)), 0);
    }

    void productionAsksForItsName()
    {
        LocalApiFixture api;
        QVERIFY(api.connectAndListen());
        const QJsonObject body = createBody(api, QStringLiteral("a"));
        Profile profile = *api.cloud.stack.profiles.active();
        profile.production = true;
        profile.name = QStringLiteral("Größte Anlage");
        api.cloud.stack.profiles.setTransient(profile);
        QTRY_VERIFY(api.cloud.stack.stores.instances.refreshedAt());
        const QByteArray text = QJsonDocument(body).toJson(QJsonDocument::Compact);
        QCOMPARE(api.post("/api/instances", text).code(), QStringLiteral("PRODUCTION_CONFIRMATION_REQUIRED"));
        QCOMPARE(api.post("/api/instances", text, "X-Confirm-Production: test\r\n").status, 403);
        QCOMPARE(api.cloud.countRequests(QStringLiteral("createInstance")), 0);
        const QByteArray name = profile.name.toUtf8().toPercentEncoding();
        const Answer created = api.post("/api/instances", text, "X-Confirm-Production: " + name + "\r\n");
        QVERIFY2(created.status == 201, created.body.constData());
    }

    void deleteLockHolds()
    {
        LocalApiFixture api(1);
        QVERIFY(api.connectAndListen());
        const InstanceId id = api.cloud.stack.stores.instances.ids().first();
        api.cloud.stack.commands.setDeleteLocked({id}, true);
        const Answer answer = api.remove("/api/instances/" + id.toString().toLatin1());
        QCOMPARE(answer.status, 409);
        QCOMPARE(answer.code(), QStringLiteral("DELETE_LOCKED"));
        QCOMPARE(api.cloud.countRequests(QStringLiteral("deleteInstance")), 0);
    }

    void whatTheCloudRefuses()
    {
        LocalApiFixture api;
        QVERIFY(api.connectAndListen());
        const QJsonObject body = createBody(api, QStringLiteral("a"));
        api.cloud.addFault({{L1("kind"), L1("apiError")}, {L1("operation"), L1("createInstance")}, {L1("status"), 400}, {L1("reason"), L1("INSUFFICIENT_RESOURCE")},
                            {L1("message"), L1("sold out")}, {L1("count"), 1}});
        const Answer answer = api.post("/api/instances", body);
        QCOMPARE(answer.status, 409);
        QCOMPARE(answer.code(), QStringLiteral("RESOURCE_CONSTRAINTS"));
        const QJsonObject error = answer.json().value(L1("error")).toObject();
        QVERIFY(!error.value(L1("correlationId")).toString().isEmpty());
        QVERIFY(!error.value(L1("requestId")).toString().isEmpty());
        QVERIFY(error.value(L1("timestamp")).toString().endsWith(u'Z'));
    }

    void aCloudThatDoesNotAgreeInTimeIs504()
    {
        LocalApiFixture api(3);
        QVERIFY(api.connectAndListen());
        api.service.desk().setAnswerWithin(300ms);
        const QJsonObject body = createBody(api, QStringLiteral("late"));
        api.cloud.addFault({{L1("kind"), L1("hang")}, {L1("operation"), L1("createInstance")}, {L1("count"), 1}});
        const Answer answer = api.post("/api/instances", body);
        QCOMPARE(answer.status, 504);
        QVERIFY2(answer.json().value(L1("error"))[L1("message")].toString().contains(L1("may still take effect")), answer.body.constData());
        QCOMPARE(api.service.desk().owed(), 0);
    }

    void aClientThatLeavesIsForgotten()
    {
        LocalApiFixture api;
        QVERIFY(api.connectAndListen());
        api.service.desk().setAnswerWithin(5000ms);
        const QJsonObject body = createBody(api, QStringLiteral("left"));
        api.cloud.addFault({{L1("kind"), L1("latency")}, {L1("ms"), 3000}, {L1("operation"), L1("createInstance")}, {L1("count"), 1}});
        {
            RawClient client(api.service.port());
            client.send(api.request("POST", "/api/instances", QJsonDocument(body).toJson()));
            QTRY_COMPARE(api.service.desk().owed(), 1);
        }
        QTRY_COMPARE(api.service.desk().owed(), 0);
        QCOMPARE(api.get("/api/instances").status, 200);
    }

    void switchingOffEndsWhatWaits()
    {
        LocalApiFixture api;
        QVERIFY(api.connectAndListen());
        const QJsonObject body = createBody(api, QStringLiteral("waiting"));
        api.cloud.addFault({{L1("kind"), L1("hang")}, {L1("operation"), L1("createInstance")}, {L1("count"), 1}});
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 3; ++i) {
            clients.push_back(std::make_unique<RawClient>(api.service.port()));
            clients.back()->send(api.request("POST", "/api/instances", QJsonDocument(body).toJson()));
        }
        QTRY_COMPARE(api.service.desk().owed(), 3);
        api.service.desk().close();
        for (const auto &client : clients) {
            QVERIFY(client->waitForEnd());
            QCOMPARE(client->statuses(), QList<int>{503});
        }
        QCOMPARE(api.get("/health").status, 503);
        QCOMPARE(api.get("/health").code(), QStringLiteral("SWITCHED_OFF"));
    }
};

QTEST_GUILESS_MAIN(TestLocalApi)
#include "tst_localapi.moc"
