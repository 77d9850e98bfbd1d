// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tabbedpage.h"

#include "ui/theme.h"

#include <QEvent>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include <utility>

namespace novita {

TabbedPage::TabbedPage(QWidget *header, QWidget *parent)
    : Page(parent), m_tabWidget(new QTabWidget(this))
{
    m_tabWidget->tabBar()->setDrawBase(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kGroup, space::kPage, space::kGroup);
    layout->setSpacing(space::kRelated + space::kInside);
    layout->addWidget(header);
    layout->addWidget(m_tabWidget, 1);
    connect(m_tabWidget, &QTabWidget::currentChanged, this, &TabbedPage::showTab);
}

void TabbedPage::addTab(Page *tab)
{
    m_tabs.append(tab);
    m_tabWidget->addTab(tab, QString());
    connect(tab, &Page::openInstanceRequested, this, &Page::openInstanceRequested);
    connect(tab, &Page::newInstanceRequested, this, &Page::newInstanceRequested);
    connect(tab, &Page::openPageRequested, this, &Page::openPageRequested);
}

void TabbedPage::showTab(int index)
{
    if (index < 0 || index == m_shown)
        return;
    Page *left = current();
    m_shown = index;
    if (m_active) {
        left->deactivate();
        current()->activate();
    }
    showHeader();
    emit pageChanged();
}

QSet<DataKind> TabbedPage::wanted() const
{
    return current()->wanted();
}

void TabbedPage::activate()
{
    m_active = true;
    current()->activate();
    showHeader();
}

void TabbedPage::deactivate()
{
    m_active = false;
    current()->deactivate();
}

void TabbedPage::refresh()
{
    current()->refresh();
}

void TabbedPage::openTarget(const QString &target)
{
    const QString id = target.section(QLatin1Char('/'), 0, 0);
    for (int i = 0; i < m_tabs.size(); ++i) {
        if (m_tabs.at(i)->pageId() != id)
            continue;
        m_tabWidget->setCurrentIndex(i);
        if (const QString rest = target.section(QLatin1Char('/'), 1); !rest.isEmpty())
            m_tabs.at(i)->openTarget(rest);
    }
}

void TabbedPage::focusFilter()
{
    current()->focusFilter();
}

void TabbedPage::focusContent()
{
    current()->focusContent();
}

QList<QAction *> TabbedPage::pageActions() const
{
    return current()->pageActions();
}

QJsonObject TabbedPage::saveState() const
{
    QJsonObject state{{QStringLiteral("tab"), current()->pageId()}};
    for (const Page *tab : m_tabs)
        state.insert(tab->pageId(), tab->saveState());
    return state;
}

void TabbedPage::restoreState(const QJsonObject &state)
{
    for (Page *tab : std::as_const(m_tabs))
        tab->restoreState(state.value(tab->pageId()).toObject());
    openTarget(state.value(QStringLiteral("tab")).toString());
}

bool TabbedPage::isFilled() const
{
    return current()->isFilled();
}

void TabbedPage::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
