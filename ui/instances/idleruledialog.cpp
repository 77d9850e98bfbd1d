// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/idleruledialog.h"

#include "core/guards/localtime.h"
#include "ui/instances/guardwords.h"
#include "ui/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QSpinBox>
#include <QTimeEdit>

namespace novita {

namespace {

using Trigger = IdleRule::Trigger;

} // namespace

IdleRuleDialog::IdleRuleDialog(const QString &instanceName, const IdleRule &begin, QWidget *parent)
    : RuleDialog(tr("Stop “%1” by itself").arg(instanceName), tr("Save rule"), parent)
    , m_trigger(new QComboBox(this))
    , m_percent(new QSpinBox(this))
    , m_cpu(new QCheckBox(tr("The CPU must be idle as well"), this))
    , m_idleMinutes(new QSpinBox(this))
    , m_runMinutes(new QSpinBox(this))
    , m_time(new QTimeEdit(this))
    , m_zone(new QLabel(this))
    , m_dryRun(new QCheckBox(tr("Dry run: say what would be done, and do nothing"), this))
    , m_explain(addSentence("text2"))
{
    setWindowTitle(tr("Idle rule"));
    build();
    fill(begin);
    connect(m_trigger, &QComboBox::currentIndexChanged, this, &IdleRuleDialog::applyTrigger);
    connect(m_dryRun, &QCheckBox::toggled, this, &IdleRuleDialog::applyTrigger);
    applyTrigger();
}

void IdleRuleDialog::build()
{
    m_zone->setTextFormat(Qt::PlainText);
    m_zone->setWordWrap(true);
    m_trigger->addItems({tr("When it is idle"), tr("After a time of running"), tr("Each day at a time")});
    m_percent->setRange(IdleRule::kLeastPercent, IdleRule::kMostPercent);
    m_percent->setSuffix(tr(" %"));
    m_idleMinutes->setRange(IdleRule::kLeastMinutes, IdleRule::kMostIdleMinutes);
    m_runMinutes->setRange(IdleRule::kLeastMinutes, IdleRule::kMostRunMinutes);
    for (QSpinBox *box : {m_idleMinutes, m_runMinutes})
        box->setSuffix(tr(" min"));
    m_time->setDisplayFormat(QStringLiteral("HH:mm"));
    form()->addRow(tr("Stop"), m_trigger);
    form()->addRow(tr("Use under"), m_percent);
    form()->addRow(tr("For"), m_idleMinutes);
    form()->addRow(QString(), m_cpu);
    form()->addRow(tr("After"), m_runMinutes);
    form()->addRow(tr("At"), m_time);
    form()->addRow(QString(), m_zone);
    form()->addRow(QString(), m_dryRun);
}

void IdleRuleDialog::fill(const IdleRule &rule)
{
    m_trigger->setCurrentIndex(static_cast<int>(rule.trigger));
    m_percent->setValue(rule.percent);
    m_cpu->setChecked(rule.cpuToo);
    m_idleMinutes->setValue(rule.trigger == Trigger::RunTime ? IdleRule().minutes : rule.minutes);
    constexpr int kTypicalRun = 8 * 60;
    m_runMinutes->setValue(rule.trigger == Trigger::RunTime ? rule.minutes : kTypicalRun);
    m_time->setTime(QTime(0, 0).addSecs(rule.minuteOfDay * 60));
    m_zoneId = localtime::isZone(rule.zone) ? rule.zone : localtime::systemZone();
    m_zone->setText(tr("Time zone: %1").arg(QString::fromLatin1(m_zoneId)));
    m_dryRun->setChecked(rule.dryRun);
}

void IdleRuleDialog::applyTrigger()
{
    const auto trigger = static_cast<Trigger>(m_trigger->currentIndex());
    for (QWidget *field : std::initializer_list<QWidget *>{m_percent, m_cpu, m_idleMinutes})
        showField(field, trigger == Trigger::Idle);
    showField(m_runMinutes, trigger == Trigger::RunTime);
    showField(m_time, trigger == Trigger::ClockTime);
    showField(m_zone, trigger == Trigger::ClockTime);
    const QString what = m_dryRun->isChecked() ? tr("It says so when it would stop the instance, at most once an hour.")
                                               : tr("Five minutes before, it says so, and Keep running puts it off by an hour. Local disks can be lost by a stop.");
    const QString unknown = trigger == Trigger::Idle ? tr(" Without measured use, nothing is done.") : QString();
    m_explain->setText(what + unknown + QLatin1Char(' ') + guardwords::onlyWhileRunning());
    // The sentences are of different length.
    adjustSize();
}

IdleRule IdleRuleDialog::rule() const
{
    IdleRule rule;
    rule.trigger = static_cast<Trigger>(m_trigger->currentIndex());
    rule.percent = m_percent->value();
    rule.cpuToo = m_cpu->isChecked();
    rule.minutes = rule.trigger == Trigger::RunTime ? m_runMinutes->value() : m_idleMinutes->value();
    rule.minuteOfDay = m_time->time().hour() * 60 + m_time->time().minute();
    rule.zone = m_zoneId;
    rule.dryRun = m_dryRun->isChecked();
    return rule;
}

} // namespace novita
