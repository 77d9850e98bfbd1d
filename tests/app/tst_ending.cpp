// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"
#include "app/logsink.h"
#include "app/posixsignals.h"
#include "core/base/logbuffer.h"
#include "core/sandbox/sandboxserver.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "ui/createwizard/createwizard.h"
#include "ui/mainwindow.h"
#include "ui/widgets/errorbanner.h"

#include <QApplication>
#include <QFile>
#include <QJsonObject>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <csignal>

using namespace novita;

namespace {

constexpr int kPatienceMs = 20000;

/// The whole program in this process, on a data folder of its own and against a simulated cloud that makes an instance and never
/// answers that it did.
struct Bench
{
    QTemporaryDir dir;
    SandboxServer cloud;
    LogBuffer log;
    LogSink sink{dir.filePath(u"log"_qs), log};
    Settings settings{dir.path(), QProcessEnvironment()};
    std::unique_ptr<Application> application;

    bool start()
    {
        return cloud.start() && cloud.addFault({{u"kind"_qs, u"replyLost"_qs}, {u"operation"_qs, u"createInstance"_qs}}) && startAgain();
    }
    bool startAgain()
    {
        Options options;
        options.apiRoot = cloud.apiRoot();
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
    static CreateWizard *wizard() { return window()->findChild<CreateWizard *>(); }
    template<typename W>
    static W *named(const QString &name)
    {
        const QList<W *> all = wizard()->findChildren<W *>();
        const auto it = std::find_if(all.begin(), all.end(), [&name](const W *one) { return one->accessibleName() == name; });
        return it == all.end() ? nullptr : *it;
    }
    static bool says(const QString &sentence)
    {
        const QList<ErrorBanner *> banners = window()->findChildren<ErrorBanner *>();
        return std::any_of(banners.begin(), banners.end(), [&](const ErrorBanner *banner) { return banner->sentence().contains(sentence); });
    }
    qsizetype createsReceived() const
    {
        const QList<SandboxRequest> requests = cloud.requests();
        return std::count_if(requests.begin(), requests.end(), [](const SandboxRequest &one) { return one.operation == u"createInstance"_qs; });
    }
};

} // namespace

/// Who asks the program to end from outside gets no question back.
class TestEnding final : public QObject
{
    Q_OBJECT

private slots:
    void endsWhileACreateRuns_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGHUP") << SIGHUP;
        QTest::newRow("end of the desktop's session") << 0;
    }
    void endsWhileACreateRuns()
    {
        QFETCH(int, signal);
        Bench bench;
        QVERIFY(bench.start());
        const PosixSignals posixSignals;
        connect(&posixSignals, &PosixSignals::terminateRequested, bench.application.get(), &Application::end);
        Bench::window()->openCreateWizard();
        QVERIFY(Bench::wizard());
        QTRY_VERIFY_WITH_TIMEOUT(!Bench::wizard()->draft().productId.isEmpty(), kPatienceMs);
        Bench::named<QLineEdit>(u"Image"_qs)->setFocus();
        QTest::keyClicks(Bench::named<QLineEdit>(u"Image"_qs), u"ubuntu:22.04"_qs);
        Bench::wizard()->goTo(Bench::wizard()->stepCount() - 1);
        QTRY_VERIFY_WITH_TIMEOUT(Bench::named<QPushButton>(u"Create"_qs)->isEnabled(), kPatienceMs);
        const QString name = Bench::wizard()->draft().name;
        Bench::named<QPushButton>(u"Create"_qs)->click();
        QTRY_COMPARE_WITH_TIMEOUT(bench.createsReceived(), 1, kPatienceMs);

        QTimer::singleShot(0, qApp, [signal] {
            QEvent quit(QEvent::Quit); // what the platform makes of the session manager's word
            if (signal != 0)
                std::raise(signal);
            else
                QCoreApplication::sendEvent(qApp, &quit);
        });
        QTimer patience;
        connect(&patience, &QTimer::timeout, qApp, [] { QCoreApplication::exit(1); });
        patience.start(kPatienceMs);
        QCOMPARE(QCoreApplication::exec(), 0);
        bench.application.reset();
        QVERIFY(!bench.settings.value(keys::kPageState).isEmpty());

        QVERIFY(bench.startAgain());
        const QString news = QStringLiteral("The cloud's answer to the creation of “%1” was lost, but the instance is there.").arg(name);
        QTRY_VERIFY_WITH_TIMEOUT(Bench::says(news), kPatienceMs);
        QCOMPARE(bench.createsReceived(), 1);
    }

    void aTourWithoutAFolderIsRefused()
    {
        const QTemporaryDir dir;
        QProcess console;
        console.start(QStringLiteral(NOVITA_BIN_DIR "/novita-console"), {u"--sandbox"_qs, u"--data-dir"_qs, dir.path(), u"--tour"_qs, u"/proc/x"_qs});
        QVERIFY(console.waitForFinished(kPatienceMs));
        QCOMPARE(console.exitCode(), 2);
        QVERIFY(console.readAllStandardError().contains("novita-console: The folder /proc/x cannot be made."));
    }

    void aBadSettingIsSaidOnce()
    {
        const QTemporaryDir dir;
        QProcess console;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QString(keys::kMaxRetries.environment), u"many"_qs);
        console.setProcessEnvironment(environment);
        // A tour that cannot begin ends the program after everything was said.
        console.start(QStringLiteral(NOVITA_BIN_DIR "/novita-console"), {u"--sandbox"_qs, u"--data-dir"_qs, dir.path(), u"--tour"_qs, u"/proc/x"_qs});
        QVERIFY(console.waitForFinished(kPatienceMs));
        QCOMPARE(console.readAllStandardError().count(QByteArray(keys::kMaxRetries.environment.data())), 1);
    }

    void theProgramEndsWellOnASignal()
    {
        const QTemporaryDir dir;
        QProcess console;
        console.start(QStringLiteral(NOVITA_BIN_DIR "/novita-console"), {u"--sandbox"_qs, u"--data-dir"_qs, dir.path()});
        QVERIFY(console.waitForStarted());
        QFile log(dir.filePath(u"log/console.log"_qs));
        QTRY_VERIFY_WITH_TIMEOUT((log.isOpen() || log.open(QIODevice::ReadOnly)) && log.seek(0) && log.readAll().contains("First filled window"), kPatienceMs);
        console.terminate();
        QVERIFY(console.waitForFinished(kPatienceMs));
        QCOMPARE(console.exitStatus(), QProcess::NormalExit);
        QCOMPARE(console.exitCode(), 0);
    }
};

QTEST_MAIN(TestEnding)
#include "tst_ending.moc"
