// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/guardstab.h"

#include "core/guards/guards.h"
#include "core/workflows/instancecommands.h"
#include "core/workflows/stores.h"
#include "ui/errortext.h"
#include "ui/format.h"
#include "ui/instances/guarddialogs.h"
#include "ui/instances/guardwords.h"
#include "ui/productiongate.h"
#include "ui/theme.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

namespace novita {

namespace {

QHBoxLayout *rowOf(std::initializer_list<QWidget *> widgets)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(space::kRelated);
    for (QWidget *widget : widgets)
        row->addWidget(widget);
    row->addStretch(1);
    return row;
}

} // namespace

GuardsTab::GuardsTab(const UiContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_alarm(new QWidget(this))
    , m_alarmText(new QLabel(m_alarm))
    , m_keep(new QPushButton(m_alarm))
    , m_migrate(new QPushButton(m_alarm))
    , m_idleTitle(new QLabel(this))
    , m_idleText(new QLabel(this))
    , m_idleEdit(new QPushButton(this))
    , m_idleRemove(new QPushButton(this))
    , m_idleKeep(new QPushButton(this))
    , m_spotTitle(new QLabel(this))
    , m_spotText(new QLabel(this))
    , m_spot(new QCheckBox(this))
    , m_spotHoursLabel(new QLabel(this))
    , m_spotHours(new QSpinBox(this))
    , m_scheduleTitle(new QLabel(this))
    , m_scheduleText(new QLabel(this))
    , m_scheduleAdd(new QPushButton(this))
    , m_all(new QPushButton(this))
    , m_lockTitle(new QLabel(this))
    , m_lock(new QCheckBox(this))
    , m_note(new QLabel(this))
    , m_problem(new QLabel(this))
{
    buildLayout();
    connectButtons();
    retranslate();
}

void GuardsTab::buildLayout()
{
    for (QLabel *label : {m_alarmText, m_idleTitle, m_idleText, m_spotTitle, m_spotText, m_spotHoursLabel, m_scheduleTitle, m_scheduleText, m_lockTitle, m_note, m_problem}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(label != m_spotHoursLabel);
    }
    for (QLabel *title : {m_idleTitle, m_spotTitle, m_scheduleTitle, m_lockTitle, m_note, m_spotHoursLabel})
        title->setProperty("tone", QStringLiteral("text2"));
    m_alarmText->setProperty("tone", QStringLiteral("warn"));
    m_problem->setProperty("tone", QStringLiteral("bad"));
    m_keep->setProperty("primary", true);
    for (QPushButton *button : {m_keep, m_migrate, m_idleEdit, m_idleRemove, m_idleKeep, m_scheduleAdd, m_all})
        button->setAutoDefault(false);
    m_spotHours->setRange(SpotRule::kLeastHours, SpotRule::kMostHours);
    m_spotHoursLabel->setBuddy(m_spotHours);
    auto *alarm = new QVBoxLayout(m_alarm);
    alarm->setContentsMargins(0, 0, 0, space::kRelated);
    alarm->setSpacing(space::kRelated);
    alarm->addWidget(m_alarmText);
    alarm->addLayout(rowOf({m_keep, m_migrate}));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::kRelated, space::kRelated, 0);
    layout->setSpacing(space::kInside);
    layout->addWidget(m_alarm);
    const auto section = [layout](std::initializer_list<QWidget *> lines, QLayout *row) {
        for (QWidget *line : lines)
            layout->addWidget(line);
        if (row)
            layout->addLayout(row);
        layout->addSpacing(space::kRelated + space::kInside);
    };
    auto *idle = new QVBoxLayout;
    idle->setSpacing(space::kRelated);
    idle->addLayout(rowOf({m_idleEdit, m_idleRemove}));
    idle->addLayout(rowOf({m_idleKeep})); // three of them would be wider than the pane
    section({m_idleTitle, m_idleText}, idle);
    section({m_spotTitle, m_spotText, m_spot}, rowOf({m_spotHoursLabel, m_spotHours}));
    section({m_scheduleTitle, m_scheduleText}, rowOf({m_scheduleAdd, m_all}));
    section({m_lockTitle, m_lock}, nullptr);
    layout->addWidget(m_problem);
    layout->addWidget(m_note);
    layout->addStretch(1);
    m_problem->hide();
}

void GuardsTab::connectButtons()
{
    Guards &guards = m_context.guards;
    connect(&guards.idle, &IdleGuard::changed, this, &GuardsTab::refresh);
    connect(&guards.spot, &SpotGuard::changed, this, &GuardsTab::refresh);
    connect(&guards.schedules, &Scheduler::changed, this, &GuardsTab::refresh);
    connect(m_keep, &QPushButton::clicked, this, [this, &guards] { guards.idle.keep(m_id); });
    connect(m_idleKeep, &QPushButton::clicked, this, [this, &guards] { guards.idle.keep(m_id); });
    connect(m_migrate, &QPushButton::clicked, this, [this] { guarddialogs::askToMigrate(m_context, {m_id}, window()); });
    connect(m_idleEdit, &QPushButton::clicked, this, [this] { guarddialogs::editIdleRule(m_context, m_id, window()); });
    connect(m_idleRemove, &QPushButton::clicked, this, [this, &guards] { tellOutcome(guards.idle.removeRule(m_id)); });
    connect(m_spot, &QCheckBox::toggled, this, &GuardsTab::askSpotRule);
    connect(m_spotHours, &QSpinBox::editingFinished, this, [this] {
        const std::optional<SpotRule> rule = m_context.guards.spot.ruleOf(m_id);
        if (rule && rule->hoursBetween != m_spotHours->value())
            setSpotRule(true);
    });
    connect(m_scheduleAdd, &QPushButton::clicked, this, [this] { guarddialogs::addSchedule(m_context, {m_id}, window()); });
    connect(m_all, &QPushButton::clicked, this, [this] { guarddialogs::showAll(m_context, window()); });
    connect(m_lock, &QCheckBox::toggled, this, [this](bool on) { m_context.commands.setDeleteLocked({m_id}, on); });
}

void GuardsTab::setInstanceId(const InstanceId &id)
{
    if (m_id != id)
        setProblem({});
    m_id = id;
    refresh();
}

/// The box shows what holds, until another rule does.
void GuardsTab::askSpotRule(bool on)
{
    if (on)
        confirmInProduction(m_context, window(), guardwords::ruleQuestion(), [self = QPointer(this), id = m_id] {
            if (self && self->m_id == id)
                self->setSpotRule(true);
        });
    else
        setSpotRule(false);
    refresh();
}

void GuardsTab::setSpotRule(bool on)
{
    SpotGuard &spot = m_context.guards.spot;
    tellOutcome(on ? spot.setRule(m_id, SpotRule{m_spotHours->value()}) : spot.removeRule(m_id));
}

void GuardsTab::tellOutcome(Call<Done> *call)
{
    setProblem({});
    call->onFinished(this, [this, id = m_id](const Result<Done> &done) {
        if (!done && !done.error().isCanceled() && id == m_id)
            setProblem(errorText(done.error()).sentence);
        refresh();
    });
}

void GuardsTab::setProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

void GuardsTab::refresh()
{
    if (!isVisible())
        return; // showEvent() makes up for it
    const Instance *instance = m_context.stores.instances.find(m_id);
    if (!instance)
        return;
    showAlarm(*instance);
    showIdle();
    showSpot(*instance);
    showSchedules();
    const QSignalBlocker blocker(m_lock);
    m_lock->setChecked(m_context.commands.isDeleteLocked(m_id));
}

void GuardsTab::showAlarm(const Instance &instance)
{
    const TimePoint now = m_context.clock.now();
    const IdleState idle = m_context.guards.idle.stateOf(m_id);
    const bool counting = idle.phase == IdleState::Phase::Countdown && idle.deadline;
    const SpotStage stage = spotStageOf(instance);
    QStringList sentences;
    if (counting)
        sentences.append(tr("The idle rule stops it in %1.").arg(format::duration(std::max(*idle.deadline - now, Milliseconds(0)))));
    if (stage == SpotStage::Noticed) {
        const bool timed = instance.spotReclaimTime && *instance.spotReclaimTime > now;
        sentences.append(timed ? tr("Its spot GPU is taken back in %1.").arg(format::duration(*instance.spotReclaimTime - now)) : tr("Its spot GPU is about to be taken back."));
    } else if (stage == SpotStage::Reclaimed) {
        sentences.append(tr("Its spot GPU was taken back."));
    }
    m_alarm->setVisible(!sentences.isEmpty());
    m_alarmText->setText(sentences.join(QLatin1Char('\n')));
    m_keep->setVisible(counting);
    m_migrate->setVisible(stage != SpotStage::None);
    const ActionVerdict verdict = m_context.commands.verdict(m_id, InstanceAction::Migrate);
    m_migrate->setEnabled(verdict.allowed);
    m_migrate->setToolTip(format::toolTip(verdict.reason));
}

void GuardsTab::showIdle()
{
    const std::optional<IdleRule> rule = m_context.guards.idle.ruleOf(m_id);
    const QString state = rule ? guardwords::idleState(m_context.guards.idle.stateOf(m_id), m_context.clock.now()) : QString();
    m_idleText->setText(rule ? tr("%1 (%2)", "a rule and what it does now").arg(guardwords::idleRule(*rule), state)
                             : tr("No rule: nothing stops this instance by itself."));
    m_idleEdit->setText(rule ? tr("Change idle rule…") : tr("Set idle rule…"));
    m_idleRemove->setVisible(rule.has_value());
    const IdleState idle = m_context.guards.idle.stateOf(m_id);
    m_idleKeep->setVisible(rule && idle.phase == IdleState::Phase::Watching && idle.quietUntil.value_or(TimePoint()) <= m_context.clock.now());
}

void GuardsTab::showSpot(const Instance &instance)
{
    const std::optional<SpotRule> rule = m_context.guards.spot.ruleOf(m_id);
    const bool spot = instance.billing == BillingMode::Spot || rule;
    m_spotText->setVisible(!spot);
    m_spot->setVisible(spot);
    m_spotHours->setVisible(spot);
    m_spotHoursLabel->setVisible(spot);
    const QSignalBlocker blocker(m_spot);
    m_spot->setChecked(rule.has_value());
    m_spotHours->setEnabled(rule.has_value());
    if (!m_spotHours->hasFocus()) {
        const QSignalBlocker hours(m_spotHours);
        m_spotHours->setValue(rule.value_or(SpotRule()).hoursBetween);
    }
}

void GuardsTab::showSchedules()
{
    QStringList lines;
    const QList<Schedule> schedules = m_context.guards.schedules.schedulesOf(m_id);
    for (const Schedule &schedule : schedules)
        lines.append(tr("%1 – %2", "a schedule and its next time").arg(guardwords::schedule(schedule.rule), guardwords::scheduleNext(schedule.state, schedule.enabled)));
    m_scheduleText->setText(lines.isEmpty() ? tr("None.") : lines.join(QLatin1Char('\n')));
}

void GuardsTab::retranslate()
{
    m_keep->setText(tr("Keep running"));
    m_migrate->setText(tr("Migrate now"));
    m_idleTitle->setText(tr("Idle guard"));
    m_idleRemove->setText(tr("Remove idle rule"));
    m_idleKeep->setText(tr("Quiet for an hour"));
    m_idleKeep->setToolTip(format::toolTip(tr("Keeps it running for an hour, whatever the rule says.")));
    m_spotTitle->setText(tr("Spot guard"));
    m_spotText->setText(tr("Only spot instances can be reclaimed."));
    m_spot->setText(tr("Migrate by itself when reclaimed"));
    m_spotHoursLabel->setText(tr("Hours between two migrations, at least"));
    m_scheduleTitle->setText(tr("Schedules"));
    m_scheduleAdd->setText(tr("Add schedule…"));
    m_all->setText(tr("All guards…"));
    m_lockTitle->setText(tr("Delete lock"));
    m_lock->setText(tr("Keep this instance from being deleted here"));
    m_note->setText(guardwords::onlyWhileRunning());
    refresh();
}

void GuardsTab::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void GuardsTab::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
