// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/answerform.h"

#include <QPointer>
#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;

namespace novita {

class SchemaDialog;
class Theme;

/// Text, a JSON object, or JSON by a schema, which a dialog edits.
class AnswerFormEdit final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AnswerFormEdit)

public:
    explicit AnswerFormEdit(const Theme &theme, QWidget *parent = nullptr);
    ~AnswerFormEdit() override;

    /// Emits nothing.
    void setForm(const AnswerForm &form);
    AnswerForm form() const;

signals:
    void changed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void editSchema();
    void present();
    void retranslate();

    const Theme &m_theme;
    AnswerForm m_form; ///< but for its kind, which m_kind has
    QLabel *m_label;
    QComboBox *m_kind;
    QWidget *m_schemaRow;
    QLabel *m_facts;
    QPushButton *m_edit;
    QPointer<SchemaDialog> m_dialog;
};

} // namespace novita
