// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/endpointspec.h"
#include "core/cloud/endpoints/formvalues.h"
#include "core/cloud/endpoints/recipememory.h"
#include "ui/images/fieldeditor.h"

#include <QHash>
#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace novita {

class FieldRows;

/// The form of one endpoint, built from its fields. Prompt and negative prompt are edited elsewhere: setText() tells it of them, so that
/// recipe() and problems() are of the whole.
///
/// What means the same goes along when the endpoint changes, and each endpoint finds its own settings again (RecipeMemory). What it has no field for is
/// kept, and named below the form.
class RecipeForm final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RecipeForm)

public:
    /// FieldServices without the parts that the form gives itself: models, chooseModel, drawMask, isAwaitingModels.
    RecipeForm(const FieldServices &services, QWidget *parent = nullptr);
    ~RecipeForm() override;

    /// Another endpoint, with what goes along to it. The spec is copied.
    void setEndpoint(const EndpointSpec &spec, std::optional<ImageMode> mode);
    const EndpointSpec &endpoint() const { return m_spec; }
    /// What is offered where a model is to be chosen.
    void setModels(const QList<ImageModel> &models);
    /// What is offered in place of what the endpoint names, by the names of its fields: the samplers of a server of one's own. Empty: the endpoint's.
    void setChoices(const QHash<QString, QList<ChoiceOption>> &choices);
    /// Whether there is a catalogue to choose models from, beside those of setModels(); there is at first.
    void setCatalogueOffered(bool offered);
    /// What there is to offer by setModels() is not known yet, which is said where a model is to be chosen.
    void setModelsAwaited(bool awaited);
    /// "png"; empty = the server's.
    void setOutputType(const QString &type);

    Recipe recipe() const { return m_recipe; }
    /// In place of all values, which are the endpoint's own where it has none that can be used.
    void setRecipe(const Recipe &recipe);
    /// Initial values; what other endpoints had is forgotten.
    void reset();
    /// A value that is edited elsewhere: prompt, negative prompt.
    void setText(const QString &field, const QString &text);

    FormContext context() const;
    const QList<FieldProblem> &problems() const { return m_problems; } ///< of the whole recipe; empty = may be sent
    /// Unfolds what is folded where it must.
    void focusField(const QString &path);
    void focusFirst();

    bool isAdvancedOpen() const;
    void setAdvancedOpen(bool open);

signals:
    /// Values, problems or both.
    void changed();
    /// The catalogue is wanted for `field`, which takes ModelField::filter().
    void modelRequested(novita::ModelField *field);
    /// A mask is to be drawn for `field`; its picture is that of FieldSpec::sameSizeAs.
    void maskRequested(novita::PictureField *field);

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    void rebuild();
    void takePicture(const FieldSpec &wanted, const QString &key);
    void replaceRecipe(const Recipe &recipe);
    void fieldChanged(const FieldRows &rows, const QString &field);
    void refresh();
    void showLeftovers();
    void retranslate();
    FieldRows *makeRows(bool advanced);

    FieldServices m_services;
    EndpointSpec m_given; ///< before setChoices()
    EndpointSpec m_spec;
    QHash<QString, QList<ChoiceOption>> m_choices;
    std::optional<ImageMode> m_mode;
    QString m_outputType;
    Recipe m_recipe;
    RecipeMemory m_memory;
    ModelBase m_base = ModelBase::Unknown;
    QList<ImageModel> m_models;
    bool m_isAwaitingModels = false;
    QList<FieldProblem> m_problems;
    QVBoxLayout *m_layout;
    FieldRows *m_rows = nullptr;
    QPushButton *m_fold;
    FieldRows *m_advanced = nullptr;
    QLabel *m_leftovers;
};

} // namespace novita
