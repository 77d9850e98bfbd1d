// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/recipeform.h"

#include "core/cloud/endpoints/fieldnames.h"
#include "ui/images/fieldrows.h"
#include "ui/images/inputpictures.h"
#include "ui/images/valuefields.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QEvent>
#include <QJsonArray>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace novita {

RecipeForm::RecipeForm(const FieldServices &services, QWidget *parent)
    : QWidget(parent), m_services(services), m_layout(new QVBoxLayout(this)), m_fold(new QPushButton(this)), m_leftovers(makeWords("text3", this))
{
    m_services.models = [this](const ModelFilter &filter) {
        QList<ImageModel> out;
        for (const ImageModel &model : std::as_const(m_models)) {
            const bool fits = model.type == filter.type && (filter.base == ModelBase::Unknown || model.base == ModelBase::Unknown || model.base == filter.base)
                              && (!filter.inpainting || *filter.inpainting == model.isInpainting());
            if (fits)
                out.append(model);
        }
        return out;
    };
    m_services.chooseModel = [this](ModelField *field) { emit modelRequested(field); };
    m_services.takeLatePicture = [form = QPointer(this)](const FieldSpec &field, const QString &key) {
        if (form)
            form->takePicture(field, key);
    };
    m_services.isAwaitingModels = [this] { return m_isAwaitingModels; };
    m_services.drawMask = [this](PictureField *field) { emit maskRequested(field); };
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(space::kRelated);
    m_layout->addWidget(m_fold, 0, Qt::AlignLeft);
    m_layout->addWidget(m_leftovers);
    m_layout->addStretch(1);
    m_fold->setCheckable(true);
    m_fold->setAutoDefault(false);
    m_fold->setProperty("flat", true);
    const auto icon = [this] { m_fold->setIcon(m_services.theme.icon(m_fold->isChecked() ? QStringLiteral("arrow-down") : QStringLiteral("arrow-right"))); };
    connect(m_fold, &QPushButton::toggled, this, [this, icon](bool open) {
        icon();
        if (m_advanced)
            m_advanced->setVisible(open && m_advanced->isAnyShown());
    });
    connect(&services.theme, &Theme::changed, this, icon);
    icon();
    m_fold->hide();
    m_leftovers->hide();
    // A name without a space in it would make the whole form wider than its pane.
    QSizePolicy wraps(QSizePolicy::Ignored, QSizePolicy::Preferred);
    wraps.setHeightForWidth(true);
    m_leftovers->setSizePolicy(wraps);
    retranslate();
}

RecipeForm::~RecipeForm() = default;

FormContext RecipeForm::context() const
{
    return {m_mode, m_base, &m_services.pictures.images(), m_outputType};
}

void RecipeForm::setEndpoint(const EndpointSpec &spec, std::optional<ImageMode> mode)
{
    const EndpointSpec before = m_spec;
    m_mode = mode;
    const bool isOther = spec.id != before.id || spec.file != before.file; // a video model may be described otherwise than before
    if (isOther || !m_rows) {
        m_given = spec;
        build();
    }
    const bool isMove = !before.id.isEmpty() && before.id != m_spec.id;
    replaceRecipe(isMove ? m_memory.moved(before, m_recipe, m_spec) : FormValues::carriedOver(m_spec, m_recipe).recipe());
}

void RecipeForm::replaceRecipe(const Recipe &recipe)
{
    m_recipe = recipe;
    m_recipe.endpoint = m_spec.id;
    m_rows->setValues(m_recipe.values);
    m_advanced->setValues(m_recipe.values);
    refresh();
    emit changed();
}

/// Into the field that it was chosen for, or the one that is for the same now; else it is kept among the values.
void RecipeForm::takePicture(const FieldSpec &wanted, const QString &key)
{
    const auto fits = [&wanted](const FieldSpec &field) { return field.isImage() && (field.type == FieldType::Mask) == (wanted.type == FieldType::Mask); };
    const FieldSpec *place = m_spec.field(wanted.name);
    if (!place || !fits(*place)) {
        const auto other = std::find_if(m_spec.fields.cbegin(), m_spec.fields.cend(), fits);
        place = other == m_spec.fields.cend() ? &wanted : &*other;
    }
    Recipe recipe = m_recipe;
    QJsonArray keys = recipe.values.value(place->name).toArray();
    if (place->type == FieldType::Images && keys.size() >= place->mostItems)
        return;
    keys.append(key);
    recipe.values.insert(place->name, place->type == FieldType::Images ? QJsonValue(keys) : QJsonValue(key));
    replaceRecipe(recipe);
}

void RecipeForm::fieldChanged(const FieldRows &rows, const QString &field)
{
    const QJsonValue value = rows.editor(field)->value();
    if (value.isUndefined())
        m_recipe.values.remove(field);
    else
        m_recipe.values.insert(field, value);
    refresh();
    emit changed();
}

void RecipeForm::setText(const QString &field, const QString &text)
{
    if (m_recipe.values.value(field).toString() == text)
        return;
    if (text.isEmpty())
        m_recipe.values.remove(field);
    else
        m_recipe.values.insert(field, text);
    refresh();
    emit changed();
}

void RecipeForm::setRecipe(const Recipe &recipe)
{
    replaceRecipe(FormValues::carriedOver(m_spec, recipe).recipe());
}

void RecipeForm::reset()
{
    m_memory.clear();
    setRecipe({});
}

void RecipeForm::setOutputType(const QString &type)
{
    m_outputType = type;
    refresh();
    emit changed();
}

void RecipeForm::refresh()
{
    const auto *model = qobject_cast<ModelField *>(m_rows->editor(fields::kModel));
    const ModelBase base = model ? model->chosenBase() : ModelBase::Unknown;
    if (base != m_base) {
        m_base = base;
        m_rows->setBase(base);
        m_advanced->setBase(base);
    }
    const FormContext now = context();
    const FormValues values(m_spec, m_recipe);
    for (const FieldSpec &field : std::as_const(m_spec.fields)) {
        const bool shown = values.isShown(field, now);
        m_rows->setShown(field.name, shown);
        m_advanced->setShown(field.name, shown);
    }
    m_problems = values.problems(now);
    m_rows->showProblems(m_problems);
    m_advanced->showProblems(m_problems);
    const bool anyAdvanced = m_advanced->isAnyShown();
    m_fold->setVisible(anyAdvanced);
    m_advanced->setVisible(anyAdvanced && m_fold->isChecked());
    showLeftovers();
}

void RecipeForm::showLeftovers()
{
    QStringList lines;
    const QList<LeftoverValue> left = FormValues(m_spec, m_recipe).leftovers();
    for (const LeftoverValue &one : left) {
        QString name = one.name;
        name.replace(QLatin1Char('_'), QLatin1Char(' '));
        // The name of the file says nothing to a person.
        lines.append(m_services.pictures.images().contains(one.text) ? tr("a picture") : tr("%1: %2", "name and value of a setting").arg(name, one.text));
    }
    m_leftovers->setVisible(!lines.isEmpty());
    m_leftovers->setText(tr("Kept, but not used by this endpoint: %1").arg(lines.join(QStringLiteral("; "))));
}

bool RecipeForm::isAdvancedOpen() const
{
    return m_fold->isChecked();
}

void RecipeForm::setAdvancedOpen(bool open)
{
    m_fold->setChecked(open);
}

void RecipeForm::retranslate()
{
    m_fold->setText(tr("Advanced"));
    m_fold->setAccessibleName(tr("Advanced fields"));
    if (!m_rows)
        return;
    m_rows->retranslate();
    m_advanced->retranslate();
    m_rows->setValues(m_recipe.values); // "Default (7)" is said by the values
    m_advanced->setValues(m_recipe.values);
    refresh();
}

void RecipeForm::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
