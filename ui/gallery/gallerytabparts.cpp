// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the gallery, and who hears of whom.
#include "ui/gallery/gallerytab.h"

#include "ui/gallery/currentpicture.h"
#include "ui/gallery/galleryactions.h"
#include "ui/gallery/gallerybar.h"
#include "ui/gallery/gallerymodel.h"
#include "ui/gallery/gallerystage.h"
#include "ui/gallery/galleryview.h"
#include "ui/gallery/picturecommands.h"
#include "ui/gallery/picturedetails.h"
#include "ui/gallery/pictureviewer.h"
#include "ui/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/wraplayout.h"

#include <QAction>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>

namespace novita {

void GalleryTab::buildLayout()
{
    m_splitter->addWidget(m_stage);
    m_splitter->addWidget(m_details);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(space::kGroup);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setSizes({kLeastGrid * 2, kDetailsWidth});
    setTone(m_help, "text3");
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::kRelated, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_banner);
    layout->addWidget(m_bar);
    layout->addWidget(m_buttons);
    layout->addWidget(m_splitter, 1);
    layout->addWidget(m_help);
}

QWidget *GalleryTab::buildButtons()
{
    auto *box = new QWidget;
    auto *row = new WrapLayout(box);
    row->addWidget(m_selected);
    const QList<QAction *> actions = m_actions->inBar();
    for (QAction *action : actions)
        row->addWidget(new ActionButton(action, box));
    row->addWidget(m_restore);
    return box;
}

void GalleryTab::connectBar()
{
    connect(m_bar, &GalleryBar::queryChanged, this, [this] { m_model->setQuery(m_bar->query()); });
    connect(m_bar, &GalleryBar::leaveRequested, this, &GalleryTab::focusContent);
    connect(m_bar, &GalleryBar::sideChosen, m_view, &GalleryView::setSide);
    connect(m_view, &GalleryView::sideChanged, m_bar, &GalleryBar::setSide);
    m_bar->setSide(m_view->wantedSide());
}

void GalleryTab::connectStage()
{
    connect(m_stage, &GalleryStage::emptyPressed, this, &GalleryTab::pressEmpty);
    connect(m_stage, &GalleryStage::openedChanged, this, [this](PictureId id) {
        m_bar->setVisible(id == 0);
        m_help->setFullText(id == 0 ? GalleryView::keysHelp() : GalleryStage::keysHelp());
        if (id != 0)
            showDetails();
    });
    connect(m_stage->viewer(), &PictureViewer::frameCaptured, this, &GalleryTab::frameCaptured);
}

void GalleryTab::connectActions()
{
    connect(m_actions, &GalleryActions::useAsSourceRequested, this, &GalleryTab::useAsSourceRequested);
    connect(m_actions, &GalleryActions::restoreRequested, this, &GalleryTab::restoreRequested);
    connect(m_actions, &GalleryActions::editMaskRequested, this, &GalleryTab::editMaskRequested);
    connect(m_actions, &GalleryActions::openRequested, m_stage, &GalleryStage::open);
}

void GalleryTab::connectDetails()
{
    connect(m_current, &CurrentPicture::arrived, this, [this](const Picture &picture) {
        m_details->setPicture(picture);
        m_stage->show(picture);
    });
    connect(m_current, &CurrentPicture::gone, m_details, &PictureDetails::clear);
    connect(m_current, &CurrentPicture::fileLookedAt, this, [this](PictureId id, PictureDetails::FileState state) {
        if (m_details->picture() == id)
            m_details->setFileState(state);
    });
    connect(m_view, &GalleryView::currentPictureChanged, this, &GalleryTab::showDetails);
    connect(m_view, &GalleryView::selectedPicturesChanged, this, &GalleryTab::presentSelection);
    connect(m_details, &PictureDetails::starRequested, this,
            [this](PictureId id, bool starred) { m_actions->commands().setStarred({id}, starred); });
    connect(m_details, &PictureDetails::tagsEdited, this,
            [this](PictureId id, const TagEdit &edit) { m_actions->commands().changeTags({id}, edit); });
    connect(m_details, &PictureDetails::showInFolderRequested, m_actions, &GalleryActions::showInFolder);
    connect(m_details, &PictureDetails::useAsSourceRequested, this, &GalleryTab::useAsSourceRequested);
    connect(m_details, &PictureDetails::restoreRequested, this, &GalleryTab::restoreRequested);
}

} // namespace novita
