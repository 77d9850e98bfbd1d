// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/fieldrules.h"
#include "ui/images/valuefields.h"
#include "ui/widgets/inputnames.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>

#include <algorithm>

namespace novita {

ChoiceField::ChoiceField(const FieldSpec &spec, QWidget *parent) : FieldEditor(spec, parent), m_box(new QComboBox(this))
{
    makeFieldRow(this)->addWidget(m_box);
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_box->setMinimumContentsLength(8);
    if (spec.openChoices) {
        m_box->setEditable(true);
        m_box->setInsertPolicy(QComboBox::NoInsert);
    }
    leaveWheelToForm(m_box);
    fill();
    connect(m_box, &QComboBox::currentTextChanged, this, &FieldEditor::changed);
}

QWidget *ChoiceField::input()
{
    return m_box;
}

void ChoiceField::fill()
{
    m_box->clear();
    if (!spec().required && !spec().openChoices) {
        const QString fallback = spec().serverDefault.toString();
        m_box->addItem(fallback.isEmpty() ? tr("Default") : tr("Default (%1)").arg(fallback), QString());
    }
    for (const ChoiceOption &option : spec().choices) {
        if (option.base == ModelBase::Unknown || m_base == ModelBase::Unknown || option.base == m_base)
            m_box->addItem(option.label.isEmpty() ? option.value : option.label, option.value);
    }
    if (spec().openChoices)
        m_box->setCurrentText(QString());
}

QJsonValue ChoiceField::value() const
{
    QString chosen = m_box->currentData().toString();
    // A typed text is a choice only where it reads like one.
    if (spec().openChoices && m_box->itemText(m_box->currentIndex()) != m_box->currentText())
        chosen = m_box->currentText();
    return chosen.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(chosen);
}

void ChoiceField::setValue(const QJsonValue &value)
{
    const QSignalBlocker blocker(this);
    const QString wanted = value.toString();
    int index = m_box->findData(wanted);
    if (index < 0 && !wanted.isEmpty() && !spec().openChoices) {
        m_box->addItem(wanted, wanted); // of another checkpoint or an older table: shown, and complained of
        index = m_box->count() - 1;
    }
    m_box->setCurrentIndex(index);
    if (index < 0 && spec().openChoices)
        m_box->setCurrentText(wanted);
}

void ChoiceField::setBase(ModelBase base)
{
    if (base == m_base)
        return;
    m_base = base;
    const bool depends = std::any_of(spec().choices.begin(), spec().choices.end(), [](const ChoiceOption &option) { return option.base != ModelBase::Unknown; });
    if (!depends)
        return;
    const QJsonValue held = value();
    const QSignalBlocker blocker(this);
    fill();
    setValue(held);
}

void ChoiceField::setNames(const QString &name)
{
    nameInput(m_box, name);
}

namespace {

/// Names begin with what tells them apart: a long one is seen from there, not from where the cursor ends up.
void showText(QComboBox &box, const QString &text)
{
    box.setEditText(text);
    if (!box.lineEdit()->hasFocus())
        box.lineEdit()->setCursorPosition(0);
}

} // namespace

ModelField::ModelField(const FieldSpec &spec, const FieldServices &services, QWidget *parent)
    : FieldEditor(spec, parent), m_services(services), m_box(new QComboBox(this)), m_choose(new QPushButton(this))
{
    QHBoxLayout *layout = makeFieldRow(this);
    layout->addWidget(m_box, 1);
    layout->addWidget(m_choose);
    m_box->setEditable(true);
    m_box->setInsertPolicy(QComboBox::NoInsert);
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_box->setMinimumContentsLength(8);
    leaveWheelToForm(m_box);
    m_choose->setAutoDefault(false);
    m_choose->setVisible(static_cast<bool>(services.chooseModel));
    fill();
    connect(m_box, &QComboBox::currentTextChanged, this, &FieldEditor::changed);
    connect(m_choose, &QPushButton::clicked, this, [this] {
        if (m_services.chooseModel)
            m_services.chooseModel(this);
    });
}

QWidget *ModelField::input()
{
    return m_box;
}

ModelFilter ModelField::filter() const
{
    ModelFilter out = spec().models;
    if (out.base == ModelBase::Unknown && out.type != ImageModelType::Checkpoint)
        out.base = m_base;
    return out;
}

void ModelField::fill()
{
    const bool isAwaited = m_services.isAwaitingModels && m_services.isAwaitingModels();
    m_box->lineEdit()->setPlaceholderText(isAwaited ? tr("The server's list is not here yet") : QString());
    const QList<ImageModel> offered = m_services.models ? m_services.models(filter()) : QList<ImageModel>();
    // A list that somebody has opened is not to jump under the mouse.
    if (offered == m_offered)
        return;
    const QString text = m_box->currentText();
    m_offered = offered;
    m_models = offered;
    m_box->clear();
    for (const ImageModel &model : std::as_const(m_models))
        m_box->addItem(model.requestName(), model.requestName());
    m_box->setCurrentIndex(-1);
    showText(*m_box, text);
}

QJsonValue ModelField::value() const
{
    const QString text = m_box->currentText().trimmed();
    return text.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(text);
}

void ModelField::setValue(const QJsonValue &value)
{
    const QSignalBlocker blocker(this);
    m_box->setCurrentIndex(m_box->findData(value.toString()));
    showText(*m_box, value.toString());
}

void ModelField::setBase(ModelBase base)
{
    m_base = base;
    const QSignalBlocker blocker(this);
    fill();
}

void ModelField::choose(const ImageModel &model)
{
    const auto known = [&model](const ImageModel &one) { return one.requestName() == model.requestName(); };
    if (std::none_of(m_models.begin(), m_models.end(), known))
        m_models.append(model);
    showText(*m_box, model.requestName());
    emit changed();
}

ModelBase ModelField::chosenBase() const
{
    const QString name = m_box->currentText().trimmed();
    const auto found = std::find_if(m_models.begin(), m_models.end(), [&name](const ImageModel &one) { return one.requestName() == name; });
    return found == m_models.end() ? ModelBase::Unknown : found->base;
}

void ModelField::setNames(const QString &name)
{
    nameInput(m_box, name);
    m_choose->setText(tr("Choose…"));
    m_choose->setAccessibleName(tr("Choose %1", "name of a field").arg(name));
}

} // namespace novita
