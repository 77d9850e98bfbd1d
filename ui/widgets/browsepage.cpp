// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/browsepage.h"

#include "ui/errortext.h"
#include "ui/format.h"
#include "ui/models/entitytablemodel.h"
#include "ui/theme.h"
#include "ui/widgets/listpane.h"
#include "ui/widgets/pageheader.h"
#include "ui/widgets/searchfield.h"

#include <QEvent>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr std::chrono::milliseconds kTick{1000};

} // namespace

BrowsePage::BrowsePage(const UiContext &context, const Parts &parts, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_model(parts.model)
    , m_store(parts.store)
    , m_kind(parts.kind)
    , m_header(new PageHeader(context.theme, this))
    , m_pane(new ListPane(context, parts.model, parts.store, parts.layoutKey, parts.details, this))
    , m_layout(new QVBoxLayout(this))
{
    m_model->setParent(this);
    m_layout->setContentsMargins(space::kPage, space::kGroup, space::kPage, space::kGroup);
    m_layout->setSpacing(space::kRelated);
    m_layout->addWidget(m_header);
    m_layout->addWidget(m_pane, 1);
    m_tick.setInterval(kTick);
    connect(&m_tick, &QTimer::timeout, this, &BrowsePage::tick);
    connect(m_pane, &ListPane::updated, this, &BrowsePage::updateSubtitle);
    connect(m_pane, &ListPane::remedyRequested, this, &BrowsePage::applyRemedy);
}

BrowsePage::~BrowsePage() = default;

void BrowsePage::addBelowHeader(QWidget *widget)
{
    m_layout->insertWidget(m_headerRows + m_added++, widget);
}

PageHeader *BrowsePage::detachHeader()
{
    m_layout->removeWidget(m_header);
    m_layout->setContentsMargins(0, space::kRelated, 0, 0); // off the line below the tabs
    m_headerRows = 0;
    return m_header;
}

void BrowsePage::showRow(const QString &id)
{
    m_pane->setCurrentId(id);
}

void BrowsePage::activate()
{
    m_tick.start();
    tick();
}

void BrowsePage::deactivate()
{
    m_tick.stop();
}

void BrowsePage::refresh()
{
    m_context.refresher.refresh(m_kind);
}

void BrowsePage::focusFilter()
{
    m_pane->filterField()->setFocus(Qt::ShortcutFocusReason);
    m_pane->filterField()->selectAll();
}

void BrowsePage::focusContent()
{
    m_pane->focusRows();
}

QJsonObject BrowsePage::saveState() const
{
    return m_pane->saveState();
}

void BrowsePage::restoreState(const QJsonObject &state)
{
    m_pane->restoreState(state);
}

bool BrowsePage::isFilled() const
{
    return m_model->totalCount() > 0;
}

void BrowsePage::tick()
{
    if (!isVisible())
        return;
    m_pane->tick();
    updateSubtitle();
}

int BrowsePage::total() const
{
    return m_model->totalCount();
}

void BrowsePage::updateSubtitle()
{
    if (m_pane->isLoading()) {
        m_header->setSubtitle(tr("Reading…"));
        return;
    }
    const int shown = m_model->rowCount();
    const int all = total();
    QStringList parts{shown == all ? format::number(all) : tr("%1 of %2").arg(format::number(shown), format::number(all))};
    if (const QString note = subtitleNote(); !note.isEmpty())
        parts.append(note);
    parts.append(format::age(m_store.refreshedAt(), m_context.clock.now()));
    m_header->setSubtitle(parts.join(QStringLiteral(" · ")));
}

void BrowsePage::applyRemedy(ErrorRemedy remedy)
{
    if (const QString page = remedyPage(remedy); !page.isEmpty())
        emit openPageRequested(page);
    else if (remedy == ErrorRemedy::ChooseAnotherProduct)
        emit newInstanceRequested({}, {});
    else
        refresh();
}

void BrowsePage::retranslate()
{
    m_header->setTitle(title());
    m_pane->setWords(words());
    m_model->retranslate();
    updateSubtitle();
}

void BrowsePage::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
