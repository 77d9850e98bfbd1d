// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/templates/templatespage.h"

#include "core/settings/settingskeys.h"
#include "core/workflows/stores.h"
#include "ui/format.h"
#include "ui/models/templatetablemodel.h"
#include "ui/templates/templatedetails.h"
#include "ui/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/catalogpane.h"
#include "ui/widgets/pageheader.h"
#include "ui/widgets/searchfield.h"

#include <QAction>
#include <QEvent>
#include <QTabBar>
#include <QVBoxLayout>

namespace novita {

namespace {

const QLatin1String kChannels[]{QLatin1String("official"), QLatin1String("community"), QLatin1String("private")};

} // namespace

TemplatesPage::TemplatesPage(UiContext context, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_model(new TemplateTableModel(context.stores.templates, this))
    , m_create(new QAction(this))
    , m_header(new PageHeader(context.theme, this))
    , m_channels(new QTabBar(this))
    , m_details(new TemplateDetails(m_context))
    , m_pane(new CatalogPane(m_context, m_model, context.stores.templates, keys::kTemplateColumns, m_details, this))
{
    buildLayout();
    connectSignals();
    retranslate();
    applyChannel();
}

void TemplatesPage::buildLayout()
{
    m_header->setPrimary(m_create);
    m_channels->setDrawBase(false);
    m_channels->setExpanding(false);
    for (const QLatin1String channel : kChannels) {
        const int tab = m_channels->addTab(QString());
        m_channels->setTabData(tab, QString(channel));
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kGroup, space::kPage, space::kGroup);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_header);
    layout->addWidget(m_channels);
    layout->addWidget(m_pane, 1);
}

void TemplatesPage::connectSignals()
{
    connect(m_channels, &QTabBar::currentChanged, this, &TemplatesPage::applyChannel);
    connect(m_pane, &CatalogPane::currentChanged, this, [this](const QString &id) {
        m_details->setTemplate(m_context.stores.templates.find(TemplateId(id)));
        m_create->setEnabled(!id.isEmpty());
    });
    connect(m_pane, &CatalogPane::updated, this, &TemplatesPage::updateHeader);
    connect(m_pane, &CatalogPane::refreshRequested, this, &TemplatesPage::refresh);
    connect(m_pane, &CatalogPane::settingsRequested, this, [this] { emit openPageRequested(QStringLiteral("settings")); });
    connect(m_create, &QAction::triggered, this, [this] { emit newInstanceRequested({}, m_pane->currentId()); });
}

void TemplatesPage::activate()
{
    updateHeader();
}

void TemplatesPage::refresh()
{
    m_context.refresher.refresh(DataKind::Templates);
}

void TemplatesPage::focusFilter()
{
    m_pane->filterField()->setFocus(Qt::ShortcutFocusReason);
    m_pane->filterField()->selectAll();
}

bool TemplatesPage::isFilled() const
{
    return m_model->totalCount() > 0;
}

void TemplatesPage::applyChannel()
{
    m_pane->setExtraFilter(QStringLiteral("channel:%1").arg(m_channels->tabData(m_channels->currentIndex()).toString()));
    updateHeader();
}

void TemplatesPage::updateHeader()
{
    QHash<QString, int> counts;
    const TemplateStore &store = m_context.stores.templates;
    for (const TemplateId &id : store.ids())
        ++counts[store.find(id)->channel];
    for (int i = 0; i < m_channels->count(); ++i) {
        const QString channel = m_channels->tabData(i).toString();
        const QString word = TemplateTableModel::channelWord(channel);
        m_channels->setTabText(i, store.refreshedAt() ? tr("%1 (%2)").arg(word, format::number(counts.value(channel))) : word);
        m_channels->setAccessibleTabName(i, word);
    }
    m_header->setSubtitle(tr("%1 · %2").arg(format::number(m_model->rowCount()), format::age(store.refreshedAt(), m_context.clock.now())));
    m_create->setEnabled(!m_pane->currentId().isEmpty());
}

QJsonObject TemplatesPage::saveState() const
{
    QJsonObject state = m_pane->saveState();
    state.insert(QStringLiteral("channel"), m_channels->tabData(m_channels->currentIndex()).toString());
    return state;
}

void TemplatesPage::restoreState(const QJsonObject &state)
{
    for (int i = 0; i < m_channels->count(); ++i) {
        if (m_channels->tabData(i).toString() == state.value(QStringLiteral("channel")).toString())
            m_channels->setCurrentIndex(i);
    }
    m_pane->restoreState(state);
}

void TemplatesPage::retranslate()
{
    m_header->setTitle(title());
    m_create->setText(tr("Create from this"));
    m_create->setToolTip(tr("Opens the wizard with the selected template"));
    m_channels->setAccessibleName(tr("Channels"));
    CatalogWords words;
    words.tableName = tr("Templates table");
    words.filterName = tr("Filter templates");
    words.filterHint = tr("Filter, for example name:comfy port:8888");
    words.filterHelp = tr("Words, or field:value with name, image, channel, port, author or id");
    words.nothing = tr("There are no templates.");
    words.noMatch = tr("No template of this channel matches.");
    m_pane->setWords(words);
    m_model->retranslate();
    updateHeader();
}

void TemplatesPage::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
