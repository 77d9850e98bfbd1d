// SPDX-License-Identifier: GPL-3.0-or-later
#include "mediabench.h"

using namespace novita;

/// Every family of endpoints, and the webhooks of tasks.
class TestSandboxMedia final : public QObject, private MediaBench
{
    Q_OBJECT

    QJsonObject body(std::initializer_list<std::pair<const char *, QJsonValue>> members) const
    {
        QJsonObject json;
        for (const auto &[key, value] : members)
            json.insert(QString::fromLatin1(key), value);
        return json;
    }
    QImage inlinePicture(const char *path, const QJsonObject &json)
    {
        return QImage::fromData(QByteArray::fromBase64(post(path, json).json().value(L("image_file")).toString().toLatin1()));
    }

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void imageToImage()
    {
        QJsonObject json = txt2imgBody({{QStringLiteral("image_base64"), base64(samplePng())}, {QStringLiteral("strength"), 0.3}});
        const QByteArray soft = firstPicture(submit(json, "/v3/async/img2img"));
        QCOMPARE(pictureFacts(soft).size, QSize(128, 128));
        json = txt2imgBody({{QStringLiteral("image_base64"), base64(samplePng())}, {QStringLiteral("strength"), 0.9}});
        QVERIFY(firstPicture(submit(json, "/v3/async/img2img")) != soft);
    }

    void pictureRefusals_data()
    {
        QTest::addColumn<QString>("picture");
        QTest::addColumn<QString>("reason");
        const QString good = base64(samplePng());
        QTest::newRow("data URI") << QStringLiteral("data:image/png;base64,") + good << QStringLiteral("INVALID_IMAGE_FORMAT");
        QTest::newRow("address") << QStringLiteral("https://img.example.net/a.png") << QStringLiteral("INVALID_IMAGE_FORMAT");
        QTest::newRow("no base64") << QStringLiteral("%%%") << QStringLiteral("INVALID_IMAGE_FORMAT");
        QTest::newRow("no picture") << QStringLiteral("aGVsbG8=") << QStringLiteral("INVALID_IMAGE_FORMAT");
        QTest::newRow("too many pixels") << base64(samplePng({5000, 4000})) << QStringLiteral("IMAGE_EXCEEDS_MAX_RESOLUTION");
        QTest::newRow("too many bytes") << base64(samplePng() + QByteArray(11 * 1024 * 1024, 'x')) << QStringLiteral("IMAGE_FILE_EXCEEDS_MAX_SIZE");
        QTest::newRow("nothing") << QString() << QStringLiteral("INVALID_REQUEST_BODY");
    }
    void pictureRefusals()
    {
        QFETCH(QString, picture);
        QFETCH(QString, reason);
        const SandboxAnswer answer = postLarge("/v3/async/img2img", txt2imgBody({{QStringLiteral("image_base64"), picture}, {QStringLiteral("strength"), 0.5}}));
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.reason(), reason);
    }

    void bodiesOfThirtyMegabytesFit()
    {
        const QString picture = base64(samplePng() + QByteArray(24 * 1024 * 1024, 'x'));
        const SandboxAnswer answer = postLarge("/v3/remove-background", body({{"image_file", picture}}));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.json().value(L("image_type")).toString(), QStringLiteral("png"));
        QCOMPARE(postLarge("/v3/remove-background", body({{"image_file", QString(41 * 1024 * 1024, u'A')}})).status, 413);
    }

    void inpaintingKeepsWhatIsBlack()
    {
        const QByteArray source = samplePng();
        QImage mask(64, 48, QImage::Format_RGB32);
        mask.fill(Qt::black);
        QJsonObject request = txt2imgBody({{QStringLiteral("image_base64"), base64(source)}, {QStringLiteral("mask_image_base64"), base64(encodePicture(mask, "png"))},
                                           {QStringLiteral("strength"), 1}});
        QCOMPARE(QImage::fromData(firstPicture(submit(request, "/v3/async/inpainting"))), QImage::fromData(source));
        const QString small = base64(encodePicture(mask.copy(0, 0, 10, 10), "png"));
        request = txt2imgBody({{QStringLiteral("image_base64"), base64(source)}, {QStringLiteral("mask_image_base64"), small}, {QStringLiteral("strength"), 1}});
        QCOMPARE(post("/v3/async/inpainting", request).reason(), QStringLiteral("INVALID_IMAGE_SIZE"));
    }

    void upscaleTakesTextForItsFactor()
    {
        const QJsonObject request = body({{"model_name", QStringLiteral("4x-UltraSharp")}, {"image_base64", base64(samplePng())}, {"scale_factor", QStringLiteral("2")}});
        QCOMPARE(pictureFacts(firstPicture(submit(body({{"request", request}}), "/v3/async/upscale"))).size, QSize(128, 96));
    }

    void syncEditsAnswerInBase64()
    {
        const QString picture = base64(samplePng());
        const QImage cut = inlinePicture("/v3/remove-background", body({{"image_file", picture}}));
        QCOMPARE(cut.size(), QSize(64, 48));
        QCOMPARE(cut.pixelColor(0, 0).alpha(), 0);
        const SandboxAnswer webp = post("/v3/replace-background", body({{"image_file", picture}, {"prompt", QStringLiteral("a beach")},
                                                                        {"extra", body({{"response_image_type", QStringLiteral("webp")}})}}));
        QCOMPARE(webp.json().value(L("image_type")).toString(), QStringLiteral("webp"));
        QCOMPARE(pictureFacts(QByteArray::fromBase64(webp.json().value(L("image_file")).toString().toLatin1())).format, QByteArray("webp"));
        for (const char *path : {"/v3/remove-text", "/v3/reimagine"})
            QVERIFY2(!inlinePicture(path, body({{"image_file", picture}})).isNull(), path);
        QVERIFY(!inlinePicture("/v3/merge-face", body({{"image_file", picture}, {"face_image_file", picture}})).isNull());
        QVERIFY(!inlinePicture("/v3/cleanup", body({{"image_file", picture}, {"mask_file", picture}})).isNull());
        const QImage wide = inlinePicture("/v3/outpainting", body({{"image_file", picture}, {"prompt", QStringLiteral("hills")}, {"width", 128}, {"height", 96},
                                                                   {"center_x", 0}, {"center_y", 0}}));
        QCOMPARE(wide.size(), QSize(128, 96));
        QVERIFY(post("/v3/img2prompt", body({{"image_file", picture}})).json().value(L("prompt")).toString().contains(L("64 by 48")));
    }

    void modernEndpoints()
    {
        const QString prompt = QStringLiteral("a fox");
        const QJsonObject flux = finished(submit(body({{"prompt", prompt}, {"size", QStringLiteral("512*256")}, {"seed", -1}}), "/v3/async/flux-2-dev"));
        QCOMPARE(pictureFacts(fetch(flux.value(L("images"))[0][L("image_url")].toString()).body).size, QSize(512, 256));
        QCOMPARE(post("/v3/async/flux-2-dev", body({{"prompt", prompt}, {"size", QStringLiteral("512x256")}})).status, 400);
        const QJsonObject qwen = finished(submit(body({{"prompt", prompt}}), "/v3/async/qwen-image-txt2img"));
        const QJsonValue image = qwen.value(L("images"))[0];
        QCOMPARE(image[L("image_url_ttl")].toString(), QStringLiteral("0"));
        QVERIFY(!image[L("image_url")].toString().contains(u'?'));
        m_server->advance(Seconds(100'000)); // 0 does not mean expired
        QCOMPARE(fetch(image[L("image_url")].toString()).status, 200);
        QVERIFY(!submit(body({{"prompt", prompt}, {"image", QStringLiteral("https://img.example.net/a.jpg")}}), "/v3/async/qwen-image-edit").isEmpty());
    }

    void answersWithLinksAtOnce()
    {
        const QJsonObject schnell = post("/v3beta/flux-1-schnell", body({{"prompt", QStringLiteral("x")}, {"seed", 2024}, {"steps", 4}, {"width", 64}, {"height", 64},
                                                                         {"image_num", 2}, {"response_image_type", QStringLiteral("webp")}})).json();
        QCOMPARE(schnell.value(L("images")).toArray().size(), 2);
        QCOMPARE(schnell.value(L("images"))[0][L("image_url_ttl")].toInt(), 604800);
        QVERIFY(!schnell.value(L("task"))[L("task_id")].toString().isEmpty());
        QCOMPARE(pictureFacts(fetch(schnell.value(L("images"))[1][L("image_url")].toString()).body).format, QByteArray("webp"));
        QCOMPARE(post("/v3beta/flux-1-schnell", body({{"prompt", QStringLiteral("x")}, {"seed", -1}, {"steps", 4}, {"width", 64}, {"height", 64}, {"image_num", 1}})).status, 400);

        const QJsonObject three = post("/v3/seedream-3-0-txt2img", body({{"prompt", QStringLiteral("x")}, {"size", QStringLiteral("512x512")}})).json();
        QCOMPARE(pictureFacts(fetch(three.value(L("image_urls"))[0].toString()).body).size, QSize(512, 512));
        const QJsonObject bytes = post("/v3/seedream-3-0-txt2img", body({{"prompt", QStringLiteral("x")}, {"size", QStringLiteral("512x512")},
                                                                         {"response_format", QStringLiteral("b64_json")}})).json();
        QCOMPARE(pictureFacts(QByteArray::fromBase64(bytes.value(L("binary_data_base64"))[0].toString().toLatin1())).size, QSize(512, 512));
        const QJsonObject four = post("/v3/seedream-4.0", body({{"prompt", QStringLiteral("x")}, {"size", QStringLiteral("1K")},
                                                                {"sequential_image_generation", QStringLiteral("auto")}, {"max_images", 3}})).json();
        QCOMPARE(four.value(L("images")).toArray().size(), 3);
        QCOMPARE(post("/v3/seedream-4.0", body({{"prompt", QStringLiteral("x")}, {"size", QStringLiteral("1K")}})).json().value(L("images")).toArray().size(), 1);
    }

    void films()
    {
        const QJsonObject json = body({{"model_name", QStringLiteral("SVD")}, {"image_file", base64(samplePng())}, {"frames_num", 14}, {"frames_per_second", 6},
                                       {"image_file_resize_mode", QStringLiteral("ORIGINAL_RESOLUTION")}, {"steps", 20}, {"seed", 1},
                                       {"extra", body({{"response_video_type", QStringLiteral("gif")}})}});
        const QJsonObject task = finished(submit(json, "/v3/async/img2video"));
        QCOMPARE(task.value(L("task"))[L("progress_percent")].toInt(), 100);
        QCOMPARE(task.value(L("videos"))[0][L("video_type")].toString(), QStringLiteral("gif"));
        QVERIFY(task.value(L("videos"))[0][L("video_url_ttl")].isString());
        QVERIFY(fetch(task.value(L("videos"))[0][L("video_url")].toString()).body.startsWith("GIF89a"));
        const QJsonArray scenes{body({{"prompt", QStringLiteral("a tree")}, {"frames", 16}}), body({{"prompt", QStringLiteral("leaves")}, {"frames", 16}})};
        const QJsonObject words = body({{"model_name", QStringLiteral("a.safetensors")}, {"width", 256}, {"height", 256}, {"steps", 10}, {"seed", 1},
                                        {"guidance_scale", 7}, {"prompts", scenes}});
        const QString link = finished(submit(words, "/v3/async/txt2video")).value(L("videos"))[0][L("video_url")].toString();
        QCOMPARE(fetch(link).body.mid(4, 4), QByteArray("ftyp"));
    }

    void unifiedVideo()
    {
        m_client->setAuthorization({});
        const QJsonArray configs = m_client->get(QStringLiteral("/v3/admin/video-unify-api/config")).json().value(L("configs")).toArray();
        QVERIFY(configs.size() >= 3); // and without a key
        m_client->setAuthorization("Bearer good-key-1");
        for (const QJsonValue &config : configs) {
            const SandboxAnswer answer = post("/v3/video/create", body({{"model", config[L("name")]}, {"prompt", QStringLiteral("a tram")},
                                                                        {"image", QStringLiteral("https://img.example.net/a.jpg")}}));
            QVERIFY2(answer.status == 200, answer.body.constData());
            QVERIFY(!finished(answer.json().value(L("task_id")).toString()).value(L("videos")).toArray().isEmpty());
        }
        QCOMPARE(post("/v3/video/create", body({{"model", QStringLiteral("none")}, {"prompt", QStringLiteral("x")}})).status, 400);
        QCOMPARE(post("/v3/video/create", body({{"model", QStringLiteral("kling-v3.0-std-t2v")}, {"prompt", QStringLiteral("x")}, {"duration", 99}})).status, 400);
        QCOMPARE(post("/v3/video/create", body({{"model", QStringLiteral("kling-v3.0-std-t2v")}})).status, 400);
    }

    void uploads()
    {
        QCOMPARE(m_client->send("PUT", QStringLiteral("/assets/image")).status, 200);
        QCOMPARE(m_client->send("PUT", QStringLiteral("/assets/elsewhere")).status, 404);
    }

    void webhookIsCalledAtTheEnd()
    {
        DeliveryListener listener;
        const QString id = submit(txt2imgBody({}, {{QStringLiteral("webhook"), QJsonObject{{QStringLiteral("url"), listener.address()}}}}));
        QTRY_COMPARE(listener.bodies.size(), 1);
        const QJsonObject event = listener.bodies.first();
        QCOMPARE(event.value(L("event_type")).toString(), QStringLiteral("ASYNC_TASK_RESULT"));
        QCOMPARE(event.value(L("payload")).toObject(), result(id));
        QCOMPARE(event.value(L("payload"))[L("extra")][L("webhook")][L("url")].toString(), listener.address());
        QVERIFY(listener.heads.first().startsWith("POST /hook?token=abc HTTP/1.1"));
        QVERIFY(!listener.heads.first().toLower().contains("signature"));
    }

    void webhookIsRepeatedFiveTimesAtMost()
    {
        begin({.timeScale = 1000});
        DeliveryListener listener;
        listener.statuses = QList<int>(20, 500);
        submit(txt2imgBody({}, {{QStringLiteral("webhook"), QJsonObject{{QStringLiteral("url"), listener.address()}}}}));
        for (int i = 1; i <= 6; ++i) {
            QTRY_COMPARE(listener.bodies.size(), i);
            m_server->advance(Seconds(60));
        }
        m_server->advance(Seconds(3600));
        QCOMPARE(result(QStringLiteral("x")).value(L("reason")).toString(), QStringLiteral("TASK_NOT_FOUND")); // a round trip, in which a seventh could have come
        QCOMPARE(listener.bodies.size(), 6);
    }

    void webhookRehearsal()
    {
        DeliveryListener listener;
        const QJsonObject test = body({{"enabled", true}, {"return_task_status", QStringLiteral("TASK_STATUS_FAILED")}});
        QVERIFY(!submit(txt2imgBody({}, {{QStringLiteral("webhook"), body({{"url", listener.address()}, {"test_mode", test}})}})).isEmpty());
        QTRY_COMPARE(listener.bodies.size(), 1);
        QCOMPARE(listener.bodies.first().value(L("payload"))[L("task")][L("status")].toString(), QStringLiteral("TASK_STATUS_FAILED"));
        const QJsonObject wrong = body({{"enabled", true}, {"return_task_status", QStringLiteral("DONE")}});
        QCOMPARE(post("/v3/async/txt2img", txt2imgBody({}, {{QStringLiteral("webhook"), body({{"url", listener.address()}, {"test_mode", wrong}})}})).status, 400);
    }

    void onlyThisComputerIsCalled()
    {
        m_server->clearRequests();
        QVERIFY(!submit(txt2imgBody({}, {{QStringLiteral("webhook"), QJsonObject{{QStringLiteral("url"), QStringLiteral("https://hooks.example.net/n")}}}})).isEmpty());
        QVERIFY(m_server->violations().join(u'\n').contains(L("not on this computer")));
        QCOMPARE(post("/v3/async/txt2img", txt2imgBody({}, {{QStringLiteral("webhook"), QJsonObject{{QStringLiteral("url"), QStringLiteral("file:///etc/passwd")}}}})).status, 400);
    }
};

QTEST_GUILESS_MAIN(TestSandboxMedia)
#include "tst_sandboxmedia.moc"
