// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"
#include "app/logsink.h"
#include "core/base/logbuffer.h"
#include "core/sandbox/sandboxserver.h"
#include "core/settings/profilestore.h"
#include "core/settings/settings.h"
#include "tests/ui/findnamed.h"
#include "ui/images/queuemodel.h"
#include "ui/images/queuepanel.h"
#include "ui/mainwindow.h"

#include <QAction>
#include <QApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace novita;

namespace {

constexpr int kPatienceMs = 20000;

/// The whole program in this process, on a data folder of its own and with a profile of a simulated cloud.
struct Bench
{
    QTemporaryDir dir;
    SandboxServer cloud;
    LogBuffer log;
    LogSink sink{dir.filePath(u"log"_qs), log};
    Settings settings{dir.path(), QProcessEnvironment()};
    std::unique_ptr<Application> application;

    bool setReadOnly(bool readOnly)
    {
        ProfileStore profiles(settings);
        Profile profile = profiles.findByName(u"mine"_qs).value_or(Profile());
        profile.name = u"mine"_qs;
        profile.apiRoot = cloud.apiRoot();
        profile.readOnly = readOnly;
        return profiles.save(profile).ok();
    }
    bool start()
    {
        Options options;
        options.profileName = u"mine"_qs;
        options.environmentKey = u"sk_test_key_0123456789"_qs;
        options.dataDir = dir.path();
        application = std::make_unique<Application>(*qApp, options, settings, sink, log);
        return application->start().ok();
    }
    static MainWindow *window()
    {
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            if (auto *found = qobject_cast<MainWindow *>(widget))
                return found;
        }
        return nullptr;
    }
    static QueuePanel *queue() { return window()->findChild<QueuePanel *>(); }
    static QString noteOfFirst() { return queue()->model()->index(0, QueueModel::Note).data().toString(); }
    qsizetype jobsReceived() const
    {
        const QList<SandboxRequest> requests = cloud.requests();
        return std::count_if(requests.begin(), requests.end(), [](const SandboxRequest &one) { return one.method == u"POST"_qs && one.path.contains(u"/v3/"_qs); });
    }
};

} // namespace

/// What the program as a whole keeps from costing money.
class TestSpending final : public QObject
{
    Q_OBJECT

private slots:
    void nothingThatWaitsIsSentOnceTheProfileIsReadOnly()
    {
        Bench bench;
        QVERIFY(bench.cloud.start());
        QVERIFY(bench.setReadOnly(false));
        QVERIFY(bench.start());
        Bench::window()->openPage(u"images/create"_qs);
        QVERIFY(Bench::queue());
        QTRY_VERIFY_WITH_TIMEOUT(findAction(Bench::queue()->actions(), u"Pause queue"_qs), kPatienceMs); // it has been read
        findAction(Bench::queue()->actions(), u"Pause queue"_qs)->trigger();
        auto *prompt = findNamed<QPlainTextEdit>(*Bench::window(), u"Prompt"_qs);
        auto *generate = findNamed<QPushButton>(*Bench::window(), u"Generate"_qs);
        QVERIFY(prompt && generate);
        QTRY_VERIFY_WITH_TIMEOUT((prompt->setPlainText(u"a lighthouse"_qs), generate->isEnabled()), kPatienceMs);
        generate->click();
        QTRY_COMPARE_WITH_TIMEOUT(Bench::queue()->model()->rowCount(), 1, kPatienceMs);
        QVERIFY(!Bench::noteOfFirst().contains(u"read-only"_qs));
        bench.application.reset();

        QVERIFY(bench.setReadOnly(true));
        QVERIFY(bench.start());
        Bench::window()->openPage(u"images/queue"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(Bench::queue()->model()->rowCount(), 1, kPatienceMs);
        QTRY_VERIFY2_WITH_TIMEOUT(Bench::noteOfFirst().contains(u"read-only"_qs), qPrintable(Bench::noteOfFirst()), kPatienceMs);
        QVERIFY(!findAction(Bench::queue()->actions(), u"Resume queue"_qs)->isEnabled());
        QCOMPARE(bench.jobsReceived(), 0);
    }
};

QTEST_MAIN(TestSpending)
#include "tst_spending.moc"
