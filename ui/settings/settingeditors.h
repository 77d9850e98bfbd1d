// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/keyedsetting.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;

namespace novita {

/// A switch, taken at once; it carries the name of the setting itself.
class BoolSetting final : public KeyedSetting<bool>
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BoolSetting)

public:
    BoolSetting(Settings &settings, const Theme &theme, const SettingKey<bool> &key, QWidget *parent);

protected:
    void load() override;
    void setReadOnly(bool readOnly) override;
    QString defaultText() const override;
    void retranslateField(const QString &label) override;

private:
    QCheckBox *m_box;
};

/// A number with its unit; taken when editing is done, if it is in range. What is kept in milliseconds is shown in seconds.
class IntSetting final : public KeyedSetting<int>
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IntSetting)

public:
    IntSetting(Settings &settings, const Theme &theme, const SettingKey<int> &key, QWidget *parent);

protected:
    void load() override;
    void setReadOnly(bool readOnly) override;
    QString rangeText() const override;
    QString defaultText() const override;
    void retranslateField(const QString &label) override;

private:
    void takeTyped();
    QString number(int value) const;
    QString withUnit(const QString &words) const;

    const int m_scale; ///< kept per shown
    QLineEdit *m_edit;
    QLabel *m_unit;
};

/// One of a few words, taken at once.
class ChoiceSetting final : public KeyedSetting<QString>
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChoiceSetting)

public:
    /// `choices` in place of the key's own where the key takes any text (the language).
    ChoiceSetting(Settings &settings, const Theme &theme, const SettingKey<QString> &key, QStringList choices, QWidget *parent);

protected:
    void load() override;
    void setReadOnly(bool readOnly) override;
    QString defaultText() const override;
    void retranslateField(const QString &label) override;

private:
    QStringList m_choices;
    QComboBox *m_combo;
};

} // namespace novita
