// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/backends/novitabackend.h"
#include "core/cloud/endpoints/formvalues.h"
#include "core/cloud/endpoints/requestbody.h"
#include "core/cloud/services/imageservice.h"
#include "core/gallery/picturestore.h"
#include "core/images/imagequeue.h"
#include "core/images/imageworkspace.h"
#include "core/images/videomodels.h"
#include "core/net/apiclient.h"
#include "core/sandbox/sandboxserver.h"
#include "tests/imagefile/samples.h"
#include "tests/support/await.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QNetworkAccessManager>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace novita;

/// Each endpoint of the table once in each of its modes, from the form as it starts and the least that must be filled
/// in, through the queue, to the file in the gallery; and each video model that the simulated cloud describes.
class TestEveryEndpoint final : public QObject
{
    Q_OBJECT

    std::unique_ptr<SandboxServer> m_cloud;
    QTemporaryDir m_folder;
    SystemClock m_clock;
    QNetworkAccessManager m_network, m_links;
    ApiClient m_client{m_network, m_clock, [] { return 0.5; }};
    std::unique_ptr<ImageWorkspace> m_images;
    InputImages m_pictures;
    QJsonObject m_inputs;
    QSet<ImageMode> m_done;

    void addPicture(const QString &key, const QByteArray &bytes, int side)
    {
        m_pictures.insert(key, {bytes, QStringLiteral("png"), side, side, {}});
        const Result<QString> name = m_images->files().saveInput(bytes, QStringLiteral("png"));
        QVERIFY(name);
        m_inputs.insert(key, *name);
    }

    static QJsonValue least(const FieldSpec &field)
    {
        switch (field.type) {
        case FieldType::Text:
            return QStringLiteral("a lighthouse in fog");
        case FieldType::Model:
            return QStringLiteral("tidepool_v2_90001.safetensors");
        case FieldType::Image:
            return QStringLiteral("picture");
        case FieldType::Mask:
            return QStringLiteral("mask");
        case FieldType::Images:
            return QJsonArray{QStringLiteral("picture")};
        case FieldType::Choice:
            return field.choices.value(0).value;
        case FieldType::Scenes: {
            QJsonObject scene;
            for (const FieldSpec &item : field.items)
                scene.insert(item.name, item.initial.isUndefined() ? least(item) : item.initial);
            return QJsonArray{scene};
        }
        default:
            return QJsonValue::Undefined;
        }
    }
    FormContext context(ImageMode mode) const { return {mode, ModelBase::Unknown, &m_pictures, {}}; }
    /// As a person leaves it who fills in what is asked for and nothing else.
    FormValues filled(const EndpointSpec &spec, ImageMode mode) const
    {
        FormValues form = FormValues::initial(spec);
        for (const FieldSpec &field : spec.fields) {
            if (field.required && form.isShown(field, context(mode)) && form.value(field.name).isUndefined())
                form.set(field.name, least(field));
        }
        return form;
    }
    static bool readsAddressesOnly(const EndpointSpec &spec, ImageMode mode)
    {
        const FormValues form(spec, {});
        FormContext context;
        context.mode = mode;
        return std::any_of(spec.fields.begin(), spec.fields.end(), [&](const FieldSpec &field) {
            return field.isImage() && field.required && form.isShown(field, context) &&
                   field.accepts == QList<ImageForm>{ImageForm::Url};
        });
    }
    ImageJob run(const Recipe &recipe, ImageMode mode)
    {
        NewImageJob job;
        job.backend = NovitaBackend::backendId();
        std::uint64_t random = 4711;
        job.recipe = drawSeeds(*m_images->endpoints().find(recipe.endpoint), recipe, [&random] { return ++random; });
        job.options.mode = mode;
        job.inputs = m_inputs;
        const Result<QList<ImageJobId>> ids = await(m_images->queue().add({job}));
        if (!ids)
            return {};
        const auto now = [&] { return m_images->queue().job(ids->first())->job; };
        (void)QTest::qWaitFor([&] { return !isOpen(now().state); }, 60'000);
        return now();
    }
    QList<PictureEntry> madeBy(const ImageJob &job) const
    {
        QList<PictureEntry> made;
        const Result<QList<PictureEntry>> all = await(m_images->pictures().list(m_images->profile(), {}));
        for (const PictureEntry &one : all ? *all : QList<PictureEntry>()) {
            const Result<Picture> picture = await(m_images->pictures().read(one.id));
            if (picture && picture->job == job.id)
                made.append(one);
        }
        return made;
    }

private slots:
    void initTestCase()
    {
        SandboxOptions options;
        options.timeScale = 1000;
        m_cloud = std::make_unique<SandboxServer>(options);
        QVERIFY(m_cloud->start().ok());
        ApiClientConfig config = m_client.config();
        config.apiRoot = m_cloud->apiRoot();
        config.limiterCapacity = 6000;
        m_client.setConfig(config);
        m_client.setKey(QStringLiteral("sk_test_key_0123456789"));
        m_images = std::make_unique<ImageWorkspace>(
            ImageWorkspace::Parts{m_client, m_links, m_clock, m_folder.path(), [] { return 0.5; }, {}});
        m_images->open(ProfileId(QStringLiteral("mine")), Reach::Local);
        QTRY_VERIFY(m_images->status().isOpen());
        m_images->videoModels().prepare();
        QTRY_VERIFY(!m_images->videoModels().list().isEmpty());
        QTRY_VERIFY(!m_images->queue().isPaused());
        // No wait between two looks.
        connect(&m_images->queue(), &ImageQueue::changed, this, [this] {
            const QList<ImageJobView> views = m_images->queue().jobs();
            for (const ImageJobView &view : views) {
                if (view.job.state == ImageJobState::Following)
                    m_images->queue().noteTask(view.job.task);
            }
        });
        addPicture(QStringLiteral("picture"), painted("png", QSize(512, 512)), 512);
        QImage mask(512, 512, QImage::Format_Grayscale8);
        mask.fill(Qt::white);
        QBuffer buffer;
        QVERIFY(buffer.open(QIODevice::WriteOnly) && mask.save(&buffer, "PNG"));
        addPicture(QStringLiteral("mask"), buffer.data(), 512);
    }

    void fromTheFormToTheGallery_data()
    {
        QTest::addColumn<QString>("endpoint");
        QTest::addColumn<ImageMode>("mode");
        int videoModels = 0;
        for (const EndpointSpec &spec : m_images->endpoints().all()) {
            if (spec.family == EndpointFamily::WebUi)
                continue;
            videoModels += spec.id.startsWith(QLatin1String("video:")) ? 1 : 0;
            for (const ImageMode mode : spec.modes)
                QTest::newRow(qPrintable(spec.id + QLatin1Char(' ') + imageModeName(mode))) << spec.id << mode;
        }
        QVERIFY(videoModels >= 4);
    }
    void fromTheFormToTheGallery()
    {
        QFETCH(const QString, endpoint);
        QFETCH(const ImageMode, mode);
        const EndpointSpec spec = *m_images->endpoints().find(endpoint);
        FormValues form = filled(spec, mode);
        if (endpoint == QLatin1String("video-create"))
        {
            form.set(QStringLiteral("model"), QStringLiteral("kling-v3.0-std-t2v"));
            form.set(QStringLiteral("prompt"), QStringLiteral("a tram")); // what else it wants its model knows
        }
        if (readsAddressesOnly(spec, mode)) { // said before anything is sent; what an address does is tried below
            QCOMPARE(form.problems(context(mode)).size(), 1);
            QVERIFY(form.problems(context(mode)).first().sentence.contains(QLatin1String("web address")));
            return;
        }
        const QList<FieldProblem> problems = form.problems(context(mode));
        QVERIFY2(problems.isEmpty(), problems.isEmpty() ? "" : qPrintable(problems.first().sentence));
        m_cloud->clearRequests();
        const ImageJob job = run(form.recipe(), mode);
        QVERIFY2(job.state == ImageJobState::Done, qPrintable(job.note));
        QVERIFY2(m_cloud->violations().isEmpty(), qPrintable(m_cloud->violations().join(QLatin1Char('\n'))));
        m_done.insert(mode);
        const QList<PictureEntry> made = madeBy(job);
        if (spec.output.kind == OutputKind::Text) {
            QVERIFY(made.isEmpty() && !job.note.isEmpty());
            return;
        }
        QVERIFY(!made.isEmpty());
        for (const PictureEntry &one : made) {
            const Picture picture = await(m_images->pictures().read(one.id)).value();
            QCOMPARE(picture.kind, spec.output.kind == OutputKind::Video ? MediaKind::Video : MediaKind::Image);
            QCOMPARE(picture.endpoint, endpoint);
            QVERIFY(QFileInfo(m_images->files().path(picture.file)).size() > 100);
        }
    }

    void everyModeWasTried()
    {
        for (const ImageMode mode : allImageModes())
            QVERIFY2(m_done.contains(mode), qPrintable(imageModeName(mode)));
    }

    void withControlNetAndIpAdapter()
    {
        FormValues form = filled(*m_images->endpoints().find(u"img2img"), ImageMode::ImageToImage);
        form.set(QStringLiteral("controlnets"),
                 QJsonArray{QJsonObject{{QStringLiteral("model"), QStringLiteral("control_v11p_sd15_canny")},
                                        {QStringLiteral("image"), QStringLiteral("picture")},
                                        {QStringLiteral("strength"), 0.8},
                                        {QStringLiteral("preprocessor"), QStringLiteral("canny")}}});
        form.set(QStringLiteral("ip_adapters"),
                 QJsonArray{QJsonObject{{QStringLiteral("model"), QStringLiteral("ip-adapter_sd15.bin")},
                                        {QStringLiteral("image"), QStringLiteral("picture")},
                                        {QStringLiteral("strength"), 0.5}}});
        QCOMPARE(form.problems(context(ImageMode::ImageToImage)), QList<FieldProblem>());
        m_cloud->clearRequests();
        const ImageJob job = run(form.recipe(), ImageMode::ImageToImage);
        QVERIFY2(job.state == ImageJobState::Done, qPrintable(job.note));
        QVERIFY2(m_cloud->violations().isEmpty(), qPrintable(m_cloud->violations().join(QLatin1Char('\n'))));
        QCOMPARE(madeBy(job).size(), 1);
    }

    void whatReadsAddressesTakesOne()
    {
        int tried = 0;
        for (const EndpointSpec &spec : m_images->endpoints().all()) {
            for (const ImageMode mode : spec.modes) {
                if (!readsAddressesOnly(spec, mode))
                    continue;
                ++tried;
                InputImages pictures;
                pictures.insert(QStringLiteral("picture"),
                                {{}, {}, 0, 0, QUrl(QStringLiteral("https://img.example.net/a.jpg"))});
                const Result<QJsonObject> body = requestBody(spec, filled(spec, mode).recipe(), pictures);
                QVERIFY2(body.ok(), qPrintable(spec.id));
                const Result<TaskId> task = await(ImageService(m_client).submit(spec, *body));
                QVERIFY2(task.ok(), qPrintable(spec.id));
            }
        }
        QVERIFY(tried >= 3);
    }
};

QTEST_GUILESS_MAIN(TestEveryEndpoint)
#include "tst_everyendpoint.moc"
