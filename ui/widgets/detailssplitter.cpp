// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/detailssplitter.h"

#include "ui/theme.h"
#include "ui/widgets/tableview.h"

#include <QKeyEvent>

#include <algorithm>

namespace novita {

namespace {

constexpr int kLeastDetails = 200;
constexpr int kMostDetails = 1200;

} // namespace

DetailsSplitter::DetailsSplitter(QWidget *list, TableView *table, QWidget *details, QWidget *parent)
    : QSplitter(Qt::Horizontal, parent), m_table(table), m_details(details)
{
    addWidget(list);
    addWidget(details);
    setChildrenCollapsible(false);
    setHandleWidth(space::kRelated);
    setStretchFactor(0, 1);
    setStretchFactor(1, 0);
    m_details->hide();
    connect(this, &QSplitter::splitterMoved, this, &DetailsSplitter::noteShare);
    connect(m_table, &QWidget::customContextMenuRequested, this, [this](const QPoint &position) { m_table->popupMenu(position, m_menuActions); });
}

void DetailsSplitter::arrange()
{
    const bool beside = width() >= m_table->leastWidth() + std::max(m_details->minimumSizeHint().width(), kDetailsWidth) + handleWidth();
    if (beside == isBeside())
        return;
    setOrientation(beside ? Qt::Horizontal : Qt::Vertical);
    shareRoom();
    emit turned();
}

void DetailsSplitter::shareRoom()
{
    const int room = isBeside() ? width() : height();
    const int details = isBeside() ? m_detailsWidth : qRound(room * m_detailsShare);
    setSizes({std::max(0, room - details), details});
}

/// By hand: it is kept for the next time.
void DetailsSplitter::noteShare()
{
    const int details = sizes().value(1);
    if (isBeside())
        m_detailsWidth = details;
    else if (height() > 0)
        m_detailsShare = static_cast<double>(details) / height();
}

void DetailsSplitter::openDetails()
{
    arrange();
    if (!m_details->isHidden())
        return;
    m_details->show();
    shareRoom(); // what is hidden keeps no share
}

void DetailsSplitter::closeDetails()
{
    const bool hadFocus = m_details->isAncestorOf(QWidget::focusWidget());
    m_table->clearSelection();
    m_details->hide();
    if (hadFocus)
        m_table->setFocus();
}

bool DetailsSplitter::takesEscape(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape || !m_details->isVisible())
        return false;
    event->accept();
    emit closeRequested();
    return true;
}

void DetailsSplitter::setDetailsWidth(int width)
{
    if (width >= kLeastDetails && width <= kMostDetails)
        m_detailsWidth = width;
}

void DetailsSplitter::resizeEvent(QResizeEvent *event)
{
    QSplitter::resizeEvent(event);
    arrange();
    if (!isBeside() && !m_details->isHidden())
        shareRoom(); // by itself the list would take all that is won, and lose all that is lost
}

} // namespace novita
