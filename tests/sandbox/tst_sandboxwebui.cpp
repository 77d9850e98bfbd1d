// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/pngfile.h"
#include "mediabench.h"

using namespace novita;

/// The WebUI server of the sandbox.
class TestSandboxWebUi final : public QObject, private MediaBench
{
    Q_OBJECT

    SandboxAnswer ask(const char *name, const QJsonObject &body) { return m_client->post(QStringLiteral("/webui/sdapi/v1/") + L(name), body); }
    QJsonArray list(const char *name)
    {
        return QJsonDocument::fromJson(m_client->get(QStringLiteral("/webui/sdapi/v1/") + L(name)).body).array();
    }
    static QJsonObject words(const QJsonObject &more = {})
    {
        QJsonObject body{{QStringLiteral("prompt"), QStringLiteral("a lighthouse")}, {QStringLiteral("negative_prompt"), QStringLiteral("fog")}, {QStringLiteral("steps"), 20},
                         {QStringLiteral("width"), 128}, {QStringLiteral("height"), 64}, {QStringLiteral("seed"), 7}, {QStringLiteral("sampler_name"), QStringLiteral("Euler a")}};
        for (auto it = more.begin(); it != more.end(); ++it)
            body.insert(it.key(), it.value());
        return body;
    }
    static QByteArray picture(const SandboxAnswer &answer, int index = 0)
    {
        return QByteArray::fromBase64(answer.json().value(L("images"))[index].toString().toLatin1());
    }
    QNetworkReply *begin(QNetworkAccessManager &manager, const QJsonObject &body)
    {
        QNetworkRequest request{QUrl(m_server->apiRoot().toString() + QStringLiteral("/webui/sdapi/v1/txt2img"))};
        request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
        return manager.post(request, QJsonDocument(body).toJson());
    }

private slots:
    void init() { MediaBench::begin(); }
    void cleanup() { end(); }

    void textToImage()
    {
        const SandboxAnswer answer = ask("txt2img", words({{QStringLiteral("batch_size"), 2}}));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.json().value(L("images")).toArray().size(), 2);
        const QByteArray png = picture(answer);
        QCOMPARE(pictureFacts(png).size, QSize(128, 64));
        QVERIFY(picture(answer, 1) != png);
        const QJsonObject info = QJsonDocument::fromJson(answer.json().value(L("info")).toString().toUtf8()).object();
        QCOMPARE(info.value(L("all_seeds")).toArray(), QJsonArray({7, 8}));
        QVERIFY(info.value(L("infotexts"))[0].toString().startsWith(L("a lighthouse\nNegative prompt: fog\nSteps: 20, Sampler: Euler a")));
        const QJsonObject told = ask("png-info", {{QStringLiteral("image"), base64(png)}}).json();
        QCOMPARE(told.value(L("info")), info.value(L("infotexts"))[0]);
        QCOMPARE(picture(ask("txt2img", words())), png);
    }

    void imageToImageAndMask()
    {
        const QByteArray source = samplePng();
        QJsonObject body = words({{QStringLiteral("init_images"), QJsonArray{QStringLiteral("data:image/png;base64,") + base64(source)}}, {QStringLiteral("width"), 64},
                                  {QStringLiteral("height"), 64}, {QStringLiteral("denoising_strength"), 0.4}});
        const SandboxAnswer blended = ask("img2img", body);
        QCOMPARE(blended.status, 200);
        QCOMPARE(pictureFacts(picture(blended)).size, QSize(64, 64));
        QImage black(64, 64, QImage::Format_RGB32);
        black.fill(Qt::black);
        body.insert(QStringLiteral("init_images"), QJsonArray{base64(samplePng({64, 64}))});
        body.insert(QStringLiteral("mask"), base64(encodePicture(black, "png")));
        QCOMPARE(QImage::fromData(picture(ask("img2img", body))), QImage::fromData(samplePng({64, 64})));
        body.insert(QStringLiteral("inpainting_mask_invert"), 1);
        QVERIFY(QImage::fromData(picture(ask("img2img", body))) != QImage::fromData(samplePng({64, 64})));
    }

    void progressAndInterrupt()
    {
        MediaBench::begin({.timeScale = 1}); // 20 steps take some seconds
        QNetworkAccessManager manager;
        const std::unique_ptr<QNetworkReply> first(begin(manager, words({{QStringLiteral("steps"), 150}})));
        const std::unique_ptr<QNetworkReply> second(begin(manager, words({{QStringLiteral("steps"), 150}})));
        const auto progress = [&] { return m_client->get(QStringLiteral("/webui/sdapi/v1/progress")).json(); };
        QTRY_COMPARE(progress().value(L("state"))[L("sampling_steps")].toInt(), 150);
        m_server->advance(Seconds(9));
        const QJsonObject half = progress();
        QVERIFY(half.value(L("progress")).toDouble() > 0.3 && half.value(L("progress")).toDouble() < 0.9);
        QVERIFY(half.value(L("eta_relative")).toDouble() > 1);
        QVERIFY(!pictureFacts(QByteArray::fromBase64(half.value(L("current_image")).toString().toLatin1())).format.isEmpty());
        QVERIFY(m_client->get(QStringLiteral("/webui/sdapi/v1/progress?skip_current_image=true")).json().value(L("current_image")).isNull());
        QVERIFY(!first->isFinished());
        QCOMPARE(ask("interrupt", {}).status, 200);
        QTRY_VERIFY(first->isFinished());
        const SandboxAnswer partial{200, first->readAll(), {}, {}};
        QVERIFY(!pictureFacts(picture(partial)).format.isEmpty());
        QVERIFY(!second->isFinished()); // its turn has only come
        m_server->advance(Seconds(30));
        QTRY_VERIFY(second->isFinished());
        QVERIFY(second->readAll() != partial.body);
        QCOMPARE(progress().value(L("progress")).toDouble(), 0.0);
        QCOMPARE(progress().value(L("state"))[L("job_count")].toInt(), 0);
    }

    void aJobByItsName()
    {
        MediaBench::begin({.timeScale = 1});
        QNetworkAccessManager manager;
        const auto named = [](const char *task) { return words({{QStringLiteral("steps"), 150}, {QStringLiteral("force_task_id"), QLatin1String(task)}}); };
        const std::unique_ptr<QNetworkReply> first(begin(manager, named("task(one)")));
        const auto told = [&](const char *task) { return m_client->post(QStringLiteral("/webui/internal/progress"), {{QStringLiteral("id_task"), QLatin1String(task)}}).json(); };
        QTRY_VERIFY(told("task(one)").value(L("active")).toBool());
        const std::unique_ptr<QNetworkReply> second(begin(manager, named("task(two)")));
        QTRY_VERIFY(told("task(two)").value(L("queued")).toBool());
        QVERIFY(!told("task(two)").value(L("active")).toBool());
        m_server->advance(Seconds(9));
        QVERIFY(told("task(one)").value(L("progress")).toDouble() > 0.3);
        QVERIFY(told("task(two)").value(L("progress")).isNull());
        m_server->advance(Seconds(30));
        QTRY_VERIFY(first->isFinished());
        QVERIFY(told("task(one)").value(L("completed")).toBool());
        QVERIFY(told("task(two)").value(L("active")).toBool());
        QVERIFY(!told("").value(L("active")).toBool());
    }

    void lists()
    {
        for (const char *name : {"sd-models", "samplers", "schedulers", "loras", "upscalers", "sd-vae"})
            QVERIFY2(list(name).size() >= 5, name);
        QVERIFY(list("sd-models").first()[L("title")].toString().contains(u'['));
        QVERIFY(!m_client->get(QStringLiteral("/webui/sdapi/v1/embeddings")).json().value(L("loaded")).toObject().isEmpty());
        QCOMPARE(m_client->get(QStringLiteral("/webui/sdapi/v1/nothing")).status, 404);
    }

    void optionsAndOverrides()
    {
        const QString title = list("sd-models").at(3)[L("title")].toString(), name = list("sd-models").at(3)[L("model_name")].toString();
        QCOMPARE(ask("options", {{QStringLiteral("sd_model_checkpoint"), title}, {QStringLiteral("unknown"), 1}}).status, 200);
        QCOMPARE(m_client->get(QStringLiteral("/webui/sdapi/v1/options")).json().value(L("sd_model_checkpoint")).toString(), title);
        QVERIFY(ask("txt2img", words()).json().value(L("info")).toString().contains(L("Model: ") + name));
        const QString other = list("sd-models").at(1)[L("model_name")].toString();
        const SandboxAnswer once = ask("txt2img", words({{QStringLiteral("override_settings"), QJsonObject{{QStringLiteral("sd_model_checkpoint"), other}}}}));
        QVERIFY(once.json().value(L("info")).toString().contains(L("Model: ") + other));
    }

    void tools()
    {
        const QJsonObject big = ask("extra-single-image", {{QStringLiteral("image"), base64(samplePng())}, {QStringLiteral("upscaling_resize"), 3},
                                                           {QStringLiteral("upscaler_1"), QStringLiteral("R-ESRGAN 4x+")}}).json();
        QCOMPARE(pictureFacts(QByteArray::fromBase64(big.value(L("image")).toString().toLatin1())).size, QSize(192, 144));
        QVERIFY(!ask("interrogate", {{QStringLiteral("image"), base64(samplePng())}}).json().value(L("caption")).toString().isEmpty());
        QCOMPARE(ask("png-info", {{QStringLiteral("image"), base64(samplePng())}}).json().value(L("info")).toString(), QString());
    }

    void refusals()
    {
        QCOMPARE(ask("txt2img", words({{QStringLiteral("sampler_name"), QStringLiteral("none")}})).status, 400);
        QCOMPARE(ask("txt2img", words({{QStringLiteral("steps"), QStringLiteral("x")}})).status, 422);
        QCOMPARE(ask("txt2img", words({{QStringLiteral("width"), 100'000}})).status, 422);
        QCOMPARE(ask("txt2img", words({{QStringLiteral("n_iter"), 32}, {QStringLiteral("batch_size"), 8}})).status, 422);
        QCOMPARE(ask("img2img", words()).status, 404);
        QCOMPARE(ask("img2img", words({{QStringLiteral("init_images"), QJsonArray{QStringLiteral("aGVsbG8=")}}})).status, 500);
        QCOMPARE(ask("png-info", {}).status, 500);
        QCOMPARE(m_client->postRaw(QStringLiteral("/webui/sdapi/v1/txt2img"), "[]").status, 422);
        QCOMPARE(ask("nothing", {}).status, 404);
        QVERIFY(m_server->addFault({{QStringLiteral("kind"), QStringLiteral("truncate")}, {QStringLiteral("operation"), QStringLiteral("webUiTxt2img")},
                                    {QStringLiteral("bytes"), 50}}).ok());
        QCOMPARE(ask("txt2img", words()).body.size(), 50);
    }

    void credentials()
    {
        MediaBench::begin({.timeScale = 1000, .webUiCredentials = QStringLiteral("me:secret")});
        QCOMPARE(m_client->get(QStringLiteral("/webui/sdapi/v1/options")).status, 401);
        m_client->setAuthorization("Basic " + QByteArray("me:wrong").toBase64());
        QCOMPARE(m_client->get(QStringLiteral("/webui/sdapi/v1/options")).status, 401);
        m_client->setAuthorization("Basic " + QByteArray("me:secret").toBase64());
        QCOMPARE(m_client->get(QStringLiteral("/webui/sdapi/v1/options")).status, 200);
    }

    void onThePortOfAnInstance()
    {
        MediaBench::begin({.timeScale = 1000, .servesEndpoints = true});
        const QString id = m_client->post(QStringLiteral("v1/gpu/instance/create"),
                                          {{QStringLiteral("name"), QStringLiteral("painter")}, {QStringLiteral("productId"), QStringLiteral("4090.16c62g")}, {QStringLiteral("gpuNum"), 1},
                                           {QStringLiteral("rootfsSize"), 60}, {QStringLiteral("imageUrl"), QStringLiteral("docker.io/library/ubuntu:22.04")},
                                           {QStringLiteral("ports"), QStringLiteral("7860/http")}, {QStringLiteral("kind"), QStringLiteral("gpu")},
                                           {QStringLiteral("billingMode"), QStringLiteral("onDemand")}}).json().value(L("id")).toString();
        m_server->advance(Seconds(120));
        QString endpoint;
        for (const QJsonValue &mapping : m_client->get(QStringLiteral("v1/gpu/instance?instanceId=") + id).json().value(L("portMappings")).toArray()) {
            if (mapping[L("port")].toInt() == 7860)
                endpoint = mapping[L("endpoint")].toString();
        }
        QVERIFY(!endpoint.isEmpty());
        const QString base = endpoint.startsWith(L("http")) ? endpoint : QStringLiteral("http://") + endpoint;
        SandboxClient onInstance{QUrl(base)};
        QVERIFY(!pictureFacts(picture(onInstance.post(QStringLiteral("/sdapi/v1/txt2img"), words()))).format.isEmpty());
        QCOMPARE(onInstance.get(QStringLiteral("/sdapi/v1/options")).status, 200);
    }
};

QTEST_GUILESS_MAIN(TestSandboxWebUi)
#include "tst_sandboxwebui.moc"
