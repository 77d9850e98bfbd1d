// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/fieldform.h"

#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QGridLayout>
#include <QLabel>

#include <algorithm>

namespace novita {

namespace {

constexpr int kLabelWidth = 124;
constexpr int kLettersOfLabel = 18;

} // namespace

void markProblem(QWidget *input, const QString &problem)
{
    if (input->accessibleDescription() == problem)
        return;
    input->setAccessibleDescription(problem);
    setInvalid(input, !problem.isEmpty());
}

FieldForm::FieldForm(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(space::kGroup);
    m_grid->setVerticalSpacing(space::kInside);
    m_grid->setColumnStretch(1, 1);
    applyFonts();
    connect(&theme, &Theme::changed, this, &FieldForm::applyFonts);
}

QLabel *FieldForm::addHeading()
{
    auto *heading = new QLabel(this);
    heading->setTextFormat(Qt::PlainText);
    heading->setContentsMargins(0, m_grid->rowCount() > 1 ? space::kGroup : 0, 0, space::kInside);
    m_grid->addWidget(heading, m_grid->rowCount(), 0, 1, 2);
    m_headings.append(heading);
    applyFonts();
    return heading;
}

QLabel *FieldForm::addField(const QSet<DraftField> &fields, QWidget *input)
{
    auto *label = new QLabel(this);
    label->setTextFormat(Qt::PlainText);
    label->setProperty("tone", QStringLiteral("text2"));
    label->setMinimumHeight(space::kControlHeight);
    label->setWordWrap(true);
    label->setBuddy(input);
    addRow(fields, label, input);
    return label;
}

void FieldForm::addWide(const QSet<DraftField> &fields, QWidget *input)
{
    addRow(fields, nullptr, input);
}

void FieldForm::addRow(const QSet<DraftField> &fields, QLabel *label, QWidget *input)
{
    // A hint is as close as this to its field; the next field keeps its distance.
    const int gap = m_grid->rowCount();
    m_grid->setRowMinimumHeight(gap, m_rows.isEmpty() ? 0 : space::kInside);
    const int row = gap + 1;
    if (label)
        m_grid->addWidget(label, row, 0, Qt::AlignTop);
    // One of fixed width would hold the whole column to it.
    m_grid->addWidget(input, row, 1, input->maximumWidth() < QWIDGETSIZE_MAX ? Qt::AlignLeft : Qt::Alignment());
    QLabel *problem = makeWords("bad", this);
    problem->hide();
    m_grid->addWidget(problem, row + 1, 1);
    m_rows.append({fields, label, input, problem, gap});
}

QLabel *FieldForm::addNote()
{
    QLabel *note = makeWords("text3", this);
    note->setContentsMargins(0, 0, 0, space::kInside);
    m_grid->addWidget(note, m_grid->rowCount(), 1);
    return note;
}

void FieldForm::setFieldVisible(const QWidget *input, bool visible)
{
    for (const Row &row : std::as_const(m_rows)) {
        if (row.input != input)
            continue;
        row.input->setVisible(visible);
        m_grid->setRowMinimumHeight(row.gap, visible && &row != &m_rows.constFirst() ? space::kInside : 0);
        if (row.label)
            row.label->setVisible(visible);
        row.problem->setVisible(visible && !row.problem->text().isEmpty());
    }
}

void FieldForm::showProblems(const QList<DraftProblem> &problems)
{
    for (const Row &row : std::as_const(m_rows)) {
        QStringList sentences;
        for (const DraftProblem &problem : problems) {
            if (row.fields.contains(problem.field))
                sentences.append(problem.message);
        }
        const QString text = sentences.join(QLatin1Char('\n'));
        if (row.problem->text() == text)
            continue;
        row.problem->setText(text);
        row.problem->setVisible(!text.isEmpty() && !row.input->isHidden());
        markProblem(row.input, text);
    }
}

QSet<DraftField> FieldForm::fields() const
{
    QSet<DraftField> out;
    for (const Row &row : m_rows)
        out |= row.fields;
    return out;
}

bool FieldForm::focusField(DraftField field)
{
    for (const Row &row : std::as_const(m_rows)) {
        if (!row.fields.contains(field) || row.input->isHidden())
            continue;
        // A list editor takes no focus itself: the first thing in it that does.
        QWidget *target = row.input;
        for (QWidget *next = target->nextInFocusChain(); !(target->focusPolicy() & Qt::TabFocus) && next && row.input->isAncestorOf(next);
             next = next->nextInFocusChain())
            target = next;
        target->setFocus(Qt::OtherFocusReason);
        return true;
    }
    return false;
}

void FieldForm::applyFonts()
{
    for (QLabel *heading : std::as_const(m_headings))
        heading->setFont(m_theme.font(TextStyle::Subtitle, true));
    m_grid->setColumnMinimumWidth(0, std::max(kLabelWidth, fontMetrics().averageCharWidth() * kLettersOfLabel));
}

} // namespace novita
