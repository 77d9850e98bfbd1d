// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPlainTextEdit;

namespace novita {

class Theme;

/// The field for the system prompt, with a counter that says how much of what may be sent it is. What is too long stays, to be shortened.
class SystemPrompt final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SystemPrompt)

public:
    explicit SystemPrompt(const Theme &theme, QWidget *parent = nullptr);

    /// Emits nothing.
    void setText(const QString &prompt);
    QString text() const;
    /// "1,204 of 100,000 characters, some 301 tokens"; empty without a prompt.
    QString counter() const;

signals:
    void changed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void present();
    void retranslate();

    QLabel *m_label;
    QPlainTextEdit *m_edit;
    QLabel *m_counter;
};

} // namespace novita
