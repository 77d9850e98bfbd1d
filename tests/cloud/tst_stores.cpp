// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/stores/accountstore.h"
#include "core/cloud/stores/activitystore.h"
#include "core/cloud/stores/entitystore.h"

#include <QSignalSpy>
#include <QTest>

using namespace novita;

namespace {

Cluster cluster(const char *id, const char *name = "n")
{
    Cluster out;
    out.id = ClusterId(QString::fromLatin1(id));
    out.name = QString::fromLatin1(name);
    return out;
}

QStringList idsOf(const QSignalSpy &spy, int index = 0)
{
    return spy.at(index).at(0).toStringList();
}

} // namespace

class TestStores : public QObject
{
    Q_OBJECT

private slots:
    void tellsOnlyOfWhatDiffers()
    {
        ClusterStore store;
        QSignalSpy inserted(&store, &EntityStoreBase::inserted);
        QSignalSpy changed(&store, &EntityStoreBase::changed);
        QSignalSpy removed(&store, &EntityStoreBase::removed);
        store.replaceAll({cluster("a"), cluster("b"), cluster("c")});
        QCOMPARE(idsOf(inserted), (QStringList{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
        store.replaceAll({cluster("a"), cluster("b"), cluster("c")});
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(changed.size(), 0);
        store.replaceAll({cluster("c", "new"), cluster("d"), cluster("a")});
        QCOMPARE(idsOf(removed), QStringList{QStringLiteral("b")});
        QCOMPARE(idsOf(changed), QStringList{QStringLiteral("c")});
        QCOMPARE(idsOf(inserted, 1), QStringList{QStringLiteral("d")});
        QCOMPARE(store.ids(), (QList<ClusterId>{ClusterId(QStringLiteral("a")), ClusterId(QStringLiteral("c")), ClusterId(QStringLiteral("d"))}));
        QCOMPARE(store.all().size(), 3);
        store.upsert({cluster("e")});
        QCOMPARE(store.size(), 4);
        QCOMPARE(removed.size(), 1);
    }
    void partialListsRemoveInTheEnd()
    {
        ClusterStore store;
        QSignalSpy removed(&store, &EntityStoreBase::removed);
        store.replaceAll({cluster("a"), cluster("b"), cluster("c")});
        store.adoptPartial({cluster("a")});
        store.adoptPartial({cluster("a")});
        QCOMPARE(store.size(), 3);
        store.adoptPartial({cluster("b"), cluster("d")}); // b is back: only lists in a row count
        QCOMPARE(store.size(), 3);
        QCOMPARE(idsOf(removed), QStringList{QStringLiteral("c")});
        store.adoptPartial({cluster("a")});
        store.adoptPartial({cluster("a")});
        QCOMPARE(store.size(), 3);
        store.replaceAll({cluster("a"), cluster("b"), cluster("d")}); // a whole list starts the count anew
        store.adoptPartial({cluster("a")});
        QCOMPARE(store.size(), 3);
    }
    void removeOfUnknownIsSilent()
    {
        ClusterStore store;
        store.upsert({cluster("a")});
        QSignalSpy removed(&store, &EntityStoreBase::removed);
        store.remove({ClusterId(QStringLiteral("x"))});
        QCOMPARE(removed.size(), 0);
        store.remove({ClusterId(QStringLiteral("x")), ClusterId(QStringLiteral("a"))});
        QCOMPARE(idsOf(removed), QStringList{QStringLiteral("a")});
        QVERIFY(store.isEmpty());
        QVERIFY(!store.find(ClusterId(QStringLiteral("a"))));
    }
    void staleAfterThreeMisses()
    {
        ClusterStore store;
        QVERIFY(!store.refreshedAt());
        const TimePoint now{Seconds(1767225600)};
        store.markRefreshed(now);
        store.markRefreshFailed(Error::make(ErrorKind::Canceled, QStringLiteral("Canceled")));
        QVERIFY(!store.lastError());
        for (int i = 0; i < 3; ++i) {
            QVERIFY(!store.isStale());
            store.markRefreshFailed(Error::make(ErrorKind::Timeout, QStringLiteral("late")));
        }
        QVERIFY(store.isStale());
        QCOMPARE(store.refreshedAt(), std::optional(now));
        store.markRefreshed(now);
        QVERIFY(!store.isStale());
        QVERIFY(!store.lastError());
        store.setRefreshing(true);
        store.upsert({cluster("a")});
        QSignalSpy wasReset(&store, &EntityStoreBase::wasReset);
        store.reset();
        QCOMPARE(wasReset.size(), 1);
        QVERIFY(store.isEmpty() && !store.refreshedAt() && !store.isRefreshing());
    }
    void accountTellsOfChangesOnly()
    {
        AccountStore store;
        QSignalSpy changed(&store, &EntityStoreBase::changed);
        Balance balance;
        balance.available = Money::fromBillingUnits(125000);
        store.setBalance(balance);
        store.setBalance(balance);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(idsOf(changed), QStringList{QStringLiteral("balance")});
        store.reset();
        QVERIFY(!store.balance());
    }
    void activityIsBoundedAndRedacted()
    {
        ActivityStore store;
        QSignalSpy added(&store, &ActivityStore::eventAdded);
        ActivityEvent event;
        event.text = QStringLiteral("key sk_0123456789abcdef0123");
        event.detail = QStringLiteral("Authorization: Bearer sk_0123456789abcdef0123");
        store.addEvent(event);
        QCOMPARE(store.events().back().serial, quint64(1));
        QVERIFY(!store.events().back().text.contains(QStringLiteral("0123456789")));
        QVERIFY(!store.events().back().detail.contains(QStringLiteral("0123456789")));
        event.text = QString(1000000, u'x');
        event.detail = event.text;
        store.addEvent(event);
        QVERIFY(store.events().back().text.size() + store.events().back().detail.size() <= 10000);
        store.clearEvents();
        added.clear();
        for (std::size_t i = 0; i <= ActivityStore::kCapacity; ++i)
            store.addEvent({});
        QCOMPARE(store.events().size(), ActivityStore::kCapacity);
        QCOMPARE(store.events().front().serial, quint64(4));
        QCOMPARE(added.at(0).at(0).toInt(), 0);
        QCOMPARE(added.last().at(0).toInt(), 1);

        QSignalSpy requests(&store, &ActivityStore::requestAdded);
        for (std::size_t i = 0; i <= ActivityStore::kCapacity; ++i)
            store.addRequest({});
        QCOMPARE(store.requests().size(), ActivityStore::kCapacity);
        QCOMPARE(requests.last().at(0).toInt(), 1);
        QSignalSpy cleared(&store, &ActivityStore::eventsCleared);
        store.clearEvents();
        store.clearRequests();
        QCOMPARE(cleared.size(), 1);
        QVERIFY(store.events().empty() && store.requests().empty());
    }
};

QTEST_GUILESS_MAIN(TestStores)
#include "tst_stores.moc"
