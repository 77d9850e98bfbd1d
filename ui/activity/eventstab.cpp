// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity/eventstab.h"

#include "core/workflows/stores.h"
#include "ui/activity/eventmodel.h"
#include "ui/activity/textfilter.h"
#include "ui/delegates/statusdelegate.h"
#include "ui/format.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/plaintextview.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tableview.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QPushButton>

namespace novita {

EventsTab::EventsTab(UiContext context, QWidget *parent)
    : ActivityTab(context, parent)
    , m_model(new EventModel(context.stores.activity, this))
    , m_open(new QPushButton(this))
    , m_clear(new QPushButton(this))
{
    m_open->setAutoDefault(false);
    m_clear->setAutoDefault(false);
    m_detailButtons->addWidget(m_open);
    m_detailButtons->addStretch();
    m_tools->addWidget(m_clear);
    m_table->setItemDelegateForColumn(EventModel::Severity, new StatusDelegate(context.theme, m_table));
    setModel(m_model, EventModel::columnIds(), {120, 120, 90, 180, 420});
    m_table->sortByColumn(EventModel::Time, Qt::DescendingOrder);
    connect(m_open, &QPushButton::clicked, this, &EventsTab::openCurrent);
    connect(m_table, &TableView::rowActivated, this, &EventsTab::openCurrent);
    connect(m_clear, &QPushButton::clicked, this, [this] { m_context.stores.activity.clearEvents(); });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        const ActivityEvent *event = m_model->at(currentSourceRow());
        m_open->setVisible(event && !event->subjectId.isEmpty());
    });
}

QString EventsTab::countText() const
{
    const int shown = m_proxy->rowCount();
    const int all = m_model->rowCount();
    return shown == all ? tr("%n event(s)", nullptr, all) : tr("%1 of %n event(s)", nullptr, all).arg(shown);
}

QString EventsTab::detailsOf(int sourceRow) const
{
    const ActivityEvent *event = m_model->at(sourceRow);
    if (!event)
        return {};
    QString text = format::dateTime(event->at) + QLatin1Char('\n') + event->text;
    if (!event->subjectId.isEmpty())
        text += QLatin1Char('\n') + tr("About: %1 (%2)").arg(event->subjectName, event->subjectId);
    if (!event->detail.isEmpty())
        text += QStringLiteral("\n\n") + event->detail;
    return text;
}

void EventsTab::openCurrent()
{
    const ActivityEvent *event = m_model->at(currentSourceRow());
    if (event && !event->subjectId.isEmpty())
        emit openInstanceRequested(event->subjectId);
}

void EventsTab::retranslate()
{
    retranslateExport(QStringLiteral("events"));
    m_filter->setPlaceholderText(tr("Filter events"));
    m_filter->setAccessibleName(tr("Filter events"));
    m_table->setAccessibleName(tr("Events table"));
    m_details->setAccessibleName(tr("Event details"));
    m_open->setText(tr("Open instance"));
    m_clear->setText(tr("Clear"));
    m_clear->setAccessibleName(tr("Clear events"));
    m_clear->setEnabled(m_model->rowCount() > 0);
    if (m_filter->text().isEmpty())
        m_empty->setContent(tr("Nothing has happened yet. State changes and your own actions will be listed here."));
    else
        m_empty->setContent(tr("No event matches this filter."), tr("Clear filter"));
}

} // namespace novita
