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
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTimeEdit>
#include <QTimeZone>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr int kTextColumns = 62;
constexpr qsizetype kNamed = 4;
constexpr int kZonesShown = 14;

constexpr int kDaysOfAWeek = 7;
constexpr int kDayColumns = 4;

enum Repeat { Once, Daily, Weekdays, ChosenDays };

} // namespace

ScheduleDialog::ScheduleDialog(const QStringList &names, const ScheduleRule &begin, const Clock &clock, QWidget *parent)
    : QDialog(parent)
    , m_clock(clock)
    , m_instances(begin.instances)
    , m_form(new QFormLayout)
    , m_action(new QComboBox(this))
    , m_repeat(new QComboBox(this))
    , m_date(new QDateEdit(this))
    , m_dayRow(buildDays())
    , m_time(new QTimeEdit(this))
    , m_zone(new QComboBox(this))
    , m_next(new QLabel(this))
    , m_note(new QLabel(this))
    , m_problem(new QLabel(this))
{
    setWindowTitle(tr("Schedule"));
    build(names);
    fill(begin);
    for (const QComboBox *box : {m_action, m_repeat, m_zone})
        connect(box, &QComboBox::currentIndexChanged, this, &ScheduleDialog::applyChoice);
    connect(m_date, &QDateEdit::dateChanged, this, &ScheduleDialog::applyChoice);
    connect(m_time, &QTimeEdit::timeChanged, this, &ScheduleDialog::applyChoice);
    for (const QCheckBox *day : m_days)
        connect(day, &QCheckBox::toggled, this, &ScheduleDialog::applyChoice);
    setProblem({});
    applyChoice();
}

void ScheduleDialog::build(const QStringList &names)
{
    const qsizetype more = names.size() - kNamed;
    const QString first = names.mid(0, kNamed).join(QStringLiteral(", "));
    auto *title = new QLabel(more > 0 ? tr("%1 and %Ln more", "names", static_cast<int>(more)).arg(first) : first, this);
    QFont strong = title->font();
    strong.setWeight(QFont::DemiBold);
    title->setFont(strong);
    for (QLabel *label : {title, m_next, m_note, m_problem}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_note->setProperty("tone", QStringLiteral("text2"));
    m_problem->setProperty("tone", QStringLiteral("bad"));
    m_action->addItems({tr("Stop"), tr("Start")});
    m_repeat->addItems({tr("Once"), tr("Every day"), tr("Monday to Friday"), tr("On chosen days")});
    m_date->setDisplayFormat(QStringLiteral("d MMM yyyy"));
    m_time->setDisplayFormat(QStringLiteral("HH:mm"));
    const QList<QByteArray> zones = QTimeZone::availableTimeZoneIds();
    for (const QByteArray &zone : zones)
        m_zone->addItem(QString::fromLatin1(zone), zone);
    m_zone->setMaxVisibleItems(kZonesShown);
    m_form->setHorizontalSpacing(space::kGroup);
    m_form->setVerticalSpacing(space::kRelated);
    m_form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->addRow(tr("Do"), m_action);
    m_form->addRow(tr("Repeat"), m_repeat);
    m_form->addRow(tr("Day"), m_date);
    m_form->addRow(tr("Days"), m_dayRow);
    m_form->addRow(tr("Time"), m_time);
    m_form->addRow(tr("Time zone"), m_zone);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    auto *save = new QPushButton(tr("Save schedule"), this);
    save->setProperty("primary", true);
    save->setDefault(true);
    cancel->setAutoDefault(false);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::kRelated);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(save);
    m_note->setText(guardwords::onlyWhileRunning());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kPage, space::kPage, space::kGroup);
    layout->setSpacing(space::kGroup);
    layout->addWidget(title);
    layout->addLayout(m_form);
    layout->addWidget(m_next);
    layout->addWidget(m_note);
    layout->addWidget(m_problem);
    layout->addLayout(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * kTextColumns);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(save, &QPushButton::clicked, this, [this] {
        setProblem({});
        emit saveRequested();
    });
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
    const auto show = [this](QWidget *field, bool on) {
        field->setVisible(on);
        if (QWidget *label = m_form->labelForField(field))
            label->setVisible(on);
    };
    show(m_date, m_repeat->currentIndex() == Once);
    show(m_dayRow, m_repeat->currentIndex() == ChosenDays);
    if (m_repeat->currentIndex() == ChosenDays && chosenDays() == 0) {
        m_next->setText(tr("Choose at least one day of the week."));
        return;
    }
    const std::optional<TimePoint> next = rule().nextAfter(m_clock.now());
    m_next->setText(next ? tr("Next: %1 (in %2)").arg(format::dateTime(next), format::duration(*next - m_clock.now())) : tr("This time has passed."));
}

void ScheduleDialog::setProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

} // namespace novita
