// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/stores/activitystore.h"
#include "core/database/database.h"
#include "core/database/notifiedlog.h"
#include "core/workflows/notificationcenter.h"
#include "tests/support/await.h"
#include "tests/support/fakeclock.h"
#include "tests/support/tempsettings.h"

#include <QTemporaryDir>

namespace novita {

/// A presenter that remembers.
class RecordingPresenter final : public NotificationPresenter
{
public:
    QList<ShownNotification> shown;
    QList<std::pair<NotificationId, NotificationEnd>> gone;
    void present(const ShownNotification &notification) override { shown.append(notification); }
    void withdraw(NotificationId id, NotificationEnd why) override { gone.append({id, why}); }
};

/// A center on a history file, which can be thrown away and made anew as by a restart.
struct NoticeBench
{
    QTemporaryDir dir;
    FakeClock clock;
    TempSettings settings;
    ActivityStore activity;
    Database database{clock};
    NotifiedLog log{database};
    RecordingPresenter window;
    std::unique_ptr<NotificationCenter> center;

    NoticeBench()
    {
        if (!await(database.open(dir.filePath(QStringLiteral("history.sqlite")))).ok())
            qFatal("no database");
        restart();
    }
    void restart()
    {
        center = std::make_unique<NotificationCenter>(activity, settings.get(), log, clock);
        center->addPresenter(window);
        center->setProfile(ProfileId(QStringLiteral("p")));
        // Whatever was asked of the database before is answered before.
        static_cast<void>(await(log.read(ProfileId(QStringLiteral("p")))));
    }
    static Notification ready(const QString &name)
    {
        Notification out;
        out.kind = NotificationKind::Ready;
        out.severity = EventSeverity::Success;
        out.title = QStringLiteral("“%1” is ready").arg(name);
        out.text = QStringLiteral("It runs.");
        out.subjectId = out.subjectName = name;
        out.page = QStringLiteral("instances/") + name;
        out.key = QStringLiteral("ready/") + name;
        return out;
    }
};

} // namespace novita
