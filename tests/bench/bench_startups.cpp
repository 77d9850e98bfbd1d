// SPDX-License-Identifier: GPL-3.0-or-later
//
// 10,000 instances in the table while the starts of 500 of them are being watched, with the history file open: how long the event loop
// stands still when the watching begins, when a poll moves all 500, when the deadlines are looked at, when all pass and when all get
// ready, and how much of a processor the program takes while nothing happens. The answers are made before the clock runs, as the
// program decodes them on another thread. Exit code 1 beyond 50 ms or 5 %.
#include "core/workflows/accounting.h"
#include "core/workflows/history.h"
#include "core/workflows/notificationcenter.h"
#include "core/workflows/startupnotices.h"
#include "core/workflows/startupwatch.h"
#include "core/workflows/stores.h"
#include "tests/support/uifixture.h"
#include "ui/activity/activitypage.h"
#include "ui/instances/instancespage.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTextStream>
#include <QTimer>

#include <functional>

#include <ctime>
#include <sys/resource.h>

using namespace novita;
using namespace std::chrono_literals;

namespace {

constexpr int kRows = 10000;
constexpr int kWatched = 500;
constexpr double kMostStallMs = 50;
constexpr double kMostCpuPercent = 5;

double milliseconds(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

double threadMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

struct Turn
{
    double wall = 0;
    double processor = 0; ///< of it; what is missing went to other programs
};

/// The longest turn of the event loop, of `action` and of what follows it.
Turn longestTurn(const std::function<void()> &action, std::chrono::milliseconds rest)
{
    Turn longest;
    const auto measure = [&longest](const auto &work) {
        const double began = threadMilliseconds();
        QElapsedTimer timer;
        timer.start();
        work();
        const double wall = milliseconds(timer);
        if (wall > longest.wall)
            longest = {wall, threadMilliseconds() - began};
    };
    measure(action);
    QElapsedTimer all;
    all.start();
    while (all.elapsed() < rest.count())
        measure([] { QCoreApplication::processEvents(QEventLoop::AllEvents); });
    return longest;
}

double cpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// All rows, the watched ones with this status: as the decoder hands over a list answer.
QList<Instance> answer(UiFixture &fixture, InstanceStatus status)
{
    QList<Instance> rows = fixture.stores().instances.all();
    for (Instance &one : rows) {
        if (one.id.toString().mid(2).toInt() >= kWatched)
            continue;
        one.status = status;
        one.statusText = stateInfo(status).wire;
    }
    return rows;
}

void poll(UiFixture &fixture, const QList<Instance> &rows)
{
    fixture.stores().instances.adoptList(rows, fixture.clock().now());
}

/// What the details say of the watched ones: they run, and nothing of them is to be asked.
QList<Instance> runningDetails(UiFixture &fixture)
{
    QList<Instance> rows = answer(fixture, InstanceStatus::Running).mid(0, kWatched);
    for (Instance &one : rows) {
        one.ports.clear();
        one.connection = ConnectionInfo();
        one.lastStartedAt = fixture.clock().now();
    }
    return rows;
}

} // namespace

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    QTextStream out(stdout);
    UiFixture fixture;
    InstancesPage page(fixture.context());
    page.resize(1080, 730);
    page.show();
    page.activate();
    fixture.fill(kRows);
    const QTemporaryDir dir;
    fixture.context().history.open(dir.filePath(QStringLiteral("history.sqlite")));
    const ProfileId profile(QStringLiteral("bench"));
    fixture.context().history.setProfile(profile, false);
    fixture.context().accounting.setProfile(profile);
    fixture.context().startups.setProfile(profile);
    fixture.context().notifications.setProfile(profile);
    const StartupNotices notices(fixture.stores(), fixture.context().startups, fixture.context().notifications);
    ActivityPage activity(fixture.context());
    poll(fixture, answer(fixture, InstanceStatus::Exited));
    page.showInstance(QStringLiteral("i-5"));
    longestTurn([] {}, 2s);

    bool good = true;
    const auto step = [&](const QString &name, const std::function<void()> &action) {
        const Turn stall = longestTurn(action, 600ms);
        out << QStringLiteral("  %1 %2 ms, processor %3 ms\n").arg(name, -36).arg(stall.wall, 7, 'f', 1).arg(stall.processor, 0, 'f', 1);
        out.flush();
        good = good && stall.wall <= kMostStallMs;
    };
    StartupWatch &watch = fixture.context().startups;
    step(QStringLiteral("500 starts begin to be watched"), [&] {
        for (int i = 0; i < kWatched; ++i) {
            const InstanceId id(QStringLiteral("i-%1").arg(i));
            watch.begin(id, *fixture.stores().instances.find(id));
        }
    });
    for (const InstanceStatus status : {InstanceStatus::Pulling, InstanceStatus::Starting}) {
        fixture.clock().advance(5s);
        const QList<Instance> rows = answer(fixture, status);
        step(QStringLiteral("a poll moves all of them to %1").arg(stateInfo(status).wire), [&] { poll(fixture, rows); });
    }
    const QList<Instance> same = answer(fixture, InstanceStatus::Starting);
    step(QStringLiteral("a poll changes nothing"), [&] { poll(fixture, same); });
    step(QStringLiteral("deadlines are looked at"), [&] { watch.wake(); });

    QTimer seconds;
    QObject::connect(&seconds, &QTimer::timeout, &app, [&fixture] { fixture.clock().advance(1s); });
    seconds.start(1s);
    const double before = cpuSeconds();
    QElapsedTimer wall;
    wall.start();
    QTimer::singleShot(10s, &app, &QCoreApplication::quit);
    QApplication::exec();
    const double percent = (cpuSeconds() - before) / (milliseconds(wall) / 1000) * 100;
    out << QStringLiteral("  %1 %2 %\n").arg(QStringLiteral("processor at rest, 10 s"), -36).arg(percent, 7, 'f', 1);
    out << "  open monitors: " << watch.openCount() << '\n';
    good = good && percent <= kMostCpuPercent && watch.openCount() == kWatched;

    fixture.clock().advance(15min);
    step(QStringLiteral("all deadlines pass"), [&] { watch.wake(); });
    const QList<Instance> running = runningDetails(fixture);
    step(QStringLiteral("all of them are ready"), [&] { fixture.stores().instances.adoptRows(running, fixture.clock().now(), false); });
    out << "  open monitors: " << watch.openCount() << '\n';
    good = good && watch.openCount() == 0;
    return good ? 0 : 1;
}
