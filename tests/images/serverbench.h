// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/backends/webuibackend.h"
#include "core/cloud/endpoints/endpointtable.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/cloud/services/instanceservice.h"
#include "core/cloud/stores/instancestore.h"
#include "core/gallery/picturestore.h"
#include "core/images/imagequeue.h"
#include "core/images/imageservers.h"
#include "core/net/apiclient.h"
#include "core/sandbox/sandboxserver.h"
#include "core/settings/settingskeys.h"
#include "tests/gallery/imagesfile.h"
#include "tests/images/fakebackend.h"
#include "tests/support/await.h"
#include "tests/support/fakenam.h"
#include "tests/support/fakesecretstore.h"
#include "tests/support/tempsettings.h"

#include <QTest>

#include <memory>

namespace novita {

/// The servers with all that they stand on; the network is `network`.
struct ServerBench
{
    /// `cloudRoot`: a simulated cloud to read instances from; without it a fake answers.
    explicit ServerBench(QNetworkAccessManager &network, const QUrl &cloudRoot = {}) : links(network), api(cloudRoot.isEmpty() ? cloud : apiNetwork, clock, [] { return 0.5; })
    {
        if (!cloudRoot.isEmpty()) {
            ApiClientConfig config;
            config.apiRoot = cloudRoot;
            api.setConfig(config);
        }
        api.setKey(QStringLiteral("sk_test_0123456789"));
        start();
    }

    /// As after a kill.
    void start()
    {
        servers.reset();
        queue.reset();
        file.reopen();
        queue = std::make_unique<ImageQueue>(ImageQueue::Parts{file.database(), keeper, [this](const QString &id) { return table.find(id); }, clock, [] { return 0.5; }, {}});
        servers = std::make_unique<ImageServers>(ImageServers::Parts{*settings, secrets, instances, api, links, *queue, clock});
        queue->open(kMine);
        QObject::connect(queue.get(), &ImageQueue::finished, queue.get(), [this](const ImageJob &job) { finished.append(job); });
        (void)await(PictureStore(file.database()).totals(kMine));
    }
    void restartSettings()
    {
        servers.reset();
        settings.reopen();
        start();
    }

    static ImageServer typed(const QString &url, const QString &user = {})
    {
        ImageServer server;
        server.name = QStringLiteral("Studio");
        server.url = QUrl(url);
        server.user = user;
        return server;
    }
    static ImageServer onInstance(const QString &id, int port)
    {
        ImageServer server;
        server.name = QStringLiteral("Worker");
        server.instance = InstanceId(id);
        server.port = port;
        return server;
    }
    QString add(const ImageServer &server, const std::optional<QString> &password = {}) { return await(servers->save(server, password)).value(); }
    ImageServerView view(const QString &id) const { return servers->find(id).value(); }

    void tell(InstanceStatus status, const QString &endpoint, const QString &type = QStringLiteral("http"))
    {
        Instance instance;
        instance.id = InstanceId(QStringLiteral("i-1"));
        instance.name = QStringLiteral("worker-1");
        instance.status = status;
        instance.statusText = stateInfo(status).wire;
        instance.ports = {{7860, type, endpoint}};
        instance.lastStartedAt = clock.now();
        instances.adoptRows({instance}, clock.now(), false);
        instances.markRefreshed(clock.now());
    }
    static NewImageJob job(const QString &backend, int steps)
    {
        NewImageJob out;
        out.backend = backend;
        out.recipe = {QStringLiteral("webui-txt2img"), {{fields::kPrompt, QStringLiteral("a lighthouse")}, {fields::kSize, QJsonObject{{QStringLiteral("width"), 64}, {QStringLiteral("height"), 64}}},
                                                        {fields::kSteps, steps}, {fields::kGuidance, 7}, {fields::kSampler, QStringLiteral("Euler a")}, {fields::kSeed, 7}}};
        return out;
    }
    ImageJobId addJob(const QString &backend, int steps) { return await(queue->add({job(backend, steps)})).value().first(); }
    ImageJobState state(const ImageJobId &id) const { return queue->job(id)->job.state; }

    QNetworkAccessManager &links;
    FakeClock clock;
    FakeNam cloud;
    QNetworkAccessManager apiNetwork;
    ApiClient api;
    TempSettings settings;
    FakeSecretStore secrets;
    InstanceStore instances;
    EndpointTable table = EndpointTable::builtIn();
    ImagesFile file;
    FakeKeeper keeper;
    QList<ImageJob> finished;
    std::unique_ptr<ImageQueue> queue;
    std::unique_ptr<ImageServers> servers;
};

/// A ServerBench over a fake network, or over a simulated cloud.
class ServerWorld
{
protected:
    void begin()
    {
        m_nam = std::make_unique<FakeNam>();
        m = std::make_unique<ServerBench>(*m_nam);
    }
    void end()
    {
        m.reset();
        m_cloud.reset();
        m_network.reset();
        m_nam.reset();
    }
    void useSandbox(const SandboxOptions &options)
    {
        m.reset();
        m_cloud = std::make_unique<SandboxServer>(options);
        QVERIFY(m_cloud->start().ok());
        m_network = std::make_unique<QNetworkAccessManager>();
        m = std::make_unique<ServerBench>(*m_network, m_cloud->apiRoot());
    }
    QString sandboxBackend()
    {
        const QString id = m->add(ServerBench::typed(m_cloud->apiRoot().toString() + QStringLiteral("/webui")));
        m->servers->backend(id)->setPollInterval(Milliseconds(5));
        return m->view(id).backend;
    }

    std::unique_ptr<FakeNam> m_nam;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<SandboxServer> m_cloud;
    std::unique_ptr<ServerBench> m;
};

} // namespace novita
