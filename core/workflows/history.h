// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/database/database.h"
#include "core/database/eventlog.h"
#include "core/database/notifiedlog.h"
#include "core/database/operationlog.h"
#include "core/database/pricehistory.h"
#include "core/database/rulelog.h"
#include "core/database/samples.h"
#include "core/database/taglog.h"
#include "core/database/timeline.h"
#include "core/database/usagelog.h"

#include <QObject>
#include <QSet>
#include <QTimer>

namespace novita {

class Settings;
struct Stores;

/// The history file and everything in it, owned together by the composition root: writes down every event of the activity,
/// gives back those of earlier runs, deletes what has outlived the retention setting.
///
/// Without a file (disk full, damaged, written by a newer version) the program works on; `database.status().notice` says why.
class History final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(History)

public:
    /// Events of earlier runs that the activity shows again.
    static constexpr int kRestoredEvents = 500;

    History(Stores &stores, const Settings &settings, const Clock &clock, QObject *parent = nullptr);

    /// Opens `path` and cleans up once it is open.
    void open(const QString &path);

    /// Whose history is written and read from now on. `beginsAnew`: what the file holds of it is forgotten first, once a run, for a
    /// sandbox whose world begins anew with every run. The first profile of a run gets its events of earlier runs back into the activity.
    void setProfile(const ProfileId &profile, bool beginsAnew);
    const ProfileId &profile() const { return m_profile; }

private:
    void restoreEvents();
    void cleanUp();

    Stores &m_stores;
    const Settings &m_settings;
    const Clock &m_clock;

public:
    Database database;
    EventLog events{database};
    OperationLog operations{database};
    Timeline timeline{database};
    Samples samples{database};
    PriceHistory prices{database};
    UsageLog usage{database};
    NotifiedLog notified{database};
    RuleLog rules{database};
    TagLog tags{database};

private:
    ProfileId m_profile;
    QSet<ProfileId> m_begunAnew;
    bool m_restored = false;
    CallGuard m_restoring;
    QTimer m_cleanUp;
};

} // namespace novita
