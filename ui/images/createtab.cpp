// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/createtab.h"

#include "core/images/imageworkspace.h"
#include "core/images/modelcatalogue.h"
#include "core/images/videomodels.h"
#include "core/settings/profilestore.h"
#include "core/workflows/sessioncontroller.h"
#include "ui/gallery/galleryactions.h"
#include "ui/gallery/gallerymodel.h"
#include "ui/gallery/galleryview.h"
#include "ui/images/backendpicker.h"
#include "ui/images/createactions.h"
#include "ui/images/createform.h"
#include "ui/images/inputpictures.h"
#include "ui/images/jobstrip.h"
#include "ui/images/modelpicker.h"
#include "ui/images/picturefield.h"
#include "ui/images/pictureplace.h"
#include "ui/images/valuefields.h"
#include "ui/images/viewerbar.h"
#include "ui/theme.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/makers.h"

#include <QAction>
#include <QPushButton>
#include <QSplitter>
#include <QUndoStack>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr int kFormWidth = 360;
constexpr int kNewestWidth = 136;
constexpr int kLeastCentre = 320;

} // namespace

CreateTab::CreateTab(const UiContext &context, QWidget *parent)
    : CountedTab(parent)
    , m_context(context)
    , m_pictures(new InputPictures(context.images.files(), this))
    , m_banner(new ErrorBanner(context.theme, this))
    , m_form(new CreateForm(context, *m_pictures))
    , m_model(new GalleryModel(context.images, this, false))
    , m_newest(new GalleryView(*m_model, {context.theme, context.settings, context.images.files()}))
    , m_place(new PicturePlace(context, *m_model))
    , m_bar(new ViewerBar(context.theme))
    , m_actions(new CreateActions({context, *m_pictures, *m_form}, this))
    , m_gallery(new GalleryActions(context, *m_model, *m_newest, this))
    , m_undo(new QAction(this))
    , m_redo(new QAction(this))
    , m_strip(new JobStrip({context.theme, context.prompts, context.images.queue(), context.clock, spendGateOf(context)}))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_turn(makeLink(this))
{
    buildLayout();
    connectForm();
    connectActions();
    connectNewest();
    connectGallery();
    connect(m_strip, &JobStrip::queueRequested, this, &CreateTab::queueRequested);
    connect(m_place, &PicturePlace::exampleRequested, m_form, &CreateForm::setPrompt);
    connect(&context.images, &ImageWorkspace::profileChanged, this, &CreateTab::openProfile);
    connect(&context.images, &ImageWorkspace::endpointsChanged, this, &CreateTab::loadModels); // those of another profile are asked for as well
    // The flag of the profile in use can change without another profile.
    const auto followFlag = [this] { m_strip->setReadOnly(m_context.session.isReadOnly()); };
    connect(&context.profiles, &ProfileStore::activeChanged, this, followFlag);
    connect(&context.profiles, &ProfileStore::profilesChanged, this, followFlag);
    openProfile();
}

CreateTab::~CreateTab()
{
    // Before what they show.
    delete m_splitter;
}

void CreateTab::buildLayout()
{
    m_centre = new QWidget;
    auto *column = new QVBoxLayout(m_centre);
    column->setContentsMargins(space::kRelated, 0, 0, 0);
    column->setSpacing(space::kRelated);
    column->addWidget(m_place, 1);
    column->addWidget(m_bar);
    column->addWidget(m_strip);
    m_splitter->addWidget(m_form);
    m_splitter->addWidget(m_centre);
    m_splitter->addWidget(m_newest);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(space::kRelated);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setStretchFactor(2, 0);
    m_splitter->setSizes({kFormWidth, 2 * kFormWidth, kNewestWidth});
    m_newest->setCompact(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::kRelated, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_banner);
    layout->addWidget(m_splitter, 1);
    layout->addWidget(m_turn, 0, Qt::AlignLeft);
    m_turn->hide();
    connect(m_turn, &QPushButton::clicked, this, [this] { turn(!m_showsPicture); });
}

/// What has no room gives way: first the newest pictures, then form and picture take turns. The line of the jobs stays.
void CreateTab::arrange()
{
    const int beside = width() - m_form->minimumSizeHint().width() - m_splitter->handleWidth();
    const bool hasBoth = beside >= kLeastCentre;
    const bool hasPictures = m_model->rowCount() > 0;
    const bool showsPicture = m_showsPicture && hasPictures;
    m_newest->setVisible(hasBoth && hasPictures && beside >= kLeastCentre + kNewestWidth);
    m_form->setVisible(hasBoth || !showsPicture);
    m_centre->setVisible(hasBoth || showsPicture);
    m_turn->setVisible(!hasBoth && hasPictures);
    m_turn->setText(showsPicture ? tr("Show the settings") : tr("Show the picture"));
    auto *place = static_cast<QVBoxLayout *>(hasBoth ? m_centre->layout() : layout());
    if (place->indexOf(m_strip) < 0)
        place->addWidget(m_strip);
}

void CreateTab::turn(bool toPicture)
{
    m_showsPicture = toPicture;
    arrange();
}

void CreateTab::resizeEvent(QResizeEvent *event)
{
    CountedTab::resizeEvent(event);
    arrange();
}

void CreateTab::pickModel(ModelField *field)
{
    if (!m_picker) {
        m_picker = new ModelPicker({m_context.theme, m_context.settings, m_context.images.catalogue(), m_context.images.previews()}, this);
        m_picker->restoreState(m_pickerState);
        connect(&m_context.images, &ImageWorkspace::profileChanged, m_picker, &QDialog::reject);
        connect(m_picker, &ModelPicker::modelChosen, this, [this](const ImageModel &model) {
            if (m_picked)
                m_picked->choose(model);
        });
    }
    m_picked = field;
    m_picker->openFor(field->filter(), field->value().toString());
}

void CreateTab::sayChanged(const QString &sentence)
{
    emit shownRequested();
    turn(false);
    m_offersOfGallery = false;
    m_banner->showMessage(StateTone::Good, sentence, tr("Undo"));
}

void CreateTab::undo()
{
    m_form->undoStack()->undo();
    m_banner->clear();
}

void CreateTab::presentUndo()
{
    const QUndoStack *stack = m_form->undoStack();
    m_undo->setEnabled(stack->canUndo());
    m_redo->setEnabled(stack->canRedo());
    m_undo->setText(stack->canUndo() ? tr("Undo: %1", "a step").arg(stack->undoText()) : tr("Undo"));
    m_redo->setText(stack->canRedo() ? tr("Redo: %1", "a step").arg(stack->redoText()) : tr("Redo"));
}

void CreateTab::openProfile()
{
    m_banner->clear();
    m_addCall.reset();
    m_hasModels = false;
    m_form->followModels();
    m_form->openProfile(m_context.images.profile());
    m_strip->openProfile(m_context.session.isReadOnly());
    loadModels();
}

/// Not before the page is looked at: nobody who does not make pictures needs the catalogue.
void CreateTab::loadModels()
{
    if (m_isActive && !m_context.images.profile().isEmpty())
        m_context.images.videoModels().prepare();
    if (m_isActive && !m_hasModels && !m_context.images.profile().isEmpty() && m_form->wantsModels()) {
        m_hasModels = true;
        m_context.images.catalogue().prepare();
    }
}

void CreateTab::activate()
{
    m_isActive = true;
    m_model->setActive(true);
    loadModels();
}

void CreateTab::deactivate()
{
    m_model->setActive(false);
}

// ---- page

QString CreateTab::chosenServer() const
{
    return m_form->backends()->serverId();
}

QString CreateTab::countText() const
{
    return {};
}

void CreateTab::focusContent()
{
    turn(false);
    m_form->focusPrompt();
}

QJsonObject CreateTab::saveState() const
{
    return {{QStringLiteral("splitter"), QString::fromLatin1(m_splitter->saveState().toBase64())},
            {QStringLiteral("picker"), m_picker ? m_picker->saveState() : m_pickerState},
            {QStringLiteral("grid"), m_gridChoice}};
}

void CreateTab::restoreState(const QJsonObject &state)
{
    m_pickerState = state.value(QLatin1String("picker")).toObject();
    m_gridChoice = state.value(QLatin1String("grid")).toObject();
    m_splitter->restoreState(QByteArray::fromBase64(state.value(QLatin1String("splitter")).toString().toLatin1()));
}

QList<QAction *> CreateTab::pageActions() const
{
    QList<QAction *> actions = m_bar->actions();
    actions.append({m_undo, m_redo});
    return actions;
}

void CreateTab::retranslate()
{
    m_gallery->retranslate();
    m_newest->setAccessibleName(tr("Newest pictures"));
    arrange();
    presentUndo();
}

} // namespace novita
