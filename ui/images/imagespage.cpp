// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/imagespage.h"

#include "ui/chat/chattab.h"
#include "ui/gallery/gallerybar.h"
#include "ui/gallery/gallerytab.h"
#include "ui/images/createactions.h"
#include "ui/images/createtab.h"
#include "ui/images/importdrop.h"
#include "ui/images/queuetab.h"
#include "ui/widgets/pageheader.h"

#include <QTabBar>
#include <QTabWidget>

namespace novita {

ImagesPage::ImagesPage(const UiContext &context, QWidget *parent) : ImagesPage(new PageHeader(context.theme), context, parent) {}

ImagesPage::ImagesPage(PageHeader *header, const UiContext &context, QWidget *parent)
    : TabbedPage(header, parent)
    , m_header(header)
    , m_create(new CreateTab(context))
    , m_gallery(new GalleryTab(context))
    , m_queue(new QueueTab(context))
    , m_chat(new ChatTab(context))
    , m_import(new ImportDrop(context, m_create))
{
    for (Page *tab : {static_cast<Page *>(m_create), static_cast<Page *>(m_gallery), static_cast<Page *>(m_queue), static_cast<Page *>(m_chat)})
        addTab(tab);
    connectTabs();
    retranslate();
}

void ImagesPage::connectTabs()
{
    CreateActions *actions = m_create->actions();
    connect(m_create, &CreateTab::queueRequested, this, [this] { openTarget(m_queue->pageId()); });
    connect(m_create, &CreateTab::shownRequested, this, [this] { openTarget(m_create->pageId()); });
    connect(m_create, &CreateTab::pictureRequested, this, [this](PictureId id) { openTarget(QStringLiteral("%1/%2").arg(m_gallery->pageId()).arg(id)); });
    connect(m_queue, &QueueTab::recipeRequested, actions, qOverload<const ImageJob &>(&CreateActions::restore));
    connect(m_queue, &QueueTab::sheetRequested, m_create, &CreateTab::openSheet);
    connect(m_gallery, &GalleryTab::createRequested, this, [this] { openTarget(m_create->pageId()); });
    connect(m_gallery, &GalleryTab::useAsSourceRequested, actions, qOverload<PictureId>(&CreateActions::useAsSource));
    connect(m_gallery, &GalleryTab::editMaskRequested, actions, &CreateActions::editMask);
    connect(m_gallery, &GalleryTab::restoreRequested, actions, qOverload<PictureId, RestorePart>(&CreateActions::restore));
    connect(m_gallery, &GalleryTab::filesDropped, m_import, &ImportDrop::takeFiles);
    connect(m_import, &ImportDrop::restoreRequested, actions, qOverload<const Recipe &, const QString &>(&CreateActions::restore));
    connect(m_import, &ImportDrop::sourceRequested, actions, qOverload<const QString &, const QByteArray &>(&CreateActions::useAsSource));
    m_import->setServerChoice([this] { return m_create->chosenServer(); });
    m_import->takePastesOf(m_gallery);
    m_gallery->bar()->addButton(m_import->action());
    connect(m_import, &ImportDrop::added, this, [this](int pictures) {
        openTarget(m_gallery->pageId());
        m_gallery->showNewest(tr("%Ln picture(s) added.", nullptr, pictures));
    });
    connect(m_gallery, &GalleryTab::frameCaptured, actions, qOverload<const QImage &>(&CreateActions::useAsSource));
    for (Page *tab : tabs()) {
        if (auto *counted = qobject_cast<CountedTab *>(tab))
            connect(counted, &CountedTab::countChanged, this, &ImagesPage::showHeader);
    }
}

QList<QAction *> ImagesPage::pageActions() const
{
    QList<QAction *> actions = TabbedPage::pageActions();
    if (current() == m_create || current() == m_gallery)
        actions.append(m_import->action());
    return actions;
}

void ImagesPage::showHeader()
{
    const auto *counted = qobject_cast<CountedTab *>(current());
    m_header->setSubtitle(counted ? counted->countText() : QString());
}

void ImagesPage::retranslate()
{
    m_header->setTitle(title());
    m_import->retranslate();
    tabWidget()->tabBar()->setAccessibleName(title());
    for (int i = 0; i < tabs().size(); ++i) {
        if (auto *counted = qobject_cast<CountedTab *>(tabs().at(i)))
            counted->retranslate();
        tabWidget()->setTabText(i, tabs().at(i)->title());
    }
    showHeader();
}

} // namespace novita
