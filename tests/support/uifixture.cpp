// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/uifixture.h"

#include "core/base/logbuffer.h"
#include "core/net/apiclient.h"
#include "core/secrets/secretstore.h"
#include "core/settings/profilestore.h"
#include "core/workflows/createinstance.h"
#include "core/workflows/fleetsummary.h"
#include "core/workflows/instancecommands.h"
#include "core/workflows/refresher.h"
#include "core/workflows/sessioncontroller.h"
#include "core/workflows/stores.h"
#include "tests/support/tempsettings.h"
#include "ui/theme.h"

#include <QApplication>

#include <array>

namespace novita {

namespace {

/// A secret store that is there and holds nothing.
class NoSecrets final : public SecretStore
{
public:
    Call<KeychainState> *probe() override { return Call<KeychainState>::settledWith(KeychainState::Ok, this); }
    Call<std::optional<QString>> *read(const QString &) override
    {
        return Call<std::optional<QString>>::settledWith(std::optional<QString>(), this);
    }
    Call<Done> *write(const QString &, const QString &) override { return Call<Done>::settledWith(Done{}, this); }
    Call<Done> *remove(const QString &) override { return Call<Done>::settledWith(Done{}, this); }
    Call<KeychainState> *unlock() override { return probe(); }
    KeychainState state() const override { return KeychainState::Ok; }
    QString description() const override { return QStringLiteral("nothing"); }
};

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
    TempSettings settings;
    ProfileStore profiles{*settings};
    NoSecrets secrets;
    Stores stores;
    ApiClient client{network, clock, [] { return 0.5; }};
    Refresher refresher{client, stores, *settings, clock, [] { return 0.5; }};
    SessionController session{client, stores, refresher, *settings, profiles, secrets, clock};
    InstanceCommands commands{client, stores, refresher, *settings, profiles, clock};
    CreateInstance create{client, stores, refresher, profiles, clock};
    FleetSummary fleet{stores};
    LogBuffer log;
    Theme theme{*qApp};
};

UiFixture::UiFixture() : d(std::make_unique<Private>())
{
    useProfile(false, false);
    d->client.setKey(QStringLiteral("a-key-for-tests"));
    d->theme.apply(ColorScheme::Light, 100);
}

UiFixture::~UiFixture() = default;

UiContext UiFixture::context()
{
    return {d->stores, *d->settings, d->profiles, d->session, d->refresher, d->commands, d->create,
            d->fleet,  d->log,       d->theme,    d->prompts, d->clock};
}

FakeNam &UiFixture::network() { return d->network; }
FakeClock &UiFixture::clock() { return d->clock; }
ScriptedPrompts &UiFixture::prompts() { return d->prompts; }
Stores &UiFixture::stores() { return d->stores; }
Settings &UiFixture::settings() { return *d->settings; }
Theme &UiFixture::theme() { return d->theme; }

void UiFixture::useProfile(bool production, bool readOnly)
{
    Profile profile;
    profile.name = QStringLiteral("test-%1").arg(d->profiles.all().size());
    profile.production = production;
    profile.readOnly = readOnly;
    const Result<Profile> saved = d->profiles.save(profile);
    Q_ASSERT(saved.ok());
    d->profiles.setActive(saved->id);
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
    d->stores.products.upsert(products);
    QList<Instance> rows;
    // The same prices as the fleet summary will find: a test need not wait for it.
    QHash<InstanceId, Money> prices;
    rows.reserve(count);
    for (int i = 0; i < count; ++i) {
        rows.append(instance(i));
        prices.insert(rows.last().id, priceOf(i) * *rows.last().gpuNum);
    }
    d->stores.instances.adoptList(rows, d->clock.now());
    d->stores.instances.setPrices(prices);
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
