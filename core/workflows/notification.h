// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/cloud/types/activityevent.h"

#include <QList>
#include <QString>

#include <cstdint>
#include <optional>

namespace novita {

/// What a notification is about; each kind can be switched off in the settings ("notifications/…").
enum class NotificationKind : std::uint8_t {
    Ready,        ///< a start that was watched got there
    StartFailed,
    StartLate,    ///< has not become ready in time; watched on
    Spot,         ///< a spot GPU is about to be, or was, taken back
    LowBalance,
    Guard,        ///< an idle rule counts down, acts or cannot act
    Schedule,     ///< a start or stop by the clock was done, missed or refused
    JobEnded,     ///< image save, migration, …: done or failed
    BatchEnded,
    ProductWatch, ///< a price or the stock that somebody waits for
    WebhookReceiver, ///< cannot take or keep deliveries, or can again
    WebhookRule,  ///< an outgoing rule was switched off by its target, or its deliveries are given up
};
inline constexpr int kNotificationKinds = static_cast<int>(NotificationKind::WebhookRule) + 1;

/// Low goes by itself soon, Normal later, Critical stays until somebody looks.
enum class NotificationUrgency : std::uint8_t { Low, Normal, Critical };

/// A button. The id is of the poster's choosing ("keep", "migrate"); "show" opens `page`, and the center sees to it.
struct NotificationAction
{
    QString id;
    QString label; ///< translated
    bool operator==(const NotificationAction &) const = default;
};

/// One thing worth telling a person, as its poster hands it in.
struct Notification
{
    NotificationKind kind = NotificationKind::Ready;
    EventSeverity severity = EventSeverity::Info;
    EventSource source = EventSource::Poll;        ///< of the activity event
    NotificationUrgency urgency = NotificationUrgency::Normal;
    QString title;                                 ///< a few words, translated: "“box” is ready"
    QString text;                                  ///< one sentence; also what the activity says
    QString subjectId;                             ///< instance id or empty
    QString subjectName;
    QString page;                                  ///< what *Show* opens: "instances/<id>", "products"; empty = nothing
    QList<NotificationAction> actions;             ///< beside *Show*
    std::optional<TimePoint> expiresAt;            ///< it means nothing any more from then on
    /// One transition, one key ("ready/<id>/<when>"): the same key is told once. Empty: told always.
    QString key;
    bool remembered = false;                       ///< the key also counts after a restart of the program
    bool inActivity = false;                       ///< the activity has an event of it already
};

/// What the program has to say of itself.
Notification programWarning(NotificationKind kind, const QString &title, const QString &text, const QString &page);
/// Is this kind of the program, whatever account is in use? Such a thing is as it was when the profile changes.
bool isOfProgram(NotificationKind kind);

using NotificationId = quint64;

/// What a presenter shows: one notification, or a burst of the same kind put together.
struct ShownNotification
{
    NotificationId id = 0;
    NotificationKind kind = NotificationKind::Ready;
    EventSeverity severity = EventSeverity::Info;
    NotificationUrgency urgency = NotificationUrgency::Normal;
    QString title;                     ///< plain text, one line
    QString text;                      ///< plain text, one line
    QList<NotificationAction> actions; ///< with "show" where there is something to show
    int count = 1;
};

/// Why a notification goes.
enum class NotificationEnd : std::uint8_t {
    Over,  ///< what it said is no longer so
    Seen,  ///< answered or dismissed, here or at another presenter
    Faded, ///< it stood long enough
};

/// A place where notifications are seen: the window, the desktop, a tray icon. Answers go back by
/// NotificationCenter::trigger() and dismiss(). Thread: that of the center.
class NotificationPresenter
{
public:
    virtual ~NotificationPresenter() = default;
    /// Shows it, or shows it in place of the one with the same id.
    virtual void present(const ShownNotification &notification) = 0;
    virtual void withdraw(NotificationId id, NotificationEnd why) = 0;
};

} // namespace novita
