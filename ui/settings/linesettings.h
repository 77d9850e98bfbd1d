// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/keyedsetting.h"

#include <QLineEdit>
#include <QPushButton>

#include <functional>

namespace novita {

class Prompts;

/// A line of text with *Apply*. What is being typed stays when the value changes elsewhere.
template<typename T>
class LineSetting : public KeyedSetting<T>
{
protected:
    static constexpr int kMostChars = 1000;

    LineSetting(Settings &settings, const Theme &theme, const SettingKey<T> &key, int width, QWidget *parent)
        : KeyedSetting<T>(settings, theme, key, parent), m_edit(new QLineEdit(this)), m_apply(new QPushButton(this))
    {
        m_edit->setMaxLength(kMostChars);
        m_edit->setMinimumWidth(width);
        m_apply->setAutoDefault(false);
        m_apply->hide();
        QObject::connect(m_edit, &QLineEdit::textChanged, this, [this](const QString &text) { m_apply->setVisible(text != m_loaded); });
        QObject::connect(m_edit, &QLineEdit::returnPressed, this, [this] { takeTyped(); });
        QObject::connect(m_apply, &QPushButton::clicked, this, [this] { takeTyped(); });
    }

    /// What was typed as a value, or a sentence.
    virtual Result<T> parse(const QString &text) const = 0;
    virtual QString words(const T &value) const = 0;

    QLineEdit *edit() const { return m_edit; }
    QPushButton *applyButton() const { return m_apply; }

    void takeTyped()
    {
        const Result<T> typed = parse(m_edit->text().trimmed());
        if (!typed) {
            this->show(typed.error());
            return;
        }
        // Taken before it is stored: storing brings load(), which leaves alone what differs from the value.
        m_loaded = words(*typed);
        m_edit->setText(m_loaded);
        this->take(*typed);
        m_apply->hide();
    }

    void load() override
    {
        const bool untouched = m_edit->text() == m_loaded;
        m_loaded = words(this->value());
        if (untouched)
            m_edit->setText(m_loaded);
        m_edit->setCursorPosition(0);
        m_apply->setVisible(m_edit->text() != m_loaded);
    }

    void forgetTyped() override { m_edit->setText(m_loaded); }
    void setReadOnly(bool readOnly) override { m_edit->setReadOnly(readOnly); }
    QString defaultText() const override { return words(this->key().fallback); }

    void retranslateField(const QString &label) override
    {
        m_apply->setText(SettingEditor::tr("Apply"));
        m_apply->setAccessibleName(SettingEditor::tr("Apply %1").arg(label));
    }

private:
    QLineEdit *m_edit;
    QPushButton *m_apply;
    QString m_loaded;
};

/// How a text setting looks at what was typed: a cleaned value, or a sentence.
using TextCheck = std::function<Result<QString>(const QString &)>;

/// Text; with `prompts` also *Choose…* for a file.
class TextSetting final : public LineSetting<QString>
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TextSetting)

public:
    TextSetting(Settings &settings, const Theme &theme, const SettingKey<QString> &key, TextCheck check, Prompts *prompts, QWidget *parent);

protected:
    Result<QString> parse(const QString &text) const override { return m_check(text); }
    QString words(const QString &value) const override { return value; }
    void setReadOnly(bool readOnly) override;
    void retranslateField(const QString &label) override;

private:
    TextCheck m_check;
    QPushButton *m_choose = nullptr;
};

/// Names of regions, separated by commas.
class ListSetting final : public LineSetting<QStringList>
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ListSetting)

public:
    ListSetting(Settings &settings, const Theme &theme, const SettingKey<QStringList> &key, QWidget *parent);

protected:
    Result<QStringList> parse(const QString &text) const override;
    QString words(const QStringList &value) const override { return value.join(QStringLiteral(", ")); }
};

} // namespace novita
