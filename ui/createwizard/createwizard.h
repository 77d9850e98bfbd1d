// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instancedraft.h"
#include "core/cloud/types/instancestate.h"
#include "ui/uicontext.h"

#include <QDialog>

class QLabel;
class QPushButton;

namespace novita {

class CreateFeedback;
class CreateSubmission;
class PresetMenu;
class PricePanel;
class StepDeck;
class StepList;
class WizardPresets;
class WizardState;

/// `New instance`: steps at the left, the step in the middle, the price at the right. Open it with open() or show(); connect
/// finished() to deleteLater(). Never sends a create twice by itself, and keeps what was typed through every failure.
///
/// Closed while a create is under way it only hides, which is news for the window behind it: it comes back if there is
/// something to decide, and ends by itself when the instance was created or the profile changes.
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
    int stepCount() const;
    void goTo(int step);
    /// The name of the instance that is being created now; empty when there is none.
    QString creating() const;
    /// The name of the instance that was created, as sent; empty before.
    QString createdName() const;

public slots:
    void reject() override;

signals:
    /// An instance of ours exists now; the dialog closes (at once, or after it has told how it was found).
    void created(const novita::InstanceId &id);
    /// Settings or profiles are what is needed.
    void openPageRequested(const QString &pageId);
    /// Several like what was filled in are wanted; the dialog closes.
    void severalRequested(const novita::InstanceDraft &model);
    /// To be said in the window while the dialog is closed; an empty sentence takes back the last one.
    void newsChanged(novita::StateTone tone, const QString &sentence);

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void buildSteps();
    void buildLayout();
    void connectSignals();
    void requestCreate();
    void requestSeveral();
    void confirmAgain();
    void followSubmission();
    void finishCreated();
    void hideWhileCreating();
    void profileSwitched();
    void keyChanged();
    void usePreset(const InstanceDraft &draft);
    void updateStep();
    void updateButtons();
    void orderTabs();
    QString blocker() const;
    void retranslate();

    UiContext m_context;
    WizardState *m_state;
    CreateSubmission *m_submission;
    StepList *m_list;
    QLabel *m_title;
    CreateFeedback *m_feedback;
    StepDeck *m_deck;
    PricePanel *m_price;
    QLabel *m_blocker;
    QPushButton *m_cancel;
    QPushButton *m_back;
    QPushButton *m_next;
    QPushButton *m_several;
    QPushButton *m_create;
    PresetMenu *m_presetMenu;
    QPushButton *m_presetButton;
    WizardPresets *m_presets = nullptr;
    QString m_profileName; ///< that the last create was sent for
    bool m_wasReset = false; ///< the account's data went away, and it is not known yet with what
    bool m_leaving = false; ///< the question whether to discard was answered, or there is nothing to ask
};

} // namespace novita
