// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/fieldrows.h"

#include "core/cloud/endpoints/fieldrules.h"
#include "ui/theme.h"
#include "ui/widgets/fieldform.h"
#include "ui/widgets/makers.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QLabel>

#include <algorithm>

namespace novita {

FieldPath splitFieldPath(const QString &path)
{
    const auto end = std::find_if(path.begin(), path.end(), [](QChar c) { return c == QLatin1Char('.') || c == QLatin1Char('['); });
    const qsizetype length = end - path.begin();
    const qsizetype skipped = length < path.size() && path.at(length) == QLatin1Char('.') ? 1 : 0;
    return {path.left(length), path.mid(length + skipped)};
}

FieldRows::FieldRows(const QList<FieldSpec> &fields, const FieldServices &services, QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(space::kRelated);
    m_grid->setVerticalSpacing(space::kInside);
    m_grid->setColumnStretch(1, 1);
    for (const FieldSpec &field : fields) {
        if (field.follows.isEmpty())
            addRow(field, services);
    }
    retranslate();
}

void FieldRows::addRow(const FieldSpec &field, const FieldServices &services)
{
    FieldEditor *editor = makeFieldEditor(field, services, this);
    Row row{editor, nullptr, nullptr, makeWords("bad", this)};
    if (!editor->hasOwnLabel()) {
        row.label = makeLabel("text2", this);
        row.label->setBuddy(editor->input());
    }
    if (!field.note.isEmpty())
        row.note = makeWords("text3", this);
    row.problem->hide();
    int line = m_grid->rowCount();
    if (row.label && editor->isCompact()) {
        m_grid->addWidget(row.label, line, 0);
        m_grid->addWidget(editor, line++, 1);
    } else {
        if (row.label)
            m_grid->addWidget(row.label, line++, 0, 1, 2);
        m_grid->addWidget(editor, line++, 0, 1, 2);
    }
    m_grid->addWidget(row.problem, line++, 0, 1, 2);
    if (row.note)
        m_grid->addWidget(row.note, line, 0, 1, 2);
    m_rows.append(row);
    connect(editor, &FieldEditor::changed, this, [this, name = field.name] { emit changed(name); });
}

const FieldRows::Row *FieldRows::row(QAnyStringView field) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [field](const Row &one) { return QAnyStringView::equal(one.editor->spec().name, field); });
    return found == m_rows.end() ? nullptr : &*found;
}

FieldEditor *FieldRows::editor(QAnyStringView field) const
{
    const Row *found = row(field);
    return found ? found->editor : nullptr;
}

QJsonObject FieldRows::values() const
{
    QJsonObject out;
    for (const Row &row : m_rows) {
        if (const QJsonValue value = row.editor->value(); !value.isUndefined())
            out.insert(row.editor->spec().name, value);
    }
    return out;
}

void FieldRows::setValues(const QJsonObject &values)
{
    for (const Row &row : std::as_const(m_rows))
        row.editor->setValue(values.value(row.editor->spec().name));
}

void FieldRows::setShown(const QString &field, bool shown)
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&field](const Row &one) { return one.editor->spec().name == field; });
    if (found == m_rows.end() || found->isShown == shown)
        return;
    found->isShown = shown;
    found->editor->setVisible(shown);
    if (found->label)
        found->label->setVisible(shown);
    if (found->note)
        found->note->setVisible(shown);
    found->problem->setVisible(shown && !found->problem->text().isEmpty());
}

bool FieldRows::isAnyShown() const
{
    return std::any_of(m_rows.begin(), m_rows.end(), [](const Row &row) { return row.isShown; });
}

void FieldRows::setBase(ModelBase base)
{
    for (const Row &row : std::as_const(m_rows))
        row.editor->setBase(base);
}

void FieldRows::showProblems(const QList<FieldProblem> &problems)
{
    for (const Row &row : std::as_const(m_rows)) {
        QStringList own;
        QList<FieldProblem> inner;
        for (const FieldProblem &problem : problems) {
            const FieldPath path = splitFieldPath(problem.field);
            if (path.field != row.editor->spec().name)
                continue;
            if (path.rest.isEmpty())
                own.append(problem.sentence);
            else
                inner.append({path.rest, problem.sentence});
        }
        row.editor->showInner(inner);
        const QString text = own.join(QLatin1Char('\n'));
        markProblem(row.editor->input(), text);
        // What is still to be entered is no mistake: it is marked here, and said where one wants to go on.
        const QString said = isEmptyValue(row.editor->value()) ? QString() : text;
        if (row.problem->text() == said)
            continue;
        row.problem->setText(said);
        row.problem->setVisible(!said.isEmpty() && row.isShown);
    }
}

bool FieldRows::focusPath(const QString &path)
{
    const FieldPath parts = splitFieldPath(path);
    const Row *found = row(parts.field);
    if (!found || !found->isShown)
        return false;
    found->editor->focusPath(parts.rest);
    return true;
}

void FieldRows::retranslate(const QString &prefix)
{
    for (const Row &row : std::as_const(m_rows)) {
        const FieldSpec &spec = row.editor->spec();
        const QString label = labelOf(spec);
        if (row.label)
            row.label->setText(spec.required ? label : tr("%1 (optional)", "name of a field").arg(label));
        if (row.label && editor(spec.name)->isCompact())
            row.label->setText(label);
        if (row.note)
            row.note->setText(QCoreApplication::translate("EndpointFields", spec.note.toUtf8().constData()));
        row.editor->setNames(prefix + label);
    }
}

} // namespace novita
