// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/imagemodel.h"
#include "ui/images/createobstacle.h"
#include "ui/images/jobplan.h"
#include "ui/uicontext.h"

#include <QJsonObject>
#include <QWidget>

#include <optional>

class QScrollArea;

namespace novita {

class EndpointPicker;
class GenerateBar;
class InputPictures;
class ModelField;
class PictureField;
class PromptBox;
class RecipeDraft;
class RecipeForm;

/// All that a person sets to have pictures made: what by which endpoint, the prompts, the fields; *Generate* below them, always in view. What is
/// entered is kept at once, for each profile.
class CreateForm final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CreateForm)

public:
    /// Both must outlive the form.
    CreateForm(const UiContext &context, InputPictures &pictures, QWidget *parent = nullptr);
    ~CreateForm() override;

    /// What was entered for `profile`, in place of what there is.
    void openProfile(const ProfileId &profile);
    /// Of every type; fields that need a checkpoint and have none take the first that fits.
    void setModels(const QList<ImageModel> &models);
    bool wantsModels() const; ///< the endpoint has a field for them

    const EndpointSpec *endpoint() const;
    JobOrder order() const;
    JobPlan plan() const;
    CreateObstacle obstacle() const;
    /// The keyboard goes to where `obstacle` is mended; a page is asked for.
    void show(const CreateObstacle &obstacle);
    /// The prompts were used.
    void remember();
    void setPrompt(const QString &prompt);
    void focusPrompt();

    PromptBox *promptBox() const { return m_box; }
    RecipeForm *recipeForm() const { return m_form; }
    EndpointPicker *picker() const { return m_picker; }

signals:
    void generateRequested();
    void pageRequested(const QString &page);
    /// The catalogue is wanted for `field`.
    void modelRequested(novita::ModelField *field);
    void maskRequested(novita::PictureField *field);
    void endpointChosen();

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void connectParts();
    void followEndpoint();
    void followTexts();
    void chooseModel();
    void present();
    void applySettings();
    QJsonObject draft() const;
    void applyDraft(const QJsonObject &draft);
    RequestOptions options() const;

    const UiContext m_context;
    EndpointPicker *m_picker;
    PromptBox *m_box;
    RecipeForm *m_form;
    GenerateBar *m_bar;
    QScrollArea *m_scroll;
    RecipeDraft *m_draft;
    QList<ImageModel> m_models;
    bool m_isFilling = false; ///< many values at once: what follows from them is looked at in the end
};

} // namespace novita
