// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QWidget>

class QComboBox;
class QLabel;

namespace novita {

class PlainTextView;
class Theme;

/// The body of a delivery: as JSON with a line for each member, as exact text, or byte by byte. Of a long one the beginning.
class BodyView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BodyView)

public:
    enum class Form { Json, Text, Hex };

    explicit BodyView(const Theme &theme, QWidget *parent = nullptr);

    void setBody(const QByteArray &body);
    /// In place of a body: why there is none, or that it is being read.
    void setWords(const QString &sentence);
    void setForm(Form form);
    Form form() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void present();
    void retranslate();

    QLabel *m_formLabel;
    QComboBox *m_form;
    QLabel *m_note;
    PlainTextView *m_text;
    QByteArray m_body;
    QString m_words;
    QString m_presented; ///< what stands in m_text
};

} // namespace novita
