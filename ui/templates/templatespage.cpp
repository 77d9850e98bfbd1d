// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/templates/templatespage.h"

#include "ui/templates/networkstab.h"
#include "ui/templates/prewarmtab.h"
#include "ui/templates/registrytab.h"
#include "ui/templates/storagestab.h"
#include "ui/templates/templatestab.h"
#include "ui/widgets/pageheader.h"

#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>

namespace novita {

TemplatesPage::TemplatesPage(const UiContext &context, QWidget *parent)
    : TemplatesPage(context, new QStackedWidget, parent)
{
}

TemplatesPage::TemplatesPage(const UiContext &context, QStackedWidget *headers, QWidget *parent)
    : TabbedPage(headers, parent), m_headers(headers)
{
    m_headers->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    const QList<ResourceTab *> tabs{new TemplatesTab(context, this), new RegistryTab(context, this), new StoragesTab(context, this),
                                    new NetworksTab(context, this), new PrewarmTab(context, this)};
    for (ResourceTab *tab : tabs) {
        m_headers->addWidget(tab->detachHeader());
        addTab(tab);
    }
    retranslate();
}

void TemplatesPage::showHeader()
{
    m_headers->setCurrentIndex(currentIndex());
}

void TemplatesPage::retranslate()
{
    QTabBar *bar = tabWidget()->tabBar();
    bar->setAccessibleName(tr("Kinds"));
    // Short, so that all of them stand side by side with large text; the header says the whole.
    const QStringList words{tr("Templates"), tr("Credentials"), tr("Volumes"), tr("Networks"), tr("Prewarm")};
    for (int i = 0; i < tabs().size(); ++i) {
        tabWidget()->setTabText(i, words.at(i));
        bar->setAccessibleTabName(i, tabs().at(i)->title());
        tabWidget()->setTabToolTip(i, tabs().at(i)->title());
    }
}

} // namespace novita
