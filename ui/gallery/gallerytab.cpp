// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/gallerytab.h"

#include "core/images/imageworkspace.h"
#include "ui/errortext.h"
#include "ui/format.h"
#include "ui/gallery/galleryactions.h"
#include "ui/gallery/gallerybar.h"
#include "ui/gallery/gallerymodel.h"
#include "ui/gallery/galleryview.h"
#include "ui/gallery/picturedetails.h"
#include "ui/gallery/pictureviewer.h"
#include "ui/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/skeletonoverlay.h"
#include "ui/widgets/wraplayout.h"

#include <QAction>
#include <QKeyEvent>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

constexpr int kDetailsWidth = 320;
constexpr int kLeastGrid = 480; ///< pixels beside the details
constexpr int kMostDropped = 1000;

} // namespace

GalleryTab::GalleryTab(const UiContext &context, QWidget *parent)
    : CountedTab(parent)
    , m_context(context)
    , m_model(new GalleryModel(context.images, this, false))
    , m_view(new GalleryView(*m_model, {context.theme, context.settings, context.images.files()}))
    , m_actions(new GalleryActions(context, *m_model, *m_view, this))
    , m_bar(new GalleryBar(context.theme, context.clock))
    , m_banner(new ErrorBanner(context.theme))
    , m_empty(new EmptyState)
    , m_skeleton(new SkeletonOverlay(context.theme, m_view))
    , m_stack(new QStackedWidget)
    , m_places(new QStackedWidget)
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_buttons(new QWidget)
    , m_details(new PictureDetails({context.theme, context.images.endpoints()}))
    , m_viewer(new PictureViewer({context.theme, context.settings, context.prompts}))
    , m_back(makeLink(nullptr))
    , m_restore(new ActionButton(QString(), m_actions->restoreMenu()))
    , m_export(new ActionButton(QString(), m_actions->exportMenu()))
    , m_selected(makeLabel("text2", nullptr))
    , m_help(makeWords("text3", nullptr))
{
    setAcceptDrops(true);
    buildLayout();
    connectBar();
    connectDetails();
    connect(m_model, &GalleryModel::updated, this, [this] {
        present();
        // All are read, and it is not among them: nobody waits for it any more.
        if (m_model->state() == GalleryModel::State::Ready && m_model->query() == m_bar->query())
            m_wanted = 0;
    });
    connect(&context.images, &ImageWorkspace::galleryChanged, this, &GalleryTab::follow);
    connect(&context.images, &ImageWorkspace::profileChanged, this, [this] {
        // What it offers to undo belongs to the pictures of before.
        m_banner->clear();
        m_wanted = 0;
        closePicture();
        m_details->clear();
        follow();
    });
    connect(m_actions, &GalleryActions::useAsSourceRequested, this, &GalleryTab::useAsSourceRequested);
    connect(m_actions, &GalleryActions::restoreRequested, this, &GalleryTab::restoreRequested);
    connect(m_actions, &GalleryActions::editMaskRequested, this, &GalleryTab::editMaskRequested);
    connect(m_actions, &GalleryActions::openRequested, this, &GalleryTab::openPicture);
    connect(m_actions, &GalleryActions::reported, this, [this](StateTone tone, const QString &sentence, bool canUndo) {
        m_banner->showMessage(tone, sentence, canUndo ? tr("Undo") : QString());
    });
    connect(m_banner, &ErrorBanner::actionTriggered, this, [this] {
        m_banner->clear();
        m_actions->undoTrash();
    });
    m_banner->setRemedies({ErrorRemedy::Retry});
    connect(m_banner, &ErrorBanner::remedyRequested, this, [this] { refresh(); });
    connect(m_empty, &EmptyState::activated, this, &GalleryTab::pressEmpty);
    retranslate();
}

GalleryTab::~GalleryTab() = default;

void GalleryTab::buildLayout()
{
    m_banner->setDismissible(true);
    m_banner->clear();
    m_splitter->addWidget(buildGrid());
    m_splitter->addWidget(m_details);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(space::kRelated);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setSizes({kLeastGrid * 2, kDetailsWidth});
    m_places->addWidget(m_splitter);
    m_places->addWidget(buildViewer());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::kRelated, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_banner);
    layout->addWidget(m_places, 1);
}

QWidget *GalleryTab::buildGrid()
{
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    auto *row = new WrapLayout(m_buttons);
    row->addWidget(m_selected);
    const QList<QAction *> actions = m_actions->inBar();
    for (QAction *action : actions)
        row->addWidget(new ActionButton(action, m_buttons));
    row->addWidget(m_restore);
    row->addWidget(m_export);
    auto *box = new QWidget;
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_bar);
    layout->addWidget(m_buttons);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_help);
    return box;
}

QWidget *GalleryTab::buildViewer()
{
    auto *box = new QWidget;
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_back, 0, Qt::AlignLeft);
    layout->addWidget(m_viewer, 1);
    connect(m_viewer, &PictureViewer::frameCaptured, this, &GalleryTab::frameCaptured);
    connect(m_back, &QPushButton::clicked, this, &GalleryTab::closePicture);
    connect(m_viewer, &PictureViewer::previousRequested, this, [this] { step(-1); });
    connect(m_viewer, &PictureViewer::nextRequested, this, [this] { step(1); });
    return box;
}

void GalleryTab::connectBar()
{
    connect(m_bar, &GalleryBar::queryChanged, this, [this] { m_model->setQuery(m_bar->query()); });
    connect(m_bar, &GalleryBar::leaveRequested, this, &GalleryTab::focusContent);
    connect(m_bar, &GalleryBar::sideChosen, m_view, &GalleryView::setSide);
    connect(m_view, &GalleryView::sideChanged, m_bar, &GalleryBar::setSide);
    m_bar->setSide(m_view->side());
}

void GalleryTab::connectDetails()
{
    connect(m_view, &GalleryView::currentPictureChanged, this, &GalleryTab::showDetails);
    connect(m_view, &GalleryView::selectedPicturesChanged, this, &GalleryTab::present);
    connect(m_details, &PictureDetails::starRequested, this,
            [this](PictureId id, bool starred) { m_actions->setStarred({id}, starred); });
    connect(m_details, &PictureDetails::tagsEdited, this,
            [this](PictureId id, const TagEdit &edit) { m_actions->changeTags({id}, edit); });
    connect(m_details, &PictureDetails::showInFolderRequested, m_actions, &GalleryActions::showInFolder);
    connect(m_details, &PictureDetails::useAsSourceRequested, this, &GalleryTab::useAsSourceRequested);
    connect(m_details, &PictureDetails::restoreRequested, this, &GalleryTab::restoreRequested);
}

void GalleryTab::showDetails()
{
    const PictureId id = m_view->currentId();
    if (!id) {
        m_reading.reset();
        m_details->clear();
        return;
    }
    m_reading.reset(m_context.images.pictures().read(id))->onFinished(this, [this](const Result<Picture> &read) {
        if (!read)
            return m_details->clear();
        m_details->setPicture(*read);
        if (m_opened == read->id)
            m_viewer->show(*read, m_context.images.files());
    });
}

void GalleryTab::openPicture(PictureId id)
{
    if (m_model->rowOf(id) < 0)
        return;
    m_opened = id;
    if (m_view->currentId() != id)
        m_view->setCurrentId(id); // which reads it
    else
        showDetails();
    m_places->setCurrentIndex(1);
    const int row = m_model->rowOf(id);
    m_viewer->setSteps(row > 0, row + 1 < m_model->rowCount());
    m_viewer->setFocus();
}

void GalleryTab::step(int rows)
{
    if (const PictureEntry *entry = m_model->at(m_model->rowOf(m_opened) + rows))
        openPicture(entry->id);
}

void GalleryTab::closePicture()
{
    if (m_places->currentIndex() == 0)
        return;
    m_opened = 0;
    m_viewer->clear();
    m_places->setCurrentIndex(0);
    m_view->setFocus();
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
        m_totals = totals.valueOr({});
        m_bar->setTrashCount(m_totals.trashed);
        present();
    });
    m_tagsCall.reset(pictures.tags(profile))->onFinished(this, [this](const Result<QList<PictureStore::Tag>> &tags) {
        m_bar->setTags(tags.valueOr({}));
        QStringList names;
        for (const PictureStore::Tag &tag : tags.valueOr({}))
            names.append(tag.tag);
        m_details->setTagSuggestions(names);
    });
    showDetails();
}

GalleryTab::Empty GalleryTab::emptyNow() const
{
    if (m_context.images.profile().isEmpty())
        return Empty::NoProfile;
    if (m_model->rowCount() > 0 || m_model->state() == GalleryModel::State::Loading)
        return Empty::None;
    if (m_model->state() == GalleryModel::State::Failed)
        return Empty::Trouble;
    PictureQuery plain;
    plain.order = m_model->query().order;
    plain.trashed = m_model->query().trashed;
    if (m_model->query() != plain)
        return Empty::NoMatch;
    return plain.trashed ? Empty::TrashEmpty : Empty::NoPictures;
}

QString GalleryTab::emptySentence() const
{
    return emptyNow() == Empty::None ? QString() : m_empty->sentence();
}

void GalleryTab::present()
{
    const Empty empty = emptyNow();
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
        m_empty->setContent(tr("No picture matches this search."), tr("Clear search"));
        break;
    case Empty::TrashEmpty:
        m_empty->setContent(tr("The trash is empty."), tr("Back to the gallery"));
        break;
    case Empty::Trouble:
        m_empty->setContent(tr("The gallery cannot be read. %1").arg(errorText(*m_model->error()).sentence),
                            tr("Try again"));
        break;
    }
    const bool isStale = empty == Empty::None && m_model->state() == GalleryModel::State::Failed;
    if (std::exchange(m_isStale, isStale) && !isStale)
        m_banner->clear();
    if (isStale)
        m_banner->setError(m_model->error(), tr("The gallery could not be read anew"));
    m_stack->setCurrentIndex(empty == Empty::None ? 0 : 1);
    m_skeleton->setLoading(empty == Empty::None && m_model->state() == GalleryModel::State::Loading);
    const int count = static_cast<int>(m_view->selectedIds().size());
    m_selected->setText(count > 0 ? tr("%Ln selected", "pictures", count) : tr("None selected", "pictures"));
    m_restore->setEnabled(count == 1);
    m_export->setEnabled(count > 0);
    m_selected->setMinimumHeight(m_context.theme.controlHeight());
    m_buttons->setVisible(m_model->rowCount() > 0);
    m_help->setVisible(m_model->rowCount() > 0);
    if (m_wanted && m_model->rowOf(m_wanted) >= 0)
        m_view->setCurrentId(std::exchange(m_wanted, 0));
    if (m_opened && m_model->rowOf(m_opened) < 0)
        closePicture();
    arrange();
    emit countChanged();
}

void GalleryTab::pressEmpty()
{
    switch (emptyNow()) {
    case Empty::NoProfile:
        emit openPageRequested(QStringLiteral("settings/profiles"));
        break;
    case Empty::NoPictures:
        emit createRequested();
        break;
    case Empty::NoMatch:
        m_bar->clearSearch();
        break;
    case Empty::TrashEmpty:
        m_bar->setTrash(false);
        break;
    case Empty::Trouble:
        refresh();
        break;
    case Empty::None:
        break;
    }
}

/// The details stand beside the grid where there is room for both.
void GalleryTab::arrange()
{
    const int least = kLeastGrid + std::max(m_details->minimumSizeHint().width(), kDetailsWidth);
    m_details->setVisible(m_model->rowCount() > 0 && width() >= least);
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
    m_banner->clear();
    m_view->thumbnails().clear();
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
    closePicture();
    m_bar->setTrash(false);
    m_bar->clearSearch();
    m_bar->setOrder(PictureQuery::Order::NewestFirst);
    m_view->scrollToTop();
    m_banner->showMessage(StateTone::Good, sentence);
}

void GalleryTab::focusFilter()
{
    closePicture();
    m_bar->search()->setFocus(Qt::ShortcutFocusReason);
    m_bar->search()->selectAll();
}

void GalleryTab::focusContent()
{
    if (m_places->currentIndex() == 1)
        m_viewer->setFocus();
    else if (m_stack->currentIndex() == 1)
        m_empty->setFocus();
    else
        m_view->setFocus();
}

QList<QAction *> GalleryTab::pageActions() const
{
    return m_actions->all();
}

QJsonObject GalleryTab::saveState() const
{
    const QList<int> sizes = m_splitter->sizes();
    return {{QStringLiteral("search"), m_bar->search()->text()},
            {QStringLiteral("order"), static_cast<int>(m_bar->query().order)},
            {QStringLiteral("current"), QString::number(m_view->currentId())},
            {QStringLiteral("details"), sizes.value(1)}};
}

void GalleryTab::restoreState(const QJsonObject &state)
{
    m_bar->search()->setFilter(state.value(QStringLiteral("search")).toString().left(1000));
    m_bar->setOrder(static_cast<PictureQuery::Order>(std::clamp(state.value(QStringLiteral("order")).toInt(), 0,
                                                                static_cast<int>(PictureQuery::Order::StarredFirst))));
    m_wanted = state.value(QStringLiteral("current")).toString().toLongLong();
    const int details = state.value(QStringLiteral("details")).toInt();
    if (details > 0)
        m_splitter->setSizes(
            {std::max(kLeastGrid, width() - details), std::clamp(details, kDetailsWidth / 2, 4 * kDetailsWidth)});
    present();
}

bool GalleryTab::isFilled() const
{
    return m_model->rowCount() > 0;
}

void GalleryTab::dragEnterEvent(QDragEnterEvent *event)
{
    // What is dragged out of here stays what it is.
    if (!event->source() && event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void GalleryTab::dropEvent(QDropEvent *event)
{
    QStringList paths;
    const QList<QUrl> urls = event->mimeData()->urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile() && paths.size() < kMostDropped)
            paths.append(url.toLocalFile());
    }
    if (paths.isEmpty())
        return;
    event->setDropAction(Qt::CopyAction);
    event->accept();
    emit filesDropped(paths);
}

void GalleryTab::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_places->currentIndex() == 1)
        closePicture();
    else
        CountedTab::keyPressEvent(event);
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
    m_back->setText(tr("Back to all pictures"));
    m_back->setToolTip(tr("Back to all pictures (Esc)"));
    m_restore->setText(tr("Reuse settings"));
    m_export->setText(tr("Export"));
    m_help->setText(GalleryView::keysHelp());
    m_bar->retranslate();
    m_actions->retranslate();
    present();
}

} // namespace novita
