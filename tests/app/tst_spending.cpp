// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/profilestore.h"
#include "tests/app/programbench.h"
#include "tests/ui/findnamed.h"
#include "ui/images/queuemodel.h"
#include "ui/images/queuepanel.h"

#include <QAction>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

using namespace novita;

namespace {

constexpr int kPatienceMs = ProgramBench::kPatienceMs;

/// With a profile of the simulated cloud.
struct Bench : ProgramBench
{
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
        return ProgramBench::start(options);
    }
    static QueuePanel *queue() { return window()->findChild<QueuePanel *>(); }
    static QString noteOfFirst() { return queue()->model()->index(0, QueueModel::Note).data().toString(); }
    qsizetype jobsReceived() const
    {
        return received([](const SandboxRequest &one) { return one.method == u"POST"_qs && one.path.contains(u"/v3/"_qs); });
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
