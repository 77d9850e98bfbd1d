// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/images/createobstacle.h"
#include "ui/images/jobplan.h"
#include "ui/uicontext.h"

#include <QJsonObject>
#include <QWidget>

#include <optional>

class QPushButton;
class QScrollArea;
class QUndoStack;

namespace novita {

class BackendPicker;
class EndpointPicker;
class GenerateBar;
class InputPictures;
class ModelField;
class PictureField;
class PromptBox;
class PromptTools;
class RecipeDraft;
class RecipeForm;
class StartOptions;

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
    /// What the catalogue, or the server, knows is offered; a checkpoint that is needed and was not chosen is the one that the catalogue suggests.
    void followModels();
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

    /// Of the whole form, also what its endpoint has no field for.
    Recipe recipe() const;
    /// Puts `wanted` in place of all values, and its endpoint where it is known; undoStack() takes it back. `what` names the step. False: nothing
    /// is other than it was.
    bool restore(const Recipe &wanted, const QString &what);
    /// The picture of InputPictures becomes the one to start from: where the present endpoint has a place for one, else image → image. `mode`: that
    /// one only, and where the present backend cannot be asked for it, an image server that is ready. Another endpoint is one of the present one's kind
    /// where there is one, else of the kind of `maker`, the endpoint that made the picture. False: no endpoint can.
    bool startFrom(const QString &key, std::optional<ImageMode> mode = std::nullopt, const QString &maker = {});
    /// What would keep the same from being sent, whatever else the form holds.
    CreateObstacle obstacleToStart(ImageMode mode, const QString &maker) const;
    /// The mask `key` of InputPictures, painted for `field` over the picture `source`, becomes the form's; where that has changed meanwhile, the mask
    /// is kept among the values. What stands in its way then; empty = it is the mask of the form.
    QString takeMask(const QString &field, const QString &source, const QString &key);
    QUndoStack *undoStack() const;

    PromptBox *promptBox() const { return m_box; }
    RecipeForm *recipeForm() const { return m_form; }
    EndpointPicker *picker() const { return m_picker; }
    BackendPicker *backends() const { return m_backend; }

signals:
    void generateRequested();
    void pageRequested(const QString &page);
    /// The catalogue is wanted for `field`.
    void modelRequested(novita::ModelField *field);
    void maskRequested(novita::PictureField *field);
    void endpointChosen();
    /// Several pictures over parameters are wanted.
    void gridRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct State
    {
        QString backend;
        Recipe recipe; ///< with prompts
        std::optional<ImageMode> mode;
    };
    class ChangeCommand;

    struct Way
    {
        QString backend;
        ImageMode mode;
        const EndpointSpec *endpoint; ///< nullptr: there is none
    };
    Way wayFrom(std::optional<ImageMode> mode, const QString &maker) const;
    CreateObstacle surrounding(const QString &backend, const EndpointSpec *endpoint) const;
    void buildLayout();
    void connectParts();
    State state() const;
    bool change(const State &after, const QString &what);
    void apply(const State &state);
    void followRetired();
    void followEndpoint();
    void followTable();
    void followTexts();
    void chooseModel();
    QString backendFor(const EndpointSpec &spec) const;
    void present();
    void alignLabels();
    bool isTried(const QString &endpoint) const;
    void tryEndpoint();
    void retranslate();
    void applySettings();
    QJsonObject draft() const;
    QJsonObject entered() const;
    QJsonObject touchable() const;
    void applyDraft(const QJsonObject &draft);
    RequestOptions options() const;

    const UiContext m_context;
    BackendPicker *m_backend;
    EndpointPicker *m_picker;
    PromptBox *m_box;
    PromptTools *m_tools;
    RecipeForm *m_form;
    GenerateBar *m_bar;
    QPushButton *m_grid;
    StartOptions *m_options;
    QScrollArea *m_scroll;
    QUndoStack *m_undo;
    RecipeDraft *m_draft;
    ProfileId m_profile;
    QJsonObject m_heldDraft; ///< of a video model that neither disk nor cloud has told of yet
    QJsonObject m_heldOver;  ///< touchable() at that time: whoever enters something else now goes on with that
    RetiredMarks m_tried; ///< endpoints that are held to be retired and tried all the same, with the mark that they had (none: an empty one)
    bool m_isFilling = false; ///< many values at once: what follows from them is looked at in the end
};

} // namespace novita
