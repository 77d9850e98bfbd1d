// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/posixsignals.h"
#include "core/settings/settingskeys.h"
#include "tests/app/programbench.h"
#include "tests/ui/findnamed.h"
#include "ui/createwizard/createwizard.h"
#include "ui/widgets/errorbanner.h"

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

constexpr int kPatienceMs = ProgramBench::kPatienceMs;

/// Against a cloud that makes an instance and never answers that it did.
struct Bench : ProgramBench
{
    bool start()
    {
        return cloud.start() && cloud.addFault({{u"kind"_qs, u"replyLost"_qs}, {u"operation"_qs, u"createInstance"_qs}}) && startAgain();
    }
    bool startAgain()
    {
        Options options;
        options.apiRoot = cloud.apiRoot();
        return ProgramBench::start(options);
    }
    static CreateWizard *wizard() { return window()->findChild<CreateWizard *>(); }
    template<typename W>
    static W *named(const QString &name)
    {
        return findNamed<W>(*wizard(), name);
    }
    static bool says(const QString &sentence)
    {
        const QList<ErrorBanner *> banners = window()->findChildren<ErrorBanner *>();
        return std::any_of(banners.begin(), banners.end(), [&](const ErrorBanner *banner) { return banner->sentence().contains(sentence); });
    }
    qsizetype createsReceived() const
    {
        return received([](const SandboxRequest &one) { return one.operation == u"createInstance"_qs; });
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
