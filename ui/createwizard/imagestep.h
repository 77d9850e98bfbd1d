// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/createwizard/wizardstep.h"
#include "ui/uicontext.h"

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace novita {

class EmptyState;
class FieldForm;
class SearchField;
class TableView;
class TemplateTableModel;

/// Step 2: the image, typed or taken from a template together with ports, variables, disk and command. What a template
/// replaced can be had back.
class ImageStep final : public WizardStep
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ImageStep)

public:
    ImageStep(WizardState &state, const UiContext &context, QWidget *parent = nullptr);

    QString title() const override;
    QSet<DraftField> fields() const override { return {DraftField::Image}; }
    bool focusField(DraftField field) override;
    void enter() override;

    /// Takes over a template and says what it filled. False when the store does not have it.
    bool useTemplate(const TemplateId &id);

signals:
    void refreshRequested();
    void templateApplied(const novita::TemplateId &id);

protected:
    void load() override;
    void showProblems(const QList<DraftProblem> &problems) override;
    void retranslate() override;

private:
    void buildLayout();
    void connectSignals();
    void applyFilter();
    void showEmptiness();
    void showFilled();
    void useCurrent();
    void undoTemplate();

    const UiContext &m_context;
    FieldForm *m_form;
    QLabel *m_imageLabel;
    QLineEdit *m_image;
    QLabel *m_hint;
    QLabel *m_heading;
    QLabel *m_channelLabel;
    QComboBox *m_channel;
    SearchField *m_filter;
    TemplateTableModel *m_model;
    TableView *m_table;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QPushButton *m_use;
    QLabel *m_filled;
    QPushButton *m_undo;
    std::optional<InstanceDraft> m_beforeTemplate;
    std::optional<InstanceTemplate> m_used;
};

} // namespace novita
