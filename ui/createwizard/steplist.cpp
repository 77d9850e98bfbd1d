// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/steplist.h"

#include "ui/theme.h"

namespace novita {

namespace {

constexpr int kWidth = 176;

} // namespace

StepList::StepList(const UiContext &context, QWidget *parent)
    : QListWidget(parent), m_context(context)
{
    setFixedWidth(kWidth);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setProperty("steps", true);
    setSpacing(2);
    connect(&context.theme, &Theme::changed, this, &StepList::applyIcons);
}

void StepList::setSteps(const QStringList &titles)
{
    constexpr int kRowHeight = 36;
    while (count() < titles.size()) {
        addItem(QString());
        item(count() - 1)->setSizeHint({0, kRowHeight});
        m_marks.append(Mark::None);
    }
    for (int i = 0; i < titles.size(); ++i)
        item(i)->setText(tr("%1  %2").arg(i + 1).arg(titles.at(i)));
    applyIcons();
}

void StepList::setMark(int step, Mark mark)
{
    if (step < 0 || step >= m_marks.size() || m_marks.at(step) == mark)
        return;
    m_marks[step] = mark;
    applyIcons();
}

void StepList::applyIcons()
{
    for (int i = 0; i < count(); ++i) {
        QListWidgetItem *step = item(i);
        switch (m_marks.at(i)) {
        case Mark::None:
            step->setIcon(m_context.theme.icon(QStringLiteral("arrow-right")));
            step->setData(Qt::AccessibleDescriptionRole, QString());
            break;
        case Mark::Done:
            step->setIcon(m_context.theme.icon(QStringLiteral("checkmark")));
            step->setData(Qt::AccessibleDescriptionRole, tr("done"));
            break;
        case Mark::Problem:
            step->setIcon(m_context.theme.icon(QStringLiteral("emblem-warning")));
            step->setData(Qt::AccessibleDescriptionRole, tr("has problems"));
            break;
        }
    }
}

} // namespace novita
