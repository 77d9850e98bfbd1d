// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/scheduledialog.h"

#include "ui/format.h"
#include "ui/instances/guardwords.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QDateEdit>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimeEdit>
#include <QTimeZone>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr int kTextColumns = 62;
constexpr qsizetype kNamed = 4;
constexpr int kZonesShown = 14;

enum Repeat { Once, Daily, Weekdays };

} // namespace

ScheduleDialog::ScheduleDialog(const QStringList &names, const ScheduleRule &begin, const Clock &clock, QWidget *parent)
    : QDialog(parent)
    , m_clock(clock)
    , m_instances(begin.instances)
    , m_form(new QFormLayout)
    , m_action(new QComboBox(this))
    , m_repeat(new QComboBox(this))
    , m_date(new QDateEdit(this))
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
    m_repeat->addItems({tr("Once"), tr("Every day"), tr("Monday to Friday")});
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

void ScheduleDialog::fill(const ScheduleRule &rule)
{
    m_action->setCurrentIndex(rule.action == InstanceAction::Start ? 1 : 0);
    m_repeat->setCurrentIndex(rule.once ? Once : rule.days == localtime::kWeekdays ? Weekdays : Daily);
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
    rule.days = m_repeat->currentIndex() == Weekdays ? localtime::kWeekdays : localtime::kEveryDay;
    rule.minuteOfDay = m_time->time().hour() * 60 + m_time->time().minute();
    rule.zone = m_zone->currentData().toByteArray();
    rule.instances = m_instances;
    return rule;
}

void ScheduleDialog::applyChoice()
{
    const bool once = m_repeat->currentIndex() == Once;
    m_date->setVisible(once);
    if (QWidget *label = m_form->labelForField(m_date))
        label->setVisible(once);
    const std::optional<TimePoint> next = rule().nextAfter(m_clock.now());
    m_next->setText(next ? tr("Next: %1 (in %2)").arg(format::dateTime(next), format::duration(*next - m_clock.now())) : tr("This time has passed."));
}

void ScheduleDialog::setProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

} // namespace novita
