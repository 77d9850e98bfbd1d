// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/uifixture.h"

#include "core/base/logbuffer.h"
#include "core/guards/guards.h"
#include "core/images/imageworkspace.h"
#include "core/localapi/localapiservice.h"
#include "core/webhooks/webhooknotifier.h"
#include "core/webhooks/webhookservice.h"
#include "tests/support/clientstack.h"
#include "ui/accountgate.h"
#include "ui/theme.h"

#include <QApplication>

#include <array>

namespace novita {

namespace {

/// Per GPU; product ids go round with 4.
Money priceOf(int number)
{
    return Money::fromPriceUnits(35000 + 10000 * (number % 4));
}

} // namespace

struct UiFixture::Private
{
    FakeNam network;
    FakeClock clock;
    ScriptedPrompts prompts;
    AccountGate gate{prompts};
    ClientStack stack{network, clock};
    Guards guards{stack.history, stack.stores, stack.refresher, stack.commands, stack.notifications, clock};
    WebhookService webhooks{*stack.settings, stack.secrets, clock, stack.settings.directory()};
    WebhookNotifier notifier{stack.history.database, stack.history.rules, stack.secrets, *stack.settings, clock, [] { return 0.5; }};
    LocalApiService localApi{{stack.client, stack.stores, stack.refresher, stack.commands, stack.creator, stack.startups, stack.fleet, stack.history,
                              stack.profiles, *stack.settings, &webhooks.deliveries(), clock},
                             stack.secrets};
    FakeNam links;
    ImageWorkspace images{{stack.client, links, clock, stack.settings.directory(), [] { return 0.5; }, {}, &*stack.settings, &stack.secrets, &stack.stores.instances}};
    LogBuffer log;
    Theme theme{*qApp};
};

UiFixture::UiFixture() : d(std::make_unique<Private>())
{
    useProfile(false, false);
    d->stack.client.setKey(QStringLiteral("a-key-for-tests"));
    d->theme.apply(ColorScheme::Light, 100);
}

UiFixture::~UiFixture() = default;

UiContext UiFixture::context()
{
    ClientStack &stack = d->stack;
    return {stack.stores, *stack.settings, stack.profiles, stack.session, stack.refresher, stack.commands,
            stack.creator, stack.batches, stack.resources, stack.fleet, stack.history, stack.insight, stack.startups, stack.notifications,
            d->guards, stack.accounting, stack.operations, stack.tags, d->webhooks, d->notifier, d->localApi, d->images, d->log, d->theme, d->prompts, d->gate, d->clock};
}

FakeNam &UiFixture::network() { return d->network; }
FakeNam &UiFixture::links() { return d->links; }
FakeClock &UiFixture::clock() { return d->clock; }
ScriptedPrompts &UiFixture::prompts() { return d->prompts; }
FakeSecretStore &UiFixture::secrets() { return d->stack.secrets; }
Stores &UiFixture::stores() { return d->stack.stores; }
Settings &UiFixture::settings() { return *d->stack.settings; }
ImageWorkspace &UiFixture::images() { return d->images; }
LocalApiService &UiFixture::localApi() { return d->localApi; }
WebhookService &UiFixture::webhooks() { return d->webhooks; }
WebhookNotifier &UiFixture::notifier() { return d->notifier; }
Theme &UiFixture::theme() { return d->theme; }

void UiFixture::useProfile(bool production, bool readOnly)
{
    Profile profile;
    profile.name = QStringLiteral("test-%1").arg(d->stack.profiles.all().size());
    profile.production = production;
    profile.readOnly = readOnly;
    const Result<Profile> saved = d->stack.profiles.save(profile);
    Q_ASSERT(saved.ok());
    d->stack.profiles.setActive(saved->id);
}

Instance UiFixture::instance(int number) const
{
    static const std::array<const char *, 4> kProducts{"RTX 4090 24GB", "H100 SXM 80GB", "RTX 5090 32GB", "L40S 48GB"};
    static const std::array<const char *, 3> kRegions{"US-CA-06 (California)", "AS-SGP-02 (Singapore)", "EU-DE-01 (Frankfurt)"};
    static const std::array<InstanceStatus, 6> kStates{InstanceStatus::Running, InstanceStatus::Running, InstanceStatus::Exited,
                                                       InstanceStatus::Running, InstanceStatus::Pulling, InstanceStatus::Starting};
    const auto n = static_cast<std::size_t>(number);
    Instance one;
    one.id = InstanceId(QStringLiteral("i-%1").arg(number));
    one.name = QStringLiteral("worker-%1").arg(number);
    one.kind = QStringLiteral("gpu");
    one.status = kStates.at(n % kStates.size());
    one.statusText = stateInfo(one.status).wire;
    one.productName = QLatin1String(kProducts.at(n % kProducts.size()));
    one.productId = ProductId(QString::number(n % kProducts.size()));
    one.clusterName = QLatin1String(kRegions.at(n % kRegions.size()));
    one.clusterId = ClusterId(one.clusterName.left(one.clusterName.indexOf(u' ')).toLower());
    one.gpuNum = number % 5 == 1 ? 2 : 1;
    one.cpuNum = 16;
    one.memoryGb = 62;
    one.rootfsGb = 60;
    one.billing = number % 2 ? BillingMode::Spot : BillingMode::OnDemand;
    one.billingText = billingModeToWire(one.billing);
    one.imageUrl = QStringLiteral("registry.example/team/trainer:22.04-cuda12.4");
    one.ports = {{8888, QStringLiteral("http"), {}}, {6006, QStringLiteral("tcp"), {}}};
    one.volumes = {{QStringLiteral("local"), 38.0, {}, QStringLiteral("/workspace")},
                   {QStringLiteral("network"), 200.0, StorageId(QStringLiteral("ns-1")), QStringLiteral("/network")}};
    one.createdAt = d->clock.now() - std::chrono::hours(5 + number % 48);
    one.lastStartedAt = d->clock.now() - std::chrono::minutes(7 + number * 13 % 900);
    if (one.status == InstanceStatus::Exited)
        one.lastStoppedAt = *one.lastStartedAt + std::chrono::minutes(5);
    return one;
}

void UiFixture::fill(int count)
{
    QList<Product> products;
    for (int i = 0; i < 4; ++i) {
        Product product;
        product.id = ProductId(QString::number(i));
        product.price = product.spotPrice = priceOf(i);
        product.billingModes = {BillingMode::OnDemand, BillingMode::Spot};
        products.append(product);
    }
    d->stack.stores.products.upsert(products);
    QList<Instance> rows;
    // The same prices as the fleet summary will find: a test need not wait for it.
    QHash<InstanceId, Money> prices;
    rows.reserve(count);
    for (int i = 0; i < count; ++i) {
        rows.append(instance(i));
        prices.insert(rows.last().id, priceOf(i) * *rows.last().gpuNum);
    }
    d->stack.stores.instances.adoptList(rows, d->clock.now());
    d->stack.stores.instances.setPrices(prices);
}

QStringList UiFixture::writes() const
{
    QStringList paths;
    for (const FakeRequest &request : d->network.requests()) {
        if (request.verb != "GET")
            paths.append(request.path());
    }
    return paths;
}

} // namespace novita
