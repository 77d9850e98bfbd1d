// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/modelservice.h"
#include "core/images/modelcatalogue.h"
#include "core/images/modelpreviews.h"
#include "core/net/apiclient.h"
#include "core/sandbox/sandboxserver.h"
#include "tests/gallery/imagesfile.h"

#include <QNetworkAccessManager>
#include <QSet>
#include <QTest>

using namespace novita;

/// The catalogue before the simulated cloud.
class TestCatalogueSandbox final : public QObject
{
    Q_OBJECT

    static bool readAll(ModelCatalogue &catalogue, const ImageModelQuery &query)
    {
        catalogue.want(query);
        return QTest::qWaitFor([&] {
            const ModelListing listing = catalogue.listing(query);
            if (listing.readAt && !listing.loading)
                catalogue.loadMore(query);
            return listing.complete && !listing.loading;
        }, 20'000);
    }

private slots:
    void isReadSearchedAndShown()
    {
        SandboxServer cloud{SandboxOptions{}};
        QVERIFY(cloud.start().ok());
        QNetworkAccessManager network;
        QNetworkAccessManager links;
        SystemClock clock;
        ImagesFile file;
        QTemporaryDir folder;
        ApiClient client(network, clock, [] { return 0.5; });
        ApiClientConfig config = client.config();
        config.apiRoot = cloud.apiRoot();
        client.setConfig(config);
        client.setKey(QStringLiteral("sk_test_0123456789"));
        ModelService service(client);
        ModelCatalogue catalogue(service, file.database(), clock);
        catalogue.open(kMine);

        QVERIFY(readAll(catalogue, {}));
        const QList<ImageModel> all = catalogue.listing({}).models;
        QVERIFY(all.size() > 250);
        QSet<ImageModelType> types;
        for (const ImageModel &model : all) {
            types.insert(model.type);
            QVERIFY(!model.requestName().isEmpty());
        }
        QCOMPARE(types.size(), 6);
        QVERIFY(catalogue.suggestedCheckpoint());
        QVERIFY(!catalogue.requestNames(ImageModelType::Lora).isEmpty());
        QVERIFY(!catalogue.requestNames(ImageModelType::Embedding).isEmpty());

        ImageModelQuery search;
        search.type = ImageModelType::Lora;
        search.text = catalogue.requestNames(ImageModelType::Lora).constFirst().left(5);
        QVERIFY(readAll(catalogue, search));
        const QList<ImageModel> found = catalogue.listing(search).models;
        QVERIFY(!found.isEmpty() && found.size() < all.size());
        QVERIFY(std::all_of(found.begin(), found.end(), [](const ImageModel &model) { return model.type == ImageModelType::Lora; }));

        ModelPreviews previews(links, folder.path());
        previews.setReach(Reach::Local);
        previews.want({all.constFirst().cover});
        QTRY_VERIFY_WITH_TIMEOUT(!previews.image(all.constFirst().cover).isNull(), 15'000);
        QVERIFY(previews.image(all.constFirst().cover).width() <= ModelPreviews::kSide);
        QCOMPARE(cloud.violations(), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestCatalogueSandbox)
#include "tst_cataloguesandbox.moc"
