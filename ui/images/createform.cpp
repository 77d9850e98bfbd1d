// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/createform.h"

#include "core/base/randomfraction.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/images/imageworkspace.h"
#include "core/images/modelcatalogue.h"
#include "core/workflows/sessioncontroller.h"
#include "ui/images/backendpicker.h"
#include "ui/images/endpointpicker.h"
#include "ui/images/generatebar.h"
#include "ui/images/inputpictures.h"
#include "ui/images/picturefield.h"
#include "ui/images/promptbox.h"
#include "ui/images/prompttools.h"
#include "ui/images/recipedraft.h"
#include "ui/images/recipeform.h"
#include "ui/images/startoptions.h"
#include "ui/images/valuefields.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QShortcut>
#include <QUndoStack>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

constexpr int kMostUndo = 50;

std::optional<FieldSpec> fieldOf(const EndpointSpec *spec, QAnyStringView name)
{
    const FieldSpec *field = spec ? spec->field(name) : nullptr;
    return field ? std::optional(*field) : std::nullopt;
}

} // namespace

CreateForm::CreateForm(const UiContext &context, InputPictures &pictures, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_backend(new BackendPicker(context))
    , m_picker(new EndpointPicker(context.images.endpoints(), context.clock))
    , m_box(new PromptBox(context.theme, context.images.prompts(), context.clock))
    , m_tools(new PromptTools(context, *m_box))
    , m_form(new RecipeForm({context.theme, context.prompts, pictures, &randomFraction, {}, {}, {}}))
    , m_bar(new GenerateBar(context.theme, this))
    , m_grid(new QPushButton(this))
    , m_options(new StartOptions(context.theme, context.settings, this))
    , m_undo(new QUndoStack(this))
    , m_draft(new RecipeDraft(context.images.prompts(), [this] { return draft(); }, this))
{
    m_undo->setUndoLimit(kMostUndo);
    buildLayout();
    retranslate();
    followEndpoint();
    connectParts();
    followRetired();
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
    auto *makers = new QVBoxLayout;
    makers->setSpacing(space::kInside);
    makers->addWidget(m_backend);
    makers->addWidget(m_picker);
    auto *words = new QVBoxLayout;
    words->setSpacing(space::kInside);
    words->addWidget(m_box);
    words->addWidget(m_tools);
    column->addLayout(makers);
    column->addLayout(words);
    column->addWidget(m_form, 1);
    m_scroll = makeScrolling(content, this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_scroll, 1);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(0, 0, space::kRelated, 0);
    bar->setSpacing(space::kRelated);
    bar->addWidget(m_bar, 1);
    bar->addWidget(m_grid, 0, Qt::AlignBottom);
    bar->addWidget(m_options, 0, Qt::AlignBottom);
    layout->addLayout(bar);
}

void CreateForm::connectParts()
{
    connect(m_backend, &BackendPicker::chosen, this, [this] {
        m_picker->setOnServer(m_backend->isServer());
        followModels();
    });
    connect(m_backend, &BackendPicker::listsChanged, this, &CreateForm::followModels);
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
    connect(m_bar, &GenerateBar::tryRequested, this, &CreateForm::tryEndpoint);
    connect(m_grid, &QPushButton::clicked, this, &CreateForm::gridRequested);
    connect(m_draft, &RecipeDraft::opened, this, &CreateForm::applyDraft);
    connect(&m_context.images, &ImageWorkspace::retiredChanged, this, &CreateForm::followRetired);
    connect(&m_context.images, &ImageWorkspace::retiredChanged, this, &CreateForm::present);
    connect(&m_context.images, &ImageWorkspace::endpointsChanged, this, &CreateForm::followTable);
    connect(&m_context.images, &ImageWorkspace::statusChanged, this, &CreateForm::present);
    connect(&m_context.session, &SessionController::connectionChanged, this, &CreateForm::present);
    connect(&m_context.profiles, &ProfileStore::activeChanged, this, &CreateForm::present);
    connect(&m_context.profiles, &ProfileStore::profilesChanged, this, &CreateForm::present);
    connect(m_options, &StartOptions::changed, this, &CreateForm::applySettings);
    connect(&m_context.theme, &Theme::changed, this, &CreateForm::alignLabels, Qt::QueuedConnection);
    for (const int key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto *shortcut = new QShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(key)), this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, &CreateForm::generateRequested);
    }
}

void CreateForm::openProfile(const ProfileId &profile)
{
    m_heldDraft = {};
    m_profile = profile;
    m_tried.clear();
    m_draft->open(profile);
    const QScopedValueRollback filling(m_isFilling, true);
    m_undo->clear();
    m_form->reset();
    m_box->openProfile(profile);
    followRetired();
}

// ---- the endpoint and what follows from it

const EndpointSpec *CreateForm::endpoint() const
{
    return m_picker->endpoint();
}

void CreateForm::followRetired()
{
    const EndpointOutlook outlook = outlookOf(m_context);
    m_picker->setRetired(outlook.marks, outlook.inSandbox);
}

void CreateForm::followEndpoint()
{
    const EndpointSpec *spec = endpoint();
    {
        const QScopedValueRollback filling(m_isFilling, true);
        m_box->setFields(fieldOf(spec, fields::kPrompt), fieldOf(spec, fields::kNegativePrompt));
        m_tools->setVisible(spec && spec->field(fields::kPrompt));
        if (spec)
            m_form->setEndpoint(*spec, m_picker->mode());
        m_options->setEndpoint(spec ? *spec : EndpointSpec());
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

bool CreateForm::wantsModels() const
{
    const EndpointSpec *spec = endpoint();
    return spec && std::any_of(spec->fields.begin(), spec->fields.end(), [](const FieldSpec &field) { return field.type == FieldType::Model || field.type == FieldType::Loras; });
}

void CreateForm::followModels()
{
    const std::optional<WebUiLists> lists = m_backend->lists();
    offerServerLists(*m_form, m_backend->isServer(), lists);
    const ModelCatalogue &catalogue = m_context.images.catalogue();
    if (!m_backend->isServer()) {
        QList<ImageModel> models;
        for (const ImageModelType type : {ImageModelType::Checkpoint, ImageModelType::Lora, ImageModelType::Vae, ImageModelType::ControlNet, ImageModelType::Upscaler, ImageModelType::Embedding})
            models += catalogue.known({type, {}, {}});
        m_form->setModels(models);
    }
    m_box->setLoras(m_backend->isServer() ? serverNames(lists, ImageModelType::Lora) : catalogue.requestNames(ImageModelType::Lora));
    m_box->setEmbeddings(m_backend->isServer() ? serverNames(lists, ImageModelType::Embedding) : catalogue.requestNames(ImageModelType::Embedding));
    chooseModel();
    present();
}

/// A prompt and *Generate* must be enough: nobody has to know a checkpoint first.
void CreateForm::chooseModel()
{
    const EndpointSpec *spec = endpoint();
    const FieldSpec *field = spec ? spec->field(fields::kModel) : nullptr;
    Recipe wanted = m_form->recipe();
    if (m_backend->isServer() || !field || field->type != FieldType::Model || !field->required || !wanted.values.value(fields::kModel).toString().isEmpty())
        return;
    if (const std::optional<ImageModel> model = m_context.images.catalogue().suggestedCheckpoint(field->models)) {
        wanted.values.insert(fields::kModel, model->requestName());
        m_form->setRecipe(wanted);
    }
}

// ---- what is shown

void CreateForm::present()
{
    if (m_isFilling)
        return;
    const CreateObstacle found = obstacle();
    m_bar->present(plan(), found.sentence, m_box->expansion().isDynamic() || m_box->negativeExpansion().isDynamic(), found.canBeTried);
    m_grid->setEnabled(m_bar->button()->isEnabled());
    m_draft->noteChange();
}

void CreateForm::retranslate()
{
    m_grid->setText(tr("Grid…"));
    m_grid->setAccessibleName(tr("Grid"));
    m_grid->setToolTip(tr("Pictures over one or two parameters, side by side"));
    QMetaObject::invokeMethod(this, &CreateForm::alignLabels, Qt::QueuedConnection); // when the parts have their words, too
    present();
}

/// What makes the pictures and what is made stand in one column.
void CreateForm::alignLabels()
{
    const QList<QLabel *> labels = m_picker->labels() << m_backend->label();
    int widest = 0;
    for (QLabel *label : labels)
        widest = std::max(widest, label->sizeHint().width());
    for (QLabel *label : labels)
        label->setMinimumWidth(widest);
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

QUndoStack *CreateForm::undoStack() const
{
    return m_undo;
}

void CreateForm::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
