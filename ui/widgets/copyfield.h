// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <chrono>

class QLineEdit;
class QPushButton;

namespace novita {

class SecretClipboard;

/// Text to take elsewhere: a read-only field and *Copy*. What does not fit is cut in the middle until the field has the focus, with the
/// whole in the tooltip. A secret is masked, can be shown, and leaves the clipboard by itself after `clipboardSeconds`.
class CopyField final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CopyField)

public:
    enum class Kind { Plain, Secret };
    explicit CopyField(Kind kind, QWidget *parent = nullptr);

    /// Accessible names: "SSH command", "Copy SSH command", "Show SSH command".
    void setName(const QString &name);
    void setText(const QString &text);
    /// All of it, however much the field shows.
    QString text() const { return m_text; }
    /// For text from outside that may end up in a terminal: what is not safe to paste is shown without the unseen characters, and
    /// not copied.
    void setGuarded(bool guarded);
    /// The sentence for that.
    static QString whyNotCopied();
    void setClipboardSeconds(int seconds);
    /// For a label's buddy.
    QLineEdit *field() const { return m_field; }

public slots:
    void copy();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void present();
    bool isRefused() const;

    Kind m_kind;
    QString m_name;
    QString m_text;
    bool m_guarded = false;
    QLineEdit *m_field;
    QPushButton *m_show = nullptr;
    QPushButton *m_copy;
    SecretClipboard *m_clipboard;
    std::chrono::seconds m_clipboardTime{30};
};

} // namespace novita
