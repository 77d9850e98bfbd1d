// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/ids.h"
#include "core/workflows/notification.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <vector>

namespace novita {

class ActivityStore;
class NotifiedLog;
class Settings;

/// The one way to a person's attention: whoever has something worth telling posts it here. The center tells of each
/// transition once, writes it into the activity, leaves out the kinds that are switched off, puts bursts of one kind together
/// ("12 instances are ready"; of several about one subject the newest stands for it), and hands the rest to its presenters: the
/// first of a burst at once, what joins it once in a turn of the event loop, however many.
///
/// The activity gets its event also when the kind is switched off. Owner: composition root. Thread: UI.
class NotificationCenter final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NotificationCenter)

public:
    /// A notification joins those of its kind that came no longer ago than this.
    static constexpr Milliseconds kBurst{10000};
    static constexpr Milliseconds kLowStays{8000};
    static constexpr Milliseconds kNormalStays{30000};

    NotificationCenter(ActivityStore &activity, const Settings &settings, NotifiedLog &log, const Clock &clock, QObject *parent = nullptr);
    ~NotificationCenter() override;

    /// Takes away what is shown and forgets the keys, but for what isOfProgram(); those that `profile` remembers are read. Until then, posts
    /// with a remembered key wait.
    void setProfile(const ProfileId &profile);

    /// `presenter` must outlive the center or be taken out again; it is told of what is shown now.
    void addPresenter(NotificationPresenter &presenter);
    void removePresenter(NotificationPresenter &presenter);

    /// Tells of it, unless its key was told before.
    void post(const Notification &notification);
    /// What `key` said is no longer so: takes it away wherever it shows. It stays told.
    void withdraw(const QString &key);
    /// The next transition with `key` may be told again (the balance is up again, the price too).
    void forget(const QString &key);
    /// Both: what was wrong is right again.
    void takeBack(const QString &key);

    /// A button was pressed; all of a burst are answered at once. Takes the notification away.
    void trigger(NotificationId id, const QString &actionId);
    void dismiss(NotificationId id);
    /// Takes away what has had its time; also runs by a timer.
    void wake();

    /// What is shown now, oldest first.
    QList<ShownNotification> shown() const;

signals:
    /// For the poster, once for each notification of a burst. Not for "show".
    void actionTriggered(const novita::Notification &notification, const QString &actionId);
    void openRequested(const QString &page);

private:
    struct Group;

    void tell(const Notification &notification);
    void flushWaiting();
    void present(const Group &group);
    void presentJoined();
    void close(NotificationId id, NotificationEnd why);
    ShownNotification shownOf(const Group &group) const;
    std::optional<TimePoint> fadesAt(const Group &group) const;
    void arm();

    ActivityStore &m_activity;
    const Settings &m_settings;
    NotifiedLog &m_log;
    const Clock &m_clock;
    ProfileId m_profile;
    std::vector<NotificationPresenter *> m_presenters;
    std::vector<Group> m_groups;      ///< oldest first
    QSet<QString> m_told;             ///< in this profile
    QSet<QString> m_toldOfProgram;
    QList<Notification> m_waiting;    ///< for the remembered keys
    CallGuard m_loading;
    bool m_loaded = true;
    NotificationId m_nextId = 1;
    QTimer m_timer;
    QSet<NotificationId> m_joined; ///< groups that have grown in this turn
    QTimer m_joinedTimer;
};

/// Is this kind switched on?
bool isNotified(const Settings &settings, NotificationKind kind);

} // namespace novita
