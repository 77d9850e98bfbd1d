// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instancedraft.h"
#include "ui/uicontext.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace novita {

class CreateFeedback;
class CreateSubmission;
class ImageStep;
class PricePanel;
class ReviewStep;
class StepList;
class WizardState;
class WizardStep;

/// `New instance`: steps at the left, the step in the middle, the price at the right. Open it with open() or show(); connect
/// finished() to deleteLater(). Never sends a create twice by itself, and keeps what was typed through every failure.
///
/// Closed while a create is under way it only hides: it comes back if there is something to say, and ends by itself when the
/// instance was created.
class CreateWizard final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CreateWizard)

public:
    explicit CreateWizard(UiContext context, QWidget *parent = nullptr);
    ~CreateWizard() override;

    /// Starts from `draft` (a clone, a preset); an empty name is suggested.
    void setDraft(const InstanceDraft &draft);
    /// Both take effect once the store knows the id.
    void setProduct(const ProductId &id);
    void setTemplate(const TemplateId &id);

    const InstanceDraft &draft() const;
    int currentStep() const;
    int stepCount() const { return static_cast<int>(m_steps.size()); }
    void goTo(int step);

public slots:
    void reject() override;

signals:
    /// An instance of ours exists now; the dialog closes (at once, or after it has told how it was found).
    void created(const novita::InstanceId &id);
    /// Settings or profiles are what is needed.
    void openPageRequested(const QString &pageId);

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void buildSteps();
    void buildLayout();
    void connectSignals();
    void readLists();
    void applyPending();
    void suggestName(const QString &wanted);
    void requestCreate();
    void confirmAgain();
    void followSubmission();
    void finishCreated();
    void profileSwitched();
    void goToField(DraftField field);
    void updateButtons();
    void updateMarks();
    QString blocker() const;
    void retranslate();

    UiContext m_context;
    WizardState *m_state;
    CreateSubmission *m_submission;
    StepList *m_list;
    QLabel *m_title;
    CreateFeedback *m_feedback;
    QStackedWidget *m_stack;
    PricePanel *m_price;
    QLabel *m_blocker;
    QPushButton *m_cancel;
    QPushButton *m_back;
    QPushButton *m_next;
    QPushButton *m_create;
    QList<WizardStep *> m_steps;
    ImageStep *m_image = nullptr;
    ReviewStep *m_review = nullptr;
    ProductId m_pendingProduct;
    TemplateId m_pendingTemplate;
    bool m_leaving = false; ///< the question whether to discard was answered, or there is nothing to ask
};

} // namespace novita
