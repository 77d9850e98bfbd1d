// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/guardwords.h"

#include "ui/format.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTime>

#include <algorithm>

namespace novita::guardwords {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(GuardWords)
};

QString timeOfDay(int minute)
{
    return QTime(0, 0).addSecs(minute * 60).toString(QStringLiteral("HH:mm"));
}

QString daysText(localtime::Days days)
{
    if (days == localtime::kEveryDay)
        return Text::tr("every day");
    if (days == localtime::kWeekdays)
        return Text::tr("Monday to Friday");
    QStringList names;
    for (int day = 1; day <= 7; ++day) {
        if (days & (1u << (day - 1)))
            names.append(QLocale().dayName(day, QLocale::ShortFormat));
    }
    return names.join(QStringLiteral(", "));
}

} // namespace

QString idleRule(const IdleRule &rule)
{
    QString text;
    const QString minutes = format::duration(std::chrono::minutes(rule.minutes));
    switch (rule.trigger) {
    case IdleRule::Trigger::Idle:
        text = rule.cpuToo ? Text::tr("Stops when GPU and CPU stay under %1 % for %2").arg(QString::number(rule.percent), minutes)
                           : Text::tr("Stops when the GPU stays under %1 % for %2").arg(QString::number(rule.percent), minutes);
        break;
    case IdleRule::Trigger::RunTime: text = Text::tr("Stops after it has run for %1").arg(minutes); break;
    case IdleRule::Trigger::ClockTime: text = Text::tr("Stops each day at %1 (%2)").arg(timeOfDay(rule.minuteOfDay), QString::fromLatin1(rule.zone)); break;
    }
    return rule.dryRun ? Text::tr("%1 – dry run", "a rule that only speaks").arg(text) : text;
}

QString idleState(const IdleState &state, TimePoint now)
{
    if (state.phase == IdleState::Phase::Countdown && state.deadline)
        return Text::tr("stops in %1").arg(format::duration(std::max(*state.deadline - now, Milliseconds(0))));
    if (state.phase == IdleState::Phase::Stopping)
        return Text::tr("is being stopped");
    if (state.quietUntil && *state.quietUntil > now)
        return Text::tr("quiet until %1").arg(format::timeToMinute(*state.quietUntil));
    return Text::tr("watches");
}

QString schedule(const ScheduleRule &rule)
{
    const bool start = rule.action == InstanceAction::Start;
    const QString zone = QString::fromLatin1(rule.zone);
    if (rule.once) {
        const QString day = QLocale().toString(rule.date, QLocale::ShortFormat);
        return start ? Text::tr("Start once, %1 at %2 (%3)").arg(day, timeOfDay(rule.minuteOfDay), zone)
                     : Text::tr("Stop once, %1 at %2 (%3)").arg(day, timeOfDay(rule.minuteOfDay), zone);
    }
    return start ? Text::tr("Start %1 at %2 (%3)").arg(daysText(rule.days), timeOfDay(rule.minuteOfDay), zone)
                 : Text::tr("Stop %1 at %2 (%3)").arg(daysText(rule.days), timeOfDay(rule.minuteOfDay), zone);
}

QString scheduleNext(const ScheduleState &state, bool enabled)
{
    if (!enabled)
        return Text::tr("switched off");
    if (state.next)
        return Text::tr("next %1").arg(format::dateTime(state.next));
    return state.outcome.isEmpty() ? Text::tr("over") : Text::tr("over: %1").arg(state.outcome);
}

QString onlyWhileRunning()
{
    return Text::tr("Rules work only while this console runs. What falls due while it is closed is reported later, not made up for.");
}

ConfirmRequest ruleQuestion()
{
    ConfirmRequest question;
    question.title = Text::tr("Save this rule?");
    question.text = Text::tr("It acts by itself, and does not ask again.");
    question.confirmLabel = Text::tr("Save rule");
    question.destructive = false;
    return question;
}

} // namespace novita::guardwords
