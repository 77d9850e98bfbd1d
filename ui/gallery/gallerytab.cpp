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
#include "ui/gallery/picturecommands.h"
#include "ui/gallery/picturedetails.h"
#include "ui/gallery/picturetakeout.h"
#include "ui/gallery/pictureviewer.h"
#include "ui/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/wraplayout.h"

#include <QAction>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QSplitter>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

constexpr int kDetailsWidth = 320;
constexpr int kLeastGrid = 480; ///< pixels beside the details
constexpr int kMostDropped = 1000;
constexpr int kMostPath = 4000; ///< characters

} // namespace

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

QJsonObject GalleryTab::saveState() const
{
    const QList<int> sizes = m_splitter->sizes();
    const ExportOrder &order = m_actions->takeout().lastOrder();
    return {{QStringLiteral("export"), QJsonObject{{QStringLiteral("folder"), order.folder},
                                                   {QStringLiteral("names"), order.names},
                                                   {QStringLiteral("strips"), order.strips}}},
            {QStringLiteral("search"), m_bar->search()->text()},
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
    const QJsonObject order = state.value(QStringLiteral("export")).toObject();
    m_actions->takeout().setLastOrder({order.value(QStringLiteral("folder")).toString().left(kMostPath),
                                       order.value(QStringLiteral("names")).toString().left(kMostPath),
                                       order.value(QStringLiteral("strips")).toBool()});
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
