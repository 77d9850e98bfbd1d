// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/database/sqlsession.h"
#include "core/guards/guards.h"
#include "core/settings/settingskeys.h"
#include "tests/support/await.h"
#include "tests/support/clientstack.h"
#include "tests/support/fakeclock.h"
#include "tests/workflows/fakecloud.h"

#include <QTemporaryDir>

namespace novita {

/// A cloud, the program's core on it, a history file, and guards that can be thrown away and made anew as by a kill.
struct GuardBench
{
    QTemporaryDir dir;
    FakeClock clock;
    FakeCloud cloud;
    ClientStack stack{cloud.nam, clock};
    std::optional<double> gpu = 0.0; ///< what the source tells of the last hours; nothing = it fails
    int reads = 0;
    std::unique_ptr<Guards> guards;

    const ProfileId profile{QStringLiteral("p")};
    const InstanceId one{QStringLiteral("one")};

    GuardBench()
    {
        stack.history.open(dir.filePath(QStringLiteral("history.sqlite")));
        stack.connectTo(QUrl(QStringLiteral("http://127.0.0.1:9")));
        if (!stack.settings->setValue(keys::kMaxRetries, 0).ok()) // a retry would wait for a clock that stands still
            qFatal("no settings");
        stack.notifications.setProfile(profile);
        run(one, 600);
        restart();
    }
    /// `id` has been running for so long.
    void run(const InstanceId &id, int minutes, const QString &billing = QStringLiteral("onDemand"))
    {
        cloud.put(id.toString(), QStringLiteral("running"), {}, billing);
        cloud.instances[id.toString()].insert(QStringLiteral("lastStartedAt"),
                                              QString::number(std::chrono::duration_cast<Seconds>((clock.now() - std::chrono::minutes(minutes)).time_since_epoch()).count()));
        poll();
    }
    void poll() { static_cast<void>(await(stack.refresher.refresh(DataKind::Instances))); }
    void restart()
    {
        guards.reset();
        guards = std::make_unique<Guards>(stack.history, stack.stores, stack.refresher, stack.commands, stack.notifications, clock);
        guards->idle.setSource([this](const InstanceId &, Seconds span) -> Call<QList<Utilisation>> * {
            ++reads;
            if (!gpu)
                return Call<QList<Utilisation>>::settledWith(Error::make(ErrorKind::Timeout, QStringLiteral("no metrics")), &stack.stores.instances);
            QList<Utilisation> points;
            for (TimePoint at = clock.now() - span; at < clock.now(); at += std::chrono::minutes(1))
                points.append({at, gpu, gpu});
            return Call<QList<Utilisation>>::settledWith(points, &stack.stores.instances);
        });
        guards->setProfile(profile);
        settle();
    }
    /// Everything asked of the database so far is answered, and what follows from it has been asked and answered.
    void settle()
    {
        for (int round = 0; round < 4; ++round)
            static_cast<void>(await(stack.history.rules.read(profile, QStringLiteral("idle"))));
    }
    void pass(Milliseconds time)
    {
        clock.advance(time);
        poll();
        guards->idle.wake();
        guards->schedules.wake();
        guards->spot.wake();
        settle();
    }
    /// The disk takes no step of any rule, as when it is full.
    void refuseWrites(bool refuse)
    {
        change(refuse ? QStringLiteral("CREATE TRIGGER full BEFORE UPDATE ON rule BEGIN SELECT RAISE(ABORT, 'full'); END") : QStringLiteral("DROP TRIGGER full"));
    }
    void refuseRemovals(bool refuse)
    {
        change(refuse ? QStringLiteral("CREATE TRIGGER kept BEFORE DELETE ON rule BEGIN SELECT RAISE(ABORT, 'full'); END") : QStringLiteral("DROP TRIGGER kept"));
    }
    /// Nothing can be read of the rules.
    void hideRules(bool hide)
    {
        change(hide ? QStringLiteral("ALTER TABLE rule RENAME TO rule_away") : QStringLiteral("ALTER TABLE rule_away RENAME TO rule"));
    }
    void change(const QString &statement)
    {
        const auto done = await(stack.history.database.run<Done>([statement](SqlSession &session) -> Result<Done> {
            const std::optional<Error> error = session.exec(statement);
            return error ? Result<Done>(*error) : Result<Done>(Done{});
        }));
        if (!done.ok())
            qFatal("the statement failed");
    }
    int stops() const { return cloud.count(QStringLiteral("instance/stop")); }
    int events(const QString &part) const
    {
        return static_cast<int>(stack.eventTexts().filter(part).size());
    }
};

} // namespace novita
