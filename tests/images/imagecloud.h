// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/endpointtable.h"
#include "core/gallery/picturestore.h"
#include "core/images/gallerykeeper.h"
#include "core/net/apiclient.h"
#include "tests/gallery/imagesfile.h"
#include "tests/images/lighthousejob.h"
#include "tests/net/tcpdouble.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>

#include <algorithm>
#include <memory>

namespace novita {

/// The way of a job from its request to the gallery, all of it real: the queue, the client, Novita's backend, the
/// keeper and its folder; and two servers on this computer, one for the API and one for the links that it gives out.
class ImageCloud
{
public:
    static constexpr const char *kSecret = "X-Amz-Signature=5ec7e7c0ffee";
    static constexpr const char *kKey = "sk_hostile_0123456789";

    explicit ImageCloud(TcpDouble::Handler store)
        : links(std::move(store))
        , api([this](QTcpSocket &socket, const TcpDouble::Received &request) { socket.write(answer(request)); })
    {
        ApiClientConfig config;
        config.apiRoot = api.url();
        config.retryBase = config.retryCap = Milliseconds(10);
        client.setConfig(config);
        client.setKey(QString::fromLatin1(kKey));
        keeper.setReach(Reach::Local);
        queue.addBackend(backend);
        queue.open(kMine);
        // No wait between two looks.
        QObject::connect(&queue, &ImageQueue::changed, &queue, [this] {
            const QList<ImageJobView> views = queue.jobs();
            for (const ImageJobView &view : views) {
                if (view.job.state == ImageJobState::Following)
                    queue.noteTask(view.job.task);
            }
        });
        (void)totals();
    }

    ImageJobId send(int pictures = 1)
    {
        count = pictures;
        const Result<QList<ImageJobId>> ids = await(queue.add({lighthouseJob(pictures)}));
        return ids ? ids->first() : ImageJobId();
    }
    const ImageJob job(const ImageJobId &id) const { return queue.job(id) ? queue.job(id)->job : ImageJob(); }
    PictureStore::Totals totals() { return await(PictureStore(file.database()).totals(kMine)).value(); }
    /// All of the gallery's folder, thumbnails and unfinished files included.
    QStringList filesOnDisk() const
    {
        QStringList names;
        QDirIterator found(folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (found.hasNext())
            names.append(found.next());
        return names;
    }
    QUrl linkTo(int index) const
    {
        return QUrl(QStringLiteral("%1/out/%2.png?%3")
                        .arg(linkRoot.isEmpty() ? links.url().toString() : linkRoot)
                        .arg(index)
                        .arg(QLatin1String(kSecret)));
    }

    FakeClock clock;
    ImagesFile file;
    QTemporaryDir folder;
    TcpDouble links;
    TcpDouble api;
    QString linkRoot; ///< in place of the server's own
    int count = 1;
    int submits = 0;
    QNetworkAccessManager apiNetwork, linkNetwork;
    ApiClient client{apiNetwork, clock, [] { return 0.5; }};
    NovitaBackend backend{client};
    EndpointTable table = EndpointTable::builtIn();
    GalleryKeeper keeper{linkNetwork, clock, PictureFiles(folder.path())};
    ImageQueue queue{{file.database(),
                      keeper,
                      [this](const QString &id) { return table.find(id); },
                      clock,
                      [] { return 0.5; },
                      {},
                      Milliseconds(5)}};

private:
    QByteArray answer(const TcpDouble::Received &request)
    {
        if (request.head.startsWith("POST ")) {
            const QJsonObject task{{QStringLiteral("task_id"), QStringLiteral("t-%1").arg(++submits)}};
            return json(task);
        }
        const qsizetype at = request.head.indexOf("task_id=") + 8;
        const QString task = QString::fromLatin1(request.head.mid(at, request.head.indexOf(' ', at) - at));
        QJsonArray images;
        for (int i = 0; i < count; ++i)
            images.append(QJsonObject{{QStringLiteral("image_url"), linkTo(i).toString()},
                                      {QStringLiteral("image_url_ttl"), QStringLiteral("3600")},
                                      {QStringLiteral("image_type"), QStringLiteral("png")}});
        // As of the real cloud: done at 0 %.
        return json(
            {{QStringLiteral("task"), QJsonObject{{QStringLiteral("task_id"), task},
                                                  {QStringLiteral("status"), QStringLiteral("TASK_STATUS_SUCCEED")},
                                                  {QStringLiteral("progress_percent"), 0}}},
             {QStringLiteral("extra"), QJsonObject{{QStringLiteral("seed"), QStringLiteral("7")}}},
             {QStringLiteral("images"), images}});
    }
    static QByteArray json(const QJsonObject &object)
    {
        return TcpDouble::answer(QJsonDocument(object).toJson(QJsonDocument::Compact), "200 OK",
                                 "Content-Type: application/json\r\n");
    }
};

} // namespace novita
