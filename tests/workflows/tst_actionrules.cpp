// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/instance.h"
#include "core/workflows/actionrules.h"

#include <QTest>

using namespace novita;
using A = InstanceAction;
using S = InstanceStatus;

namespace {

Instance instanceIn(S status, BillingMode billing = BillingMode::OnDemand)
{
    Instance instance;
    instance.id = InstanceId(QStringLiteral("i1"));
    instance.name = QStringLiteral("trainer");
    instance.status = status;
    instance.statusText = stateInfo(status).wire;
    instance.billing = billing;
    instance.rootfsGb = 60;
    instance.keepDataDays = 7;
    VolumeMount local;
    local.type = QStringLiteral("local");
    local.sizeGb = 38;
    local.mountPath = QStringLiteral("/workspace");
    VolumeMount network;
    network.type = QStringLiteral("network");
    network.mountPath = QStringLiteral("/network");
    instance.volumes = {local, network};
    return instance;
}

bool may(const Instance &instance, A action, const ActionCircumstances &circumstances = {})
{
    return actionVerdict(instance, circumstances, action).allowed;
}

} // namespace

class TestActionRules final : public QObject
{
    Q_OBJECT

private slots:
    void stateDecides()
    {
        QVERIFY(may(instanceIn(S::Exited), A::Start));
        QVERIFY(!may(instanceIn(S::Exited), A::Stop));
        QVERIFY(may(instanceIn(S::Running), A::Stop));
        QVERIFY(may(instanceIn(S::Running), A::Restart));
        QVERIFY(!may(instanceIn(S::Running), A::Start));
        QVERIFY(!may(instanceIn(S::Pulling), A::Stop));
        QVERIFY(may(instanceIn(S::Pulling), A::Delete));
        QVERIFY(!may(instanceIn(S::Removed), A::Delete));
    }

    void everyRefusalHasASentence()
    {
        for (int status = 0; status <= static_cast<int>(S::Unknown); ++status) {
            for (int action = 0; action <= static_cast<int>(A::AutoMigrate); ++action) {
                const ActionVerdict verdict = actionVerdict(instanceIn(static_cast<S>(status)), {}, static_cast<A>(action));
                QCOMPARE(verdict.reason.isEmpty(), verdict.allowed);
            }
        }
    }

    void circumstancesComeFirst()
    {
        const Instance running = instanceIn(S::Running);
        ActionCircumstances readOnly;
        readOnly.readOnly = true;
        QVERIFY(!may(running, A::Stop, readOnly));
        QVERIFY(!may(running, A::Clone, readOnly));
        ActionCircumstances noKey;
        noKey.hasKey = false;
        QVERIFY(!may(running, A::Stop, noKey));
        ActionCircumstances locked;
        locked.deleteLocked = true;
        QVERIFY(!may(running, A::Delete, locked));
        QVERIFY(may(running, A::Stop, locked));
        ActionCircumstances pending;
        pending.pending = true;
        QVERIFY(!may(running, A::Stop, pending));
        QVERIFY(may(running, A::Clone, pending));
    }

    void monthlyInstancesStay()
    {
        const ActionVerdict verdict = actionVerdict(instanceIn(S::Running, BillingMode::Monthly), {}, A::Delete);
        QVERIFY(!verdict.allowed);
        QVERIFY(verdict.reason.contains(QLatin1String("Monthly")));
        QVERIFY(may(instanceIn(S::Running, BillingMode::Monthly), A::Stop));
    }

    void anUnknownStateIsNamedVerbatim()
    {
        Instance odd = instanceIn(S::Unknown);
        odd.statusText = QStringLiteral("hibernating");
        QVERIFY(actionVerdict(odd, {}, A::Start).reason.contains(QLatin1String("hibernating")));
    }

    void lossIsWorkedOutFromTheDisks()
    {
        const LossPreview stop = lossPreview(instanceIn(S::Running), A::Stop);
        QCOMPARE(stop.lost, QStringList({QStringLiteral("Container disk (60 GB)"), QStringLiteral("Volume disk at /workspace (38 GB)")}));
        QCOMPARE(stop.kept, QStringList({QStringLiteral("Network volume at /network")}));
        QVERIFY(stop.notes.join(QLatin1Char(' ')).contains(QLatin1String("capacity")));
        const LossPreview remove = lossPreview(instanceIn(S::Exited), A::Delete);
        QCOMPARE(remove.lost, stop.lost);
        QCOMPARE(remove.kept, stop.kept);
        const LossPreview restart = lossPreview(instanceIn(S::Running), A::Restart);
        QVERIFY(restart.lost.isEmpty());
        QVERIFY(!restart.notes.isEmpty());
    }

    void evidenceOfAnEffect()
    {
        const Instance running = instanceIn(S::Running);
        const Instance exited = instanceIn(S::Exited);
        QVERIFY(tookEffect(exited, instanceIn(S::ToStart), A::Start));
        QVERIFY(tookEffect(exited, running, A::Start));
        QVERIFY(!tookEffect(exited, exited, A::Start));
        QVERIFY(tookEffect(running, instanceIn(S::Stopping), A::Stop));
        QVERIFY(!tookEffect(running, running, A::Stop));
        QVERIFY(!tookEffect(running, running, A::Restart));
        QVERIFY(tookEffect(running, instanceIn(S::Removing), A::Delete));
        QVERIFY(!tookEffect(running, running, A::Delete));
    }

    void aRestartShowsInTheStartTime()
    {
        const TimePoint first(Seconds(1767225600));
        const auto startedAt = [](std::optional<TimePoint> when) {
            Instance instance = instanceIn(S::Running);
            instance.lastStartedAt = when;
            return instance;
        };
        const Instance before = startedAt(first);
        QVERIFY(tookEffect(before, startedAt(first + Seconds(9)), A::Restart));
        QVERIFY(!tookEffect(before, before, A::Restart));
        QVERIFY(!tookEffect(before, startedAt(first - Seconds(9)), A::Restart));
        // A list row may lack the time: that the detail has one is no restart.
        QVERIFY(!tookEffect(startedAt({}), before, A::Restart));
        QVERIFY(!tookEffect(before, startedAt({}), A::Restart));
        QVERIFY(!canTellEffect(startedAt({}), before, A::Restart));
        QVERIFY(canTellEffect(before, before, A::Restart));
        QVERIFY(canTellEffect(startedAt({}), instanceIn(S::Exited), A::Restart));
        // Refused: a start before the asking was another's.
        QVERIFY(!tookEffect(before, startedAt(first + Seconds(9)), A::Restart, first + Seconds(9)));
        QVERIFY(tookEffect(before, startedAt(first + Seconds(10)), A::Restart, first + Seconds(9)));
    }

    void effectsOfInputsShow()
    {
        const Instance before = instanceIn(S::Running);
        Instance after = before;
        EditRequest edit;
        edit.growDiskGb = 20;
        edit.ports = QList<DraftPort>{{9000, QStringLiteral("tcp")}, {8080, QStringLiteral("http")}};
        QVERIFY(!tookEffect(before, after, edit));
        QVERIFY(!canTellEffect(before, after, edit)); // it may still come
        after.rootfsGb = 80;
        QVERIFY(!tookEffect(before, after, edit));
        after.ports = {{8080, QStringLiteral("http"), {}}, {9000, QStringLiteral("tcp"), {}}};
        QVERIFY(tookEffect(before, after, edit));

        const Instance monthly = instanceIn(S::Running, BillingMode::Monthly);
        Instance renewed = monthly;
        QVERIFY(!tookEffect(monthly, renewed, InstanceRequest::renew(1)));
        QVERIFY(!canTellEffect(monthly, renewed, InstanceRequest::renew(1)));
        Instance dated = monthly;
        dated.endTime = TimePoint(std::chrono::hours(100));
        renewed.endTime = TimePoint(std::chrono::hours(820));
        QVERIFY(tookEffect(dated, renewed, InstanceRequest::renew(1)));
        QVERIFY(!tookEffect(dated, dated, InstanceRequest::renew(1)));
        QVERIFY(!canTellEffect(dated, dated, InstanceRequest::renew(1))); // it may still come, and would be paid twice
        QVERIFY(tookEffect(before, monthly, InstanceRequest::toMonthly(1)));
        QVERIFY(!tookEffect(before, before, InstanceRequest::toMonthly(1)));
        QVERIFY(!canTellEffect(before, before, InstanceRequest::toMonthly(1)));
        QVERIFY(!canTellEffect(monthly, monthly, AutoRenewRequest{}));
    }

    void anUpgradeShowsInStateOrConfiguration()
    {
        Instance before = instanceIn(S::Running);
        before.imageUrl = QStringLiteral("a:1");
        before.lastStartedAt = TimePoint(Seconds(100));
        UpgradeRequest upgrade = UpgradeRequest::of(before);
        upgrade.imageUrl = QStringLiteral("a:2");
        Instance after = before;
        QVERIFY(!tookEffect(before, after, upgrade));
        QVERIFY(canTellEffect(before, after, upgrade));
        after.status = S::Resetting;
        QVERIFY(tookEffect(before, after, upgrade));
        after.status = S::Pulling;
        QVERIFY(!tookEffect(before, after, upgrade));
        after.imageUrl = upgrade.imageUrl;
        QVERIFY(tookEffect(before, after, upgrade));
        // The same once more: only a later start tells.
        const UpgradeRequest same = UpgradeRequest::of(before);
        QVERIFY(!tookEffect(before, before, same));
        after = before;
        after.lastStartedAt = TimePoint(Seconds(200));
        QVERIFY(tookEffect(before, after, same));
    }

    void aMigrationShowsOnTheOtherHost()
    {
        const Instance before = instanceIn(S::Exited, BillingMode::Spot);
        Instance after = before;
        QVERIFY(!tookEffect(before, after, A::Migrate));
        after.status = S::Migrating;
        QVERIFY(tookEffect(before, after, A::Migrate));
        after.status = S::Running;
        QVERIFY(tookEffect(before, after, A::Migrate));
        const LossPreview loss = lossPreview(before, A::Migrate);
        QCOMPARE(loss.lost.size(), 2);
        QCOMPARE(loss.kept.size(), 1);
        QCOMPARE(lossPreview(before, A::Upgrade).lost.size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestActionRules)
#include "tst_actionrules.moc"
