// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity/activitypage.h"

#include "core/workflows/stores.h"
#include "ui/activity/eventstab.h"
#include "ui/activity/logtab.h"
#include "ui/activity/operationstab.h"
#include "ui/activity/requeststab.h"
#include "ui/theme.h"
#include "ui/widgets/pageheader.h"

#include <QEvent>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace novita {

namespace {

const QStringList &tabIds()
{
    static const QStringList ids{QStringLiteral("requests"), QStringLiteral("events"), QStringLiteral("operations"), QStringLiteral("log")};
    return ids;
}

} // namespace

ActivityPage::ActivityPage(UiContext context, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_header(new PageHeader(context.theme, this))
    , m_tabs(new QTabWidget(this))
    , m_pages{new RequestsTab(context, this), new EventsTab(context, this), new OperationsTab(context, this), new LogTab(context, this)}
{
    m_tabs->tabBar()->setDrawBase(false);
    for (ActivityTab *tab : std::as_const(m_pages)) {
        m_tabs->addTab(tab, QString());
        connect(tab, &ActivityTab::countChanged, this, &ActivityPage::showCount);
        connect(tab, &ActivityTab::openInstanceRequested, this, &Page::openInstanceRequested);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kGroup, space::kPage, space::kGroup);
    layout->setSpacing(space::kRelated + space::kInside);
    layout->addWidget(m_header);
    layout->addWidget(m_tabs, 1);
    connect(m_tabs, &QTabWidget::currentChanged, this, &ActivityPage::showCount);
    retranslate();
}

QString ActivityPage::title() const
{
    return tr("Activity");
}

ActivityTab *ActivityPage::currentTab() const
{
    return m_pages.at(m_tabs->currentIndex());
}

void ActivityPage::activate()
{
    showCount();
}

void ActivityPage::focusFilter()
{
    currentTab()->focusFilter();
}

void ActivityPage::focusContent()
{
    currentTab()->focusRows();
}

void ActivityPage::openTarget(const QString &target)
{
    const qsizetype index = tabIds().indexOf(target);
    if (index >= 0)
        m_tabs->setCurrentIndex(static_cast<int>(index));
}

bool ActivityPage::isFilled() const
{
    return !m_context.stores.activity.requests().empty();
}

QJsonObject ActivityPage::saveState() const
{
    QJsonObject state{{QStringLiteral("tab"), tabIds().at(m_tabs->currentIndex())}};
    for (int i = 0; i < m_pages.size(); ++i)
        state.insert(tabIds().at(i), m_pages.at(i)->saveState());
    return state;
}

void ActivityPage::restoreState(const QJsonObject &state)
{
    for (int i = 0; i < m_pages.size(); ++i)
        m_pages.at(i)->restoreState(state.value(tabIds().at(i)).toObject());
    openTarget(state.value(QStringLiteral("tab")).toString());
}

void ActivityPage::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void ActivityPage::showCount()
{
    m_header->setSubtitle(currentTab()->countText());
}

void ActivityPage::retranslate()
{
    m_header->setTitle(title());
    m_tabs->setTabText(0, tr("Requests"));
    m_tabs->setTabText(1, tr("Events"));
    m_tabs->setTabText(2, tr("Operations"));
    m_tabs->setTabText(3, tr("Log"));
    m_tabs->tabBar()->setAccessibleName(tr("Activity"));
    for (ActivityTab *tab : std::as_const(m_pages))
        tab->retranslate();
    showCount();
}

} // namespace novita
