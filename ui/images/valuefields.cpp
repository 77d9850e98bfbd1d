// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/valuefields.h"

#include "core/cloud/endpoints/fieldrules.h"
#include "ui/widgets/inputnames.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QSlider>

#include <algorithm>
#include <cmath>

namespace novita {

namespace {

constexpr int kTextLines = 3;
constexpr double kUnbounded = 1'000'000'000;
constexpr double kMostSliderSteps = 1000;

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
    QHBoxLayout *layout = makeFieldRow(this);
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
    QHBoxLayout *layout = makeFieldRow(this);
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
    nameInput(m_spin, name);
    if (m_slider)
        m_slider->setAccessibleName(tr("%1 slider", "name of a field").arg(name));
}

BooleanField::BooleanField(const FieldSpec &spec, QWidget *parent) : FieldEditor(spec, parent), m_box(new QCheckBox(this))
{
    makeFieldRow(this)->addWidget(m_box);
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

} // namespace novita
