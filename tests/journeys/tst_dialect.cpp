// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/clientstack.h"
#include "tests/support/dialectcloud.h"

#include <QTest>

using namespace novita;
using A = InstanceAction;

namespace {

/// Reads until the cloud's word about `id` is `status`; empty = gone.
bool reaches(ClientStack &stack, const InstanceId &id, const QString &status)
{
    for (int i = 0; i < 40; ++i) {
        const Instance *row = stack.stores.instances.find(id);
        const InstanceExtra *extra = stack.stores.instances.extra(id);
        if (status.isEmpty() ? !row : row && row->statusText == status && !extra->asked)
            return true;
        bool done = false;
        stack.refresher.refresh(DataKind::Instances)->onFinished(&stack.refresher, [&done](const Result<int> &) { done = true; });
        if (!QTest::qWaitFor([&done] { return done; }, 3000))
            return false;
    }
    return false;
}

std::optional<bool> run(ClientStack &stack, const InstanceId &id, A action)
{
    std::optional<bool> ok;
    stack.commands.run(id, action)->onFinished(&stack.commands, [&ok](const Result<Done> &result) { ok = result.ok(); });
    if (!QTest::qWaitFor([&ok] { return ok.has_value(); }, 5000))
        return std::nullopt;
    return ok;
}

} // namespace

/// Against a server that speaks the contract in another accent than the simulated cloud.
class TestDialect final : public QObject
{
    Q_OBJECT

private slots:
    void listsEveryPage()
    {
        DialectCloud cloud;
        cloud.addInstances(173, QStringLiteral("running"));
        ClientStack stack;
        stack.connectTo(cloud.apiRoot());
        QTRY_COMPARE(stack.stores.instances.size(), 173);
        const Instance *row = stack.stores.instances.find(InstanceId(QStringLiteral("d7")));
        QVERIFY(row);
        QCOMPARE(row->gpuNum, std::optional(2));
        QCOMPARE(row->rootfsGb, std::optional(60));
        QCOMPARE(row->productId.toString(), QStringLiteral("4090"));
        QTRY_COMPARE(stack.fleet.numbers().burnPerHour, Money::fromPriceUnits(35000) * 2 * 173);
        QCOMPARE(stack.fleet.numbers().unpriced, 0);
    }

    void productsAndTemplates()
    {
        DialectCloud cloud;
        ClientStack stack;
        stack.connectTo(cloud.apiRoot());
        stack.refresher.setWanted({DataKind::Products, DataKind::Templates, DataKind::Clusters});
        QTRY_COMPARE(stack.stores.products.size(), 1);
        const Product &product = *stack.stores.products.find(ProductId(QStringLiteral("4090")));
        QCOMPARE(product.priceFor(BillingMode::Spot), std::optional(Money::fromPriceUnits(20000)));
        QTRY_COMPARE(stack.stores.templates.size(), 1);
        QCOMPARE(stack.stores.templates.ids().constFirst().toString(), QStringLiteral("107001"));
        QTRY_VERIFY(stack.stores.clusters.refreshedAt());
        QCOMPARE(stack.session.connection(), ConnectionState::Connected);
    }

    void aWholeLife()
    {
        DialectCloud cloud;
        ClientStack stack;
        stack.connectTo(cloud.apiRoot());
        QTRY_VERIFY(stack.stores.instances.refreshedAt());
        InstanceDraft draft;
        draft.name = QStringLiteral("life");
        draft.productId = ProductId(QStringLiteral("4090"));
        draft.imageUrl = QStringLiteral("docker.io/library/ubuntu:22.04");
        InstanceId id;
        stack.creator.create(draft)->onFinished(this, [&id](const Result<CreateOutcome> &outcome) {
            if (outcome)
                id = outcome->id;
        });
        QTRY_VERIFY(!id.isEmpty());
        QVERIFY(reaches(stack, id, QStringLiteral("running")));
        QCOMPARE(run(stack, id, A::Restart), std::optional(true));
        QVERIFY(reaches(stack, id, QStringLiteral("running")));
        QCOMPARE(run(stack, id, A::Stop), std::optional(true));
        QVERIFY(reaches(stack, id, QStringLiteral("exited")));
        QCOMPARE(run(stack, id, A::Start), std::optional(true));
        QVERIFY(reaches(stack, id, QStringLiteral("running")));
        QCOMPARE(run(stack, id, A::Delete), std::optional(true));
        QVERIFY(reaches(stack, id, QString()));
        QCOMPARE(cloud.size(), 0);
        QCOMPARE(cloud.requests().filter(QStringLiteral("/create")).size(), 1);
    }

    void theConnectionTestNeedsNoBalance()
    {
        DialectCloud cloud;
        ClientStack stack;
        std::optional<bool> good;
        stack.session.testConnection(cloud.apiRoot(), QStringLiteral("sk_any_key"))->onFinished(this, [&good](const Result<ConnectionReport> &report) {
            good = report.ok();
        });
        QTRY_COMPARE(good, std::optional(true));

        std::optional<Error> rejected;
        stack.session.testConnection(cloud.apiRoot(), QStringLiteral("other-key"))->onFinished(this, [&rejected](const Result<ConnectionReport> &report) {
            rejected = report.error();
        });
        QTRY_VERIFY(rejected);
        QCOMPARE(rejected->kind, ErrorKind::Unauthorized);
        QVERIFY(rejected->message.contains(QLatin1String("did not accept this API key")));
        QVERIFY(!stack.client.hasKey());
    }

    void theConnectionTestTellsOtherServersApart()
    {
        DialectCloud cloud;
        ClientStack stack;
        QUrl elsewhere = cloud.apiRoot();
        elsewhere.setPath(QStringLiteral("/somewhere"));
        std::optional<Error> error;
        const auto note = [&error](const Result<ConnectionReport> &report) {
            if (!report)
                error = report.error();
        };
        stack.session.testConnection(elsewhere, QStringLiteral("sk_any_key"))->onFinished(this, note);
        QTRY_VERIFY(error);
        QVERIFY(error->message.contains(QLatin1String("not like the Novita API")));

        error.reset();
        stack.session.testConnection(QUrl(QStringLiteral("http://127.0.0.1:1")), QStringLiteral("sk_any_key"))->onFinished(this, note);
        QTRY_VERIFY(error);
        QCOMPARE(error->kind, ErrorKind::Network);
        QCOMPARE(stack.client.status().breaker, BreakerState::Closed);
        QVERIFY(!stack.client.status().lastError);
    }
};

QTEST_GUILESS_MAIN(TestDialect)
#include "tst_dialect.moc"
