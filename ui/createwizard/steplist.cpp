// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/steplist.h"

#include "ui/delegates/rowdelegate.h"
#include "ui/models/roles.h"
#include "ui/theme.h"

namespace novita {

namespace {

constexpr int kWidth = 160;

} // namespace

StepList::StepList(const UiContext &context, QWidget *parent)
    : QListWidget(parent)
{
    setFixedWidth(kWidth);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setItemDelegate(new RowDelegate(context.theme, this));
}

void StepList::setSteps(const QStringList &titles)
{
    constexpr int kStepHeight = 40;
    while (count() < titles.size()) {
        addItem(QString());
        item(count() - 1)->setSizeHint({0, kStepHeight});
        m_marks.append(Mark::None);
    }
    for (int i = 0; i < titles.size(); ++i)
        item(i)->setText(tr("%1  %2").arg(i + 1).arg(titles.at(i)));
    applyMarks();
}

void StepList::setMark(int step, Mark mark)
{
    if (step < 0 || step >= m_marks.size() || m_marks.at(step) == mark)
        return;
    m_marks[step] = mark;
    applyMarks();
}

void StepList::applyMarks()
{
    for (int i = 0; i < count(); ++i) {
        QListWidgetItem *step = item(i);
        switch (m_marks.at(i)) {
        case Mark::None:
            step->setData(IconNameRole, QStringLiteral("go-next"));
            step->setData(Qt::AccessibleDescriptionRole, QString());
            break;
        case Mark::Done:
            step->setData(IconNameRole, QStringLiteral("checkmark"));
            step->setData(Qt::AccessibleDescriptionRole, tr("done"));
            break;
        case Mark::Problem:
            step->setData(IconNameRole, QStringLiteral("emblem-warning"));
            step->setData(Qt::AccessibleDescriptionRole, tr("has problems"));
            break;
        }
    }
}

} // namespace novita
