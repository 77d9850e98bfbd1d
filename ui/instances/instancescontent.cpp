// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/instancescontent.h"

#include "ui/errortext.h"
#include "ui/models/instancemodel.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/skeletonoverlay.h"
#include "ui/widgets/tableview.h"

namespace novita {

InstancesContent::InstancesContent(const Theme &theme, const InstanceStore &store, const InstanceModel &model, TableView *table,
                                   QWidget *parent)
    : QStackedWidget(parent)
    , m_store(store)
    , m_model(model)
    , m_table(table)
    , m_skeleton(new SkeletonOverlay(theme, table))
    , m_empty(new EmptyState)
{
    addWidget(m_table);
    addWidget(m_empty);
    connect(m_empty, &EmptyState::activated, this, &InstancesContent::pressed);
}

InstancesContent::State InstancesContent::stateNow() const
{
    if (m_store.isEmpty() && m_store.refreshedAt() && !m_model.hasPending())
        return State::NothingYet;
    if (m_store.isEmpty() && m_store.lastError())
        return State::Unreadable;
    if (m_model.rowCount() == 0 && m_model.totalCount() > 0)
        return State::NoMatch;
    return State::Table;
}

void InstancesContent::refresh()
{
    m_state = stateNow();
    switch (m_state) {
    case State::Table:
        break;
    case State::NothingYet:
        m_empty->setContent(tr("You have no instances yet."), tr("New instance"));
        break;
    case State::NoMatch:
        m_empty->setContent(tr("No instance matches “%1”.").arg(m_model.filter()), tr("Clear filter"));
        break;
    case State::Unreadable: {
        const ErrorText text = errorText(*m_store.lastError());
        m_empty->setContent(text.sentence, text.remedyLabel.isEmpty() ? tr("Try again") : text.remedyLabel);
        break;
    }
    }
    const bool loading = !m_store.refreshedAt() && !m_store.lastError();
    m_skeleton->setLoading(m_state == State::Table && loading && m_model.rowCount() == 0);
    setCurrentWidget(m_state == State::Table ? static_cast<QWidget *>(m_table) : m_empty);
}

void InstancesContent::pressed()
{
    const std::optional<Error> &error = m_store.lastError();
    if (m_state == State::NothingYet)
        emit newRequested();
    else if (m_state == State::NoMatch)
        emit clearFilterRequested();
    else
        emit remedyRequested(error ? errorText(*error).remedy : ErrorRemedy::Retry);
}

} // namespace novita
