// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/gallerytab.h"

#include "core/images/imageworkspace.h"
#include "ui/format.h"
#include "ui/gallery/currentpicture.h"
#include "ui/gallery/galleryactions.h"
#include "ui/gallery/gallerybar.h"
#include "ui/gallery/gallerymodel.h"
#include "ui/gallery/gallerynews.h"
#include "ui/gallery/gallerystage.h"
#include "ui/gallery/galleryview.h"
#include "ui/gallery/picturedetails.h"
#include "ui/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/searchfield.h"

#include <QAction>
#include <QLabel>
#include <QSplitter>

#include <algorithm>

namespace novita {

GalleryTab::GalleryTab(const UiContext &context, QWidget *parent)
    : CountedTab(parent)
    , m_context(context)
    , m_model(new GalleryModel(context.images, this, false))
    , m_view(new GalleryView(*m_model, {context.theme, context.settings, context.images.files()}))
    , m_actions(new GalleryActions(context, *m_model, *m_view, this))
    , m_bar(new GalleryBar(context.theme, context.clock))
    , m_stage(new GalleryStage(context, *m_model, m_view))
    , m_banner(new ErrorBanner(context.theme))
    , m_news(new GalleryNews(context, *m_model, *m_actions, m_banner))
    , m_current(new CurrentPicture(context, this))
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_details(new PictureDetails({context.theme, context.images.endpoints()}))
    , m_restore(new ActionButton(QString(), m_actions->restoreMenu()))
    , m_selected(makeLabel("text2", nullptr))
    , m_help(new ElidedLabel)
    , m_buttons(buildButtons())
{
    setAcceptDrops(true);
    buildLayout();
    connectBar();
    connectStage();
    connectActions();
    connectDetails();
    connect(m_model, &GalleryModel::updated, this, [this] {
        present();
        // All are read, and it is not among them: nobody waits for it any more.
        if (m_model->state() == GalleryModel::State::Ready && m_model->query() == m_bar->query())
            m_wanted = 0;
    });
    connect(&context.images, &ImageWorkspace::galleryChanged, this, &GalleryTab::follow);
    connect(&context.images, &ImageWorkspace::profileChanged, this, &GalleryTab::forgetProfile);
    connect(m_news, &GalleryNews::refreshRequested, this, &GalleryTab::refresh);
    connect(m_news, &GalleryNews::bringBackRequested, this,
            [this](const QString &folder) { emit filesDropped({folder}); });
    retranslate();
}

GalleryTab::~GalleryTab() = default;

void GalleryTab::forgetProfile()
{
    m_news->forget();
    m_wanted = 0;
    m_totals = {};
    m_totalsCall.reset();
    m_tagsCall.reset();
    m_stage->close();
    m_current->read(0);
    follow();
    present();
}

void GalleryTab::showDetails()
{
    m_current->read(m_view->currentId());
}

/// Nobody looks: it is read when somebody does.
void GalleryTab::follow()
{
    m_hasNews = true;
    if (m_isActive)
        presentTotals();
}

void GalleryTab::presentTotals()
{
    m_hasNews = false;
    const ProfileId profile = m_context.images.profile();
    if (profile.isEmpty())
        return;
    PictureStore &pictures = m_context.images.pictures();
    m_totalsCall.reset(pictures.totals(profile))->onFinished(this, [this](const Result<PictureStore::Totals> &totals) {
        if (!totals)
            return; // those of before are the best there is
        m_totals = *totals;
        m_bar->setTrashCount(m_totals.trashed);
        present();
    });
    m_tagsCall.reset(pictures.tags(profile))->onFinished(this, [this](const Result<QList<PictureStore::Tag>> &tags) {
        if (!tags)
            return;
        m_bar->setTags(*tags);
        QStringList names;
        for (const PictureStore::Tag &tag : *tags)
            names.append(tag.tag);
        m_details->setTagSuggestions(names);
    });
    showDetails();
}

QString GalleryTab::emptySentence() const
{
    return m_stage->emptySentence();
}

void GalleryTab::present()
{
    m_stage->present();
    m_news->follow();
    presentSelection();
    const bool hasPictures = m_model->rowCount() > 0;
    m_buttons->setVisible(hasPictures);
    m_help->setVisible(hasPictures);
    m_bar->setVisible(!m_stage->isOpen() && m_stage->empty() != GalleryStage::Empty::NoProfile);
    if (m_wanted && m_model->rowOf(m_wanted) >= 0)
        m_view->setCurrentId(std::exchange(m_wanted, 0));
    arrange();
    emit countChanged();
}

void GalleryTab::presentSelection()
{
    const int count = static_cast<int>(m_view->selectedIds().size());
    m_selected->setText(count > 0 ? tr("%Ln selected", "pictures", count) : tr("None selected", "pictures"));
    m_selected->setMinimumHeight(m_context.theme.controlHeight());
    m_restore->setEnabled(count == 1);
}

void GalleryTab::pressEmpty()
{
    switch (m_stage->empty()) {
    case GalleryStage::Empty::NoProfile:
        emit openPageRequested(QStringLiteral("settings/profiles"));
        break;
    case GalleryStage::Empty::NoPictures:
        emit createRequested();
        break;
    case GalleryStage::Empty::NoMatch:
        m_bar->clearSearch();
        break;
    case GalleryStage::Empty::TrashEmpty:
        m_bar->setTrash(false);
        break;
    case GalleryStage::Empty::Trouble:
        refresh();
        break;
    case GalleryStage::Empty::None:
        break;
    }
}

/// The details stand beside the grid where there is room for both.
void GalleryTab::arrange()
{
    const int least = kLeastGrid + std::max(m_details->minimumSizeHint().width(), kDetailsWidth);
    const bool hasRoom = width() >= least;
    m_details->setVisible(m_model->rowCount() > 0 && hasRoom);
    m_restore->setVisible(!hasRoom);
}

QString GalleryTab::countText() const
{
    if (m_model->state() != GalleryModel::State::Ready)
        return {};
    const int shown = m_model->rowCount();
    if (m_model->query().trashed)
        return tr("%Ln picture(s) in the trash", nullptr, shown);
    const QString starred =
        m_totals.starred > 0 ? QStringLiteral(" · ") + tr("%Ln starred", "pictures", m_totals.starred) : QString();
    if (shown < m_totals.pictures)
        return tr("%1 of %Ln picture(s)", nullptr, m_totals.pictures).arg(format::number(shown)) + starred;
    return tr("%Ln picture(s)", nullptr, shown) + starred;
}

void GalleryTab::activate()
{
    m_isActive = true;
    arrange();
    m_model->setActive(true);
    if (m_hasNews)
        presentTotals();
}

void GalleryTab::deactivate()
{
    m_isActive = false;
    m_model->setActive(false);
}

void GalleryTab::refresh()
{
    m_news->clear();
    m_view->thumbnails().clear();
    m_stage->reread();
    m_model->reload();
    presentTotals();
}

void GalleryTab::openTarget(const QString &target)
{
    const PictureId id = target.toLongLong();
    if (id <= 0)
        return;
    m_bar->setTrash(false);
    m_bar->clearSearch();
    if (m_model->rowOf(id) >= 0)
        m_view->setCurrentId(id);
    else
        m_wanted = id;
}

void GalleryTab::showNewest(const QString &sentence)
{
    m_stage->close();
    m_bar->setTrash(false);
    m_bar->clearSearch();
    m_bar->setOrder(PictureQuery::Order::NewestFirst);
    m_view->scrollToTop();
    m_news->say(StateTone::Good, sentence);
}

void GalleryTab::focusFilter()
{
    m_stage->close();
    m_bar->search()->setFocus(Qt::ShortcutFocusReason);
    m_bar->search()->selectAll();
}

void GalleryTab::focusContent()
{
    m_stage->focusContent();
}

QList<QAction *> GalleryTab::pageActions() const
{
    return m_actions->all();
}

bool GalleryTab::isFilled() const
{
    return m_model->rowCount() > 0;
}

void GalleryTab::resizeEvent(QResizeEvent *event)
{
    CountedTab::resizeEvent(event);
    arrange();
}

void GalleryTab::changeEvent(QEvent *event)
{
    CountedTab::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void GalleryTab::retranslate()
{
    m_view->setAccessibleName(tr("Pictures"));
    m_restore->setText(tr("Reuse settings"));
    m_help->setFullText(m_stage->isOpen() ? GalleryStage::keysHelp() : GalleryView::keysHelp());
    m_stage->retranslate();
    m_bar->retranslate();
    m_actions->retranslate();
    present();
}

} // namespace novita
