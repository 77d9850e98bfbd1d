// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/notificationcenter.h"

#include "core/base/displaytext.h"
#include "core/base/redact.h"
#include "core/cloud/stores/activitystore.h"
#include "core/database/notifiedlog.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace novita {

namespace {

constexpr qsizetype kMostText = 400;
/// Names spelled out in what stands for a burst.
constexpr qsizetype kNamedInBurst = 5;
/// Of one burst; more are counted in by none and tell of nothing new.
constexpr std::size_t kMostInBurst = 500;
/// Shown and faded ones together.
constexpr std::size_t kMostGroups = 200;
constexpr qsizetype kMostKeysInMemory = 20000;
/// Faded ones that are still answered.
constexpr std::ptrdiff_t kMostFaded = 100;
/// A timer may not run for longer; nothing is lost by looking once a day.
constexpr Milliseconds kLongestTimer{std::chrono::hours(24)};

const SettingKey<bool> &settingOf(NotificationKind kind)
{
    switch (kind) {
    case NotificationKind::Ready: return keys::kNotifyReady;
    case NotificationKind::StartFailed: return keys::kNotifyStartFailed;
    case NotificationKind::StartLate: return keys::kNotifyStartLate;
    case NotificationKind::Spot: return keys::kNotifySpot;
    case NotificationKind::LowBalance: return keys::kNotifyLowBalance;
    case NotificationKind::Guard: return keys::kNotifyGuard;
    case NotificationKind::Schedule: return keys::kNotifySchedule;
    case NotificationKind::JobEnded: return keys::kNotifyJobEnded;
    case NotificationKind::BatchEnded: return keys::kNotifyBatchEnded;
    case NotificationKind::ProductWatch: return keys::kNotifyProductWatch;
    case NotificationKind::WebhookReceiver: return keys::kNotifyWebhookReceiver;
    case NotificationKind::WebhookRule: break;
    }
    return keys::kNotifyWebhookRule;
}

QString burstTitle(NotificationKind kind, int count)
{
    switch (kind) {
    case NotificationKind::Ready: return NotificationCenter::tr("%Ln instances are ready", nullptr, count);
    case NotificationKind::StartFailed: return NotificationCenter::tr("%Ln instances did not get ready", nullptr, count);
    case NotificationKind::StartLate: return NotificationCenter::tr("%Ln instances are late", nullptr, count);
    case NotificationKind::Spot: return NotificationCenter::tr("%Ln spot instances are called back", nullptr, count);
    case NotificationKind::LowBalance: return NotificationCenter::tr("%Ln notices about the balance", nullptr, count);
    case NotificationKind::Guard: return NotificationCenter::tr("%Ln notices of the idle guard", nullptr, count);
    case NotificationKind::Schedule: return NotificationCenter::tr("%Ln notices of schedules", nullptr, count);
    case NotificationKind::JobEnded: return NotificationCenter::tr("%Ln jobs have ended", nullptr, count);
    case NotificationKind::BatchEnded: return NotificationCenter::tr("%Ln batches have ended", nullptr, count);
    case NotificationKind::ProductWatch: return NotificationCenter::tr("%Ln watched products have news", nullptr, count);
    case NotificationKind::WebhookReceiver: return NotificationCenter::tr("%Ln notices of the webhook receiver", nullptr, count);
    case NotificationKind::WebhookRule: break;
    }
    return NotificationCenter::tr("%Ln notices of webhook rules", nullptr, count);
}

NotificationAction showAction()
{
    return {QStringLiteral("show"), NotificationCenter::tr("Show")};
}

} // namespace

Notification programWarning(NotificationKind kind, const QString &title, const QString &text, const QString &page)
{
    Notification out;
    out.kind = kind;
    out.severity = EventSeverity::Warning;
    out.source = EventSource::System;
    out.title = title;
    out.text = text;
    out.page = page;
    return out;
}

bool isOfProgram(NotificationKind kind)
{
    return kind == NotificationKind::WebhookReceiver || kind == NotificationKind::WebhookRule;
}

struct NotificationCenter::Group
{
    NotificationId id = 0;
    std::vector<Notification> members;
    TimePoint lastAt{};
    bool faded = false; ///< gone from sight, but the desktop may still send an answer
};

bool isNotified(const Settings &settings, NotificationKind kind)
{
    return settings.value(settingOf(kind));
}

NotificationCenter::NotificationCenter(ActivityStore &activity, const Settings &settings, NotifiedLog &log, const Clock &clock, QObject *parent)
    : QObject(parent), m_activity(activity), m_settings(settings), m_log(log), m_clock(clock)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &NotificationCenter::wake);
    m_joinedTimer.setSingleShot(true);
    m_joinedTimer.setInterval(0);
    connect(&m_joinedTimer, &QTimer::timeout, this, &NotificationCenter::presentJoined);
}

NotificationCenter::~NotificationCenter() = default;

void NotificationCenter::setProfile(const ProfileId &profile)
{
    std::vector<NotificationId> over;
    for (const Group &group : m_groups) {
        if (!isOfProgram(group.members.front().kind))
            over.push_back(group.id);
    }
    for (const NotificationId id : over)
        close(id, NotificationEnd::Over);
    m_profile = profile;
    m_told.clear();
    m_waiting.clear();
    m_loading.reset();
    m_loaded = profile.isEmpty();
    if (m_loaded)
        return;
    m_loading.reset(m_log.read(profile))->onFinished(this, [this](const Result<QStringList> &keys) {
        // Without a history file nothing is remembered; telling twice is better than not telling.
        const QStringList told = keys.valueOr({});
        m_told.unite(QSet<QString>(told.begin(), told.end()));
        m_loaded = true;
        flushWaiting();
    });
}

void NotificationCenter::flushWaiting()
{
    const QList<Notification> waiting = std::exchange(m_waiting, {});
    for (const Notification &notification : waiting)
        post(notification);
}

void NotificationCenter::addPresenter(NotificationPresenter &presenter)
{
    m_presenters.push_back(&presenter);
    const QList<ShownNotification> all = shown();
    for (const ShownNotification &notification : all)
        presenter.present(notification);
}

void NotificationCenter::removePresenter(NotificationPresenter &presenter)
{
    std::erase(m_presenters, &presenter);
}

void NotificationCenter::post(const Notification &notification)
{
    if (notification.remembered && !m_loaded) {
        m_waiting.append(notification);
        return;
    }
    if (!notification.key.isEmpty()) {
        QSet<QString> &told = isOfProgram(notification.kind) ? m_toldOfProgram : m_told;
        if (told.contains(notification.key))
            return;
        if (told.size() >= kMostKeysInMemory)
            told.clear();
        told.insert(notification.key);
        if (notification.remembered && !m_profile.isEmpty())
            m_log.append(m_profile, notification.key, m_clock.now());
    }
    Notification clean = notification;
    clean.title = displayLine(redact(notification.title));
    clean.text = displayLine(redact(notification.text), kMostText);
    clean.subjectName = displayLine(notification.subjectName);
    if (!clean.inActivity) {
        ActivityEvent event;
        event.at = m_clock.now();
        event.severity = clean.severity;
        event.source = clean.source;
        event.subjectId = clean.subjectId;
        event.subjectName = clean.subjectName;
        event.text = clean.text.isEmpty() ? clean.title : clean.text;
        m_activity.addEvent(std::move(event));
    }
    if (isNotified(m_settings, clean.kind))
        tell(clean);
}

void NotificationCenter::tell(const Notification &notification)
{
    const TimePoint now = m_clock.now();
    const auto burst = std::find_if(m_groups.begin(), m_groups.end(), [&](const Group &group) {
        return !group.faded && group.members.front().kind == notification.kind && now >= group.lastAt && now - group.lastAt <= kBurst;
    });
    const auto sameSubject = [&notification](const Notification &member) {
        return !member.subjectId.isEmpty() && member.subjectId == notification.subjectId;
    };
    if (burst != m_groups.end() && burst->members.size() < kMostInBurst) {
        // "Loses its GPU" and "was reclaimed" are one instance, not two, and one answer is enough for it.
        std::erase_if(burst->members, sameSubject);
        burst->members.push_back(notification);
        burst->lastAt = now;
        // Its names are put together anew for each presenter: once for all that join it now.
        m_joined.insert(burst->id);
        m_joinedTimer.start();
    } else if (burst == m_groups.end()) {
        // What is urgent stays until it is answered; of a console that runs for months nobody answers all.
        if (m_groups.size() >= kMostGroups)
            close(m_groups.front().id, NotificationEnd::Over);
        m_groups.push_back({m_nextId++, {notification}, now, false});
        present(m_groups.back());
        arm();
    }
}

void NotificationCenter::presentJoined()
{
    const QSet<NotificationId> joined = std::exchange(m_joined, {});
    for (const Group &group : m_groups) {
        if (joined.contains(group.id) && !group.faded)
            present(group);
    }
    arm();
}

void NotificationCenter::present(const Group &group)
{
    const ShownNotification shown = shownOf(group);
    for (NotificationPresenter *presenter : m_presenters)
        presenter->present(shown);
}

ShownNotification NotificationCenter::shownOf(const Group &group) const
{
    const Notification &first = group.members.front();
    ShownNotification shown;
    shown.id = group.id;
    shown.kind = first.kind;
    shown.severity = first.severity;
    shown.urgency = first.urgency;
    shown.count = static_cast<int>(group.members.size());
    shown.actions = first.actions;
    if (shown.count == 1) {
        shown.title = first.title;
        shown.text = first.text;
        if (!first.page.isEmpty())
            shown.actions.append(showAction());
        return shown;
    }
    QStringList names;
    bool hasPage = false;
    for (const Notification &member : group.members) {
        names.append(member.subjectName.isEmpty() ? member.title : member.subjectName);
        shown.severity = std::max(shown.severity, member.severity);
        shown.urgency = std::max(shown.urgency, member.urgency);
        hasPage = hasPage || !member.page.isEmpty();
        // What cannot be answered for all is answered one by one, where they are shown.
        shown.actions.removeIf([&member](const NotificationAction &action) { return !member.actions.contains(action); });
    }
    names.removeDuplicates();
    const qsizetype more = names.size() - kNamedInBurst;
    shown.title = burstTitle(first.kind, shown.count);
    shown.text = names.mid(0, kNamedInBurst).join(QStringLiteral(", "));
    if (more > 0)
        shown.text = tr("%1 and %Ln more", "names", static_cast<int>(more)).arg(shown.text);
    if (hasPage)
        shown.actions.append(showAction());
    return shown;
}

void NotificationCenter::withdraw(const QString &key)
{
    for (std::size_t i = 0; i < m_groups.size(); ++i) {
        Group &group = m_groups[i];
        const auto gone = std::find_if(group.members.begin(), group.members.end(), [&key](const Notification &member) { return member.key == key; });
        if (gone == group.members.end())
            continue;
        if (group.members.size() == 1) {
            close(group.id, NotificationEnd::Over);
        } else {
            group.members.erase(gone);
            if (!group.faded)
                present(group);
        }
        return;
    }
}

void NotificationCenter::forget(const QString &key)
{
    m_waiting.removeIf([&key](const Notification &waiting) { return waiting.key == key; });
    m_toldOfProgram.remove(key);
    const bool wasTold = m_told.remove(key);
    // Callers forget at every good answer: only what may stand in the file is worth a write.
    if (!m_profile.isEmpty() && (wasTold || !m_loaded))
        m_log.remove(m_profile, key);
}

void NotificationCenter::takeBack(const QString &key)
{
    withdraw(key);
    forget(key);
}

void NotificationCenter::trigger(NotificationId id, const QString &actionId)
{
    const auto found = std::find_if(m_groups.begin(), m_groups.end(), [id](const Group &group) { return group.id == id; });
    if (found == m_groups.end())
        return;
    const ShownNotification shown = shownOf(*found);
    const bool offered = std::any_of(shown.actions.begin(), shown.actions.end(), [&actionId](const NotificationAction &action) { return action.id == actionId; });
    const std::vector<Notification> members = found->members;
    if (!offered)
        return; // a desktop may send back whatever it likes
    close(id, NotificationEnd::Seen);
    if (actionId != QLatin1String("show")) {
        for (const Notification &member : members)
            emit actionTriggered(member, actionId);
        return;
    }
    const auto paged = std::find_if(members.begin(), members.end(), [](const Notification &member) { return !member.page.isEmpty(); });
    // Of several, the page where they all are.
    emit openRequested(members.size() == 1 ? paged->page : paged->page.section(QLatin1Char('/'), 0, 0));
}

void NotificationCenter::dismiss(NotificationId id)
{
    close(id, NotificationEnd::Seen);
}

void NotificationCenter::close(NotificationId id, NotificationEnd why)
{
    const auto found = std::find_if(m_groups.begin(), m_groups.end(), [id](const Group &group) { return group.id == id; });
    if (found == m_groups.end())
        return;
    m_groups.erase(found);
    for (NotificationPresenter *presenter : m_presenters)
        presenter->withdraw(id, why);
    arm();
}

std::optional<TimePoint> NotificationCenter::fadesAt(const Group &group) const
{
    NotificationUrgency urgency = NotificationUrgency::Low;
    for (const Notification &member : group.members)
        urgency = std::max(urgency, member.urgency);
    if (group.faded || urgency == NotificationUrgency::Critical)
        return std::nullopt;
    return group.lastAt + (urgency == NotificationUrgency::Low ? kLowStays : kNormalStays);
}

void NotificationCenter::wake()
{
    const TimePoint now = m_clock.now();
    const auto isOver = [now](const Notification &member) { return member.expiresAt && *member.expiresAt <= now; };
    std::vector<NotificationId> over;
    std::vector<NotificationId> faded;
    for (Group &group : m_groups) {
        if (std::all_of(group.members.begin(), group.members.end(), isOver)) {
            over.push_back(group.id);
            continue;
        }
        const bool fewer = std::erase_if(group.members, isOver) > 0;
        if (const std::optional<TimePoint> end = fadesAt(group); end && *end <= now) {
            group.faded = true;
            faded.push_back(group.id);
        } else if (fewer && !group.faded) {
            present(group);
        }
    }
    for (const NotificationId id : over)
        close(id, NotificationEnd::Over);
    for (const NotificationId id : faded) {
        for (NotificationPresenter *presenter : m_presenters)
            presenter->withdraw(id, NotificationEnd::Faded);
    }
    const auto isFaded = [](const Group &group) { return group.faded; };
    while (std::count_if(m_groups.begin(), m_groups.end(), isFaded) > kMostFaded)
        m_groups.erase(std::find_if(m_groups.begin(), m_groups.end(), isFaded));
    arm();
}

void NotificationCenter::arm()
{
    std::optional<TimePoint> next;
    for (const Group &group : m_groups) {
        if (const std::optional<TimePoint> end = fadesAt(group))
            next = std::min(next.value_or(*end), *end);
        for (const Notification &member : group.members) {
            if (member.expiresAt)
                next = std::min(next.value_or(*member.expiresAt), *member.expiresAt);
        }
    }
    if (next)
        m_timer.start(std::clamp(*next - m_clock.now(), Milliseconds(1), kLongestTimer));
    else
        m_timer.stop();
}

QList<ShownNotification> NotificationCenter::shown() const
{
    QList<ShownNotification> out;
    for (const Group &group : m_groups) {
        if (!group.faded)
            out.append(shownOf(group));
    }
    return out;
}

} // namespace novita
