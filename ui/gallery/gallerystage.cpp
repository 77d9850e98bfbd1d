// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/gallerystage.h"

#include "core/images/imageworkspace.h"
#include "ui/format.h"
#include "ui/gallery/gallerymodel.h"
#include "ui/gallery/gallerytrouble.h"
#include "ui/gallery/galleryview.h"
#include "ui/gallery/pictureviewer.h"
#include "ui/theme.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/skeletonoverlay.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace novita {

namespace {

enum Place { Grid, Nothing, Large };

} // namespace

GalleryStage::GalleryStage(const UiContext &context, GalleryModel &model, GalleryView *view, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_model(model)
    , m_view(view)
    , m_empty(new EmptyState)
    , m_skeleton(new SkeletonOverlay(context.theme, view))
    , m_stack(new QStackedWidget)
    , m_viewer(new PictureViewer({context.theme, context.settings, context.prompts}))
    , m_back(makeLink(nullptr))
    , m_place(makeLabel("text2", nullptr))
{
    build();
    connect(m_empty, &EmptyState::activated, this, &GalleryStage::emptyPressed);
    connect(m_back, &QPushButton::clicked, this, &GalleryStage::close);
    connect(m_viewer, &PictureViewer::previousRequested, this, [this] { step(-1); });
    connect(m_viewer, &PictureViewer::nextRequested, this, [this] { step(1); });
}

void GalleryStage::build()
{
    auto *head = new QHBoxLayout;
    head->addWidget(m_back);
    head->addStretch(1);
    head->addWidget(m_place);
    auto *large = new QWidget;
    auto *column = new QVBoxLayout(large);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kInside);
    column->addLayout(head);
    column->addWidget(m_viewer, 1);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(large);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
}

GalleryStage::Empty GalleryStage::empty() const
{
    if (m_context.images.profile().isEmpty())
        return Empty::NoProfile;
    if (m_model.rowCount() > 0 || m_model.state() == GalleryModel::State::Loading)
        return Empty::None;
    if (m_model.state() == GalleryModel::State::Failed)
        return Empty::Trouble;
    PictureQuery plain;
    plain.order = m_model.query().order;
    plain.trashed = m_model.query().trashed;
    if (m_model.query() != plain)
        return Empty::NoMatch;
    return plain.trashed ? Empty::TrashEmpty : Empty::NoPictures;
}

QString GalleryStage::emptySentence() const
{
    return empty() == Empty::None ? QString() : m_empty->sentence();
}

void GalleryStage::present()
{
    const Empty empty = this->empty();
    switch (empty) {
    case Empty::None:
        break;
    case Empty::NoProfile:
        m_empty->setContent(tr("No profile is open. Its pictures are shown here once it is."), tr("Open profiles"));
        break;
    case Empty::NoPictures:
        m_empty->setContent(tr("There are no pictures yet. What you make is kept here."), tr("Make a picture"));
        break;
    case Empty::NoMatch:
        m_empty->setContent(m_model.query().trashed ? tr("Nothing in the trash matches this search.")
                                                    : tr("No picture matches this search."),
                            tr("Clear search"));
        break;
    case Empty::TrashEmpty:
        m_empty->setContent(tr("The trash is empty."), tr("Back to the gallery"));
        break;
    case Empty::Trouble:
        m_empty->setContent(gallerytrouble::sentence(tr("The gallery cannot be read."), *m_model.error()),
                            tr("Try again"));
        break;
    }
    m_skeleton->setLoading(empty == Empty::None && m_model.state() == GalleryModel::State::Loading);
    follow();
    m_stack->setCurrentIndex(empty != Empty::None ? Nothing : isOpen() ? Large : Grid);
    presentPlace();
}

/// The opened one may have gone: into the trash, or out of what is searched for. Its neighbour takes its place.
void GalleryStage::follow()
{
    if (!isOpen())
        return;
    if (const int row = m_model.rowOf(m_opened); row >= 0)
        m_row = row;
    else if (const PictureEntry *next = m_model.at(std::min(m_row, m_model.rowCount() - 1)))
        open(next->id);
    else
        close();
}

void GalleryStage::presentPlace()
{
    if (!isOpen())
        return;
    m_place->setText(tr("%1 of %2", "number of a picture, number of all")
                         .arg(format::number(m_row + 1), format::number(m_model.rowCount())));
    m_viewer->setSteps(m_row > 0, m_row + 1 < m_model.rowCount());
}

void GalleryStage::open(PictureId id)
{
    const int row = m_model.rowOf(id);
    if (row < 0)
        return;
    m_opened = id;
    m_row = row;
    m_view->setCurrentId(id);
    m_stack->setCurrentIndex(Large);
    presentPlace();
    m_viewer->setFocus();
    emit openedChanged(id);
}

void GalleryStage::close()
{
    if (!isOpen())
        return;
    m_opened = 0;
    m_viewer->clear();
    m_stack->setCurrentIndex(empty() == Empty::None ? Grid : Nothing);
    focusContent();
    emit openedChanged(0);
}

void GalleryStage::step(int rows)
{
    if (const PictureEntry *entry = m_model.at(m_model.rowOf(m_opened) + rows))
        open(entry->id);
}

void GalleryStage::show(const Picture &picture)
{
    if (isOpen() && m_opened == picture.id)
        m_viewer->show(picture, m_context.images.files());
}

void GalleryStage::reread()
{
    if (!isOpen())
        return;
    m_viewer->clear();
    emit openedChanged(m_opened);
}

void GalleryStage::focusContent()
{
    const std::array<QWidget *, 3> places{m_view, m_empty, m_viewer};
    places.at(static_cast<std::size_t>(m_stack->currentIndex()))->setFocus();
}

void GalleryStage::keyPressEvent(QKeyEvent *event)
{
    const bool isPlain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    const bool isBack = event->key() == Qt::Key_Escape || event->key() == Qt::Key_Space ||
                        event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!isOpen())
        QWidget::keyPressEvent(event);
    else if (isPlain && isBack)
        close();
    else if (!m_view->pressKey(*event))
        QWidget::keyPressEvent(event);
}

QString GalleryStage::keysHelp()
{
    return tr("Left and Right: the one before and after · S: star · X: trash · U: back from the trash · T: tags · "
              "E: export · +, -, 0, 1: zoom · Ctrl+C: copy · Esc: back");
}

void GalleryStage::retranslate()
{
    m_back->setText(tr("Back to all pictures"));
    m_back->setToolTip(tr("Back to all pictures (Esc)"));
    present();
}

} // namespace novita
