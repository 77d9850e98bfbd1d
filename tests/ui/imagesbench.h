// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/gallery/picturestore.h"
#include "core/images/imagequeue.h"
#include "core/images/imageworkspace.h"
#include "core/net/apiclient.h"
#include "core/sandbox/sandboxserver.h"
#include "core/workflows/sessioncontroller.h"
#include "core/workflows/stores.h"
#include "tests/support/await.h"
#include "tests/support/fakesecretstore.h"
#include "tests/support/uifixture.h"

#include <QNetworkAccessManager>
#include <QTemporaryDir>

#include <memory>

namespace novita {

/// The image workspace before a simulated cloud of its own, and the rest of the program as UiFixture has it. The profile has a key.
class ImagesBench
{
public:
    explicit ImagesBench(double timeScale = 1000.0)
    {
        SandboxOptions options;
        options.timeScale = timeScale;
        cloud = std::make_unique<SandboxServer>(options);
        if (const Result<quint16> port = cloud->start(); !port)
            qFatal("The sandbox does not start: %s", qPrintable(port.error().message));
        ApiClientConfig config = m_client.config();
        config.apiRoot = cloud->apiRoot();
        config.limiterCapacity = 6000;
        m_client.setConfig(config);
        m_client.setKey(QStringLiteral("sk_test_key_0123456789"));
        start();
        fixture.context().session.setEnvironmentKey(QStringLiteral("sk_for_tests_only"));
        fixture.context().session.start();
    }

    /// The workspace once more on the same folder, as after a restart.
    void start()
    {
        images.reset();
        images = std::make_unique<ImageWorkspace>(ImageWorkspace::Parts{m_client, m_links, m_clock, m_folder.path(), [] { return 0.5; }, {}, &fixture.settings(), &fixture.secrets(), &fixture.stores().instances});
        images->open(ProfileId(QStringLiteral("mine")), Reach::Local);
    }
    /// `clock`: of the page alone; nullptr = that of the workspace.
    UiContext context(const Clock *clock = nullptr)
    {
        const UiContext c = fixture.context();
        return {c.stores, c.settings, c.profiles, c.session, c.refresher, c.commands, c.create, c.batches, c.resources, c.fleet, c.history, c.insight, c.startups, c.notifications,
                c.guards, c.accounting, c.operations, c.tags, c.webhooks, c.notifier, c.localApi, *images, c.log, c.theme, c.prompts, c.gate, clock ? *clock : m_clock};
    }
    QList<PictureEntry> pictures() const
    {
        const Result<QList<PictureEntry>> all = await(images->pictures().list(images->profile(), {}));
        return all ? *all : QList<PictureEntry>();
    }
    QList<ImageJobView> jobs() const { return images->queue().jobs(); }
    const Clock &clock() const { return m_clock; }

    UiFixture fixture;
    std::unique_ptr<SandboxServer> cloud;

private:
    SystemClock m_clock;
    QTemporaryDir m_folder;
    QNetworkAccessManager m_network;
    QNetworkAccessManager m_links;
    ApiClient m_client{m_network, m_clock, [] { return 0.5; }};

public:
    std::unique_ptr<ImageWorkspace> images; ///< after what it refers to
};

} // namespace novita
