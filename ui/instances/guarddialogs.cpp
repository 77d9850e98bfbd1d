// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/guarddialogs.h"

#include "core/base/displaytext.h"
#include "core/guards/guards.h"
#include "core/workflows/instancecommands.h"
#include "core/workflows/stores.h"
#include "ui/errortext.h"
#include "ui/format.h"
#include "ui/instances/guardwords.h"
#include "ui/instances/idleruledialog.h"
#include "ui/instances/instanceconfirm.h"
#include "ui/instances/scheduledialog.h"
#include "ui/productiongate.h"
#include "ui/prompts.h"
#include "ui/widgets/ruledialog.h"
#include "ui/widgets/rulelistdialog.h"

#include <QCoreApplication>
#include <QTimer>

namespace novita::guarddialogs {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(GuardDialogs)
};

constexpr std::chrono::seconds kTick{1};

QString nameOf(const UiContext &context, const InstanceId &id)
{
    const Instance *row = context.stores.instances.find(id);
    return row ? row->displayName() : displayLine(id.toString());
}

QStringList namesOf(const UiContext &context, const QList<InstanceId> &ids)
{
    QStringList names;
    for (const InstanceId &id : ids)
        names.append(nameOf(context, id));
    return names;
}

/// "idle/<instance>", "spot/<instance>", "schedule/<rule>"
QString rowId(const char *kind, const QString &id)
{
    return QLatin1String(kind) + QLatin1Char('/') + id;
}

QList<RuleListDialog::Row> allRows(const UiContext &context)
{
    QList<RuleListDialog::Row> rows;
    const Guards &guards = context.guards;
    const TimePoint now = context.clock.now();
    const QList<InstanceId> idle = guards.idle.instances();
    for (const InstanceId &id : idle) {
        const std::optional<IdleRule> rule = guards.idle.ruleOf(id);
        rows.append({rowId("idle", id.toString()),
                     {Text::tr("Idle guard"), nameOf(context, id), rule ? guardwords::idleRule(*rule) : Text::tr("cannot be read; it is ignored"),
                      rule ? guardwords::idleState(guards.idle.stateOf(id), now) : QString()},
                     rule.has_value(), false});
    }
    const QList<InstanceId> spot = guards.spot.instances();
    for (const InstanceId &id : spot) {
        const std::optional<SpotRule> rule = guards.spot.ruleOf(id);
        const SpotState state = guards.spot.stateOf(id);
        rows.append({rowId("spot", id.toString()),
                     {Text::tr("Spot guard"), nameOf(context, id),
                      rule ? Text::tr("Migrates when reclaimed, at most every %1 h").arg(rule->hoursBetween) : Text::tr("cannot be read; it is ignored"),
                      state.migrateAt ? Text::tr("migrates at %1").arg(format::timeToMinute(*state.migrateAt)) : Text::tr("watches")},
                     rule.has_value(), false});
    }
    const QList<Schedule> schedules = guards.schedules.schedules();
    for (const Schedule &schedule : schedules) {
        rows.append({rowId("schedule", schedule.id.toString()),
                     {Text::tr("Schedule"), namesOf(context, schedule.rule.instances).join(QStringLiteral(", ")), guardwords::schedule(schedule.rule),
                      guardwords::scheduleNext(schedule.state, schedule.enabled)},
                     schedule.enabled, true});
    }
    return rows;
}

void showOutcome(RuleListDialog *dialog, Call<Done> *call)
{
    dialog->setProblem({});
    call->onFinished(dialog, [dialog](const Result<Done> &result) {
        if (!result && !result.error().isCanceled())
            dialog->setProblem(errorText(result.error()).sentence);
    });
}

} // namespace

void editIdleRule(const UiContext &context, const InstanceId &id, QWidget *parent)
{
    IdleRule begin;
    begin.zone = localtime::systemZone();
    auto *dialog = new IdleRuleDialog(nameOf(context, id), context.guards.idle.ruleOf(id).value_or(begin), parent);
    const auto save = [dialog, id, &guards = context.guards] {
        guards.idle.setRule(id, dialog->rule())->onFinished(dialog, [dialog](const Result<Done> &saved) {
            if (saved)
                dialog->accept();
            else
                dialog->setProblem(errorText(saved.error()).sentence);
        });
    };
    QObject::connect(dialog, &IdleRuleDialog::saveRequested, dialog, [dialog, save, context] {
        if (dialog->rule().dryRun)
            save();
        else
            confirmInProduction(context, dialog, guardwords::ruleQuestion(), save);
    });
    openForAccount(context, dialog);
}

void addSchedule(const UiContext &context, const QList<InstanceId> &ids, QWidget *parent)
{
    ScheduleRule begin;
    begin.zone = localtime::systemZone();
    begin.instances = ids;
    auto *dialog = new ScheduleDialog(namesOf(context, ids), begin, context.clock, parent);
    const auto save = [dialog, &guards = context.guards] {
        guards.schedules.add(dialog->rule())->onFinished(dialog, [dialog](const Result<RuleId> &added) {
            if (added)
                dialog->accept();
            else
                dialog->setProblem(errorText(added.error()).sentence);
        });
    };
    QObject::connect(dialog, &ScheduleDialog::saveRequested, dialog,
                     [dialog, save, context] { confirmInProduction(context, dialog, guardwords::ruleQuestion(), save); });
    openForAccount(context, dialog);
}

void askToMigrate(const UiContext &context, const QList<InstanceId> &ids, QWidget *parent)
{
    const QList<BulkRow> plan = context.commands.planBulk(ids, InstanceAction::Migrate);
    QList<InstanceId> able;
    for (const BulkRow &row : plan) {
        if (row.state == BulkRow::State::Waiting)
            able.append(row.id);
    }
    const auto migrate = [&spot = context.guards.spot](const QList<InstanceId> &all) {
        for (const InstanceId &id : all)
            spot.migrateNow(id);
    };
    const std::optional<ConfirmRequest> question = able.isEmpty() ? std::nullopt : confirmRequest(InstanceAction::Migrate, plan, context);
    if (!question) {
        migrate(ids); // it is refused, and the guard says why
        return;
    }
    context.prompts.confirm(parent, *question, [migrate, able](bool yes) {
        if (yes)
            migrate(able);
    });
}

void showAll(const UiContext &context, QWidget *parent)
{
    const RuleListDialog::Words words{Text::tr("Guards"), guardwords::onlyWhileRunning(),
                                      Text::tr("There are no rules. An instance without a rule is never touched. Rules are made in the Guards tab of an instance."),
                                      Text::tr("Guards table"),
                                      {Text::tr("Kind"), Text::tr("Instances"), Text::tr("Rule"), Text::tr("Now")},
                                      {}};
    auto *dialog = new RuleListDialog(context.theme, words, parent);
    const auto fill = [dialog, context] { dialog->setRows(allRows(context)); };
    auto *tick = new QTimer(dialog);
    QObject::connect(tick, &QTimer::timeout, dialog, fill); // countdowns
    tick->start(kTick);
    Guards &guards = context.guards;
    QObject::connect(&guards.schedules, &Scheduler::changed, dialog, fill);
    QObject::connect(dialog, &RuleListDialog::switchRequested, dialog, [dialog, &guards](const QString &id, bool on) {
        showOutcome(dialog, guards.schedules.setEnabled(RuleId(id.section(QLatin1Char('/'), 1)), on));
    });
    QObject::connect(dialog, &RuleListDialog::deleteRequested, dialog, [dialog, fill, &guards](const QString &id) {
        const QString subject = id.section(QLatin1Char('/'), 1);
        if (id.startsWith(QLatin1String("idle/")))
            showOutcome(dialog, guards.idle.removeRule(InstanceId(subject)));
        else if (id.startsWith(QLatin1String("spot/")))
            showOutcome(dialog, guards.spot.removeRule(InstanceId(subject)));
        else
            showOutcome(dialog, guards.schedules.remove(RuleId(subject)));
        fill();
    });
    fill();
    openForAccount(context, dialog);
}

} // namespace novita::guarddialogs
