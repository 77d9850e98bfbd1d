// SPDX-License-Identifier: GPL-3.0-or-later
// The pictures of a CompareDialog: moved together, one over the other, starred and thrown away.
#include "ui/gallery/comparedialog.h"

#include "ui/gallery/comparepane.h"
#include "ui/gallery/zoomview.h"

#include <QPushButton>
#include <QStackedWidget>

#include <algorithm>
#include <cmath>

namespace novita {

namespace {

constexpr double kShapeSlack = 0.02; ///< by which the sides of two pictures may be in another proportion

} // namespace

void CompareDialog::connectPane(ComparePane *pane)
{
    connect(pane, &ComparePane::ready, this, [this, pane] {
        if (pane != m_panes.first() && m_panes.first()->view()->hasPicture())
            pane->view()->setPlace(m_panes.first()->view()->place());
        presentSlide();
    });
    connect(pane->view(), &ZoomView::placeChanged, this, [this, pane] { placeAll(pane->view()); });
    connect(pane->view(), &ZoomView::stepRequested, this, [this, pane](int step) { focusNext(pane, step); });
    connect(pane, &ComparePane::starRequested, this, [this, pane](bool starred) {
        pane->setStarred(starred);
        emit starRequested(pane->picture().id, starred);
    });
    connect(pane, &ComparePane::trashRequested, this, [this, pane](bool trashed) {
        pane->setTrashed(trashed);
        emit trashRequested(pane->picture().id, trashed);
    });
}

void CompareDialog::placeAll(const ZoomView *from)
{
    // A view that is told its place may say that it has one.
    if (m_placing || !from->hasPicture() || !from->isVisible())
        return;
    m_placing = true;
    const ZoomView::Place place = from->place();
    for (ComparePane *pane : std::as_const(m_panes)) {
        if (pane->view() != from)
            pane->view()->setPlace(place);
    }
    if (m_over != from)
        m_over->setPlace(place);
    m_placing = false;
}

bool CompareDialog::isSliding() const
{
    return m_stack->currentWidget() == m_over;
}

bool CompareDialog::canSlide() const
{
    if (m_panes.size() != 2)
        return false;
    for (const ComparePane *pane : m_panes) {
        if (!pane->loaded() || pane->loaded()->levels.isNull() || pane->isBlurred())
            return false;
    }
    const QSizeF a = m_panes.at(0)->loaded()->size;
    const QSizeF b = m_panes.at(1)->loaded()->size;
    return std::abs(a.width() * b.height() / (a.height() * b.width()) - 1) <= kShapeSlack;
}

bool CompareDialog::setSliding(bool sliding)
{
    if (sliding && !canSlide())
        return false;
    m_stack->setCurrentWidget(sliding ? static_cast<QWidget *>(m_over) : m_grid);
    m_side->setChecked(!sliding);
    m_slide->setChecked(sliding);
    (sliding ? m_over : m_panes.first()->view())->setFocus();
    retranslate();
    return true;
}

void CompareDialog::presentSlide()
{
    const bool can = canSlide();
    m_side->setVisible(m_panes.size() == 2);
    m_slide->setVisible(m_panes.size() == 2);
    m_slide->setEnabled(can);
    if (!can)
        return;
    m_placing = true;
    const LoadedPicturePtr &first = m_panes.at(0)->loaded();
    m_over->setPicture(first->levels, first->size);
    m_over->setOverlay(m_panes.at(1)->loaded()->levels, 0.5);
    m_placing = false;
}

void CompareDialog::focusNext(const ComparePane *from, int step)
{
    const qsizetype at = m_panes.indexOf(from) + step;
    if (at >= 0 && at < m_panes.size())
        m_panes.at(at)->setFocus();
}

ComparePane *CompareDialog::paneOf(PictureId id) const
{
    const auto found = std::find_if(m_panes.begin(), m_panes.end(),
                                    [id](const ComparePane *pane) { return pane->picture().id == id; });
    return found == m_panes.end() ? nullptr : *found;
}

void CompareDialog::setStarred(PictureId id, bool starred)
{
    if (ComparePane *pane = paneOf(id))
        pane->setStarred(starred);
}

void CompareDialog::setTrashed(PictureId id, bool trashed)
{
    if (ComparePane *pane = paneOf(id))
        pane->setTrashed(trashed);
}

} // namespace novita
