// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingeditors.h"

#include "ui/settings/settingnumber.h"
#include "ui/settings/settingtexts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSignalBlocker>

#include <limits>

namespace novita {

namespace {

constexpr int kNumberWidth = 120;
constexpr int kMostDigits = 20;
constexpr int kMsPerSecond = 1000;

} // namespace

BoolSetting::BoolSetting(Settings &settings, const Theme &theme, const SettingKey<bool> &key, QWidget *parent)
    : KeyedSetting(settings, theme, key, parent)
    , m_box(new QCheckBox(this))
{
    setField(m_box);
    connect(m_box, &QCheckBox::toggled, this, [this](bool on) { take(on); });
}

void BoolSetting::load()
{
    const QSignalBlocker blocker(m_box);
    m_box->setChecked(value());
}

void BoolSetting::setReadOnly(bool readOnly)
{
    m_box->setEnabled(!readOnly);
}

QString BoolSetting::defaultText() const
{
    return key().fallback ? tr("on") : tr("off");
}

void BoolSetting::retranslateField(const QString &label)
{
    m_box->setText(label);
    hideLabel();
}

IntSetting::IntSetting(Settings &settings, const Theme &theme, const SettingKey<int> &key, QWidget *parent)
    : KeyedSetting(settings, theme, key, parent)
    , m_scale(key.unit == QLatin1String("ms") ? kMsPerSecond : 1)
    , m_edit(new QLineEdit(this))
    , m_unit(new QLabel(this))
{
    m_edit->setFixedWidth(kNumberWidth);
    m_edit->setAlignment(Qt::AlignRight);
    m_edit->setMaxLength(kMostDigits);
    m_unit->setProperty("tone", QStringLiteral("text2"));
    setField(m_edit, m_unit);
    connect(m_edit, &QLineEdit::editingFinished, this, &IntSetting::takeTyped);
}

void IntSetting::takeTyped()
{
    using Problem = settingnumber::Typed::Problem;
    using Limits = std::numeric_limits<int>;
    const auto [problem, typed] = settingnumber::read(m_edit->text(), m_scale, key().least.value_or(Limits::min()), key().most.value_or(Limits::max()));
    if (problem == Problem::NotANumber)
        show(Error::make(ErrorKind::Validation, tr("A number is needed: %1.").arg(rangeText())));
    else if (problem == Problem::OutOfRange)
        show(Error::make(ErrorKind::Validation, tr("Out of range: %1.").arg(rangeText())));
    else if (typed == value())
        show(Done{});
    else
        take(typed);
}

void IntSetting::load()
{
    QLocale plain;
    plain.setNumberOptions(QLocale::OmitGroupSeparator);
    m_edit->setText(settingnumber::text(value(), m_scale, plain));
}

void IntSetting::setReadOnly(bool readOnly)
{
    m_edit->setReadOnly(readOnly);
}

QString IntSetting::number(int value) const
{
    QLocale locale;
    // A number that counts nothing, such as a port, is written without separators.
    if (key().unit.isEmpty())
        locale.setNumberOptions(QLocale::OmitGroupSeparator);
    return settingnumber::text(value, m_scale, locale);
}

QString IntSetting::withUnit(const QString &words) const
{
    const QString unit = unitText(key().unit);
    return unit.isEmpty() ? words : tr("%1 %2").arg(words, unit);
}

QString IntSetting::rangeText() const
{
    if (!key().least || !key().most)
        return {};
    return withUnit(tr("%1 to %2").arg(number(*key().least), number(*key().most)));
}

QString IntSetting::defaultText() const
{
    return withUnit(number(key().fallback));
}

void IntSetting::retranslateField(const QString &)
{
    m_unit->setText(unitText(key().unit));
}

ChoiceSetting::ChoiceSetting(Settings &settings, const Theme &theme, const SettingKey<QString> &key, QStringList choices, QWidget *parent)
    : KeyedSetting(settings, theme, key, parent)
    , m_choices(choices.isEmpty() ? key.choices : std::move(choices))
    , m_combo(new QComboBox(this))
{
    m_combo->setMinimumWidth(kNumberWidth + 60);
    for (const QString &choice : std::as_const(m_choices))
        m_combo->addItem(choice, choice);
    setField(m_combo);
    connect(m_combo, &QComboBox::activated, this, [this](int index) { take(m_combo->itemData(index).toString()); });
}

void ChoiceSetting::load()
{
    m_combo->setCurrentIndex(qMax(0, m_combo->findData(value())));
}

void ChoiceSetting::setReadOnly(bool readOnly)
{
    m_combo->setEnabled(!readOnly);
}

QString ChoiceSetting::defaultText() const
{
    return choiceText(key().name, key().fallback);
}

void ChoiceSetting::retranslateField(const QString &)
{
    for (int i = 0; i < m_combo->count(); ++i)
        m_combo->setItemText(i, choiceText(key().name, m_combo->itemData(i).toString()));
}

} // namespace novita
