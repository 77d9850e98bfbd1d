// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/filedrag.h"
#include "ui/gallery/gallerymodel.h"
#include "ui/gallery/galleryview.h"

#include <QFileInfo>
#include <QKeyEvent>
#include <QMimeData>
#include <QScrollBar>
#include <QUrl>
#include <QWheelEvent>

#include <algorithm>

namespace novita {

namespace {

constexpr int kWheelStep = 16; ///< pixels of a thumbnail for a notch
constexpr int kNotch = 120;

} // namespace

QString GalleryView::keysHelp()
{
    return tr("Arrows: move · Space: open · S: star · X: trash · U: back from the trash · T: tags · C: compare · "
              "E: export · B: show flagged · Ctrl+C: copy · Ctrl+A: all · Ctrl+wheel: size");
}

void GalleryView::keyboardSearch(const QString &search)
{
    Q_UNUSED(search) // letters are keys of their own
}

void GalleryView::keyPressEvent(QKeyEvent *event)
{
    if (pressKey(*event))
        event->accept();
    else if (event->key() == Qt::Key_Escape)
        event->ignore(); // the page's
    else
        QListView::keyPressEvent(event);
}

bool GalleryView::pressKey(const QKeyEvent &event)
{
    const QList<PictureId> ids = selectedIds();
    const int key = event.key();
    if (event.matches(QKeySequence::Copy)) {
        emit copyRequested(ids);
        return true; // the list itself would copy a text
    }
    if ((event.modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier)
        return false;
    const bool isOpening = key == Qt::Key_Space || key == Qt::Key_Return || key == Qt::Key_Enter;
    if (ids.isEmpty() && !isOpening)
        return false;
    const auto isUnstarred = [this](PictureId id) { return !m_model.find(id)->starred; };
    const auto veiled = [this](PictureId id) { return isVeiled(*m_model.find(id)); };
    if (isOpening) {
        if (currentId())
            emit pictureActivated(currentId());
    } else if (key == Qt::Key_S) {
        emit starRequested(ids, std::any_of(ids.cbegin(), ids.cend(), isUnstarred));
    } else if (key >= Qt::Key_0 && key <= Qt::Key_5) {
        emit starRequested(ids, key != Qt::Key_0);
    } else if (key == Qt::Key_X || key == Qt::Key_Delete) {
        emit trashRequested(ids);
    } else if (key == Qt::Key_U) {
        emit untrashRequested(ids);
    } else if (key == Qt::Key_T) {
        emit tagsRequested(ids);
    } else if (key == Qt::Key_C) {
        emit compareRequested(ids);
    } else if (key == Qt::Key_E) {
        emit exportRequested(ids);
    } else if (key == Qt::Key_B) {
        setRevealed(ids, std::any_of(ids.cbegin(), ids.cend(), veiled));
    } else {
        return false;
    }
    return true;
}

void GalleryView::wheelEvent(QWheelEvent *event)
{
    if (!(event->modifiers() & Qt::ControlModifier) || m_compact) {
        QAbstractItemView::wheelEvent(event);
        return;
    }
    const int notches = event->angleDelta().y() / kNotch;
    setSide(m_side + (notches ? notches : event->angleDelta().y() > 0 ? 1 : -1) * kWheelStep);
    event->accept();
}

void GalleryView::mousePressEvent(QMouseEvent *event)
{
    m_bandStart = event->position().toPoint() + QPoint(0, verticalOffset());
    m_bandEnd = m_bandStart;
    QAbstractItemView::mousePressEvent(event);
}

void GalleryView::mouseMoveEvent(QMouseEvent *event)
{
    m_bandEnd = event->position().toPoint() + QPoint(0, verticalOffset());
    QAbstractItemView::mouseMoveEvent(event);
    setHovered(event->buttons() ? -1 : indexAt(event->position().toPoint()).row());
    if (state() == DragSelectingState)
        viewport()->update();
}

void GalleryView::mouseReleaseEvent(QMouseEvent *event)
{
    QAbstractItemView::mouseReleaseEvent(event);
    viewport()->update();
}

void GalleryView::mouseDoubleClickEvent(QMouseEvent *event)
{
    QAbstractItemView::mouseDoubleClickEvent(event);
    const PictureEntry *entry = m_model.at(indexAt(event->position().toPoint()).row());
    if (entry && event->button() == Qt::LeftButton)
        emit pictureActivated(entry->id);
}

void GalleryView::leaveEvent(QEvent *event)
{
    QListView::leaveEvent(event);
    setHovered(-1);
}

void GalleryView::setHovered(int row)
{
    const int before = std::exchange(m_hovered, row);
    if (before == row)
        return;
    for (const int one : {before, row}) {
        if (one >= 0)
            viewport()->update(cell(one));
    }
}

QMimeData *GalleryView::dragData(const QList<PictureId> &ids) const
{
    QList<QUrl> urls;
    for (const PictureId id : ids) {
        const PictureEntry *entry = m_model.find(id);
        const QString path = entry ? m_parts.files.path(entry->file) : QString();
        if (urls.size() < kMostDragged && QFileInfo::exists(path))
            urls.append(QUrl::fromLocalFile(QFileInfo(path).absoluteFilePath()));
    }
    if (urls.isEmpty())
        return nullptr;
    auto *mime = new QMimeData;
    mime->setUrls(urls);
    return mime;
}

void GalleryView::startDrag(Qt::DropActions actions)
{
    Q_UNUSED(actions) // others get copies: the files stay the gallery's
    const QList<PictureId> ids = selectedIds();
    const PictureEntry *entry = m_model.find(currentId());
    const Thumbnail *thumbnail = entry ? m_loader.find(keyOf(*entry)) : nullptr;
    if (QMimeData *mime = dragData(ids))
        dragFiles(mime, thumbnail ? thumbnail->image : QImage(), viewport());
}

} // namespace novita
