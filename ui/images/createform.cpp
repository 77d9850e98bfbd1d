// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/createform.h"

#include "core/cloud/backends/novitabackend.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/images/imageworkspace.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/sessioncontroller.h"
#include "ui/images/endpointpicker.h"
#include "ui/images/generatebar.h"
#include "ui/images/inputpictures.h"
#include "ui/images/picturefield.h"
#include "ui/images/promptbox.h"
#include "ui/images/recipedraft.h"
#include "ui/images/recipeform.h"
#include "ui/images/valuefields.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QRandomGenerator>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

double randomFraction()
{
    return QRandomGenerator::global()->generateDouble();
}

std::optional<FieldSpec> fieldOf(const EndpointSpec *spec, QAnyStringView name)
{
    const FieldSpec *field = spec ? spec->field(name) : nullptr;
    return field ? std::optional(*field) : std::nullopt;
}

} // namespace

CreateForm::CreateForm(const UiContext &context, InputPictures &pictures, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_picker(new EndpointPicker(context.images.endpoints(), context.clock))
    , m_box(new PromptBox(context.theme, context.images.prompts(), context.clock))
    , m_form(new RecipeForm({context.theme, context.prompts, pictures, &randomFraction, {}, {}, {}}))
    , m_bar(new GenerateBar(context.theme, this))
    , m_draft(new RecipeDraft(context.images.prompts(), [this] { return draft(); }, this))
{
    buildLayout();
    followEndpoint();
    connectParts();
    m_picker->setRetired(context.images.retired());
}

CreateForm::~CreateForm()
{
    m_draft->flush(); // it asks this object
}

void CreateForm::buildLayout()
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, space::kRelated, 0);
    column->setSpacing(space::kGroup);
    column->addWidget(m_picker);
    column->addWidget(m_box);
    column->addWidget(m_form, 1);
    m_scroll = makeScrolling(content, this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_scroll, 1);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(0, 0, space::kRelated, 0);
    bar->addWidget(m_bar);
    layout->addLayout(bar);
}

void CreateForm::connectParts()
{
    connect(m_picker, &EndpointPicker::chosen, this, [this] {
        followEndpoint();
        emit endpointChosen();
    });
    connect(m_box, &PromptBox::changed, this, &CreateForm::followTexts);
    connect(m_box, &PromptBox::generateRequested, this, &CreateForm::generateRequested);
    connect(m_form, &RecipeForm::changed, this, &CreateForm::present);
    connect(m_form, &RecipeForm::modelRequested, this, &CreateForm::modelRequested);
    connect(m_form, &RecipeForm::maskRequested, this, &CreateForm::maskRequested);
    connect(m_bar, &GenerateBar::modeChanged, this, &CreateForm::present);
    connect(m_bar, &GenerateBar::generateRequested, this, &CreateForm::generateRequested);
    connect(m_bar, &GenerateBar::obstacleActivated, this, [this] { show(obstacle()); });
    connect(m_draft, &RecipeDraft::opened, this, &CreateForm::applyDraft);
    connect(&m_context.images, &ImageWorkspace::retiredChanged, this, [this] { m_picker->setRetired(m_context.images.retired()); });
    connect(&m_context.images, &ImageWorkspace::statusChanged, this, &CreateForm::present);
    connect(&m_context.session, &SessionController::connectionChanged, this, &CreateForm::present);
    connect(&m_context.settings, &Settings::changed, this, [this](const QString &key) {
        if (key == keys::kImageOutputType.name || key == keys::kImageNsfwCheck.name)
            applySettings();
    });
    for (const int key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto *shortcut = new QShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(key)), this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, &CreateForm::generateRequested);
    }
}

void CreateForm::openProfile(const ProfileId &profile)
{
    m_draft->open(profile);
    const QScopedValueRollback filling(m_isFilling, true);
    m_form->undoStack()->clear();
    m_form->setRecipe({});
    m_box->openProfile(profile);
    followEndpoint();
}

// ---- the endpoint and what follows from it

const EndpointSpec *CreateForm::endpoint() const
{
    return m_picker->endpoint();
}

void CreateForm::followEndpoint()
{
    const EndpointSpec *spec = endpoint();
    {
        const QScopedValueRollback filling(m_isFilling, true);
        m_box->setFields(fieldOf(spec, fields::kPrompt), fieldOf(spec, fields::kNegativePrompt));
        if (spec)
            m_form->setEndpoint(*spec, m_picker->mode());
        followTexts();
        applySettings();
        chooseModel();
    }
    present();
}

void CreateForm::followTexts()
{
    // A text without a field stays in the box, and is no value that is left over.
    const EndpointSpec &spec = m_form->endpoint();
    m_form->setText(fields::kPrompt, spec.field(fields::kPrompt) ? m_box->prompt() : QString());
    m_form->setText(fields::kNegativePrompt, spec.field(fields::kNegativePrompt) ? m_box->negativePrompt() : QString());
    present();
}

void CreateForm::applySettings()
{
    m_form->setOutputType(options().outputType);
    present();
}

RequestOptions CreateForm::options() const
{
    RequestOptions out;
    const EndpointSpec *spec = endpoint();
    const QString type = m_context.settings.value(keys::kImageOutputType);
    if (spec && spec->output.types.contains(type))
        out.outputType = type;
    out.nsfwCheck = m_context.settings.value(keys::kImageNsfwCheck);
    out.mode = m_picker->mode();
    out.base = m_form->context().base;
    return out;
}

bool CreateForm::wantsModels() const
{
    const EndpointSpec *spec = endpoint();
    return spec && std::any_of(spec->fields.begin(), spec->fields.end(), [](const FieldSpec &field) { return field.type == FieldType::Model || field.type == FieldType::Loras; });
}

void CreateForm::setModels(const QList<ImageModel> &models)
{
    m_models = models;
    m_form->setModels(models);
    QStringList loras;
    QStringList embeddings;
    for (const ImageModel &model : models) {
        if (model.type == ImageModelType::Lora)
            loras.append(model.requestName());
        else if (model.type == ImageModelType::Embedding)
            embeddings.append(model.requestName());
    }
    m_box->setLoras(loras);
    m_box->setEmbeddings(embeddings);
    chooseModel();
    present();
}

/// A prompt and *Generate* must be enough: nobody has to know a checkpoint first.
void CreateForm::chooseModel()
{
    const EndpointSpec *spec = endpoint();
    const FieldSpec *field = spec ? spec->field(fields::kModel) : nullptr;
    Recipe recipe = m_form->recipe();
    if (!field || !field->required || !recipe.values.value(fields::kModel).toString().isEmpty())
        return;
    const auto fits = [field](const ImageModel &model) {
        return model.usable && model.type == field->models.type && (!field->models.inpainting || *field->models.inpainting == model.isInpainting());
    };
    const auto found = std::find_if(m_models.begin(), m_models.end(), fits);
    if (found == m_models.end())
        return;
    recipe.values.insert(fields::kModel, found->requestName());
    m_form->setRecipe(recipe);
}

// ---- what is to be made

JobOrder CreateForm::order() const
{
    return {NovitaBackend::backendId(), m_form->recipe(), m_box->expansion(), m_box->negativeExpansion(), m_bar->mode(), options()};
}

JobPlan CreateForm::plan() const
{
    const EndpointSpec *spec = endpoint();
    return spec ? jobplan::plan(*spec, order()) : JobPlan();
}

CreateObstacle CreateForm::obstacle() const
{
    const EndpointSpec *spec = endpoint();
    if (const CreateObstacle found = surroundingObstacle(m_context, spec); found.isThere())
        return found;
    if (const QString problem = m_box->problem(); !problem.isEmpty())
        return {problem, {}, fields::kPrompt};
    // What a template says of its length says nothing of what comes of it.
    const FieldSpec *prompt = m_box->expansion().isDynamic() ? spec->field(fields::kPrompt) : nullptr;
    if (prompt && m_box->expansion().longest() > static_cast<quint64>(prompt->mostChars))
        return {tr("The longest prompt that comes of this has %1 characters; %2 are taken.").arg(m_box->expansion().longest()).arg(prompt->mostChars), {}, fields::kPrompt};
    for (const FieldProblem &problem : m_form->problems()) {
        if (!prompt || problem.field != fields::kPrompt)
            return {problem.sentence, {}, problem.field};
    }
    return {};
}

void CreateForm::show(const CreateObstacle &obstacle)
{
    if (!obstacle.page.isEmpty())
        emit pageRequested(obstacle.page);
    else if (obstacle.field == fields::kPrompt)
        m_box->focusPrompt();
    else if (!obstacle.field.isEmpty())
        m_form->focusField(obstacle.field);
    else
        m_picker->setFocus();
}

void CreateForm::present()
{
    if (m_isFilling)
        return;
    m_bar->present(plan(), obstacle().sentence, m_box->expansion().isDynamic() || m_box->negativeExpansion().isDynamic());
    m_draft->noteChange();
}

void CreateForm::remember()
{
    m_box->remember();
}

void CreateForm::setPrompt(const QString &prompt)
{
    m_box->setTexts(prompt, m_box->negativePrompt());
    m_box->focusPrompt();
}

void CreateForm::focusPrompt()
{
    m_box->focusPrompt();
}

// ---- what is kept

QJsonObject CreateForm::draft() const
{
    const EndpointSpec *spec = endpoint();
    if (!spec)
        return {};
    QJsonObject values = m_form->recipe().values;
    values.remove(fields::kPrompt);
    values.remove(fields::kNegativePrompt);
    return {{QStringLiteral("endpoint"), spec->id},
            {QStringLiteral("mode"), imageModeName(m_picker->mode())},
            {QStringLiteral("values"), values},
            {QStringLiteral("combinations"), m_bar->mode() == ExpansionMode::Combinations},
            {QStringLiteral("advanced"), m_form->isAdvancedOpen()}};
}

void CreateForm::applyDraft(const QJsonObject &draft)
{
    const std::optional<Recipe> recipe = Recipe::fromJson(draft);
    if (recipe && m_context.images.endpoints().find(recipe->endpoint)) {
        const QScopedValueRollback filling(m_isFilling, true);
        m_picker->choose(recipe->endpoint, imageModeFromName(draft.value(QLatin1String("mode")).toString()));
        m_form->setRecipe(*recipe);
        m_bar->setMode(draft.value(QLatin1String("combinations")).toBool() ? ExpansionMode::Combinations : ExpansionMode::Random);
        m_form->setAdvancedOpen(draft.value(QLatin1String("advanced")).toBool());
        followTexts();
    }
    chooseModel();
    present();
}

void CreateForm::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        present();
}

} // namespace novita
