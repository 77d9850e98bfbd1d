// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/settings/settingkey.h"
#include "ui/settings/settingeditor.h"

#include <functional>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;

namespace novita {

class Prompts;

/// A switch, taken at once.
class BoolSetting final : public SettingEditor
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BoolSetting)

public:
    BoolSetting(Settings &settings, const Theme &theme, const SettingKey<bool> &key, QWidget *parent);
    void resetValue() override;

protected:
    void load() override;
    void setReadOnly(bool readOnly) override;
    SettingOrigin origin() const override;
    QString defaultText() const override;
    QString environmentName() const override;
    void retranslateField(const QString &label) override;

private:
    const SettingKey<bool> &m_key;
    QCheckBox *m_box;
};

/// A whole number with its unit; taken when editing is done, if it is in range.
class IntSetting final : public SettingEditor
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IntSetting)

public:
    IntSetting(Settings &settings, const Theme &theme, const SettingKey<int> &key, QWidget *parent);
    void resetValue() override;

protected:
    void load() override;
    void setReadOnly(bool readOnly) override;
    SettingOrigin origin() const override;
    QString rangeText() const override;
    QString defaultText() const override;
    QString environmentName() const override;

private:
    void take();
    const SettingKey<int> &m_key;
    QLineEdit *m_edit;
};

/// One of a few words, taken at once.
class ChoiceSetting final : public SettingEditor
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChoiceSetting)

public:
    /// `choices` in place of the key's own where the key takes any text (the language).
    ChoiceSetting(Settings &settings, const Theme &theme, const SettingKey<QString> &key, QStringList choices, QWidget *parent);
    void resetValue() override;

protected:
    void load() override;
    void setReadOnly(bool readOnly) override;
    SettingOrigin origin() const override;
    QString defaultText() const override;
    QString environmentName() const override;
    void retranslateField(const QString &label) override;

private:
    const SettingKey<QString> &m_key;
    QStringList m_choices;
    QComboBox *m_combo;
};

/// How a text setting looks at what was typed: a cleaned value, or a sentence.
using TextCheck = std::function<Result<QString>(const QString &)>;

/// Text with an explicit *Apply*; with `prompts` also *Choose…* for a file.
class TextSetting final : public SettingEditor
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TextSetting)

public:
    TextSetting(Settings &settings, const Theme &theme, const SettingKey<QString> &key, TextCheck check, Prompts *prompts, QWidget *parent);
    void resetValue() override;

protected:
    void load() override;
    void setReadOnly(bool readOnly) override;
    SettingOrigin origin() const override;
    QString defaultText() const override;
    QString environmentName() const override;
    void retranslateField(const QString &label) override;

private:
    void take();
    const SettingKey<QString> &m_key;
    TextCheck m_check;
    QLineEdit *m_edit;
    QPushButton *m_apply;
    QPushButton *m_choose = nullptr;
    QString m_loaded;
};

/// A list of words separated by commas, with *Apply*.
class ListSetting final : public SettingEditor
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ListSetting)

public:
    ListSetting(Settings &settings, const Theme &theme, const SettingKey<QStringList> &key, QWidget *parent);
    void resetValue() override;

protected:
    void load() override;
    void setReadOnly(bool readOnly) override;
    SettingOrigin origin() const override;
    QString defaultText() const override;
    QString environmentName() const override;
    void retranslateField(const QString &label) override;

private:
    void take();
    const SettingKey<QStringList> &m_key;
    QLineEdit *m_edit;
    QPushButton *m_apply;
    QString m_loaded;
};

} // namespace novita
