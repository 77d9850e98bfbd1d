// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/idleruledialog.h"

#include "core/guards/localtime.h"
#include "ui/instances/guardwords.h"
#include "ui/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTimeEdit>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr int kTextColumns = 62;

using Trigger = IdleRule::Trigger;

void wrap(QLabel *label)
{
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
}

} // namespace

IdleRuleDialog::IdleRuleDialog(const QString &instanceName, const IdleRule &begin, QWidget *parent)
    : QDialog(parent)
    , m_form(new QFormLayout)
    , m_trigger(new QComboBox(this))
    , m_percent(new QSpinBox(this))
    , m_cpu(new QCheckBox(tr("The CPU must be idle as well"), this))
    , m_idleMinutes(new QSpinBox(this))
    , m_runMinutes(new QSpinBox(this))
    , m_time(new QTimeEdit(this))
    , m_zone(new QLabel(this))
    , m_dryRun(new QCheckBox(tr("Dry run: say what would be done, and do nothing"), this))
    , m_explain(new QLabel(this))
    , m_problem(new QLabel(this))
{
    setWindowTitle(tr("Idle rule"));
    build(instanceName);
    fill(begin);
    connect(m_trigger, &QComboBox::currentIndexChanged, this, &IdleRuleDialog::applyTrigger);
    connect(m_dryRun, &QCheckBox::toggled, this, &IdleRuleDialog::applyTrigger);
    setProblem({});
    applyTrigger();
}

void IdleRuleDialog::build(const QString &instanceName)
{
    auto *title = new QLabel(tr("Stop “%1” by itself").arg(instanceName), this);
    QFont strong = title->font();
    strong.setWeight(QFont::DemiBold);
    title->setFont(strong);
    for (QLabel *label : {title, m_zone, m_explain, m_problem})
        wrap(label);
    m_explain->setProperty("tone", QStringLiteral("text2"));
    m_problem->setProperty("tone", QStringLiteral("bad"));
    m_trigger->addItems({tr("When it is idle"), tr("After a time of running"), tr("Each day at a time")});
    m_percent->setRange(IdleRule::kLeastPercent, IdleRule::kMostPercent);
    m_percent->setSuffix(tr(" %"));
    m_idleMinutes->setRange(IdleRule::kLeastMinutes, IdleRule::kMostIdleMinutes);
    m_runMinutes->setRange(IdleRule::kLeastMinutes, IdleRule::kMostRunMinutes);
    for (QSpinBox *box : {m_idleMinutes, m_runMinutes})
        box->setSuffix(tr(" min"));
    m_time->setDisplayFormat(QStringLiteral("HH:mm"));
    m_form->setHorizontalSpacing(space::kGroup);
    m_form->setVerticalSpacing(space::kRelated);
    m_form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->addRow(tr("Stop"), m_trigger);
    m_form->addRow(tr("Use under"), m_percent);
    m_form->addRow(tr("For"), m_idleMinutes);
    m_form->addRow(QString(), m_cpu);
    m_form->addRow(tr("After"), m_runMinutes);
    m_form->addRow(tr("At"), m_time);
    m_form->addRow(QString(), m_zone);
    m_form->addRow(QString(), m_dryRun);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    auto *save = new QPushButton(tr("Save rule"), this);
    save->setProperty("primary", true);
    save->setDefault(true);
    cancel->setAutoDefault(false);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::kRelated);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(save);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kPage, space::kPage, space::kGroup);
    layout->setSpacing(space::kGroup);
    layout->addWidget(title);
    layout->addLayout(m_form);
    layout->addWidget(m_explain);
    layout->addWidget(m_problem);
    layout->addLayout(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * kTextColumns);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(save, &QPushButton::clicked, this, [this] {
        setProblem({});
        emit saveRequested();
    });
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
    const auto show = [this](QWidget *field, bool on) {
        field->setVisible(on);
        if (QWidget *label = m_form->labelForField(field))
            label->setVisible(on);
    };
    for (QWidget *field : std::initializer_list<QWidget *>{m_percent, m_cpu, m_idleMinutes})
        show(field, trigger == Trigger::Idle);
    show(m_runMinutes, trigger == Trigger::RunTime);
    show(m_time, trigger == Trigger::ClockTime);
    show(m_zone, trigger == Trigger::ClockTime);
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

void IdleRuleDialog::setProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

} // namespace novita
