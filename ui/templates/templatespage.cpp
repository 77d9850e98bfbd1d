// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/templates/templatespage.h"

#include "ui/templates/networkstab.h"
#include "ui/templates/prewarmtab.h"
#include "ui/templates/registrytab.h"
#include "ui/templates/storagestab.h"
#include "ui/templates/templatestab.h"
#include "ui/theme.h"
#include "ui/widgets/pageheader.h"

#include <QEvent>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <utility>

namespace novita {

TemplatesPage::TemplatesPage(const UiContext &context, QWidget *parent)
    : Page(parent)
    , m_bar(new QTabBar(this))
    , m_headers(new QStackedWidget(this))
    , m_bodies(new QStackedWidget(this))
{
    m_bar->setDrawBase(false);
    m_bar->setExpanding(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kGroup, space::kPage, space::kGroup);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_headers);
    layout->addWidget(m_bar);
    layout->addWidget(m_bodies, 1);
    m_headers->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    addTab(new TemplatesTab(context, this));
    addTab(new RegistryTab(context, this));
    addTab(new StoragesTab(context, this));
    addTab(new NetworksTab(context, this));
    addTab(new PrewarmTab(context, this));
    connect(m_bar, &QTabBar::currentChanged, this, &TemplatesPage::showTab);
    retranslate();
}

void TemplatesPage::addTab(ResourceTab *tab)
{
    m_headers->addWidget(tab->detachHeader());
    m_bodies->addWidget(tab);
    m_tabs.append(tab);
    m_bar->addTab(QString());
    connect(tab, &Page::openInstanceRequested, this, &Page::openInstanceRequested);
    connect(tab, &Page::newInstanceRequested, this, &Page::newInstanceRequested);
    connect(tab, &Page::openPageRequested, this, &Page::openPageRequested);
}

ResourceTab *TemplatesPage::current() const
{
    return m_tabs.at(m_bodies->currentIndex());
}

void TemplatesPage::showTab(int index)
{
    if (index < 0 || index == m_bodies->currentIndex())
        return;
    current()->deactivate();
    m_headers->setCurrentIndex(index);
    m_bodies->setCurrentIndex(index);
    if (m_active)
        current()->activate();
    emit pageChanged();
}

QSet<DataKind> TemplatesPage::wanted() const
{
    return current()->wanted();
}

void TemplatesPage::activate()
{
    m_active = true;
    current()->activate();
}

void TemplatesPage::deactivate()
{
    m_active = false;
    current()->deactivate();
}

void TemplatesPage::refresh()
{
    current()->refresh();
}

void TemplatesPage::openTarget(const QString &target)
{
    for (int i = 0; i < m_tabs.size(); ++i) {
        if (m_tabs.at(i)->pageId() == target)
            m_bar->setCurrentIndex(i);
    }
}

void TemplatesPage::focusFilter()
{
    current()->focusFilter();
}

void TemplatesPage::focusContent()
{
    current()->focusContent();
}

QList<QAction *> TemplatesPage::pageActions() const
{
    return current()->pageActions();
}

QJsonObject TemplatesPage::saveState() const
{
    QJsonObject state{{QStringLiteral("tab"), current()->pageId()}};
    for (const ResourceTab *tab : m_tabs)
        state.insert(tab->pageId(), tab->saveState());
    return state;
}

void TemplatesPage::restoreState(const QJsonObject &state)
{
    for (ResourceTab *tab : std::as_const(m_tabs))
        tab->restoreState(state.value(tab->pageId()).toObject());
    openTarget(state.value(QStringLiteral("tab")).toString());
}

bool TemplatesPage::isFilled() const
{
    return current()->isFilled();
}

void TemplatesPage::retranslate()
{
    m_bar->setAccessibleName(tr("Kinds"));
    // Short, so that all of them stand side by side with large text; the header says the whole.
    const QStringList words{tr("Templates"), tr("Credentials"), tr("Volumes"), tr("Networks"), tr("Prewarm")};
    for (int i = 0; i < m_tabs.size(); ++i) {
        m_bar->setTabText(i, words.at(i));
        m_bar->setAccessibleTabName(i, m_tabs.at(i)->title());
        m_bar->setTabToolTip(i, m_tabs.at(i)->title());
    }
}

void TemplatesPage::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
