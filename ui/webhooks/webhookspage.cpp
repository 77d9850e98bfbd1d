// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/webhookspage.h"

#include "ui/theme.h"
#include "ui/webhooks/inboxtab.h"
#include "ui/webhooks/outgoingtab.h"
#include "ui/widgets/pageheader.h"

#include <QEvent>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace novita {

WebhooksPage::WebhooksPage(const UiContext &context, QWidget *parent)
    : Page(parent)
    , m_header(new PageHeader(context.theme, this))
    , m_tabWidget(new QTabWidget(this))
{
    m_tabWidget->tabBar()->setDrawBase(false);
    m_tabWidget->setTabBarAutoHide(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kGroup, space::kPage, space::kGroup);
    layout->setSpacing(space::kRelated + space::kInside);
    layout->addWidget(m_header);
    layout->addWidget(m_tabWidget, 1);
    addTab(new InboxTab(context, this));
    addTab(new OutgoingTab(context, this));
    connect(m_tabWidget, &QTabWidget::currentChanged, this, &WebhooksPage::showTab);
    retranslate();
}

QString WebhooksPage::title() const
{
    return tr("Webhooks");
}

void WebhooksPage::addTab(WebhooksTab *tab)
{
    m_tabs.append(tab);
    m_tabWidget->addTab(tab, QString());
    connect(tab, &WebhooksTab::countChanged, this, &WebhooksPage::showCount);
    connect(tab, &WebhooksTab::openInstanceRequested, this, &Page::openInstanceRequested);
    connect(tab, &WebhooksTab::openPageRequested, this, &Page::openPageRequested);
}

WebhooksTab *WebhooksPage::current() const
{
    return m_tabs.at(m_tabWidget->currentIndex());
}

void WebhooksPage::showTab(int index)
{
    if (index < 0 || index == m_shown)
        return;
    if (m_active) {
        m_tabs.at(m_shown)->deactivate();
        m_tabs.at(index)->activate();
    }
    m_shown = index;
    showCount();
    emit pageChanged();
}

void WebhooksPage::activate()
{
    m_active = true;
    current()->activate();
    showCount();
}

void WebhooksPage::deactivate()
{
    m_active = false;
    current()->deactivate();
}

void WebhooksPage::refresh()
{
    current()->refresh();
}

void WebhooksPage::openTarget(const QString &target)
{
    const QString id = target.section(QLatin1Char('/'), 0, 0);
    for (int i = 0; i < m_tabs.size(); ++i) {
        if (m_tabs.at(i)->tabId() != id)
            continue;
        m_tabWidget->setCurrentIndex(i);
        if (const QString rest = target.section(QLatin1Char('/'), 1); !rest.isEmpty())
            m_tabs.at(i)->openTarget(rest);
    }
}

void WebhooksPage::focusFilter()
{
    current()->focusFilter();
}

void WebhooksPage::focusContent()
{
    current()->focusRows();
}

QList<QAction *> WebhooksPage::pageActions() const
{
    return current()->pageActions();
}

QJsonObject WebhooksPage::saveState() const
{
    QJsonObject state{{QStringLiteral("tab"), current()->tabId()}};
    for (const WebhooksTab *tab : m_tabs)
        state.insert(tab->tabId(), tab->saveState());
    return state;
}

void WebhooksPage::restoreState(const QJsonObject &state)
{
    for (WebhooksTab *tab : std::as_const(m_tabs))
        tab->restoreState(state.value(tab->tabId()).toObject());
    openTarget(state.value(QStringLiteral("tab")).toString());
}

bool WebhooksPage::isFilled() const
{
    return current()->isFilled();
}

void WebhooksPage::showCount()
{
    m_header->setSubtitle(current()->countText());
}

void WebhooksPage::retranslate()
{
    m_header->setTitle(title());
    m_tabWidget->tabBar()->setAccessibleName(title());
    for (int i = 0; i < m_tabs.size(); ++i) {
        m_tabs.at(i)->retranslate();
        m_tabWidget->setTabText(i, m_tabs.at(i)->title());
    }
    showCount();
}

void WebhooksPage::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
