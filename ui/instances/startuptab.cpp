// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/startuptab.h"

#include "core/workflows/startupmonitor.h"
#include "ui/format.h"
#include "ui/instances/endpointwords.h"
#include "ui/theme.h"
#include "ui/widgets/factlist.h"
#include "ui/widgets/makers.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace novita {

namespace {

QString labelOf(StartupState state)
{
    return QCoreApplication::translate("StartupState", startupInfo(state).label);
}

const char *toneName(StateTone tone)
{
    switch (tone) {
    case StateTone::Good: return "good";
    case StateTone::Warn: return "warn";
    case StateTone::Bad: return "bad";
    default: return "";
    }
}

} // namespace

StartupTab::StartupTab(QWidget *parent)
    : QWidget(parent)
    , m_headline(new QLabel(this))
    , m_reason(new QLabel(this))
    , m_usualText(new QLabel(this))
    , m_stepList(new FactList(this))
    , m_endpointsTitle(new QLabel(this))
    , m_endpointList(new FactList(this))
    , m_check(new QPushButton(this))
    , m_problem(new QLabel(this))
{
    for (QLabel *label : {m_headline, m_reason, m_usualText, m_endpointsTitle, m_problem}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    for (QLabel *label : {m_usualText, m_endpointsTitle})
        label->setProperty("tone", QStringLiteral("text2"));
    setTone(m_problem, "bad");
    m_check->setAutoDefault(false);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_check);
    buttons->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::kRelated, space::kRelated, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_headline);
    layout->addWidget(m_reason);
    layout->addWidget(m_usualText);
    layout->addWidget(m_stepList);
    layout->addSpacing(space::kRelated);
    layout->addWidget(m_endpointsTitle);
    layout->addWidget(m_endpointList);
    layout->addLayout(buttons);
    layout->addWidget(m_problem);
    layout->addStretch(1);
    connect(m_check, &QPushButton::clicked, this, [this] {
        setProblem({});
        emit checkRequested();
    });
    setProblem({});
    present();
}

void StartupTab::setStartup(const StartupMonitor *monitor, const QList<TimelineEntry> &earlier, InstanceStatus status, TimePoint now)
{
    m_phase.reset();
    m_endpoints.clear();
    m_steps = earlier;
    m_over = true;
    if (monitor) {
        m_phase = monitor->current().phase;
        m_deadline = monitor->current().deadline;
        m_steps = monitor->steps();
        m_endpoints = monitor->endpoints();
        m_over = monitor->isOver();
    }
    m_status = status;
    m_now = now;
    present();
}

void StartupTab::setUsual(const std::optional<UsualStart> &usual)
{
    if (m_usual == usual)
        return;
    m_usual = usual;
    present();
}

void StartupTab::setProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

QString StartupTab::headline() const
{
    if (!m_phase)
        return m_steps.isEmpty() ? tr("No start of this instance has been watched yet.") : tr("The last start that was watched");
    const QString word = m_phase->state == StartupState::Unknown && !m_phase->reason.isEmpty() ? tr("Unknown: %1").arg(m_phase->reason) : labelOf(m_phase->state);
    if (m_over || m_phase->state == StartupState::TimedOut)
        return word;
    return m_now < m_deadline ? tr("%1 · at most %2 more").arg(word, format::duration(m_deadline - m_now)) : word;
}

void StartupTab::present()
{
    m_headline->setText(headline());
    setTone(m_headline, m_phase ? toneName(startupInfo(m_phase->state).tone) : "text2");
    const bool failed = m_phase && m_phase->state == StartupState::Failed;
    const bool late = m_phase && m_phase->state == StartupState::TimedOut;
    m_reason->setText(late ? tr("It did not become ready in time; it is watched on.") : failed ? m_phase->reason : QString());
    m_reason->setVisible(!m_reason->text().isEmpty());
    m_usualText->setVisible(m_usual && m_phase && !m_over);
    if (m_usual)
        m_usualText->setText(tr("Usually ready after %1 (median of %Ln starts)", nullptr, m_usual->starts).arg(format::duration(m_usual->median)));
    presentSteps();
    presentEndpoints();
    m_endpointsTitle->setText(tr("Endpoints"));
    m_check->setText(m_endpoints.isEmpty() ? tr("Check endpoints") : tr("Check again"));
    const bool checking = m_phase && m_phase->state == StartupState::Checking;
    m_check->setEnabled(m_status == InstanceStatus::Running && !checking);
    m_check->setToolTip(m_status == InstanceStatus::Running ? QString() : tr("Only a running instance has endpoints to check."));
}

void StartupTab::presentSteps()
{
    QList<std::pair<QString, QString>> facts;
    for (qsizetype i = 0; i < m_steps.size(); ++i) {
        const TimelineEntry &step = m_steps.at(i);
        const bool last = i + 1 == m_steps.size();
        QString value = format::dateTime(step.at);
        if (!last)
            value = format::duration(m_steps.at(i + 1).at - step.at);
        else if (!m_over)
            value = tr("for %1").arg(format::duration(m_now - step.at));
        facts.append({labelOf(startupStateFromName(step.state)), value});
    }
    m_stepList->setFacts(facts);
}

void StartupTab::presentEndpoints()
{
    QList<std::pair<QString, QString>> facts;
    for (const EndpointStatus &endpoint : std::as_const(m_endpoints))
        facts.append({endpoint.label, endpointText(endpoint)});
    m_endpointList->setFacts(facts);
    m_endpointList->setVisible(!facts.isEmpty());
}

void StartupTab::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        present();
}

} // namespace novita
