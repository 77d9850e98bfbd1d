// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/logbuffer.h"
#include "tests/support/fakeclock.h"
#include "tests/ui/activitysamples.h"
#include "ui/activity/eventmodel.h"
#include "ui/activity/logmodel.h"
#include "ui/activity/requestmodel.h"
#include "ui/activity/textfilter.h"
#include "ui/models/roles.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace novita;

class TestActivity final : public QObject
{
    Q_OBJECT

private slots:
    void requestsStayBoundedAndNewestFirst()
    {
        ActivityStore store;
        const FakeClock clock;
        RequestModel model(store);
        TextFilter filter;
        filter.setSourceModel(&model);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QAbstractItemModelTester filterTester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        const int most = static_cast<int>(ActivityStore::kCapacity);
        for (int i = 0; i < 40; ++i)
            store.addRequest(sampleRequest(i, clock.now()));
        QCOMPARE(model.rowCount(), 40);
        QCOMPARE(model.at(0)->serial, quint64(40));
        filter.setText(QStringLiteral("startInstance 503"));
        QVERIFY(filter.rowCount() > 0);
        for (int row = 0; row < filter.rowCount(); ++row)
            QCOMPARE(filter.index(row, RequestModel::Operation).data().toString(), QStringLiteral("startInstance"));
        filter.setText(QString());
        QCOMPARE(filter.rowCount(), 40);
        QCOMPARE(reset.count(), 0);
        store.clearRequests();
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!model.at(0));
        QVERIFY(most > 40);
    }

    void requestsFallOutAtTheEnd()
    {
        ActivityStore store;
        const FakeClock clock;
        RequestModel model(store);
        const int most = static_cast<int>(ActivityStore::kCapacity);
        for (int i = 0; i < most; ++i)
            store.addRequest(sampleRequest(i, clock.now()));
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (int i = most; i < most + 3; ++i)
            store.addRequest(sampleRequest(i, clock.now()));
        QCOMPARE(model.rowCount(), most);
        QCOMPARE(model.at(0)->serial, quint64(most + 3));
        QCOMPARE(model.at(most - 1)->serial, quint64(4));
        QCOMPARE(model.index(0, RequestModel::Status).data(ToneRole).isValid(), true);
    }

    void events()
    {
        ActivityStore store;
        const FakeClock clock;
        EventModel model(store);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        fillActivity(store, clock);
        QCOMPARE(model.rowCount(), 9);
        QCOMPARE(model.index(0, EventModel::Subject).data().toString(), QStringLiteral("worker-8"));
        QCOMPARE(model.index(0, EventModel::Source).data().toString(), QStringLiteral("you"));
        store.clearEvents();
        QCOMPARE(model.rowCount(), 0);
    }

    void logFollowsAndStaysBounded()
    {
        LogBuffer buffer;
        LogModel model(buffer);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (int i = 0; i < 5; ++i) {
            LogEntry entry;
            entry.level = i % 2 ? QtWarningMsg : QtDebugMsg;
            entry.category = QStringLiteral("net");
            entry.text = QStringLiteral("line %1\nsecond").arg(i);
            buffer.append(entry);
        }
        QTRY_COMPARE(model.rowCount(), 5);
        QCOMPARE(model.index(4, LogModel::Text).data().toString(), QStringLiteral("line 4 second"));
        TextFilter filter;
        filter.setSourceModel(&model);
        filter.setLeastWeight(2);
        QCOMPARE(filter.rowCount(), 2);
        const int many = static_cast<int>(LogBuffer::kCapacity) + 10;
        for (int i = 0; i < many; ++i) {
            LogEntry entry;
            entry.text = QString::number(i);
            buffer.append(entry);
        }
        QTRY_COMPARE(model.rowCount(), static_cast<int>(LogBuffer::kCapacity));
        QCOMPARE(model.index(model.rowCount() - 1, LogModel::Text).data().toString(), QString::number(many - 1));
    }
};

QTEST_MAIN(TestActivity)
#include "tst_activity.moc"
