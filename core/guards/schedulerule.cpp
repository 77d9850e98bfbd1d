// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guards/schedulerule.h"

#include "core/guards/rulejson.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace novita {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(GuardRules)
};

/// More than that many missed days are "many".
constexpr int kMostMissed = 400;

} // namespace

QJsonObject ScheduleRule::toJson() const
{
    QJsonArray ids;
    for (const InstanceId &id : instances)
        ids.append(id.toString());
    return {{QStringLiteral("action"), action == InstanceAction::Start ? QStringLiteral("start") : QStringLiteral("stop")},
            {QStringLiteral("once"), once},
            {QStringLiteral("date"), date.toString(Qt::ISODate)},
            {QStringLiteral("days"), int(days)},
            {QStringLiteral("minuteOfDay"), minuteOfDay},
            {QStringLiteral("zone"), QString::fromLatin1(zone)},
            {QStringLiteral("instances"), ids}};
}

Result<ScheduleRule> ScheduleRule::fromJson(const QJsonObject &json)
{
    const auto invalid = [](const QString &sentence) { return Error::make(ErrorKind::Validation, sentence); };
    ScheduleRule rule;
    const QString action = json.value(QLatin1String("action")).toString();
    const QJsonValue once = json.value(QLatin1String("once"));
    const std::optional<int> days = rulejson::wholeNumber(json.value(QLatin1String("days")));
    const std::optional<int> minuteOfDay = rulejson::wholeNumber(json.value(QLatin1String("minuteOfDay")));
    const QJsonArray ids = json.value(QLatin1String("instances")).toArray();
    if ((action != QLatin1String("start") && action != QLatin1String("stop")) || !once.isBool())
        return invalid(Text::tr("The schedule cannot be read."));
    if (!minuteOfDay || *minuteOfDay >= localtime::kMinutesPerDay)
        return invalid(Text::tr("The time of day must be from 00:00 to 23:59."));
    rule.zone = json.value(QLatin1String("zone")).toString().toLatin1();
    if (!localtime::isZone(rule.zone))
        return invalid(Text::tr("The time zone is not known."));
    rule.once = once.toBool();
    rule.date = QDate::fromString(json.value(QLatin1String("date")).toString(), Qt::ISODate);
    if (rule.once && (!rule.date.isValid() || rule.date.year() < 2020 || rule.date.year() > 2200))
        return invalid(Text::tr("The day is missing."));
    if (!days || (!rule.once && (*days == 0 || *days > localtime::kEveryDay)))
        return invalid(Text::tr("Choose at least one day of the week."));
    for (const QJsonValue &id : ids) {
        if (!id.toString().isEmpty() && id.toString().size() <= rulejson::kLongestId)
            rule.instances.append(InstanceId(id.toString()));
    }
    if (rule.instances.isEmpty() || rule.instances.size() > kMostInstances)
        return invalid(Text::tr("Choose from 1 to %1 instances.").arg(kMostInstances));
    rule.action = action == QLatin1String("start") ? InstanceAction::Start : InstanceAction::Stop;
    rule.days = static_cast<localtime::Days>(*days & localtime::kEveryDay);
    rule.minuteOfDay = *minuteOfDay;
    return rule;
}

std::optional<TimePoint> ScheduleRule::nextAfter(TimePoint after) const
{
    if (!once)
        return localtime::nextMoment(after, minuteOfDay, days, zone);
    const TimePoint moment = localtime::momentOf(date, minuteOfDay, zone);
    return moment > after ? std::optional(moment) : std::nullopt;
}

QJsonObject ScheduleState::toJson() const
{
    return {{QStringLiteral("next"), rulejson::time(next)}, {QStringLiteral("last"), rulejson::time(last)}, {QStringLiteral("outcome"), outcome}};
}

ScheduleState ScheduleState::fromJson(const QJsonObject &json)
{
    ScheduleState state;
    state.next = rulejson::time(json.value(QLatin1String("next")));
    state.last = rulejson::time(json.value(QLatin1String("last")));
    state.outcome = json.value(QLatin1String("outcome")).toString().left(rulejson::kLongestText);
    return state;
}

ScheduleStep nextSchedule(const ScheduleRule &rule, const ScheduleState &state, TimePoint begun, TimePoint now)
{
    ScheduleStep step;
    step.state = state;
    if (!state.next || *state.next > now)
        return step;
    step.due = *state.next;
    const bool seen = *state.next >= begun && now - *state.next <= kScheduleLate;
    step.turn = seen ? ScheduleTurn::Act : ScheduleTurn::Missed;
    step.missed = seen ? 0 : 1;
    step.lastMissed = seen ? TimePoint() : step.due;
    std::optional<TimePoint> next = rule.nextAfter(*state.next);
    while (next && *next <= now) {
        // Several days may have passed. The latest of them may still be in time.
        if (*next >= begun && now - *next <= kScheduleLate) {
            step.turn = ScheduleTurn::Act;
            step.due = *next;
        } else if (step.missed < kMostMissed) {
            ++step.missed;
            step.lastMissed = *next;
        } else {
            next = rule.nextAfter(now);
            break;
        }
        next = rule.nextAfter(*next);
    }
    step.state.next = next;
    step.state.last = step.due;
    return step;
}

} // namespace novita
