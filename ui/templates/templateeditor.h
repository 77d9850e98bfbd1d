// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/templatedraft.h"
#include "ui/widgets/formdialog.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace novita {

class KeyValueEditor;
class PortListEditor;
class VolumeListEditor;

/// Writes a template: a new one, a copy, or other settings for one that exists. Asks before what was typed is thrown away.
class TemplateEditor final : public FormDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TemplateEditor)

public:
    /// `source`: what the draft was made from, for what the API does not take along; null for a new one.
    TemplateEditor(const UiContext &context, const TemplateDraft &draft, const InstanceTemplate *source, QWidget *parent);

protected:
    QString heading() const override;
    QString verb() const override;
    QString busyVerb() const override;
    QList<DraftProblem> problems() const override;
    Call<ResourceOutcome> *submit() override;
    void retranslate() override;
    bool isDirty() const override;

private:
    void buildForm();
    void connectSignals();
    void load(const TemplateDraft &draft);
    TemplateDraft draft() const;
    void fillAuths();

    const TemplateDraft m_start;
    bool m_isCopy;
    bool m_hadTools;
    QLineEdit *m_name;
    QComboBox *m_type;
    QLineEdit *m_image;
    QComboBox *m_auth;
    QSpinBox *m_disk;
    PortListEditor *m_ports;
    KeyValueEditor *m_envs;
    VolumeListEditor *m_volumes;
    QLineEdit *m_command;
    QLineEdit *m_entrypoint;
    QLineEdit *m_cuda;
    QPlainTextEdit *m_readme;
    QList<QLabel *> m_labels; ///< in the order of the fields
    QLabel *m_note;
};

} // namespace novita
