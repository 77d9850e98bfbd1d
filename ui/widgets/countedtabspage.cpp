// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/countedtabspage.h"

#include "ui/widgets/pageheader.h"

#include <QTabBar>
#include <QTabWidget>

namespace novita {

CountedTabsPage::CountedTabsPage(PageHeader *header, QWidget *parent)
    : TabbedPage(header, parent), m_header(header)
{
}

CountedTabsPage::CountedTabsPage(const Theme &theme, const QList<CountedTab *> &tabs, QWidget *parent)
    : CountedTabsPage(new PageHeader(theme), parent)
{
    m_counted = tabs;
    for (CountedTab *tab : tabs) {
        addTab(tab);
        connect(tab, &CountedTab::countChanged, this, &CountedTabsPage::showHeader);
    }
}

void CountedTabsPage::showHeader()
{
    m_header->setSubtitle(m_counted.at(currentIndex())->countText());
}

void CountedTabsPage::retranslate()
{
    m_header->setTitle(title());
    tabWidget()->tabBar()->setAccessibleName(title());
    for (int i = 0; i < m_counted.size(); ++i) {
        m_counted.at(i)->retranslate();
        tabWidget()->setTabText(i, m_counted.at(i)->title());
    }
    showHeader();
}

} // namespace novita
