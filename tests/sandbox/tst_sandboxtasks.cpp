// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/imagetask.h"
#include "core/cloud/endpoints/endpointtable.h"
#include "mediabench.h"
#include "tests/support/fakeclock.h"

#include <QUrlQuery>

using namespace novita;

/// Tasks from the request to the picture.
class TestSandboxTasks final : public QObject, private MediaBench
{
    Q_OBJECT

    /// In 1/10000 USD.
    qint64 available() { return m_client->get(QStringLiteral("/openapi/v1/billing/balance/detail")).json().value(L("availableBalance")).toString().toLongLong(); }
    QJsonArray bills(const char *category)
    {
        return m_client->get(QStringLiteral("/openapi/v1/billing/bill/list?cycleType=Month&productCategory=") + L(category)).json().value(L("bills")).toArray();
    }

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void fromWordsToPicture()
    {
        const QString id = submit(txt2imgBody({{QStringLiteral("image_num"), 2}}));
        QVERIFY(!id.isEmpty());
        const QJsonObject json = finished(id);
        DecodeLog log;
        const ImageTask task = decodeImageTask(JsonReader(json, log));
        QCOMPARE(task.status, TaskStatus::Succeeded);
        QCOMPARE(task.type, QStringLiteral("TXT_TO_IMG"));
        QCOMPARE(task.images.size(), 2);
        QCOMPARE(task.seed, std::optional<qint64>(7));
        QCOMPARE(task.seeds, QList<qint64>({7, 8}));
        QCOMPARE(json.value(L("task"))[L("progress_percent")].toInt(-1), 0); // as the cloud has it: done, and 0
        QVERIFY(json.value(L("images"))[0][L("image_url_ttl")].isString());
        QVERIFY(json.value(L("extra"))[L("seed")].isString());
        QVERIFY(json.value(L("images"))[0][L("nsfw_detection_result")].isNull());
        const QByteArray first = fetch(task.images.at(0).address.toString()).body;
        const QByteArray second = fetch(task.images.at(1).address.toString()).body;
        QCOMPARE(pictureFacts(first).format, QByteArray("png"));
        QCOMPARE(pictureFacts(first).size, QSize(128, 128));
        QVERIFY(first != second);
        QCOMPARE(fetch(task.images.at(0).address.toString()).body, first);
        QCOMPARE(firstPicture(submit(txt2imgBody())), first); // same input, same bytes
        QVERIFY(firstPicture(submit(txt2imgBody({{QStringLiteral("prompt"), QStringLiteral("a garden")}}))) != first);
        QVERIFY(firstPicture(submit(txt2imgBody({{QStringLiteral("guidance_scale"), 8}}))) != first);
    }

    void stagesOnTheWorldsClock()
    {
        FakeClock clock;
        begin({.clock = &clock});
        const QString id = submit(txt2imgBody());
        const auto status = [&] { return result(id).value(L("task"))[L("status")].toString(); };
        QCOMPARE(status(), QStringLiteral("TASK_STATUS_QUEUED"));
        m_server->advance(Milliseconds(1500)); // a second in the queue, then four of work
        const QJsonObject task = result(id).value(L("task")).toObject();
        QCOMPARE(task.value(L("status")).toString(), QStringLiteral("TASK_STATUS_PROCESSING"));
        QCOMPARE(task.value(L("eta")).toInt(), 4);
        QCOMPARE(task.value(L("progress_percent")).toInt(), 12);
        QCOMPARE(result(id).value(L("images")).toArray().size(), 0);
        m_server->advance(Seconds(4));
        QCOMPARE(status(), QStringLiteral("TASK_STATUS_SUCCEED"));
    }

    void randomSeedsAreTold()
    {
        const QString id = submit(txt2imgBody({{QStringLiteral("seed"), -1}}));
        const qint64 seed = finished(id).value(L("extra"))[L("seed")].toString().toLongLong();
        QVERIFY(seed > 0);
        QCOMPARE(firstPicture(submit(txt2imgBody({{QStringLiteral("seed"), seed}}))), firstPicture(id));
    }

    void linksAreSignedAndEnd()
    {
        const QString link = finished(submit(txt2imgBody())).value(L("images"))[0][L("image_url")].toString();
        QCOMPARE(fetch(link).status, 200);
        const SandboxAnswer withKey = m_client->get(QUrl(link).path() + u'?' + QUrl(link).query(QUrl::FullyEncoded));
        QCOMPARE(withKey.status, 400);
        QVERIFY(withKey.body.contains("Only one auth mechanism"));
        QVERIFY(fetch(link.section(u'?', 0, 0)).body.contains("SignatureDoesNotMatch"));
        QCOMPARE(fetch(QString(link).replace(QStringLiteral("/0.png"), QStringLiteral("/9.png"))).status, 404);
        QCOMPARE(fetch(QString(link).replace(QStringLiteral("/0.png"), QStringLiteral("/0.jpeg"))).status, 404);
        m_server->advance(Seconds(3601));
        const SandboxAnswer late = fetch(link);
        QCOMPARE(late.status, 403);
        QVERIFY(late.body.contains("expired"));
    }

    void unknownTasks()
    {
        QCOMPARE(m_client->get(QStringLiteral("/v3/async/task-result?task_id=none")).reason(), QStringLiteral("TASK_NOT_FOUND"));
        QCOMPARE(m_client->get(QStringLiteral("/v3/async/task-result")).status, 400);
    }

    void failingTasks()
    {
        QVERIFY(m_server->addFault({{QStringLiteral("kind"), QStringLiteral("taskFailed")}, {QStringLiteral("operation"), QStringLiteral("txt2img")},
                                    {QStringLiteral("reason"), QStringLiteral("out of memory")}, {QStringLiteral("count"), 1}}).ok());
        const QJsonObject failed = finished(submit(txt2imgBody()));
        QCOMPARE(failed.value(L("task"))[L("status")].toString(), QStringLiteral("TASK_STATUS_FAILED"));
        QCOMPARE(failed.value(L("task"))[L("reason")].toString(), QStringLiteral("out of memory"));
        QVERIFY(failed.contains(L("extra")));
        QCOMPARE(failed.value(L("images")).toArray().size(), 0);
        QCOMPARE(finished(submit(txt2imgBody())).value(L("task"))[L("status")].toString(), QStringLiteral("TASK_STATUS_SUCCEED"));
    }

    void nsfwFlags()
    {
        const QJsonObject extra{{QStringLiteral("enable_nsfw_detection"), true}, {QStringLiteral("nsfw_detection_level"), 2}};
        const auto confidence = [&](const char *prompt) {
            const QJsonValue image = finished(submit(txt2imgBody({{QStringLiteral("prompt"), L(prompt)}}, extra))).value(L("images"))[0];
            return image[L("nsfw_detection_result")][L("valid")].toBool() ? image[L("nsfw_detection_result")][L("confidence")].toDouble(-1) : -1;
        };
        const double safe = confidence("a lighthouse"), unsafe = confidence("nude on a beach");
        QVERIFY(safe >= 0 && safe < 20);
        QVERIFY(unsafe >= 90 && unsafe <= 100);
    }

    void outputTypes()
    {
        for (const char *type : {"jpeg", "webp"}) {
            const QString id = submit(txt2imgBody({}, {{QStringLiteral("response_image_type"), L(type)}}));
            QCOMPARE(pictureFacts(firstPicture(id)).format, QByteArray(type));
        }
    }

    void pythonClientsNullsAndEmptyObjects()
    {
        const SandboxAnswer answer = post("/v3/async/txt2img",
                                          txt2imgBody({{QStringLiteral("negative_prompt"), QJsonValue::Null}, {QStringLiteral("clip_skip"), QJsonValue::Null},
                                                       {QStringLiteral("sd_vae"), QJsonValue::Null}, {QStringLiteral("loras"), QJsonValue::Null},
                                                       {QStringLiteral("hires_fix"), QJsonValue::Null}, {QStringLiteral("extra"), QJsonObject()}},
                                                      {{QStringLiteral("custom_storage"), QJsonObject()}, {QStringLiteral("enterprise_plan"), QJsonObject()},
                                                       {QStringLiteral("webhook"), QJsonValue::Null}}));
        QCOMPARE(answer.status, 200);
    }

    void outOfRange_data()
    {
        QTest::addColumn<QJsonObject>("changes");
        const auto row = [](const char *name, const char *key, const QJsonValue &value) { QTest::newRow(name) << QJsonObject{{QString::fromLatin1(key), value}}; };
        row("narrow", "width", 127);
        row("wide", "width", 2049);
        row("no steps", "steps", 0);
        row("many steps", "steps", 101);
        row("nine", "image_num", 9);
        row("half a picture", "image_num", 1.5);
        row("no prompt", "prompt", QString());
        row("long prompt", "prompt", QString(1025, u'x'));
        row("seed", "seed", -2);
        row("sampler", "sampler_name", QStringLiteral("euler a"));
        row("guidance", "guidance_scale", 31);
        row("words for a number", "steps", QStringLiteral("many"));
        row("no model", "model_name", QJsonValue::Null);
        row("six loras", "loras", QJsonArray{QJsonObject(), QJsonObject(), QJsonObject(), QJsonObject(), QJsonObject(), QJsonObject()});
        row("strong lora", "loras", QJsonArray{QJsonObject{{QStringLiteral("model_name"), QStringLiteral("a")}, {QStringLiteral("strength"), 1.1}}});
        row("hires", "hires_fix", QJsonObject{{QStringLiteral("target_width"), 5000}, {QStringLiteral("target_height"), 512}, {QStringLiteral("strength"), 0.5}});
    }
    void outOfRange()
    {
        QFETCH(QJsonObject, changes);
        const SandboxAnswer answer = post("/v3/async/txt2img", txt2imgBody(changes));
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.reason(), QStringLiteral("INVALID_REQUEST_BODY"));
        QCOMPARE(answer.json().value(L("code")).toInt(), 400);
        QVERIFY(answer.json().value(L("metadata")).isObject());
    }

    void bodiesOfOtherForms()
    {
        QCOMPARE(post("/v3/async/txt2img", txt2imgBody().value(L("request")).toObject()).reason(), QStringLiteral("INVALID_REQUEST_BODY"));
        QCOMPARE(m_client->postRaw(QStringLiteral("/v3/async/txt2img"), "null").status, 400);
        QCOMPARE(m_client->postRaw(QStringLiteral("/v3/async/txt2img"), "{").reason(), QStringLiteral("INVALID_REQUEST_BODY"));
        QCOMPARE(m_client->get(QStringLiteral("/v3/async/txt2img")).status, 405);
        m_server->clearRequests();
        QVERIFY(!submit(txt2imgBody({{QStringLiteral("width"), QStringLiteral("128")}, {QStringLiteral("colour"), 1}})).isEmpty()); // forgiven, and noted
        const QString noted = m_server->violations().join(u'\n');
        QVERIFY2(noted.contains(L("request.width")) || noted.contains(L("unknown property request.colour")), qPrintable(noted));
    }

    void everyEndpointOfTheTableIsServed()
    {
        const EndpointTable table = EndpointTable::builtIn();
        for (const EndpointSpec &spec : table.all()) {
            if (spec.family == EndpointFamily::WebUi)
                continue;
            const SandboxAnswer answer = m_client->post(spec.path, {});
            QVERIFY2(answer.status == 400 && answer.reason() == L("INVALID_REQUEST_BODY"), qPrintable(spec.id + u' ' + QString::fromUtf8(answer.body)));
        }
    }

    void switchedOffAndOn()
    {
        const auto reason = [&] { return post("/v3/async/txt2img", txt2imgBody()).reason(); };
        QCOMPARE(reason(), QString());
        QCOMPARE(m_client->post(QStringLiteral("/_sandbox/endpoints"), {{QStringLiteral("endpoint"), QStringLiteral("txt2img")}, {QStringLiteral("state"), QStringLiteral("retired")}}).status, 200);
        QCOMPARE(reason(), QStringLiteral("API_NOT_FOUND"));
        QCOMPARE(m_client->post(QStringLiteral("/_sandbox/endpoints"), {{QStringLiteral("endpoint"), QStringLiteral("*")}, {QStringLiteral("state"), QStringLiteral("forbidden")}}).status, 200);
        QCOMPARE(reason(), QStringLiteral("API_NOT_ALLOWED"));
        QCOMPARE(m_client->send("DELETE", QStringLiteral("/_sandbox/endpoints")).status, 200);
        QCOMPARE(reason(), QString());
        QCOMPARE(m_client->post(QStringLiteral("/_sandbox/endpoints"), {{QStringLiteral("endpoint"), QStringLiteral("nothing")}, {QStringLiteral("state"), QStringLiteral("alive")}}).status, 404);
        QCOMPARE(m_client->post(QStringLiteral("/_sandbox/endpoints"), {{QStringLiteral("endpoint"), QStringLiteral("*")}, {QStringLiteral("state"), QStringLiteral("tired")}}).status, 400);
    }

    void eachEndpointHasASwitchOfItsOwn()
    {
        const EndpointTable table = EndpointTable::builtIn();
        QList<const EndpointSpec *> served;
        for (const EndpointSpec &spec : table.all()) {
            if (spec.family != EndpointFamily::WebUi)
                served.append(&spec);
        }
        QVERIFY(served.size() > 20);
        const auto turn = [&](const QString &id, const char *state) {
            return m_client->post(QStringLiteral("/_sandbox/endpoints"), {{QStringLiteral("endpoint"), id}, {QStringLiteral("state"), L(state)}}).status;
        };
        for (qsizetype i = 0; i < served.size(); ++i) {
            const EndpointSpec &one = *served.at(i), &next = *served.at((i + 1) % served.size());
            QCOMPARE(turn(one.id, "retired"), 200);
            const SandboxAnswer gone = m_client->post(one.path, {});
            QVERIFY2(gone.status == 404 && gone.reason() == L("API_NOT_FOUND"), qPrintable(one.id));
            QVERIFY2(m_client->post(next.path, {}).reason() == L("INVALID_REQUEST_BODY"), qPrintable(next.id));
            QCOMPARE(turn(one.id, "forbidden"), 200);
            QVERIFY2(m_client->post(one.path, {}).status == 403, qPrintable(one.id));
            QCOMPARE(turn(one.id, "alive"), 200);
            QVERIFY2(m_client->post(one.path, {}).reason() == L("INVALID_REQUEST_BODY"), qPrintable(one.id));
        }
    }

    void retiredByFaultAndByDate()
    {
        QVERIFY(m_server->addFault({{QStringLiteral("kind"), QStringLiteral("retired")}, {QStringLiteral("endpoint"), QStringLiteral("txt2img")}, {QStringLiteral("status"), 403}}).ok());
        QCOMPARE(post("/v3/async/txt2img", txt2imgBody()).status, 403);
        m_server->clearFaults();
        QCOMPARE(post("/v3/async/txt2img", txt2imgBody()).status, 200);
        QVERIFY(!m_server->addFault({{QStringLiteral("kind"), QStringLiteral("retired")}, {QStringLiteral("endpoint"), QStringLiteral("none")}}).ok());
        QVERIFY(!m_server->addFault({{QStringLiteral("kind"), QStringLiteral("retired")}, {QStringLiteral("endpoint"), QStringLiteral("*")}, {QStringLiteral("status"), 410}}).ok());

        FakeClock clock; // its world begins before or after the last days: both are looked at
        begin({.retired = {QStringLiteral("dated")}, .clock = &clock});
        const QDate today = QDateTime::fromSecsSinceEpoch(m_client->get(QStringLiteral("/_sandbox")).json().value(L("now")).toInteger(), Qt::UTC).date();
        const bool over = today > QDate(2026, 9, 30);
        QCOMPARE(post("/v3/async/qwen-image-txt2img", {{QStringLiteral("prompt"), QStringLiteral("x")}}).status, over ? 404 : 200);
        QCOMPARE(post("/v3/async/txt2img", txt2imgBody()).status, 200);
        SandboxServer unknown({.retired = {QStringLiteral("none")}});
        QVERIFY(!unknown.start().ok());
    }

    void limitsPerMinute()
    {
        QVERIFY(m_server->addFault({{QStringLiteral("kind"), QStringLiteral("endpointLimits")}}).ok());
        QCOMPARE(post("/v3/async/txt2img", txt2imgBody({{QStringLiteral("image_num"), 8}})).status, 200);
        QCOMPARE(post("/v3/async/txt2img", txt2imgBody({{QStringLiteral("image_num"), 8}})).status, 200);
        const SandboxAnswer third = post("/v3/async/txt2img", txt2imgBody({{QStringLiteral("image_num"), 8}})); // 24 pictures, 20 are free
        QCOMPARE(third.status, 429);
        QCOMPARE(third.reason(), QStringLiteral("RATE_LIMIT_EXCEEDED"));
        m_server->advance(Seconds(61));
        QCOMPARE(post("/v3/async/txt2img", txt2imgBody({{QStringLiteral("image_num"), 8}})).status, 200);
    }

    void balance()
    {
        begin({.timeScale = 1000, .balance = Money::fromPriceUnits(100'000)}); // 1 USD
        const QJsonObject body{{QStringLiteral("prompt"), QStringLiteral("x")}, {QStringLiteral("seed"), 1}, {QStringLiteral("steps"), 100},
                               {QStringLiteral("width"), 2048}, {QStringLiteral("height"), 2048}, {QStringLiteral("image_num"), 2}};
        QCOMPARE(post("/v3beta/flux-1-schnell", body).status, 200); // 0.60 USD
        const SandboxAnswer second = post("/v3beta/flux-1-schnell", body);
        QCOMPARE(second.status, 400);
        QCOMPARE(second.reason(), QStringLiteral("BILLING_BALANCE_NOT_ENOUGH"));
        QVERIFY2(available() >= 3990 && available() <= 4000, qPrintable(QString::number(available()))); // a volume costs something all the time
    }

    void whatIsMadeIsOnTheBill()
    {
        FakeClock clock;
        begin({.timeScale = 1000, .balance = Money::fromPriceUnits(1'000'000), .clock = &clock}); // 10 USD
        const qint64 before = available();
        const QJsonObject body{{QStringLiteral("prompt"), QStringLiteral("x")}, {QStringLiteral("seed"), 1}, {QStringLiteral("steps"), 100},
                               {QStringLiteral("width"), 2048}, {QStringLiteral("height"), 2048}, {QStringLiteral("image_num"), 2}};
        QCOMPARE(post("/v3beta/flux-1-schnell", body).status, 200);
        QCOMPARE(post("/v3beta/flux-1-schnell", body).status, 200);
        const QJsonObject chat{{QStringLiteral("model"), QStringLiteral("qwen/qwen3-max")}, {QStringLiteral("max_tokens"), 500},
                               {QStringLiteral("messages"), QJsonArray{QJsonObject{{QStringLiteral("role"), QStringLiteral("user")}, {QStringLiteral("content"), QStringLiteral("Name three tides.")}}}}};
        const QJsonObject usage = post("/openai/v1/chat/completions", chat).json().value(L("usage")).toObject();
        QVERIFY(!finished(submit(txt2imgBody({}, {{QStringLiteral("webhook"), QJsonObject{{QStringLiteral("url"), QStringLiteral("http://127.0.0.1:1/x")},
            {QStringLiteral("test_mode"), QJsonObject{{QStringLiteral("enabled"), true}, {QStringLiteral("return_task_status"), QStringLiteral("TASK_STATUS_SUCCEED")}}}}}}))).isEmpty());
        const qint64 after = available();
        QCOMPARE(bills("gen_api").size(), 0); // an hour is settled when it is over
        m_server->advance(Seconds(7200));

        const QJsonArray media = bills("gen_api");
        QCOMPARE(media.size(), 1); // the rehearsal costs nothing
        QCOMPARE(media.at(0)[L("productName")].toString(), QStringLiteral("flux-1-schnell"));
        QCOMPARE(media.at(0)[L("category")].toString(), QStringLiteral("gen_api"));
        QCOMPARE(media.at(0)[L("billNum0")].toString(), QStringLiteral("4"));
        const qint64 paid = media.at(0)[L("amount")].toString().toLongLong();
        QCOMPARE(paid, 120'000); // 1.20 USD
        QCOMPARE(media.at(0)[L("payAmountDisplay")].toString(), QStringLiteral("1.20"));
        const QJsonArray words = bills("llm");
        QCOMPARE(words.size(), 1);
        QCOMPARE(words.at(0)[L("billNum0")].toString().toLongLong(), usage.value(L("prompt_tokens")).toInteger());
        QCOMPARE(words.at(0)[L("billNum1")].toString().toLongLong(), usage.value(L("completion_tokens")).toInteger());
        const qint64 said = words.at(0)[L("amount")].toString().toLongLong();
        QVERIFY(said > 0);
        QCOMPARE(before - after, (paid + said + 5) / 10);
        QCOMPARE(bills("gpu").size(), 0);
        const QJsonArray months = m_client->get(QStringLiteral("/openapi/v1/billing/monthly/bill")).json().value(L("data")).toArray();
        const QJsonArray lines = bills("summary"); // volumes, too
        qint64 billed = 0, sum = 0;
        for (const QJsonValue &month : months)
            billed += month[L("totalAmount")].toString().toLongLong() * 10;
        for (const QJsonValue &line : lines)
            sum += line[L("amount")].toString().toLongLong();
        QVERIFY2(sum >= paid + said && sum - billed >= 0 && sum - billed < 30, qPrintable(QStringLiteral("%1 %2").arg(sum).arg(billed)));
        QCOMPARE(m_client->get(QStringLiteral("/openapi/v1/billing/bill/list?cycleType=Year&productCategory=gen_api")).reason(), QStringLiteral("INVALID_BILL_CYCLE"));
        QCOMPARE(m_client->get(QStringLiteral("/openapi/v1/billing/bill/list?cycleType=Day&productCategory=art")).reason(), QStringLiteral("INVALID_PRODUCT_CATEGORY"));
    }

    void wordsWantMoneyToo()
    {
        begin({.timeScale = 1000, .balance = Money::fromPriceUnits(1)});
        const SandboxAnswer answer = post("/openai/v1/chat/completions", {{QStringLiteral("model"), QStringLiteral("qwen/qwen3-max")}, {QStringLiteral("max_tokens"), 5000},
            {QStringLiteral("messages"), QJsonArray{QJsonObject{{QStringLiteral("role"), QStringLiteral("user")}, {QStringLiteral("content"), QStringLiteral("word ").repeated(5000)}}}}});
        QCOMPARE(answer.status, 403);
        QCOMPARE(answer.reason(), QStringLiteral("NOT_ENOUGH_BALANCE"));
    }

    /// Whatever reason the contract names can be had, in the contract's form.
    void everyReason_data()
    {
        QTest::addColumn<int>("status");
        for (const auto &[reason, status] : {std::pair("INVALID_REQUEST_BODY", 400), std::pair("IMAGE_FILE_EXCEEDS_MAX_SIZE", 400), std::pair("INVALID_IMAGE_FORMAT", 400), std::pair("IMAGE_EXCEEDS_MAX_RESOLUTION", 400),
                                             std::pair("INVALID_IMAGE_SIZE", 400), std::pair("API_NOT_FOUND", 404), std::pair("IMAGE_NO_FACE_DETECTED", 400), std::pair("INVALID_CUSTOM_OUTPUT_PATH", 400),
                                             std::pair("ILLEGAL_PROMPT", 400), std::pair("ILLEGAL_IMAGE_CONTENT", 400), std::pair("BILLING_FAILED", 500), std::pair("BILLING_AUTH_FAILED", 403),
                                             std::pair("BILLING_BALANCE_NOT_ENOUGH", 400), std::pair("MISSING_API_KEY", 400), std::pair("INVALID_API_KEY", 403), std::pair("FEATURE_NOT_ALLOWED", 403),
                                             std::pair("API_NOT_ALLOWED", 403), std::pair("RATE_LIMIT_EXCEEDED", 429), std::pair("NEED_REAL_NAME_VERIFY", 403), std::pair("CREATE_TASK_FAILED", 500),
                                             std::pair("TASK_NOT_FOUND", 404), std::pair("GET_RESULT_FAILED", 500), std::pair("TASK_FAILED", 500), std::pair("ANONYMOUS_ACCESS_QUOTA_EXCEEDS", 429)})
            QTest::newRow(reason) << status;
    }
    void everyReason()
    {
        QFETCH(int, status);
        const QString reason = QString::fromLatin1(QTest::currentDataTag());
        QVERIFY(m_server->addFault({{QStringLiteral("kind"), QStringLiteral("apiError")}, {QStringLiteral("operation"), QStringLiteral("txt2img")}, {QStringLiteral("status"), status},
                                    {QStringLiteral("reason"), reason}, {QStringLiteral("message"), QStringLiteral("so it is")}, {QStringLiteral("count"), 1}}).ok());
        const SandboxAnswer answer = post("/v3/async/txt2img", txt2imgBody());
        QCOMPARE(answer.status, status);
        QCOMPARE(answer.json().keys(), (QStringList{QStringLiteral("code"), QStringLiteral("message"), QStringLiteral("metadata"), QStringLiteral("reason")}));
        QCOMPARE(answer.json().value(L("code")).toInt(), status);
        QCOMPARE(answer.reason(), reason);
        QCOMPARE(post("/v3/async/txt2img", txt2imgBody()).status, 200);
    }
};

QTEST_GUILESS_MAIN(TestSandboxTasks)
#include "tst_sandboxtasks.moc"
