// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/fieldrules.h"
#include "ui/images/valuefields.h"
#include "ui/theme.h"
#include "ui/widgets/inputnames.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QJsonObject>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr int kMostSide = 16'384;

QJsonObject sizeObject(int width, int height)
{
    return {{QStringLiteral("width"), width}, {QStringLiteral("height"), height}};
}

void limitSide(QSpinBox *box, const SizeLimits &limits)
{
    box->setRange(limits.leastSide.value_or(1), limits.mostSide.value_or(kMostSide));
    box->setSingleStep(std::max(limits.multipleOf, 8));
    box->setAlignment(Qt::AlignRight);
    box->setSuffix(QChar(QChar::Nbsp) + QStringLiteral("px"));
    leaveWheelToForm(box);
}

} // namespace

SizeField::SizeField(const FieldSpec &spec, const FieldServices &services, QWidget *parent)
    : FieldEditor(spec, parent), m_preset(new QComboBox(this)), m_sides(new QWidget(this)), m_width(new QSpinBox(m_sides)), m_height(new QSpinBox(m_sides)), m_swap(new QPushButton(m_sides))
{
    leaveWheelToForm(m_preset);
    limitSide(m_width, spec.size);
    limitSide(m_height, spec.size);
    m_swap->setAutoDefault(false);
    m_swap->setProperty("flat", true);
    const auto icon = [this, &theme = services.theme] { m_swap->setIcon(theme.icon(QStringLiteral("swap-panels"))); };
    icon();
    connect(&services.theme, &Theme::changed, this, icon);
    auto *sides = new QHBoxLayout(m_sides);
    sides->setContentsMargins(0, 0, 0, 0);
    sides->setSpacing(space::kInside);
    sides->addWidget(m_width, 1);
    sides->addWidget(new QLabel(QStringLiteral("×"), m_sides));
    sides->addWidget(m_height, 1);
    sides->addWidget(m_swap);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kInside);
    layout->addWidget(m_preset);
    layout->addWidget(m_sides);
    if (!spec.required)
        m_preset->addItem(QString(), QJsonValue(QJsonValue::Undefined));
    for (const QString &keyword : spec.keywords)
        m_preset->addItem(keyword, QJsonValue(keyword));
    for (const auto &[width, height] : spec.presets)
        m_preset->addItem(QStringLiteral("%1 × %2").arg(width).arg(height), QJsonValue(sizeObject(width, height)));
    if (!spec.size.onlyPresets)
        m_preset->addItem(QString(), QJsonValue(QJsonValue::Null)); // any other
    m_preset->setVisible(m_preset->count() > 1);
    connect(m_preset, &QComboBox::activated, this, &SizeField::chosen);
    connect(m_width, &QSpinBox::valueChanged, this, &SizeField::sidesChanged);
    connect(m_height, &QSpinBox::valueChanged, this, &SizeField::sidesChanged);
    connect(m_swap, &QPushButton::clicked, this, &SizeField::swapSides);
    setValue(spec.initial);
}

QWidget *SizeField::input()
{
    return m_preset->isHidden() ? static_cast<QWidget *>(m_width) : m_preset;
}

QJsonValue SizeField::presetAt(int index) const
{
    return index < 0 ? QJsonValue(QJsonValue::Undefined) : m_preset->itemData(index).toJsonValue();
}

int SizeField::indexOf(const QJsonValue &value) const
{
    for (int i = 0; i < m_preset->count(); ++i) {
        const QJsonValue held = presetAt(i);
        if (held == value || (held.isUndefined() && isEmptyValue(value)))
            return i;
    }
    return -1;
}

QJsonValue SizeField::value() const
{
    const QJsonValue chosen = presetAt(m_preset->currentIndex());
    if (chosen.isString() || (chosen.isUndefined() && m_preset->currentIndex() >= 0))
        return chosen;
    if (spec().size.onlyPresets)
        return chosen;
    return sizeObject(m_width->value(), m_height->value());
}

void SizeField::setValue(const QJsonValue &value)
{
    const QSignalBlocker own(this);
    if (const auto size = sizeOf(value)) {
        const QSignalBlocker width(m_width);
        const QSignalBlocker height(m_height);
        m_width->setValue(size->first);
        m_height->setValue(size->second);
    }
    int index = indexOf(value);
    if (index < 0 && sizeOf(value))
        index = indexOf(QJsonValue::Null);
    m_preset->setCurrentIndex(std::max(index, 0));
    const QJsonValue now = presetAt(m_preset->currentIndex());
    m_sides->setVisible(!spec().size.onlyPresets && (now.isObject() || now.isNull()));
}

void SizeField::chosen()
{
    const QJsonValue now = presetAt(m_preset->currentIndex());
    if (now.isNull())
        m_sides->show();
    else
        setValue(now);
    emit changed();
}

void SizeField::sidesChanged()
{
    // Only what the sides say counts: the entry follows them.
    setValue(sizeObject(m_width->value(), m_height->value()));
    emit changed();
}

void SizeField::swapSides()
{
    setValue(sizeObject(m_height->value(), m_width->value()));
    emit changed();
}

void SizeField::setNames(const QString &name)
{
    nameInput(m_preset, name);
    nameInput(m_width, tr("%1: width", "name of a field").arg(name));
    nameInput(m_height, tr("%1: height", "name of a field").arg(name));
    m_swap->setAccessibleName(tr("%1: swap width and height", "name of a field").arg(name));
    m_swap->setToolTip(tr("Swap width and height"));
    const QJsonValue fallback = spec().serverDefault;
    for (int i = 0; i < m_preset->count(); ++i) {
        if (presetAt(i).isUndefined())
            m_preset->setItemText(i, isEmptyValue(fallback) ? tr("Default") : tr("Default (%1)").arg(readableValue(fallback)));
        else if (presetAt(i).isNull())
            m_preset->setItemText(i, tr("Other size"));
    }
}

} // namespace novita
