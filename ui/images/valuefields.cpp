// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/valuefields.h"

#include "core/cloud/endpoints/fieldrules.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>

#include <algorithm>
#include <cmath>

namespace novita {

namespace {

constexpr int kTextLines = 3;
constexpr double kUnbounded = 1'000'000'000;
constexpr double kMostSliderSteps = 1000;

QHBoxLayout *rowLayout(QWidget *owner)
{
    auto *layout = new QHBoxLayout(owner);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    return layout;
}

/// As many as the step needs, so that 0.05 is not shown as 0.1.
int decimalsOf(const FieldSpec &spec)
{
    if (spec.type != FieldType::Number)
        return 0;
    constexpr int kMost = 4;
    int decimals = 1;
    while (decimals < kMost && std::abs(spec.step * std::pow(10, decimals) - std::round(spec.step * std::pow(10, decimals))) > 1e-9)
        ++decimals;
    return std::max(decimals, 2);
}

} // namespace

TextField::TextField(const FieldSpec &spec, QWidget *parent) : FieldEditor(spec, parent)
{
    QHBoxLayout *layout = rowLayout(this);
    if (spec.multiline) {
        m_text = new QPlainTextEdit(this);
        m_text->setTabChangesFocus(true);
        m_text->setFixedHeight(m_text->fontMetrics().lineSpacing() * kTextLines + 16);
        connect(m_text, &QPlainTextEdit::textChanged, this, &FieldEditor::changed);
    } else {
        m_line = new QLineEdit(this);
        connect(m_line, &QLineEdit::textChanged, this, &FieldEditor::changed);
    }
    layout->addWidget(input());
}

QWidget *TextField::input()
{
    return m_text ? static_cast<QWidget *>(m_text) : m_line;
}

QJsonValue TextField::value() const
{
    const QString text = m_text ? m_text->toPlainText() : m_line->text();
    return text.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(text);
}

void TextField::setValue(const QJsonValue &value)
{
    const QSignalBlocker blocker(this);
    const QString text = value.toString();
    if (m_text && m_text->toPlainText() != text)
        m_text->setPlainText(text);
    else if (m_line && m_line->text() != text)
        m_line->setText(text);
}

void TextField::setNames(const QString &name)
{
    input()->setAccessibleName(name);
}

NumberField::NumberField(const FieldSpec &spec, QWidget *parent)
    : FieldEditor(spec, parent), m_spin(new QDoubleSpinBox(this)), m_mayBeEmpty(!spec.required || spec.initial.isUndefined())
{
    QHBoxLayout *layout = rowLayout(this);
    m_floor = spec.least.value_or(spec.most ? std::min(0.0, *spec.most) : -kUnbounded);
    if (spec.leastExcluded)
        m_floor += spec.step;
    const double ceiling = spec.most.value_or(kUnbounded);
    m_spin->setDecimals(decimalsOf(spec));
    // The place below the least stands for "nothing said".
    m_spin->setRange(m_mayBeEmpty ? m_floor - spec.step : m_floor, ceiling);
    m_spin->setSingleStep(spec.step);
    m_spin->setKeyboardTracking(true);
    m_spin->setAlignment(Qt::AlignRight);
    if (!spec.unit.isEmpty())
        m_spin->setSuffix(QChar(QChar::Nbsp) + spec.unit);
    leaveWheelToForm(m_spin);
    const double steps = (ceiling - m_floor) / spec.step;
    if (spec.least && spec.most && steps <= kMostSliderSteps && steps >= 2) {
        m_slider = new QSlider(Qt::Horizontal, this);
        m_slider->setRange(0, static_cast<int>(std::lround(steps)));
        m_slider->setPageStep(std::max(1, static_cast<int>(steps / 10)));
        m_slider->setMinimumWidth(48);
        leaveWheelToForm(m_slider);
        connect(m_slider, &QSlider::valueChanged, this, [this](int at) { m_spin->setValue(m_floor + at * this->spec().step); });
        layout->addWidget(m_slider, 1);
    }
    layout->addWidget(m_spin);
    connect(m_spin, &QDoubleSpinBox::valueChanged, this, [this] {
        followSpin();
        emit changed();
    });
    setValue(QJsonValue::Undefined);
}

QWidget *NumberField::input()
{
    return m_spin;
}

bool NumberField::isEmpty() const
{
    return m_mayBeEmpty && m_spin->value() < m_floor;
}

void NumberField::followSpin()
{
    if (!m_slider)
        return;
    const QSignalBlocker blocker(m_slider);
    const double shown = isEmpty() ? spec().serverDefault.toDouble(m_floor) : m_spin->value();
    m_slider->setValue(static_cast<int>(std::lround((shown - m_floor) / spec().step)));
}

QJsonValue NumberField::value() const
{
    if (isEmpty())
        return QJsonValue::Undefined;
    if (spec().type == FieldType::Integer)
        return static_cast<qint64>(std::llround(m_spin->value()));
    return m_spin->value();
}

void NumberField::setValue(const QJsonValue &value)
{
    const QSignalBlocker own(this);
    if (m_mayBeEmpty) {
        const QJsonValue fallback = spec().serverDefault;
        m_spin->setSpecialValueText(fallback.isDouble() ? tr("Default (%1)").arg(m_spin->locale().toString(fallback.toDouble())) : tr("Default"));
    }
    m_spin->setValue(value.isDouble() ? value.toDouble() : m_spin->minimum());
    followSpin();
}

void NumberField::setNames(const QString &name)
{
    m_spin->setAccessibleName(name);
    if (m_slider)
        m_slider->setAccessibleName(tr("%1 slider", "name of a field").arg(name));
}

BooleanField::BooleanField(const FieldSpec &spec, QWidget *parent) : FieldEditor(spec, parent), m_box(new QCheckBox(this))
{
    rowLayout(this)->addWidget(m_box);
    connect(m_box, &QCheckBox::toggled, this, &FieldEditor::changed);
    setValue(QJsonValue::Undefined);
}

QWidget *BooleanField::input()
{
    return m_box;
}

QJsonValue BooleanField::value() const
{
    // Off and unsaid are the same where the server takes off for unsaid.
    if (!m_box->isChecked() && !spec().required && !spec().serverDefault.toBool())
        return QJsonValue::Undefined;
    return m_box->isChecked();
}

void BooleanField::setValue(const QJsonValue &value)
{
    const QSignalBlocker blocker(this);
    m_box->setChecked(value.toBool(spec().serverDefault.toBool()));
}

void BooleanField::setNames(const QString &name)
{
    m_box->setText(labelOf(spec()));
    m_box->setAccessibleName(name);
}

ChoiceField::ChoiceField(const FieldSpec &spec, QWidget *parent) : FieldEditor(spec, parent), m_box(new QComboBox(this))
{
    rowLayout(this)->addWidget(m_box);
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
    m_box->setAccessibleName(name);
}

ModelField::ModelField(const FieldSpec &spec, const FieldServices &services, QWidget *parent)
    : FieldEditor(spec, parent), m_services(services), m_box(new QComboBox(this)), m_choose(new QPushButton(this))
{
    QHBoxLayout *layout = rowLayout(this);
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
    const QString text = m_box->currentText();
    m_models = m_services.models ? m_services.models(filter()) : QList<ImageModel>();
    m_box->clear();
    for (const ImageModel &model : std::as_const(m_models))
        m_box->addItem(model.requestName(), model.requestName());
    m_box->setCurrentIndex(-1);
    m_box->setEditText(text);
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
    m_box->setEditText(value.toString());
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
    m_box->setEditText(model.requestName());
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
    m_box->setAccessibleName(name);
    m_choose->setText(tr("Choose…"));
    m_choose->setAccessibleName(tr("Choose %1", "name of a field").arg(name));
}

} // namespace novita
