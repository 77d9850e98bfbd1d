// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sandboxfixture.h"

#include "core/settings/settingskeys.h"

#include <QElapsedTimer>
#include <QTest>

namespace novita {

namespace {

constexpr int kPatienceMs = 15000;

/// Waits for the one result of `call`.
template<typename T>
std::optional<Result<T>> resultOf(Call<T> *call)
{
    QObject context;
    std::optional<Result<T>> out;
    call->onFinished(&context, [&out](const Result<T> &result) { out = result; });
    if (!QTest::qWaitFor([&out] { return out.has_value(); }, kPatienceMs))
        return std::nullopt;
    return out;
}

} // namespace

SandboxOptions SandboxFixture::options(int instances, double timeScale)
{
    SandboxOptions out;
    out.instances = instances;
    out.timeScale = timeScale;
    return out;
}

SandboxFixture::SandboxFixture(SandboxOptions options)
    : cloud(std::move(options))
{
    if (const Result<quint16> port = cloud.start(); !port)
        qFatal("The sandbox does not start: %s", qPrintable(port.error().message));
}

bool SandboxFixture::connect(const QString &key)
{
    stack.connectTo(cloud.apiRoot(), key);
    // A test asks more often than a person: the limiter has tests of its own.
    if (!stack.settings->setValue(keys::kRequestsPerMinute, 6000).ok())
        qFatal("The request limit could not be set");
    return QTest::qWaitFor([this] { return stack.stores.instances.refreshedAt().has_value(); }, kPatienceMs);
}

void SandboxFixture::addFault(const QJsonObject &fault)
{
    if (const Result<Done> added = cloud.addFault(fault); !added)
        qFatal("Bad fault: %s", qPrintable(added.error().message));
}

InstanceDraft SandboxFixture::draft(const QString &name)
{
    const auto known = [this] { return !stack.stores.products.isEmpty() && !stack.stores.products.isRefreshing(); };
    InstanceDraft out;
    if (!QTest::qWaitFor(known, kPatienceMs))
        return out;
    const Product *best = nullptr;
    for (const ProductId &id : stack.stores.products.ids()) {
        const Product *product = stack.stores.products.find(id);
        const std::optional<Money> price = product->priceFor(BillingMode::OnDemand);
        if (product->kind == ProductKind::Gpu && price && product->inStock() && (!best || *price < *best->priceFor(BillingMode::OnDemand)))
            best = product;
    }
    out.name = name;
    out.imageUrl = QStringLiteral("docker.io/library/ubuntu:22.04");
    if (best) {
        out.productId = best->id;
        out.rootfsGb = std::max(out.rootfsGb, best->minRootfsGb.value_or(0));
    }
    return out;
}

std::optional<Result<CreateOutcome>> SandboxFixture::create(const InstanceDraft &draft)
{
    return resultOf(stack.creator.create(draft));
}

std::optional<Result<Done>> SandboxFixture::run(const InstanceId &id, const InstanceRequest &request)
{
    return resultOf(stack.commands.run(id, request));
}

std::optional<Result<int>> SandboxFixture::refresh(DataKind kind)
{
    return resultOf(stack.refresher.refresh(kind));
}

InstanceId SandboxFixture::createRunning(const QString &name)
{
    const auto outcome = create(draft(name));
    if (!outcome || !outcome->ok() || !reaches((*outcome)->id, QStringLiteral("running")))
        return {};
    return (*outcome)->id;
}

bool SandboxFixture::reaches(const InstanceId &id, const QString &status)
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < kPatienceMs) {
        const Instance *row = stack.stores.instances.find(id);
        const InstanceExtra *extra = stack.stores.instances.extra(id);
        if (status.isEmpty() ? !row : row && row->statusText == status && !extra->asked)
            return true;
        resultOf(stack.refresher.refreshInstance(id, true));
        QTest::qWait(20);
    }
    return false;
}

int SandboxFixture::countRequests(const QString &operation) const
{
    int found = 0;
    for (const SandboxRequest &request : cloud.requests())
        found += request.operation == operation;
    return found;
}

} // namespace novita
