// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/instance.h"
#include "core/cloud/types/instancestate.h"

#include <QTest>

using namespace novita;

namespace {

constexpr int kStatuses = static_cast<int>(InstanceStatus::Unknown) + 1;

QString wire(InstanceStatus status)
{
    return stateInfo(status).wire;
}

/// The wire names of all statuses for which `test` holds, in enum order.
template<typename F>
QStringList where(F test)
{
    QStringList out;
    for (int i = 0; i < kStatuses; ++i) {
        const auto status = static_cast<InstanceStatus>(i);
        if (test(stateInfo(status)))
            out.append(status == InstanceStatus::Unknown ? QStringLiteral("?") : wire(status));
    }
    return out;
}

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace

class TestInstanceState : public QObject
{
    Q_OBJECT

private slots:
    void wireNamesAreThoseOfTheContract()
    {
        QCOMPARE(where([](const InstanceStateInfo &) { return true; }),
                 words("pending toCreate creating pulling running toStart starting toStop stopping exited toRestart restarting "
                       "toRemove removing removed toReset resetting migrating freezing ?"));
        for (int i = 0; i < kStatuses - 1; ++i) {
            const auto status = static_cast<InstanceStatus>(i);
            QCOMPARE(instanceStatusFromWire(wire(status)), status);
        }
    }
    void strangeTextsAreUnknown()
    {
        for (const char *text : {"", "Running", "stopped", "failed", "running ", "hibernating"})
            QCOMPARE(instanceStatusFromWire(QString::fromLatin1(text)), InstanceStatus::Unknown);
        QCOMPARE(stateInfo(static_cast<InstanceStatus>(200)).status, InstanceStatus::Unknown);
    }
    void everyRowIsFilledIn()
    {
        for (int i = 0; i < kStatuses; ++i) {
            const InstanceStateInfo &info = stateInfo(static_cast<InstanceStatus>(i));
            QVERIFY(info.label && *info.label);
            QVERIFY(info.icon.size() > 0);
        }
    }
    void stableTerminalAndBillingStates()
    {
        QCOMPARE(where([](const InstanceStateInfo &i) { return !i.transitional; }), words("running exited removed"));
        QCOMPARE(where([](const InstanceStateInfo &i) { return i.terminal; }), words("removed"));
        QCOMPARE(where([](const InstanceStateInfo &i) { return i.billing; }),
                 words("pulling running toStop stopping toRestart restarting toReset resetting freezing"));
        QCOMPARE(where([](const InstanceStateInfo &i) { return i.tone == StateTone::Good; }), words("running"));
    }

    void actions_data()
    {
        QTest::addColumn<int>("action");
        QTest::addColumn<QStringList>("states");
        const auto row = [](const char *name, InstanceAction action, const QStringList &states) {
            QTest::newRow(name) << static_cast<int>(action) << states;
        };
        const QStringList all = where([](const InstanceStateInfo &) { return true; });
        QStringList notGone = all;
        notGone.removeAll(QStringLiteral("removing"));
        notGone.removeAll(QStringLiteral("removed"));
        row("start", InstanceAction::Start, words("exited"));
        row("stop", InstanceAction::Stop, words("running"));
        row("restart", InstanceAction::Restart, words("running"));
        row("delete", InstanceAction::Delete, notGone);
        row("edit", InstanceAction::Edit, words("running"));
        row("clone", InstanceAction::Clone, all);
        row("save image", InstanceAction::SaveImage, words("exited"));
        row("upgrade", InstanceAction::Upgrade, words("running exited"));
        row("migrate", InstanceAction::Migrate, words("running exited"));
        row("to monthly", InstanceAction::ToMonthly, words("running exited"));
        row("renew", InstanceAction::Renew,
            words("running toStart starting toStop stopping exited toRestart restarting toReset resetting migrating freezing"));
    }
    void actions()
    {
        QFETCH(int, action);
        QFETCH(QStringList, states);
        QCOMPARE(where([action](const InstanceStateInfo &i) { return allows(i.status, static_cast<InstanceAction>(action)); }), states);
    }
    void onlyWhatIsCalledBackMigratesWhileItRuns()
    {
        Instance instance;
        instance.status = InstanceStatus::Running;
        instance.billing = BillingMode::Spot;
        instance.spotStatus = SpotStatus::Running;
        QVERIFY(!allows(instance, InstanceAction::Migrate));
        instance.spotStatus = SpotStatus::Notified;
        QVERIFY(allows(instance, InstanceAction::Migrate));
        instance.status = InstanceStatus::Exited;
        instance.spotStatus = SpotStatus::None;
        QVERIFY(allows(instance, InstanceAction::Migrate));
    }
    void billingDecidesAboutTerms()
    {
        Instance instance;
        instance.status = InstanceStatus::Running;
        for (const auto &[billing, renew, convert] : {std::tuple{BillingMode::OnDemand, false, true}, {BillingMode::Spot, false, false},
                                                      {BillingMode::Monthly, true, false}}) {
            instance.billing = billing;
            QCOMPARE(allows(instance, InstanceAction::AutoRenew), renew);
            QCOMPARE(allows(instance, InstanceAction::ToMonthly), convert);
        }
    }
    void renewNeedsMonthlyBilling()
    {
        Instance instance;
        instance.status = InstanceStatus::Running;
        instance.billing = BillingMode::OnDemand;
        QVERIFY(!allows(instance, InstanceAction::Renew));
        QVERIFY(allows(instance, InstanceAction::Stop));
        instance.billing = BillingMode::Monthly;
        QVERIFY(allows(instance, InstanceAction::Renew));
        instance.status = InstanceStatus::Creating;
        QVERIFY(!allows(instance, InstanceAction::Renew));
    }
};

QTEST_GUILESS_MAIN(TestInstanceState)
#include "tst_instancestate.moc"
