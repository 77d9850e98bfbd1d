// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/imageworkspace.h"
#include "core/images/modelcatalogue.h"
#include "ui/gallery/galleryactions.h"
#include "ui/gallery/gallerymodel.h"
#include "ui/gallery/galleryview.h"
#include "ui/gallery/picturecommands.h"
#include "ui/images/createactions.h"
#include "ui/images/createform.h"
#include "ui/images/createtab.h"
#include "ui/images/picturefield.h"
#include "ui/images/pictureplace.h"
#include "ui/images/valuefields.h"
#include "ui/images/viewerbar.h"
#include "ui/theme.h"
#include "ui/widgets/errorbanner.h"

#include <QAction>
#include <QUndoStack>

namespace novita {

namespace {

constexpr int kNewestShown = 60;

} // namespace

void CreateTab::connectForm()
{
    connect(m_form, &CreateForm::generateRequested, this, &CreateTab::generate);
    connect(m_form, &CreateForm::modelRequested, this, &CreateTab::pickModel);
    connect(m_form, &CreateForm::gridRequested, this, &CreateTab::openGrid);
    connect(m_form, &CreateForm::pageRequested, this, &Page::openPageRequested);
    connect(m_form, &CreateForm::endpointChosen, this, &CreateTab::loadModels);
    connect(&m_context.images.catalogue(), &ModelCatalogue::changed, m_form, &CreateForm::followModels);
}

void CreateTab::connectActions()
{
    connect(m_form, &CreateForm::maskRequested, m_actions, &CreateActions::drawMask);
    connect(m_place, &PicturePlace::frameCaptured, m_actions, qOverload<const QImage &>(&CreateActions::useAsSource));
    connect(m_place, &PicturePlace::pictureChanged, this, [this] {
        m_bar->setPicture(m_place->picture());
        m_bar->setVisible(m_place->picture());
    });
    const auto withPicture = [this](auto act) { return [this, act] { act(*m_place->picture()); }; };
    connect(m_bar, &ViewerBar::useAsSourceRequested, this, withPicture([this](const Picture &picture) { m_actions->useAsSource(picture.id); }));
    connect(m_bar, &ViewerBar::editMaskRequested, this, withPicture([this](const Picture &picture) { m_actions->editMask(picture.id); }));
    connect(m_bar, &ViewerBar::saveRequested, this, withPicture([this](const Picture &picture) { m_actions->save(picture); }));
    connect(m_bar, &ViewerBar::trashRequested, this, withPicture([this](const Picture &picture) { m_gallery->commands().moveToTrash({picture.id}); }));
    connect(m_bar, &ViewerBar::restoreRequested, this, [this](RestorePart part) { m_actions->restore(m_place->picture()->id, part); });
    connect(m_bar, &ViewerBar::starRequested, this, [this](bool starred) { m_gallery->commands().setStarred({m_place->picture()->id}, starred); });
    connect(m_actions, &CreateActions::formChanged, this, &CreateTab::sayChanged);
    connect(m_actions, &CreateActions::sourceChosen, m_place, &PicturePlace::hold);
    connect(m_actions, &CreateActions::said, this, [this](const QString &sentence) {
        m_offersOfGallery = false;
        m_banner->showMessage(StateTone::Good, sentence);
    });
    connect(m_actions, &CreateActions::warned, this, [this](const QString &sentence) {
        m_offersOfGallery = false;
        m_banner->showMessage(StateTone::Warn, sentence);
    });
    connect(m_actions, &CreateActions::failed, this, [this](const Error &error, const QString &what) {
        m_offersOfGallery = false;
        m_banner->setError(error, what);
    });
    m_banner->setDismissible(true);
    connect(m_banner, &ErrorBanner::actionTriggered, this, [this] {
        m_banner->clear();
        if (m_offersOfGallery)
            m_gallery->takeOffer();
        else
            undo();
    });
    m_undo->setIcon(m_context.theme.icon(QStringLiteral("edit-undo")));
    m_redo->setIcon(m_context.theme.icon(QStringLiteral("edit-redo")));
    m_undo->setShortcut(QKeySequence::Undo);
    m_redo->setShortcut(QKeySequence::Redo);
    for (QAction *action : {m_undo, m_redo}) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(action);
    }
    connect(m_undo, &QAction::triggered, this, &CreateTab::undo);
    connect(m_redo, &QAction::triggered, m_form->undoStack(), &QUndoStack::redo);
    connect(m_form->undoStack(), &QUndoStack::indexChanged, this, &CreateTab::presentUndo);
}

void CreateTab::connectNewest()
{
    PictureQuery newest;
    newest.limit = kNewestShown;
    m_model->setQuery(newest);
    connect(m_model, &GalleryModel::updated, this, &CreateTab::arrange);
    connect(m_newest, &GalleryView::currentPictureChanged, this, [this](PictureId id) {
        if (id > 0 && (!m_place->picture() || m_place->picture()->id != id))
            m_place->choose(id);
    });
    connect(m_place, &PicturePlace::pictureChanged, this, [this] {
        if (const Picture *picture = m_place->picture(); picture && m_newest->currentId() != picture->id)
            m_newest->setCurrentId(picture->id);
    });
}

/// Of the pictures at the right: what their menu and their keys ask for.
void CreateTab::connectGallery()
{
    m_newest->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_gallery, &GalleryActions::openRequested, this, &CreateTab::pictureRequested);
    connect(m_gallery, &GalleryActions::useAsSourceRequested, m_actions, qOverload<PictureId>(&CreateActions::useAsSource));
    connect(m_gallery, &GalleryActions::editMaskRequested, m_actions, &CreateActions::editMask);
    connect(m_gallery, &GalleryActions::restoreRequested, m_actions, qOverload<PictureId, RestorePart>(&CreateActions::restore));
    connect(m_gallery, &GalleryActions::reported, this, [this](StateTone tone, const QString &sentence, const QString &offer) {
        m_offersOfGallery = true;
        m_banner->showMessage(tone, sentence, offer);
    });
    connect(m_gallery, &GalleryActions::offerWithdrawn, this, [this] {
        if (m_offersOfGallery)
            m_banner->clear();
    });
}

} // namespace novita
