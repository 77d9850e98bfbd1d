// SPDX-License-Identifier: GPL-3.0-or-later
//
// A month of a small fleet, in which the simulated cloud and the console live by one clock. The cloud's bill is read here
// by hand and summed up without the console's code; the console's burn, estimate and cost must be the same to the unit.
#include "core/cloud/services/gpuservices.h"
#include "core/sandbox/sandboxserver.h"
#include "core/settings/settingskeys.h"
#include "tests/support/await.h"
#include "tests/support/clientstack.h"
#include "tests/support/sharedclock.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace novita;

namespace {

constexpr qint64 kHour = 3600;
constexpr qint64 kDay = 86400;

const QString kProduct = QStringLiteral("4090.16c62g"); // 0.35 USD, spot and monthly too

SandboxOptions cloudOptions(const Clock &clock)
{
    SandboxOptions options;
    options.clock = &clock;
    options.balance = Money::fromPriceUnits(200'000'000);
    return options;
}

} // namespace

class TestMonth final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void equalsTheBill();
    void equalsTheBillAfterDaysOff();

private:
    void openConsole();
    void passTo(qint64 second);
    void look();
    QString create(const char *name, const char *mode, int cards, int disk);
    QJsonObject post(const QString &path, const QJsonObject &body);
    QJsonObject get(const QString &path);
    void command(const char *verb, const QString &id) { post(QStringLiteral("gpu-instance/openapi/v1/gpu/instance/") + QLatin1String(verb), {{QStringLiteral("instanceId"), id}}); }
    qint64 second() const { return std::chrono::floor<Seconds>(m_clock->now() - m_begin).count(); }
    qint64 billed(const QString &owner);
    qint64 balance();
    Ledger &ledger() { return m_console->accounting.ledger; }

    std::unique_ptr<SharedClock> m_clock;
    TimePoint m_begin;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<SandboxServer> m_cloud;
    QNetworkAccessManager m_network;
    std::unique_ptr<ClientStack> m_console;
};

void TestMonth::init()
{
    m_clock = std::make_unique<SharedClock>();
    m_begin = m_clock->now();
    m_dir = std::make_unique<QTemporaryDir>();
    m_cloud = std::make_unique<SandboxServer>(cloudOptions(*m_clock));
    QVERIFY(m_cloud->start().ok());
    m_clock->advance(Seconds(kHour + 437)); // not on the hour
    openConsole();
}

void TestMonth::cleanup()
{
    m_console.reset();
    m_cloud.reset();
}

/// A console of the same account over the same file: what the one before it wrote is all that it knows.
void TestMonth::openConsole()
{
    m_console.reset();
    m_console = std::make_unique<ClientStack>(m_network, *m_clock);
    m_console->connectTo(m_cloud->apiRoot());
    m_console->refresher.stop(); // the test says when to look
    QVERIFY(m_console->settings->setValue(keys::kMaxRetries, 0).ok());
    QVERIFY(m_console->settings->setValue(keys::kRequestsPerMinute, 6000).ok());
    const ProfileId account(QStringLiteral("month"));
    m_console->history.open(m_dir->filePath(QStringLiteral("history.sqlite")));
    m_console->history.setProfile(account, false);
    m_console->accounting.setProfile(account);
    QTRY_VERIFY(m_console->accounting.usage.isReady());
    QVERIFY(await(m_console->refresher.refresh(DataKind::Products)).ok());
    look();
}

/// What a poll does, bills included when they are due.
void TestMonth::look()
{
    if (!m_console) {
        get(QStringLiteral("_sandbox"));
        return;
    }
    QVERIFY(await(m_console->refresher.refresh(DataKind::Instances)).ok());
    QVERIFY(await(m_console->refresher.refresh(DataKind::Storages)).ok());
    QTRY_VERIFY(!ledger().isReading());
    for (int turn = 0; turn < 3; ++turn)
        QCoreApplication::processEvents(); // prices come one turn later
}

void TestMonth::passTo(qint64 target)
{
    m_clock->advance(Seconds(target - second()));
    look();
}

QJsonObject TestMonth::post(const QString &path, const QJsonObject &body)
{
    QNetworkRequest request(QUrl(m_cloud->apiRoot().toString() + u'/' + path));
    request.setRawHeader("Authorization", "Bearer sk_test_key_0123456789");
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    const std::unique_ptr<QNetworkReply> reply(m_network.post(request, QJsonDocument(body).toJson()));
    if (!QTest::qWaitFor([&reply] { return reply->isFinished(); }, 10000) || reply->error() != QNetworkReply::NoError)
        qFatal("%s: %s", qPrintable(path), reply->readAll().constData());
    return QJsonDocument::fromJson(reply->readAll()).object();
}

QJsonObject TestMonth::get(const QString &path)
{
    QNetworkRequest request(QUrl(m_cloud->apiRoot().toString() + u'/' + path));
    request.setRawHeader("Authorization", "Bearer sk_test_key_0123456789");
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    const std::unique_ptr<QNetworkReply> reply(m_network.get(request));
    if (!QTest::qWaitFor([&reply] { return reply->isFinished(); }, 10000))
        qFatal("%s: no answer", qPrintable(path));
    return QJsonDocument::fromJson(reply->readAll()).object();
}

QString TestMonth::create(const char *name, const char *mode, int cards, int disk)
{
    const bool monthly = qstrcmp(mode, "monthly") == 0;
    const QJsonObject answer = post(QStringLiteral("gpu-instance/openapi/v1/gpu/instance/create"),
                                    {{QStringLiteral("name"), QLatin1String(name)}, {QStringLiteral("kind"), QStringLiteral("gpu")}, {QStringLiteral("productId"), kProduct},
                                     {QStringLiteral("gpuNum"), cards}, {QStringLiteral("rootfsSize"), disk}, {QStringLiteral("billingMode"), QLatin1String(mode)},
                                     {QStringLiteral("month"), monthly ? 1 : 0}, {QStringLiteral("imageUrl"), QStringLiteral("docker.io/library/ubuntu:22.04")}});
    const QString id = answer.value(QLatin1String("id")).toString();
    look();
    passTo(second() + 11); // pending 1 s, waiting 2 s, creating 8 s: from here on it costs
    passTo(second() + 400);
    return id;
}

/// Everything that the cloud has billed an owner for, this year, row by row.
qint64 TestMonth::billed(const QString &owner)
{
    qint64 units = 0;
    for (const char *path : {"bill/list?cycleType=Hour&productCategory=summary&startTime=1767225600&ownerId=", "bill/monthly/list?startTime=1767225600&ownerId="}) {
        const QJsonArray rows = get(QStringLiteral("openapi/v1/billing/") + QLatin1String(path) + owner).value(QLatin1String("bills")).toArray();
        for (const QJsonValue &row : rows)
            units += row[QLatin1String("payAmount")].toString().toLongLong();
    }
    return units;
}

/// In 1/10000 USD.
qint64 TestMonth::balance()
{
    return get(QStringLiteral("openapi/v1/billing/balance/detail")).value(QLatin1String("availableBalance")).toString().toLongLong();
}

void TestMonth::equalsTheBill()
{
    const qint64 balanceBefore = balance();
    qint64 volumesPerDay = 0; // of those that were there
    for (const NetworkStorage &volume : m_console->stores.storages.all())
        volumesPerDay += 200LL * volume.sizeGb.value_or(0);
    QVERIFY(volumesPerDay > 0);
    const QString steady = create("steady", "onDemand", 2, 100);
    const QString shifts = create("shifts", "onDemand", 1, 60);
    const QString spot = create("spot", "spot", 4, 84);
    const QString term = create("term", "monthly", 1, 90);
    QCOMPARE(m_console->fleet.numbers().burn.onDemandPerHour, Money::fromPriceUnits(3 * 35000));
    QCOMPARE(m_console->fleet.numbers().burn.storagePerDay, Money::fromPriceUnits((40 + 24) * 500 + volumesPerDay));

    post(QStringLiteral("gpu-instance/openapi/v1/networkstorage/create"),
         {{QStringLiteral("clusterId"), QStringLiteral("us-ca-6")}, {QStringLiteral("storageName"), QStringLiteral("data")}, {QStringLiteral("storageSize"), 250}});
    look();
    for (qint64 day = 1; day <= 29; ++day) {
        // On and off at odd seconds, twice a day.
        for (const qint64 hour : {2, 13}) {
            passTo(day * kDay + hour * kHour + 37 * day + 11);
            command("stop", shifts);
            passTo(second() + 20);
            passTo(second() + 3 * kHour + 777);
            command("start", shifts);
            passTo(second() + 40);
        }
        if (day % 5 == 0) {
            command("restart", steady);
            passTo(second() + 30);
        }
        if (day == 8 || day == 20)
            openConsole();
        if (day == 11) {
            QVERIFY(m_cloud->reclaimSpot(spot, Seconds(1234)).ok());
            passTo(second() + 1234);
            passTo(second() + 60);
            QCOMPARE(m_cloud->instanceStatus(spot), QStringLiteral("exited"));
        }
        if (day == 16) {
            post(QStringLiteral("gpu-instance/openapi/v1/gpu/instance/edit"), {{QStringLiteral("instanceId"), steady}, {QStringLiteral("expandRootDisk"), 33}});
            look();
        }
        if (day == 18) {
            command("delete", spot);
            look();
            passTo(second() + 60);
        }
    }
    passTo(30 * kDay + 5 * kHour + 421); // settled until 5:00, and some minutes beyond
    QVERIFY(ledger().readAt());
    QCOMPARE(ledger().billedUntil(), std::optional(m_begin + Seconds(30 * kDay + 5 * kHour)));

    // The bill as the cloud has it, and the console's estimate of the same time, each by its own arithmetic.
    const TimePoint until = *ledger().billedUntil();
    for (const QString &id : {steady, shifts, spot}) {
        const UsageTrack *track = m_console->accounting.usage.find(id);
        QVERIFY(track);
        QVERIFY(track->knownSince() && *track->knownSince() < m_begin + Seconds(3 * kHour)); // since it was created, over two restarts
        const UsageCost cost = track->cost(*track->knownSince(), until);
        QVERIFY(cost.complete);
        QCOMPARE(cost.gpu.rounded().priceUnits() + cost.disk.rounded().priceUnits(), billed(id));
        QCOMPARE(ledger().costOf(id).billed.total().priceUnits(), billed(id));
    }
    QCOMPARE(ledger().costOf(term).total().priceUnits(), billed(term));
    QVERIFY(ledger().costOf(steady).complete);
    QVERIFY(ledger().costOf(shifts).complete);

    // What left the balance is what was spent: bills, and what came since the last hour.
    const std::optional<Spending> month = ledger().thisMonth();
    QVERIFY(month);
    QVERIFY(month->complete);
    const qint64 spent = (balanceBefore - balance()) * 10;
    const Money before = Money::fromPriceUnits(volumesPerDay * (kHour + 437) / kDay); // the volumes, until the first look
    QVERIFY2(qAbs(month->total().priceUnits() - before.priceUnits() - spent) < 1000, qPrintable(QStringLiteral("%1 and %2").arg(month->total().priceUnits()).arg(spent)));
    const std::optional<Reconciliation> checked = ledger().reconciliation();
    QVERIFY(checked);
    QVERIFY(checked->owners >= 4);
    QVERIFY2(qAbs(checked->difference().priceUnits()) < 1000, qPrintable(checked->difference().toPlainString()));
    qInfo("Billed %s, estimated %s over %d owners; spent %s", qPrintable(checked->billed.toPlainString(5)), qPrintable(checked->estimated.toPlainString(5)), checked->owners,
          qPrintable(Money::fromPriceUnits(spent).toPlainString(5)));
    QCOMPARE(m_cloud->violations(), QStringList());
}

/// Nobody looks for days in which things are stopped, started and deleted by somebody else.
void TestMonth::equalsTheBillAfterDaysOff()
{
    const QString left = create("left", "onDemand", 1, 100);
    const QString toggled = create("toggled", "onDemand", 2, 60);
    const QString gone = create("gone", "spot", 1, 60);
    passTo(2 * kDay + 333);
    m_console.reset();
    passTo(3 * kDay + 17);
    command("stop", toggled);
    passTo(4 * kDay + 91);
    command("start", toggled);
    passTo(5 * kDay + 7);
    command("delete", gone);
    passTo(7 * kDay + 1000);
    openConsole();
    passTo(second() + 30);

    for (const QString &id : {left, toggled}) {
        const CostSoFar cost = ledger().costOf(id);
        QVERIFY(cost.complete);
        QCOMPARE(cost.billed.total().priceUnits(), billed(id));
        QVERIFY(!cost.accruedGpu.isZero());
    }
    // An hour later the estimate of that hour has become the bill, to the unit.
    const Money shown = ledger().costOf(left).total();
    const Money perSecond = Money::fromPriceUnits(35000 * 24 + 40 * 500); // a day
    const qint64 seconds = 8 * kHour;
    passTo(second() + seconds);
    QVERIFY(ledger().costOf(left).complete);
    Accrual more;
    more.addDaily(perSecond, Seconds(seconds));
    QVERIFY(qAbs((ledger().costOf(left).total() - shown - more.rounded()).priceUnits()) <= 2);
    QCOMPARE(ledger().costOf(left).billed.total().priceUnits(), billed(left));
    // The one that ran on without a stop was never unknown; of the other the estimate begins anew with its last start.
    QVERIFY(*m_console->accounting.usage.find(left)->knownSince() < m_begin + Seconds(2 * kDay));
    QVERIFY(*m_console->accounting.usage.find(toggled)->knownSince() >= m_begin + Seconds(4 * kDay));
    const std::optional<Reconciliation> checked = ledger().reconciliation();
    QVERIFY(checked && checked->owners >= 2);
    QVERIFY2(qAbs(checked->difference().priceUnits()) < 1000, qPrintable(checked->difference().toPlainString()));
    // Spending of the month knows of what was deleted meanwhile.
    const Spending month = *ledger().thisMonth();
    QVERIFY(month.total().priceUnits() >= billed(left) + billed(toggled) + billed(gone));
    QVERIFY(billed(gone) > 0);
}

QTEST_GUILESS_MAIN(TestMonth)
#include "tst_month.moc"
