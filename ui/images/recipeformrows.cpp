// SPDX-License-Identifier: GPL-3.0-or-later
// What RecipeForm is built of, and what there is to choose from in it.
#include "core/cloud/endpoints/fieldnames.h"
#include "ui/images/fieldrows.h"
#include "ui/images/recipeform.h"

#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace novita {

namespace {

bool isElsewhere(const FieldSpec &field)
{
    return field.type == FieldType::Text && (field.name == fields::kPrompt || field.name == fields::kNegativePrompt);
}

} // namespace

FieldRows *RecipeForm::makeRows(bool advanced)
{
    QList<FieldSpec> fields;
    for (const FieldSpec &field : std::as_const(m_spec.fields)) {
        if (field.advanced == advanced && !isElsewhere(field))
            fields.append(field);
    }
    auto *rows = new FieldRows(fields, m_services, this);
    connect(rows, &FieldRows::changed, this, [this, rows](const QString &field) { fieldChanged(*rows, field); });
    return rows;
}

void RecipeForm::build()
{
    m_spec = m_given;
    for (FieldSpec &field : m_spec.fields) {
        if (field.type == FieldType::Choice && m_choices.contains(field.name))
            field.choices = m_choices.value(field.name);
    }
    const bool hadFocus = isAncestorOf(focusWidget());
    delete m_rows;
    delete m_advanced;
    m_rows = makeRows(false);
    m_advanced = makeRows(true);
    m_layout->insertWidget(0, m_rows);
    m_layout->insertWidget(2, m_advanced);
    m_rows->show();
    setTabOrder(m_rows, m_fold);
    if (hadFocus)
        focusFirst();
}

void RecipeForm::setChoices(const QHash<QString, QList<ChoiceOption>> &choices)
{
    if (choices == m_choices)
        return;
    m_choices = choices;
    rebuild();
}

void RecipeForm::setCatalogueOffered(bool offered)
{
    if (offered == static_cast<bool>(m_services.chooseModel))
        return;
    m_services.chooseModel = offered ? [this](ModelField *field) { emit modelRequested(field); } : std::function<void(ModelField *)>();
    rebuild();
}

void RecipeForm::rebuild()
{
    if (!m_rows)
        return;
    build();
    m_rows->setValues(m_recipe.values);
    m_advanced->setValues(m_recipe.values);
    refresh();
    emit changed();
}

void RecipeForm::setModelsAwaited(bool awaited)
{
    if (std::exchange(m_isAwaitingModels, awaited) == awaited || !m_rows)
        return;
    m_rows->setBase(m_base);
    m_advanced->setBase(m_base);
}

void RecipeForm::setModels(const QList<ImageModel> &models)
{
    if (models == m_models)
        return;
    m_models = models;
    if (!m_rows)
        return;
    m_rows->setBase(m_base);
    m_advanced->setBase(m_base);
    refresh();
}

void RecipeForm::focusField(const QString &path)
{
    if (m_rows->focusPath(path))
        return;
    setAdvancedOpen(true);
    m_advanced->focusPath(path);
}

void RecipeForm::focusFirst()
{
    for (const FieldSpec &field : std::as_const(m_spec.fields)) {
        if (m_rows->focusPath(field.name))
            return;
    }
}

} // namespace novita
