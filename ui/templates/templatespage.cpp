// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/templates/templatespage.h"

#include "core/settings/settingskeys.h"
#include "core/workflows/stores.h"
#include "ui/format.h"
#include "ui/models/templatetablemodel.h"
#include "ui/templates/templatedetails.h"
#include "ui/widgets/listpane.h"
#include "ui/widgets/pageheader.h"
#include "ui/widgets/searchfield.h"

#include <QAction>
#include <QTabBar>

#include <algorithm>

namespace novita {

namespace {

const QLatin1String kChannels[]{QLatin1String("official"), QLatin1String("community"), QLatin1String("private")};

} // namespace

TemplatesPage::TemplatesPage(const UiContext &context, QWidget *parent)
    : TemplatesPage(context, new TemplateTableModel(context.stores.templates), new TemplateDetails(context.theme), parent)
{
}

TemplatesPage::TemplatesPage(const UiContext &context, TemplateTableModel *model, TemplateDetails *details, QWidget *parent)
    : BrowsePage(context, {model, context.stores.templates, DataKind::Templates, keys::kTemplateColumns, details}, parent)
    , m_details(details)
    , m_create(new QAction(this))
    , m_channels(new QTabBar(this))
{
    m_create->setEnabled(false);
    header()->setPrimary(m_create);
    pane()->setMenuActions({m_create});
    buildChannels();
    connectSignals();
    retranslate();
    applyChannel();
}

void TemplatesPage::buildChannels()
{
    m_channels->setDrawBase(false);
    m_channels->setExpanding(false);
    for (const QLatin1String channel : kChannels) {
        const int tab = m_channels->addTab(QString());
        m_channels->setTabData(tab, QString(channel));
    }
    addBelowHeader(m_channels);
    setTabOrder(m_channels, pane()->filterField());
}

void TemplatesPage::connectSignals()
{
    connect(m_channels, &QTabBar::currentChanged, this, &TemplatesPage::applyChannel);
    connect(pane(), &ListPane::currentChanged, this, [this](const QString &id) {
        m_details->setTemplate(context().stores.templates.find(TemplateId(id)));
        m_create->setEnabled(!id.isEmpty());
    });
    connect(pane(), &ListPane::updated, this, &TemplatesPage::countChannels);
    connect(m_details, &TemplateDetails::closeRequested, this, [this] { pane()->openDetails(false); });
    connect(m_create, &QAction::triggered, this, [this] { emit newInstanceRequested({}, pane()->currentId()); });
}

void TemplatesPage::applyChannel()
{
    pane()->setExtraFilter(QStringLiteral("channel:%1").arg(m_channels->tabData(m_channels->currentIndex()).toString()));
    countChannels();
    updateSubtitle();
}

int TemplatesPage::total() const
{
    const QString channel = m_channels->tabData(m_channels->currentIndex()).toString();
    const TemplateStore &store = context().stores.templates;
    const auto ids = store.ids();
    return static_cast<int>(std::count_if(ids.begin(), ids.end(), [&](const TemplateId &id) { return store.find(id)->channel == channel; }));
}

void TemplatesPage::countChannels()
{
    QHash<QString, int> counts;
    const TemplateStore &store = context().stores.templates;
    for (const TemplateId &id : store.ids())
        ++counts[store.find(id)->channel];
    for (int i = 0; i < m_channels->count(); ++i) {
        const QString channel = m_channels->tabData(i).toString();
        const QString word = TemplateTableModel::channelWord(channel);
        m_channels->setTabText(i, store.refreshedAt() ? tr("%1 (%2)").arg(word, format::number(counts.value(channel))) : word);
        m_channels->setAccessibleTabName(i, word);
    }
}

QJsonObject TemplatesPage::saveState() const
{
    QJsonObject state = BrowsePage::saveState();
    state.insert(QStringLiteral("channel"), m_channels->tabData(m_channels->currentIndex()).toString());
    return state;
}

void TemplatesPage::restoreState(const QJsonObject &state)
{
    for (int i = 0; i < m_channels->count(); ++i) {
        if (m_channels->tabData(i).toString() == state.value(QStringLiteral("channel")).toString())
            m_channels->setCurrentIndex(i);
    }
    BrowsePage::restoreState(state);
}

QList<QAction *> TemplatesPage::pageActions() const
{
    return {m_create, pane()->exportAction()};
}

void TemplatesPage::retranslate()
{
    m_create->setText(tr("Create from this"));
    m_create->setToolTip(tr("Opens the wizard with the selected template"));
    m_channels->setAccessibleName(tr("Channels"));
    BrowsePage::retranslate();
    countChannels();
}

ListWords TemplatesPage::words() const
{
    ListWords words;
    words.tableName = tr("Templates table");
    words.filterName = tr("Filter templates");
    words.filterHint = tr("Filter, for example name:comfy port:8888");
    words.filterHelp = tr("Words, or field:value with name, image, channel, port, author or id");
    words.nothing = tr("There are no templates.");
    words.noMatch = tr("No template of this channel matches “%1”.");
    words.noneChosen = tr("There are no templates in this channel.");
    return words;
}

} // namespace novita
