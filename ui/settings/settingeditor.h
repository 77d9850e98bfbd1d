// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/settings/settings.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace novita {

class Theme;

/// One setting on the page: what it is called, its editor, its range and default, where the value in force came from, *Reset*,
/// and an inline sentence when something typed cannot be taken (which stays in the field). Values from the environment are read-only.
class SettingEditor : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SettingEditor)

public:
    SettingEditor(Settings &settings, const Theme &theme, const QString &keyName, QWidget *parent);

    /// Back to the default, whatever is being typed.
    void resetValue();
    void retranslate();
    QString keyName() const { return m_keyName; }

protected:
    /// To be called once by the subclass' constructor; `field` becomes the label's buddy.
    void setField(QWidget *field, QWidget *behind = nullptr);
    /// For a field that carries the name itself.
    void hideLabel();
    /// Shows the value in force.
    virtual void load() = 0;
    /// Drops what was typed and not taken.
    virtual void forgetTyped() {}
    virtual void dropStored() = 0;
    virtual void setReadOnly(bool readOnly) = 0;
    virtual SettingOrigin origin() const = 0;
    virtual QString rangeText() const { return {}; }   ///< "5 to 120 s"; may be empty
    virtual QString defaultText() const = 0;           ///< "30 s"; empty when the default is nothing
    virtual QString environmentName() const = 0;
    virtual void retranslateField(const QString &label) { Q_UNUSED(label) }
    /// Shows `result`'s sentence below the field, or takes it away.
    void show(const Result<Done> &result);

    Settings &settings() const { return m_settings; }

private:
    void refresh();
    QStringList facts() const;
    void applyFonts();

    Settings &m_settings;
    const Theme &m_theme;
    QString m_keyName;
    QLabel *m_label;
    QHBoxLayout *m_row;
    QPushButton *m_reset;
    QLabel *m_hint;
    QLabel *m_problem;
    QWidget *m_field = nullptr;
};

} // namespace novita
