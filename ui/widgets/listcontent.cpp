// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/listcontent.h"

#include "core/base/displaytext.h"
#include "ui/errortext.h"
#include "ui/models/entitytablemodel.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/skeletonoverlay.h"
#include "ui/widgets/tableview.h"

namespace novita {

namespace {

constexpr qsizetype kMostQuoted = 60; ///< characters of the filter

} // namespace

ListContent::ListContent(const Theme &theme, const EntityStoreBase &store, const EntityTableModel &model, TableView *table, QWidget *parent)
    : QStackedWidget(parent)
    , m_store(store)
    , m_model(model)
    , m_table(table)
    , m_skeleton(new SkeletonOverlay(theme, table))
    , m_empty(new EmptyState)
{
    addWidget(m_table);
    addWidget(m_empty);
    connect(m_empty, &EmptyState::activated, this, &ListContent::pressed);
}

void ListContent::setWords(const ListWords &words)
{
    m_words = words;
    m_table->setAccessibleName(words.tableName);
    refresh();
}

bool ListContent::isLoading() const
{
    return !m_store.refreshedAt() && !m_store.lastError();
}

ListContent::State ListContent::stateNow() const
{
    if (m_model.rowCount() > 0)
        return State::Table;
    if (m_model.totalCount() > 0)
        return m_typed.isEmpty() && !m_words.noneChosen.isEmpty() ? State::NoneChosen : State::NoMatch;
    if (isLoading() || m_model.hasPending())
        return State::Table;
    return m_store.refreshedAt() ? State::Nothing : State::Unreadable;
}

void ListContent::refresh()
{
    m_state = stateNow();
    switch (m_state) {
    case State::Table:
        break;
    case State::Nothing:
        m_empty->setContent(m_words.nothing, m_words.nothingAction.isEmpty() ? tr("Read again") : m_words.nothingAction);
        break;
    case State::NoneChosen:
        m_empty->setContent(m_words.noneChosen, tr("Read again"));
        break;
    case State::NoMatch:
        m_empty->setContent(QString(m_words.noMatch).replace(QLatin1String("%1"), displayLine(m_typed, kMostQuoted)), tr("Clear filter"));
        break;
    case State::Unreadable: {
        const ErrorText text = errorText(*m_store.lastError());
        m_empty->setContent(text.sentence, text.remedyLabel.isEmpty() ? tr("Try again") : text.remedyLabel);
        break;
    }
    }
    m_skeleton->setLoading(m_state == State::Table && isLoading() && m_model.totalCount() == 0);
    setCurrentWidget(m_state == State::Table ? static_cast<QWidget *>(m_table) : m_empty);
}

void ListContent::pressed()
{
    const std::optional<Error> &error = m_store.lastError();
    if (m_state == State::Nothing)
        emit nothingActionRequested();
    else if (m_state == State::NoneChosen)
        emit remedyRequested(ErrorRemedy::Retry);
    else if (m_state == State::NoMatch)
        emit clearFilterRequested();
    else
        emit remedyRequested(error ? errorText(*error).remedy : ErrorRemedy::Retry);
}

} // namespace novita
