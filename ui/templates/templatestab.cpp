// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/templates/templatestab.h"

#include "core/base/displaytext.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/resourcecommands.h"
#include "core/workflows/stores.h"
#include "ui/format.h"
#include "ui/models/templatetablemodel.h"
#include "ui/templates/templatedetails.h"
#include "ui/templates/templateeditor.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/listpane.h"
#include "ui/widgets/pageheader.h"
#include "ui/widgets/searchfield.h"

#include <QAction>
#include <QMenu>
#include <QTabBar>

#include <algorithm>

namespace novita {

namespace {

const QLatin1String kChannels[]{QLatin1String("official"), QLatin1String("community"), QLatin1String("private")};

} // namespace

TemplatesTab::TemplatesTab(const UiContext &context, QWidget *parent)
    : TemplatesTab(context, new TemplateTableModel(context.stores.templates), new TemplateDetails(context.theme), parent)
{
}

TemplatesTab::TemplatesTab(const UiContext &context, TemplateTableModel *model, TemplateDetails *details, QWidget *parent)
    : ResourceTab(context, ResourceKind::Template, {model, context.stores.templates, DataKind::Templates, keys::kTemplateColumns, details}, parent)
    , m_details(details)
    , m_create(makeAction("document-new-from-template"))
    , m_copy(makeAction("window-duplicate"))
    , m_channels(new QTabBar(this))
{
    m_create->setEnabled(false);
    header()->addSecondary(newAction());
    header()->addSecondary(changeAction());
    auto *menu = new QMenu(this);
    menu->addActions({m_copy, deleteAction()});
    menu->setToolTipsVisible(true);
    m_more = header()->addMenuButton(QString(), menu);
    header()->setPrimary(m_create);
    pane()->setMenuActions({m_create, newAction(), changeAction(), m_copy, deleteAction()});
    buildChannels();
    connectSignals();
    retranslate();
    applyChannel();
}

void TemplatesTab::buildChannels()
{
    m_channels->setDrawBase(false);
    m_channels->setExpanding(false);
    for (const QLatin1String channel : kChannels) {
        const int tab = m_channels->addTab(QString());
        m_channels->setTabData(tab, QString(channel));
    }
    pane()->addToBar(m_channels);
}

void TemplatesTab::connectSignals()
{
    connect(m_channels, &QTabBar::currentChanged, this, &TemplatesTab::applyChannel);
    connect(pane(), &ListPane::updated, this, &TemplatesTab::countChannels);
    connect(m_details, &TemplateDetails::closeRequested, this, [this] { pane()->openDetails(false); });
    connect(m_copy, &QAction::triggered, this, &TemplatesTab::openCopy);
    connect(m_create, &QAction::triggered, this, [this] { emit newInstanceRequested({}, pane()->currentId()); });
}

QList<QAction *> TemplatesTab::pageActions() const
{
    return {m_create, newAction(), changeAction(), m_copy, deleteAction(), pane()->exportAction()};
}

void TemplatesTab::updateActions()
{
    ResourceTab::updateActions();
    const bool any = !pane()->currentId().isEmpty();
    m_create->setEnabled(any);
    m_create->setToolTip(any ? tr("Opens the wizard with the selected template") : tr("Select a template first"));
    apply(m_copy, any ? context().resources.canCreate(ResourceKind::Template) : ActionVerdict{false, tr("Select a template first")},
          tr("Write a private template with the same settings"));
}

void TemplatesTab::openNew()
{
    auto *editor = new TemplateEditor(context(), TemplateDraft(), nullptr, this);
    connect(editor, &FormDialog::succeeded, this, [this] { showChannel(QStringLiteral("private")); });
    open(editor);
}

void TemplatesTab::openChange(const QString &id)
{
    if (const InstanceTemplate *source = context().stores.templates.find(TemplateId(id)))
        open(new TemplateEditor(context(), TemplateDraft::editOf(*source), source, this));
}

void TemplatesTab::openCopy()
{
    const InstanceTemplate *source = context().stores.templates.find(TemplateId(pane()->currentId()));
    if (!source)
        return;
    TemplateDraft draft = TemplateDraft::copyOf(*source, source->name);
    const QList<InstanceTemplate> all = context().stores.templates.all();
    for (int number = 2; number < 100; ++number) {
        const bool taken = std::any_of(all.begin(), all.end(), [&draft](const InstanceTemplate &one) { return one.name == draft.name; });
        if (!taken)
            break;
        draft.name = QStringLiteral("%1-%2").arg(source->name).arg(number);
    }
    auto *editor = new TemplateEditor(context(), draft, source, this);
    connect(editor, &FormDialog::succeeded, this, [this] { showChannel(QStringLiteral("private")); });
    open(editor);
}

QString TemplatesTab::nameOf(const QString &id) const
{
    const InstanceTemplate *source = context().stores.templates.find(TemplateId(id));
    return displayLine(source && !source->name.isEmpty() ? source->name : id);
}

ConfirmRequest TemplatesTab::deleteQuestion(const QString &id) const
{
    ConfirmRequest request;
    request.title = tr("Delete the template “%1”?").arg(nameOf(id));
    request.text = tr("Its settings are lost. Instances that were made from it go on as they are.");
    request.confirmLabel = tr("Delete template");
    return request;
}

void TemplatesTab::showDetails(const QString &id)
{
    m_details->setTemplate(context().stores.templates.find(TemplateId(id)));
}

void TemplatesTab::showChannel(const QString &channel)
{
    for (int i = 0; i < m_channels->count(); ++i) {
        if (m_channels->tabData(i).toString() == channel)
            m_channels->setCurrentIndex(i);
    }
}

void TemplatesTab::applyChannel()
{
    pane()->setExtraFilter(QStringLiteral("channel:%1").arg(m_channels->tabData(m_channels->currentIndex()).toString()));
    countChannels();
    updateSubtitle();
}

int TemplatesTab::total() const
{
    const QString channel = m_channels->tabData(m_channels->currentIndex()).toString();
    const TemplateStore &store = context().stores.templates;
    const auto ids = store.ids();
    return static_cast<int>(std::count_if(ids.begin(), ids.end(), [&](const TemplateId &id) { return store.find(id)->channel == channel; }));
}

void TemplatesTab::countChannels()
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

QJsonObject TemplatesTab::saveState() const
{
    QJsonObject state = BrowsePage::saveState();
    state.insert(QStringLiteral("channel"), m_channels->tabData(m_channels->currentIndex()).toString());
    return state;
}

void TemplatesTab::restoreState(const QJsonObject &state)
{
    showChannel(state.value(QStringLiteral("channel")).toString());
    BrowsePage::restoreState(state);
}

void TemplatesTab::retranslate()
{
    m_create->setText(tr("Create from this"));
    newAction()->setText(tr("New template"));
    changeAction()->setText(tr("Edit…"));
    m_copy->setText(tr("Clone…"));
    m_more->setText(tr("More"));
    m_more->setAccessibleName(tr("More actions"));
    m_channels->setAccessibleName(tr("Channels"));
    ResourceTab::retranslate();
    countChannels();
}

ListWords TemplatesTab::words() const
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
