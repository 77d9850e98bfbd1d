// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/imagespage.h"

#include "ui/chat/chattab.h"
#include "ui/images/createtab.h"
#include "ui/images/queuetab.h"
#include "ui/widgets/pageheader.h"

#include <QTabBar>
#include <QTabWidget>

namespace novita {

ImagesPage::ImagesPage(const UiContext &context, QWidget *parent) : ImagesPage(new PageHeader(context.theme), context, parent) {}

ImagesPage::ImagesPage(PageHeader *header, const UiContext &context, QWidget *parent)
    : TabbedPage(header, parent), m_header(header), m_create(new CreateTab(context)), m_queue(new QueueTab(context))
{
    addTab(m_create);
    addTab(m_queue);
    addTab(new ChatTab(context));
    connect(m_create, &CreateTab::queueRequested, this, [this] { openTarget(m_queue->pageId()); });
    for (Page *tab : tabs()) {
        if (auto *counted = qobject_cast<CountedTab *>(tab))
            connect(counted, &CountedTab::countChanged, this, &ImagesPage::showHeader);
    }
    retranslate();
}

void ImagesPage::showHeader()
{
    const auto *counted = qobject_cast<CountedTab *>(current());
    m_header->setSubtitle(counted ? counted->countText() : QString());
}

void ImagesPage::retranslate()
{
    m_header->setTitle(title());
    tabWidget()->tabBar()->setAccessibleName(title());
    for (int i = 0; i < tabs().size(); ++i) {
        if (auto *counted = qobject_cast<CountedTab *>(tabs().at(i)))
            counted->retranslate();
        tabWidget()->setTabText(i, tabs().at(i)->title());
    }
    showHeader();
}

} // namespace novita
