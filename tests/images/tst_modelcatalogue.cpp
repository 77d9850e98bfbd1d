// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/modelservice.h"
#include "core/images/modelcatalogue.h"
#include "core/images/modelfit.h"
#include "core/images/modeljson.h"
#include "core/net/apiclient.h"
#include "tests/gallery/imagesfile.h"
#include "tests/images/fakecatalogue.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace novita;

namespace {

ImageModelQuery ofType(ImageModelType type, const QString &text = {})
{
    ImageModelQuery query;
    query.type = type;
    query.text = text;
    return query;
}

constexpr Milliseconds kHour{3'600'000};

/// As they come back from the disk.
QList<ImageModel> unsignedOnes(QList<ImageModel> models)
{
    for (ImageModel &model : models)
        model.cover.setQuery(QString());
    return models;
}

} // namespace

class TestModelCatalogue final : public QObject
{
    Q_OBJECT

    FakeCatalogue m_cloud;
    std::unique_ptr<FakeNam> m_nam;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<ApiClient> m_client;
    std::unique_ptr<ModelService> m_service;
    std::unique_ptr<ImagesFile> m_file;
    std::unique_ptr<ModelCatalogue> m_catalogue;
    const ImageModelQuery m_checkpoints = ofType(ImageModelType::Checkpoint);

    void settle()
    {
        // Whatever was asked of the disk before is done by then.
        (void)await(m_file->database().run<Done>([](SqlSession &) { return Result<Done>(Done{}); }));
        QTRY_VERIFY(!m_catalogue->listing(m_checkpoints).loading);
    }
    /// Pauses between the attempts of a request go by the clock, too.
    void pass(Milliseconds time)
    {
        m_clock->advance(time);
        m_client->recheck();
    }
    void wait(const ImageModelQuery &query) { QTRY_VERIFY(!m_catalogue->listing(query).loading); }
    void want(const ImageModelQuery &query)
    {
        m_catalogue->want(query);
        wait(query);
    }
    void restart(const ProfileId &profile = kMine)
    {
        m_catalogue.reset();
        m_file->reopen();
        m_client = std::make_unique<ApiClient>(*m_nam, *m_clock, [] { return 0.5; }); // its cache is not kept
        m_client->setKey(QStringLiteral("sk_test_0123456789"));
        m_service = std::make_unique<ModelService>(*m_client);
        m_catalogue = std::make_unique<ModelCatalogue>(*m_service, m_file->database(), *m_clock);
        m_catalogue->open(profile);
        m_catalogue->recall();
        settle();
    }
    /// In this run nobody has looked at the models yet.
    ImageModel favouriteOfAnEarlierRun()
    {
        want(m_checkpoints);
        const ImageModel liked = m_catalogue->listing(m_checkpoints).models.value(40);
        m_catalogue->setFavourite(liked, true);
        restart();
        m_catalogue->close();
        m_catalogue->open(kMine);
        return liked;
    }
    ImageModel model(ImageModelType type, int at = 0) const
    {
        ModelFilter filter;
        filter.type = type;
        return m_catalogue->known(filter).value(at);
    }

private slots:
    void init()
    {
        m_cloud = {};
        m_nam = std::make_unique<FakeNam>();
        m_nam->setResponder([this](const FakeRequest &request) { return m_cloud.answer(request); });
        m_clock = std::make_unique<FakeClock>();
        m_file = std::make_unique<ImagesFile>();
        restart();
    }
    void cleanup()
    {
        m_catalogue.reset();
        m_service.reset();
        m_client.reset();
        m_file.reset();
        m_nam.reset();
    }

    void nothingIsReadUnasked()
    {
        QCOMPARE(m_nam->count(), 0);
        QVERIFY(!m_catalogue->listing(m_checkpoints).readAt);
        QVERIFY(!m_catalogue->suggestedCheckpoint());
        QVERIFY(m_catalogue->known().isEmpty());
    }

    /// Neither from the disk: who does not make pictures does not need it.
    void theDiskIsNotReadBeforeSomebodyLooks()
    {
        want(m_checkpoints);
        restart();
        m_catalogue->close();
        QSignalSpy told(m_catalogue.get(), &ModelCatalogue::listingChanged);
        m_catalogue->open(kMine);
        settle();
        QCOMPARE(told.count(), 0);
        QVERIFY(m_catalogue->known().isEmpty());
        QVERIFY(!m_catalogue->isKeptRead());
        want(m_checkpoints);
        QVERIFY(!m_catalogue->known().isEmpty());
        QTRY_VERIFY(m_catalogue->isKeptRead());
    }

    /// A job ends while nobody has looked at the models in this run.
    void useIsNotedBeforeTheDiskHasTold()
    {
        const ImageModel liked = favouriteOfAnEarlierRun();
        m_catalogue->noteUsed(QJsonObject{{QStringLiteral("model"), liked.requestName()}});
        m_clock->advance(kHour);
        settle();
        QTRY_COMPARE(m_catalogue->usedAt(liked), TimePoint(m_clock->now() - kHour));
        QVERIFY(m_catalogue->isFavourite(liked));
        restart();
        QVERIFY(m_catalogue->usedAt(liked));
        QVERIFY(m_catalogue->isFavourite(liked));
    }

    /// Else the next use of a favourite wrote down that it is none.
    void whatCouldNotBeReadIsReadAgainBeforeAnythingIsWritten()
    {
        const ImageModel liked = favouriteOfAnEarlierRun();
        m_file->breakModels();
        const int asked = m_nam->count();
        m_catalogue->recall();
        settle();
        QVERIFY(!m_catalogue->isKeptRead());
        QVERIFY(m_catalogue->listing(m_checkpoints).models.isEmpty());
        m_file->mendModels();
        m_catalogue->noteUsed(QJsonObject{{QStringLiteral("model"), liked.requestName()}});
        settle();
        QTRY_VERIFY(m_catalogue->isKeptRead());
        QVERIFY(m_catalogue->isFavourite(liked));
        QTRY_COMPARE(m_catalogue->usedAt(liked), m_clock->now());
        QCOMPARE(m_catalogue->listing(m_checkpoints).models.size(), 100);
        QCOMPARE(m_nam->count(), asked);
    }

    /// The cloud has the list: what the disk cannot say is asked of it.
    void aDiskThatCannotBeReadIsInNobodysWay()
    {
        const ImageModel liked = favouriteOfAnEarlierRun();
        m_file->breakModels();
        want(m_checkpoints);
        QTRY_VERIFY(!m_catalogue->listing(m_checkpoints).models.isEmpty());
        m_catalogue->noteUsed(liked); // nobody knows whether it is a favourite
        settle();
        m_file->mendModels();
        want(m_checkpoints);
        QTRY_VERIFY(m_catalogue->isKeptRead());
        QVERIFY(m_catalogue->isFavourite(liked));
        restart();
        QTRY_VERIFY(m_catalogue->isFavourite(liked));
    }

    void whatSignsALinkIsNotOnTheDisk()
    {
        want(m_checkpoints);
        const ImageModel first = m_catalogue->listing(m_checkpoints).models.first();
        QVERIFY(first.cover.hasQuery());
        m_catalogue->noteUsed(first);
        settle();
        for (const QString &sql : {QStringLiteral("SELECT models FROM model_page"), QStringLiteral("SELECT model FROM kept_model")}) {
            const Result<QVariant> text = await(m_file->database().run<QVariant>([sql](SqlSession &session) { return session.value(sql); }));
            QVERIFY(text.ok() && text->toString().contains(QLatin1String("covers.example.net")));
            QVERIFY(!text->toString().contains(QLatin1String("secret")));
        }
    }

    void ofARemovedProfileNothingStays()
    {
        want(m_checkpoints);
        m_catalogue->noteUsed(m_catalogue->listing(m_checkpoints).models.first());
        restart(kOther);
        want(m_checkpoints);
        m_catalogue->forget(kMine);
        restart();
        QVERIFY(m_catalogue->known().isEmpty());
        restart(kOther);
        QVERIFY(!m_catalogue->known().isEmpty());
    }

    void eachPageIsReadOnce()
    {
        QSignalSpy told(m_catalogue.get(), &ModelCatalogue::listingChanged);
        want(m_checkpoints);
        QCOMPARE(m_catalogue->listing(m_checkpoints).models.size(), 100);
        QVERIFY(!m_catalogue->listing(m_checkpoints).complete);
        QVERIFY(told.count() >= 2);
        want(m_checkpoints);
        QCOMPARE(m_nam->count(), 1);
        m_catalogue->loadMore(m_checkpoints);
        m_catalogue->loadMore(m_checkpoints); // while that is under way
        wait(m_checkpoints);
        QCOMPARE(m_nam->count(), 2);
        const ModelListing all = m_catalogue->listing(m_checkpoints);
        QCOMPARE(all.models.size(), 125);
        QVERIFY(all.complete);
        QCOMPARE(all.readAt, m_clock->now());
        m_catalogue->loadMore(m_checkpoints);
        QCOMPARE(m_nam->count(), 2);
    }

    void cursorsThatNeverEndDo()
    {
        m_cloud.count = 1000;
        m_cloud.foreverCursor = "c_100";
        want(m_checkpoints);
        for (int i = 0; i < 5; ++i) {
            m_catalogue->loadMore(m_checkpoints);
            wait(m_checkpoints);
        }
        QCOMPARE(m_nam->count(), 2); // the second page names itself
        QVERIFY(m_catalogue->listing(m_checkpoints).complete);
        QCOMPARE(m_catalogue->listing(m_checkpoints).models.size(), 200);
    }

    void anEmptyCatalogueIsReadToItsEnd()
    {
        m_cloud.count = 0;
        want(m_checkpoints);
        const ModelListing none = m_catalogue->listing(m_checkpoints);
        QVERIFY(none.complete && none.readAt && none.models.isEmpty() && !none.error);
        want(m_checkpoints);
        QCOMPARE(m_nam->count(), 1);
    }

    void aQuestionHasItsLimit()
    {
        m_cloud.count = 12'000;
        want(m_checkpoints);
        for (int page = 1; page < 60; ++page) {
            m_catalogue->loadMore(m_checkpoints);
            wait(m_checkpoints);
        }
        const ModelListing most = m_catalogue->listing(m_checkpoints);
        QCOMPARE(most.models.size(), ModelCatalogue::kMostRows);
        QVERIFY(most.capped && !most.complete);
        QCOMPARE(m_nam->count(), 50);
    }

    void searchingIsTheServersBusiness()
    {
        const ImageModelQuery search = ofType(ImageModelType::Checkpoint, QStringLiteral("  _12 "));
        want(search);
        QVERIFY(m_nam->requests().back().request.url().query().contains(QLatin1String("filter.query=_12")));
        const ModelListing found = m_catalogue->listing(search);
        QCOMPARE(found.models.size(), 6); // 12, 120, 122, …
        QVERIFY(found.complete);
        QCOMPARE(m_catalogue->listing(ofType(ImageModelType::Checkpoint, QStringLiteral("_12"))).models.size(), 6);
    }

    void aSearchThatNobodyWaitsForIsGivenUp()
    {
        m_nam->setResponder([](const FakeRequest &) { return FakeAnswer::hanging(); });
        const ImageModelQuery search = ofType(ImageModelType::Lora, QStringLiteral("x"));
        m_catalogue->want(search);
        QTRY_COMPARE(m_nam->count(), 1);
        m_catalogue->leave(search);
        QCOMPARE(m_nam->abortedCount(), 1);
        QVERIFY(!m_catalogue->listing(search).loading);
    }

    void aRestartShowsWhatWasRead()
    {
        want(m_checkpoints);
        m_catalogue->loadMore(m_checkpoints);
        wait(m_checkpoints);
        const QList<ImageModel> before = m_catalogue->listing(m_checkpoints).models;
        const TimePoint readAt = m_clock->now();
        m_clock->advance(3 * kHour);
        restart();
        QCOMPARE(m_nam->count(), 2);
        const ModelListing kept = m_catalogue->listing(m_checkpoints);
        QCOMPARE(kept.models, unsignedOnes(before));
        QCOMPARE(kept.readAt, readAt);
        QVERIFY(kept.complete);
        QVERIFY(m_catalogue->suggestedCheckpoint());
        restart(kOther);
        QVERIFY(m_catalogue->listing(m_checkpoints).models.isEmpty());
    }

    void whatIsOldIsReadAgainBehindIt()
    {
        want(m_checkpoints);
        m_catalogue->loadMore(m_checkpoints);
        wait(m_checkpoints);
        m_clock->advance(ModelCatalogue::kFresh - Milliseconds(1));
        want(m_checkpoints);
        QCOMPARE(m_nam->count(), 2);
        m_clock->advance(Milliseconds(1));
        m_cloud.count = 150; // some are gone
        m_cloud.suffix = QStringLiteral("_b");
        m_catalogue->want(m_checkpoints);
        QCOMPARE(m_catalogue->listing(m_checkpoints).models.size(), 125); // shown meanwhile
        QVERIFY(m_catalogue->listing(m_checkpoints).loading);
        wait(m_checkpoints);
        const ModelListing now = m_catalogue->listing(m_checkpoints);
        QCOMPARE(now.models.size(), 75);
        QVERIFY(now.complete);
        QCOMPARE(now.readAt, m_clock->now());
        QVERIFY(now.models.constFirst().fileName.contains(QLatin1String("_b")));
        restart();
        QCOMPARE(m_catalogue->listing(m_checkpoints).models.size(), 75);
    }

    void readingAgainOnDemandReadsAllPages()
    {
        want(m_checkpoints);
        m_catalogue->loadMore(m_checkpoints);
        wait(m_checkpoints);
        m_clock->advance(Milliseconds(1000));
        m_catalogue->refresh(m_checkpoints);
        QTRY_COMPARE(m_catalogue->listing(m_checkpoints).readAt, m_clock->now());
        QCOMPARE(m_nam->count(), 4);
        m_catalogue->refresh(m_checkpoints);
        m_catalogue->leave(m_checkpoints); // the dialog is closed: the page under way is the last
        wait(m_checkpoints);
        QCOMPARE(m_nam->count(), 5);
    }

    void withoutANetworkWhatIsThereStays()
    {
        want(m_checkpoints);
        m_clock->advance(3 * kHour);
        restart();
        m_cloud.failures = 1000;
        m_catalogue->want(m_checkpoints);
        const bool failed = QTest::qWaitFor([this] {
            pass(Milliseconds(1000));
            return m_catalogue->listing(m_checkpoints).error.has_value();
        });
        QVERIFY(failed);
        const ModelListing old = m_catalogue->listing(m_checkpoints);
        QCOMPARE(old.models.size(), 100);
        QVERIFY(m_clock->now() - *old.readAt >= 3 * kHour);
        QVERIFY(!old.loading);
        m_cloud.failures = 0;
    }

    void aFileThatLiesIsNoHarm()
    {
        const auto run = [this](const QString &sql, const QVariantList &values) {
            return await(m_file->database().run<Done>([sql, values](SqlSession &session) {
                const std::optional<Error> error = session.exec(sql, values);
                return error ? Result<Done>(*error) : Result<Done>(Done{});
            })).ok();
        };
        const QString insert = QStringLiteral("INSERT INTO model_page VALUES ('mine', 'type=checkpoint', ?, 0, '', 5, 0, 1, ?)");
        QVERIFY(run(insert, {0, QStringLiteral("{\"not\": [a list")}));
        QVERIFY(run(insert, {7, QStringLiteral("[{\"id\": 5}]")}));
        QVERIFY(run(QStringLiteral("INSERT INTO kept_model VALUES ('mine', 'lora', 'x', '[]', 1, 'never')"), {}));
        restart();
        QVERIFY(m_catalogue->listing(m_checkpoints).models.isEmpty());
        QVERIFY(m_catalogue->kept().isEmpty());
    }

    void theDiskKeepsNoMoreThanItMay()
    {
        m_cloud.count = 400;
        KeptModelPage page;
        for (int i = 0; i < 100; ++i)
            page.models.append(*modeljson::fromText(QString::fromUtf8(QJsonDocument(m_cloud.row(i)).toJson())));
        ModelStore store(m_file->database());
        for (int question = 0; question < ModelStore::kMostRows / 100 + 10; ++question) {
            page.readAt = secondsLater(question);
            store.savePage(kMine, QStringLiteral("q%1").arg(question), question % 2 == 0, 0, page);
        }
        const auto rows = await(m_file->database().run<int>([](SqlSession &session) {
            const Result<QVariant> sum = session.value(QStringLiteral("SELECT sum(count) FROM model_page"));
            return sum ? Result<int>(sum->toInt()) : Result<int>(sum.error());
        }), std::chrono::minutes(1)); // behind hundreds of writes
        QVERIFY(rows);
        QCOMPARE(*rows, ModelStore::kMostRows);
        QVERIFY(await(store.pages(kMine, QStringLiteral("q0")))->isEmpty());   // an old search
        QCOMPARE(await(store.pages(kMine, QStringLiteral("q1")))->size(), 1); // an old list
    }

    void modelsComeBackFromTheDiskAsTheyWere()
    {
        for (int i = 0; i < 60; ++i) {
            DecodeLog log;
            const ImageModel sent = decodeImageModel(JsonReader(m_cloud.row(i), log));
            QVERIFY(!modeljson::toText(sent).contains(QLatin1String("secret")));
            QCOMPARE(modeljson::fromText(modeljson::toText(sent)), unsignedOnes({sent}).first());
        }
        QVERIFY(!modeljson::fromText(QStringLiteral("{}")));
    }

    void favouritesAndUsedOnesComeFirstAndStay()
    {
        want(m_checkpoints);
        const ImageModel liked = m_catalogue->listing(m_checkpoints).models.at(40);
        const ImageModel used = m_catalogue->listing(m_checkpoints).models.at(60);
        QVERIFY(m_catalogue->suggestedCheckpoint() != liked);
        m_catalogue->setFavourite(liked, true);
        QCOMPARE(m_catalogue->suggestedCheckpoint()->fileName, liked.fileName);
        m_catalogue->noteUsed(QJsonObject{{QStringLiteral("model"), used.fileName}, {QStringLiteral("loras"), QJsonArray{QJsonObject{{QStringLiteral("model"), QStringLiteral("unknown")}}}}});
        QCOMPARE(m_catalogue->suggestedCheckpoint()->fileName, used.fileName);
        QCOMPARE(m_catalogue->usedAt(used), m_clock->now());
        restart();
        QVERIFY(m_catalogue->isFavourite(liked));
        QCOMPARE(model(ImageModelType::Checkpoint, 0).fileName, liked.fileName);
        QCOMPARE(model(ImageModelType::Checkpoint, 1).fileName, used.fileName);
        m_catalogue->setFavourite(liked, false);
        restart();
        QVERIFY(!m_catalogue->isFavourite(liked));
        QCOMPARE(m_catalogue->kept().size(), 1);
        restart(kOther);
        QVERIFY(m_catalogue->kept().isEmpty());
    }

    void usedOnesAreFew()
    {
        want(m_checkpoints);
        const QList<ImageModel> models = m_catalogue->listing(m_checkpoints).models;
        for (int i = 0; i < ModelStore::kMostUsed + 10; ++i) {
            m_clock->advance(Milliseconds(1000));
            m_catalogue->noteUsed(models.at(i));
        }
        QCOMPARE(m_catalogue->kept().size(), ModelStore::kMostUsed);
        restart();
        QCOMPARE(m_catalogue->kept().size(), ModelStore::kMostUsed);
        QCOMPARE(m_catalogue->kept().constFirst().model, unsignedOnes(models).at(ModelStore::kMostUsed + 9));
    }

    void formsGetWhatFits()
    {
        m_catalogue->prepare();
        for (const ImageModelType type : {ImageModelType::Checkpoint, ImageModelType::Lora, ImageModelType::Vae, ImageModelType::ControlNet, ImageModelType::Embedding, ImageModelType::Upscaler})
            wait(ofType(type));
        QCOMPARE(m_nam->count(), 6);
        const QStringList loras = m_catalogue->requestNames(ImageModelType::Lora);
        QVERIFY(loras.size() > 30);
        QVERIFY(loras.contains(QStringLiteral("lora_1"))); // as requests name it: without its ending
        QVERIFY(m_catalogue->requestNames(ImageModelType::Lora, ModelBase::Sdxl).size() < loras.size());
        QVERIFY(!m_catalogue->requestNames(ImageModelType::Embedding).isEmpty());
        const std::optional<ImageModel> suggested = m_catalogue->suggestedCheckpoint();
        QVERIFY(suggested && suggested->usable && !suggested->isInpainting());
        ModelFilter repaint;
        repaint.inpainting = true;
        QVERIFY(m_catalogue->suggestedCheckpoint(repaint)->isInpainting());
        QCOMPARE(m_catalogue->find(ImageModelType::Checkpoint, suggested->fileName), suggested);
        QVERIFY(!m_catalogue->find(ImageModelType::Lora, suggested->fileName));
        const QList<ImageModel> all = m_catalogue->known();
        QVERIFY(std::all_of(all.begin(), all.end(), [](const ImageModel &one) { return one.usable; }));
    }

    void whatFormsNeedIsAskedForUntilItIsThere()
    {
        int left = 4; // attempts of one call
        m_nam->setResponder([this, &left](const FakeRequest &request) {
            if (request.request.url().query().contains(QLatin1String("checkpoint")) && left-- > 0)
                return FakeAnswer::transportError(QNetworkReply::HostNotFoundError);
            return m_cloud.answer(request);
        });
        bool failed = false;
        connect(m_catalogue.get(), &ModelCatalogue::listingChanged, this, [&] { failed = failed || m_catalogue->listing(m_checkpoints).error; });
        m_catalogue->setRetryAfter(Milliseconds(10));
        m_catalogue->prepare();
        const bool there = QTest::qWaitFor([this] {
            pass(Milliseconds(5000));
            return m_catalogue->suggestedCheckpoint().has_value();
        }, 20'000);
        QVERIFY(there && failed);
        QVERIFY(!m_catalogue->listing(m_checkpoints).error);
    }

    void aRefusalIsNotAskedForAgain()
    {
        int left = 4; // attempts of one call
        int refusals = 0;
        m_nam->setResponder([this, &left, &refusals](const FakeRequest &request) {
            const QString query = request.request.url().query();
            if (query.contains(QLatin1String("checkpoint")) && left-- > 0)
                return FakeAnswer::transportError(QNetworkReply::HostNotFoundError);
            if (query.contains(QLatin1String("lora"))) {
                ++refusals;
                return FakeAnswer::payload("{\"code\":400,\"reason\":\"INVALID_REQUEST\",\"message\":\"no\"}", 400);
            }
            return m_cloud.answer(request);
        });
        m_catalogue->setRetryAfter(Milliseconds(10));
        m_catalogue->prepare();
        QVERIFY(QTest::qWaitFor([this] {
            pass(Milliseconds(5000));
            return m_catalogue->suggestedCheckpoint().has_value();
        }, 20'000));
        QCOMPARE(refusals, 1);
        // The next trouble begins anew, and so does another profile.
        QCOMPARE(m_catalogue->retryAfter(), Milliseconds(10));
    }

    void anotherProfileDoesNotWaitForTheTroubleOfTheLast()
    {
        m_nam->setResponder([](const FakeRequest &) { return FakeAnswer::transportError(QNetworkReply::HostNotFoundError); });
        m_catalogue->setRetryAfter(Milliseconds(60'000));
        m_catalogue->prepare();
        QVERIFY(QTest::qWaitFor([this] {
            m_clock->advance(Milliseconds(5000));
            return m_catalogue->retryAfter() > Milliseconds(60'000);
        }, 20'000));
        m_catalogue->open(ProfileId(QStringLiteral("another")));
        QCOMPARE(m_catalogue->retryAfter(), Milliseconds(60'000));
    }

    void misfitsAreTold()
    {
        ImageModel model;
        model.type = ImageModelType::Lora;
        model.base = ModelBase::Sdxl;
        ModelFilter filter;
        QCOMPARE(misfitOf(filter, model), ModelMisfit::Type);
        filter.type = ImageModelType::Lora;
        QCOMPARE(misfitOf(filter, model), ModelMisfit::None);
        filter.base = ModelBase::Sd15;
        QCOMPARE(misfitOf(filter, model), ModelMisfit::Base);
        model.base = ModelBase::Unknown;
        QCOMPARE(misfitOf(filter, model), ModelMisfit::None);
        filter.inpainting = true;
        QCOMPARE(misfitOf(filter, model), ModelMisfit::Inpainting);
        model.usable = false;
        QCOMPARE(misfitOf(filter, model), ModelMisfit::Unusable);
    }

    void withoutAProfileNothingHappens()
    {
        m_catalogue->close();
        m_catalogue->want(m_checkpoints);
        m_catalogue->refresh(m_checkpoints);
        m_catalogue->loadMore(m_checkpoints);
        m_catalogue->prepare();
        QCOMPARE(m_nam->count(), 0);
        QVERIFY(!m_catalogue->listing(m_checkpoints).loading);
    }
};

QTEST_GUILESS_MAIN(TestModelCatalogue)
#include "tst_modelcatalogue.moc"
