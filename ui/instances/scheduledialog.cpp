// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/scheduledialog.h"

#include "ui/format.h"
#include "ui/instances/guardwords.h"
#include "ui/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QTimeEdit>
#include <QTimeZone>

namespace novita {

namespace {

constexpr int kZonesShown = 14;

constexpr int kDaysOfAWeek = 7;
constexpr int kDayColumns = 4;

enum Repeat { Once, Daily, Weekdays, ChosenDays };

} // namespace

ScheduleDialog::ScheduleDialog(const QStringList &names, const ScheduleRule &begin, const Clock &clock, QWidget *parent)
    : RuleDialog(headingOf(names), tr("Save schedule"), parent)
    , m_clock(clock)
    , m_instances(begin.instances)
    , m_action(new QComboBox(this))
    , m_repeat(new QComboBox(this))
    , m_date(new QDateEdit(this))
    , m_dayRow(buildDays())
    , m_time(new QTimeEdit(this))
    , m_zone(new QComboBox(this))
    , m_next(addSentence())
{
    setWindowTitle(tr("Schedule"));
    build();
    fill(begin);
    for (const QComboBox *box : {m_action, m_repeat, m_zone})
        connect(box, &QComboBox::currentIndexChanged, this, &ScheduleDialog::applyChoice);
    connect(m_date, &QDateEdit::dateChanged, this, &ScheduleDialog::applyChoice);
    connect(m_time, &QTimeEdit::timeChanged, this, &ScheduleDialog::applyChoice);
    for (const QCheckBox *day : m_days)
        connect(day, &QCheckBox::toggled, this, &ScheduleDialog::applyChoice);
    applyChoice();
}

void ScheduleDialog::build()
{
    m_action->addItems({tr("Stop"), tr("Start")});
    m_repeat->addItems({tr("Once"), tr("Every day"), tr("Monday to Friday"), tr("On chosen days")});
    m_date->setDisplayFormat(QStringLiteral("d MMM yyyy"));
    m_time->setDisplayFormat(QStringLiteral("HH:mm"));
    const QList<QByteArray> zones = QTimeZone::availableTimeZoneIds();
    for (const QByteArray &zone : zones)
        m_zone->addItem(QString::fromLatin1(zone), zone);
    m_zone->setMaxVisibleItems(kZonesShown);
    form()->addRow(tr("Action"), m_action);
    form()->addRow(tr("Repeat"), m_repeat);
    form()->addRow(tr("Day"), m_date);
    form()->addRow(tr("Days"), m_dayRow);
    form()->addRow(tr("Time"), m_time);
    form()->addRow(tr("Time zone"), m_zone);
    addSentence("text2")->setText(guardwords::onlyWhileRunning());
}

QWidget *ScheduleDialog::buildDays()
{
    auto *row = new QWidget(this);
    auto *grid = new QGridLayout(row);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::kGroup);
    grid->setVerticalSpacing(space::kInside);
    const QLocale locale;
    const int first = locale.firstDayOfWeek();
    for (int place = 0; place < kDaysOfAWeek; ++place) {
        const int day = (first - 1 + place) % kDaysOfAWeek + 1;
        auto *box = new QCheckBox(locale.standaloneDayName(day, QLocale::ShortFormat), row);
        box->setAccessibleName(locale.standaloneDayName(day, QLocale::LongFormat));
        grid->addWidget(box, place / kDayColumns, place % kDayColumns);
        m_days.at(static_cast<std::size_t>(day - 1)) = box;
    }
    grid->setColumnStretch(kDayColumns, 1);
    return row;
}

localtime::Days ScheduleDialog::chosenDays() const
{
    unsigned days = 0;
    for (std::size_t i = 0; i < m_days.size(); ++i)
        days |= m_days.at(i)->isChecked() ? 1u << i : 0u;
    return static_cast<localtime::Days>(days);
}

void ScheduleDialog::fill(const ScheduleRule &rule)
{
    m_action->setCurrentIndex(rule.action == InstanceAction::Start ? 1 : 0);
    m_repeat->setCurrentIndex(rule.once                              ? Once
                              : rule.days == localtime::kWeekdays  ? Weekdays
                              : rule.days == localtime::kEveryDay  ? Daily
                                                                   : ChosenDays);
    for (std::size_t i = 0; i < m_days.size(); ++i)
        m_days.at(i)->setChecked(!rule.once && (rule.days & (1u << i)) != 0);
    const QByteArray zone = localtime::isZone(rule.zone) ? rule.zone : localtime::systemZone();
    if (m_zone->findData(zone) < 0)
        m_zone->addItem(QString::fromLatin1(zone), zone);
    m_zone->setCurrentIndex(m_zone->findData(zone));
    m_date->setDate(rule.date.isValid() ? rule.date : localtime::dateOf(m_clock.now(), zone));
    m_time->setTime(QTime(0, 0).addSecs(rule.minuteOfDay * 60));
}

ScheduleRule ScheduleDialog::rule() const
{
    ScheduleRule rule;
    rule.action = m_action->currentIndex() == 1 ? InstanceAction::Start : InstanceAction::Stop;
    rule.once = m_repeat->currentIndex() == Once;
    rule.date = m_date->date();
    switch (m_repeat->currentIndex()) {
    case Weekdays: rule.days = localtime::kWeekdays; break;
    case ChosenDays: rule.days = chosenDays(); break;
    default: rule.days = localtime::kEveryDay; break;
    }
    rule.minuteOfDay = m_time->time().hour() * 60 + m_time->time().minute();
    rule.zone = m_zone->currentData().toByteArray();
    rule.instances = m_instances;
    return rule;
}

void ScheduleDialog::applyChoice()
{
    showField(m_date, m_repeat->currentIndex() == Once);
    showField(m_dayRow, m_repeat->currentIndex() == ChosenDays);
    if (m_repeat->currentIndex() == ChosenDays && chosenDays() == 0) {
        m_next->setText(tr("Choose at least one day of the week."));
        return;
    }
    const std::optional<TimePoint> next = rule().nextAfter(m_clock.now());
    m_next->setText(next ? tr("Next: %1 (in %2)").arg(format::dateTime(next), format::duration(*next - m_clock.now())) : tr("This time has passed."));
}

} // namespace novita
