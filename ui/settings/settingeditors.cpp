// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingeditors.h"

#include "ui/format.h"
#include "ui/prompts.h"
#include "ui/settings/settingtexts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalBlocker>

namespace novita {

namespace {

constexpr int kNumberWidth = 120;
constexpr int kTextWidth = 360;
constexpr int kMaxText = 1000;

} // namespace

BoolSetting::BoolSetting(Settings &settings, const Theme &theme, const SettingKey<bool> &key, QWidget *parent)
    : SettingEditor(settings, theme, key.name, parent)
    , m_key(key)
    , m_box(new QCheckBox(this))
{
    setField(m_box);
    connect(m_box, &QCheckBox::toggled, this, [this](bool on) { show(m_settings.setValue(m_key, on)); });
}

void BoolSetting::resetValue()
{
    m_settings.reset(m_key);
}

void BoolSetting::load()
{
    const QSignalBlocker blocker(m_box);
    m_box->setChecked(m_settings.value(m_key));
}

void BoolSetting::setReadOnly(bool readOnly)
{
    m_box->setEnabled(!readOnly);
}

SettingOrigin BoolSetting::origin() const
{
    return m_settings.origin(m_key);
}

QString BoolSetting::defaultText() const
{
    return m_key.fallback ? tr("on") : tr("off");
}

QString BoolSetting::environmentName() const
{
    return m_key.environment;
}

void BoolSetting::retranslateField(const QString &)
{
    m_box->setText(tr("On"));
}

IntSetting::IntSetting(Settings &settings, const Theme &theme, const SettingKey<int> &key, QWidget *parent)
    : SettingEditor(settings, theme, key.name, parent)
    , m_key(key)
    , m_edit(new QLineEdit(this))
{
    m_edit->setFixedWidth(kNumberWidth);
    m_edit->setAlignment(Qt::AlignRight);
    m_edit->setMaxLength(20);
    QLabel *unit = nullptr;
    if (!key.unit.isEmpty()) {
        unit = new QLabel(QString(key.unit), this);
        unit->setProperty("tone", QStringLiteral("text2"));
    }
    setField(m_edit, unit);
    connect(m_edit, &QLineEdit::editingFinished, this, &IntSetting::take);
}

void IntSetting::take()
{
    bool ok = false;
    const int number = m_edit->text().trimmed().toInt(&ok);
    if (!ok)
        show(Error::make(ErrorKind::Validation, tr("A whole number is needed: %1.").arg(rangeText())));
    else if ((m_key.least && number < *m_key.least) || (m_key.most && number > *m_key.most))
        show(Error::make(ErrorKind::Validation, tr("Out of range: %1.").arg(rangeText())));
    else
        show(number == m_settings.value(m_key) ? Result<Done>(Done{}) : m_settings.setValue(m_key, number));
}

void IntSetting::resetValue()
{
    m_settings.reset(m_key);
    load();
}

void IntSetting::load()
{
    m_edit->setText(QString::number(m_settings.value(m_key)));
}

void IntSetting::setReadOnly(bool readOnly)
{
    m_edit->setReadOnly(readOnly);
}

SettingOrigin IntSetting::origin() const
{
    return m_settings.origin(m_key);
}

QString IntSetting::rangeText() const
{
    if (!m_key.least || !m_key.most)
        return {};
    return tr("%1 to %2").arg(format::number(*m_key.least), format::number(*m_key.most));
}

QString IntSetting::defaultText() const
{
    return QString::number(m_key.fallback);
}

QString IntSetting::environmentName() const
{
    return m_key.environment;
}

ChoiceSetting::ChoiceSetting(Settings &settings, const Theme &theme, const SettingKey<QString> &key, QStringList choices, QWidget *parent)
    : SettingEditor(settings, theme, key.name, parent)
    , m_key(key)
    , m_choices(choices.isEmpty() ? key.choices : std::move(choices))
    , m_combo(new QComboBox(this))
{
    m_combo->setMinimumWidth(kNumberWidth + 60);
    for (const QString &choice : std::as_const(m_choices))
        m_combo->addItem(choice, choice);
    setField(m_combo);
    connect(m_combo, &QComboBox::activated, this, [this](int index) { show(m_settings.setValue(m_key, m_combo->itemData(index).toString())); });
}

void ChoiceSetting::resetValue()
{
    m_settings.reset(m_key);
}

void ChoiceSetting::load()
{
    const int index = m_combo->findData(m_settings.value(m_key));
    m_combo->setCurrentIndex(qMax(0, index));
}

void ChoiceSetting::setReadOnly(bool readOnly)
{
    m_combo->setEnabled(!readOnly);
}

SettingOrigin ChoiceSetting::origin() const
{
    return m_settings.origin(m_key);
}

QString ChoiceSetting::defaultText() const
{
    return choiceText(m_key.name, m_key.fallback);
}

QString ChoiceSetting::environmentName() const
{
    return m_key.environment;
}

void ChoiceSetting::retranslateField(const QString &)
{
    for (int i = 0; i < m_combo->count(); ++i)
        m_combo->setItemText(i, choiceText(m_key.name, m_combo->itemData(i).toString()));
}

TextSetting::TextSetting(Settings &settings, const Theme &theme, const SettingKey<QString> &key, TextCheck check, Prompts *prompts, QWidget *parent)
    : SettingEditor(settings, theme, key.name, parent)
    , m_key(key)
    , m_check(std::move(check))
    , m_edit(new QLineEdit(this))
    , m_apply(new QPushButton(this))
{
    m_edit->setMaxLength(kMaxText);
    m_edit->setMinimumWidth(kTextWidth);
    m_apply->setAutoDefault(false);
    m_apply->hide();
    auto *buttons = new QWidget(this);
    auto *row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    if (prompts) {
        m_choose = new QPushButton(this);
        m_choose->setAutoDefault(false);
        row->addWidget(m_choose);
        connect(m_choose, &QPushButton::clicked, this, [this, prompts] {
            prompts->openFile(window(), settingText(keyName()).label, tr("Certificates (*.pem *.crt);;All files (*)"), [this](const QString &path) {
                if (!path.isEmpty()) {
                    m_edit->setText(path);
                    take();
                }
            });
        });
    }
    row->addWidget(m_apply);
    setField(m_edit, buttons);
    connect(m_edit, &QLineEdit::textChanged, this, [this](const QString &text) { m_apply->setVisible(text != m_loaded); });
    connect(m_edit, &QLineEdit::returnPressed, this, &TextSetting::take);
    connect(m_apply, &QPushButton::clicked, this, &TextSetting::take);
}

void TextSetting::take()
{
    const Result<QString> checked = m_check(m_edit->text().trimmed());
    if (!checked) {
        show(checked.error());
        return;
    }
    const Result<Done> stored = m_settings.setValue(m_key, *checked);
    show(stored);
    if (stored) {
        m_loaded = *checked;
        m_edit->setText(m_loaded);
        m_apply->hide();
    }
}

void TextSetting::resetValue()
{
    m_settings.reset(m_key);
    m_loaded = m_settings.value(m_key);
    m_edit->setText(m_loaded);
}

void TextSetting::load()
{
    // What is being typed is not thrown away because the value changed elsewhere.
    const bool untouched = m_edit->text() == m_loaded;
    m_loaded = m_settings.value(m_key);
    if (untouched)
        m_edit->setText(m_loaded);
    m_apply->setVisible(m_edit->text() != m_loaded);
}

void TextSetting::setReadOnly(bool readOnly)
{
    m_edit->setReadOnly(readOnly);
    if (m_choose)
        m_choose->setEnabled(!readOnly);
}

SettingOrigin TextSetting::origin() const
{
    return m_settings.origin(m_key);
}

QString TextSetting::defaultText() const
{
    return m_key.fallback;
}

QString TextSetting::environmentName() const
{
    return m_key.environment;
}

void TextSetting::retranslateField(const QString &label)
{
    m_apply->setText(tr("Apply"));
    m_apply->setAccessibleName(tr("Apply %1").arg(label));
    if (m_choose) {
        m_choose->setText(tr("Choose…"));
        m_choose->setAccessibleName(tr("Choose %1").arg(label));
    }
}

ListSetting::ListSetting(Settings &settings, const Theme &theme, const SettingKey<QStringList> &key, QWidget *parent)
    : SettingEditor(settings, theme, key.name, parent)
    , m_key(key)
    , m_edit(new QLineEdit(this))
    , m_apply(new QPushButton(this))
{
    m_edit->setMaxLength(kMaxText);
    m_edit->setMinimumWidth(kTextWidth);
    m_apply->setAutoDefault(false);
    setField(m_edit, m_apply);
    connect(m_edit, &QLineEdit::textChanged, this, [this](const QString &text) { m_apply->setVisible(text != m_loaded); });
    connect(m_edit, &QLineEdit::returnPressed, this, &ListSetting::take);
    connect(m_apply, &QPushButton::clicked, this, &ListSetting::take);
}

void ListSetting::take()
{
    static const QRegularExpression separators(QStringLiteral("[\\s,;]+"));
    static const QRegularExpression word(QStringLiteral("^[A-Za-z0-9_-]{1,40}$"));
    QStringList words;
    for (const QString &part : m_edit->text().split(separators, Qt::SkipEmptyParts)) {
        if (!word.match(part).hasMatch()) {
            show(Error::make(ErrorKind::Validation, tr("“%1” is not the name of a region.").arg(part)));
            return;
        }
        if (!words.contains(part, Qt::CaseInsensitive))
            words.append(part);
    }
    if (words.isEmpty()) {
        show(Error::make(ErrorKind::Validation, tr("At least one region is needed.")));
        return;
    }
    const Result<Done> stored = m_settings.setValue(m_key, words);
    show(stored);
    if (stored) {
        m_loaded = words.join(QStringLiteral(", "));
        m_edit->setText(m_loaded);
        m_apply->hide();
    }
}

void ListSetting::resetValue()
{
    m_settings.reset(m_key);
    m_loaded = m_settings.value(m_key).join(QStringLiteral(", "));
    m_edit->setText(m_loaded);
}

void ListSetting::load()
{
    const bool untouched = m_edit->text() == m_loaded;
    m_loaded = m_settings.value(m_key).join(QStringLiteral(", "));
    if (untouched)
        m_edit->setText(m_loaded);
    m_edit->setCursorPosition(0);
    m_apply->setVisible(m_edit->text() != m_loaded);
}

void ListSetting::setReadOnly(bool readOnly)
{
    m_edit->setReadOnly(readOnly);
}

SettingOrigin ListSetting::origin() const
{
    return m_settings.origin(m_key);
}

QString ListSetting::defaultText() const
{
    return {};
}

QString ListSetting::environmentName() const
{
    return m_key.environment;
}

void ListSetting::retranslateField(const QString &label)
{
    m_apply->setText(tr("Apply"));
    m_apply->setAccessibleName(tr("Apply %1").arg(label));
}

} // namespace novita
