// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/pictureplace.h"

#include "core/gallery/picturestore.h"
#include "core/images/imageworkspace.h"
#include "ui/gallery/gallerymodel.h"
#include "ui/gallery/pictureviewer.h"
#include "ui/widgets/emptystate.h"

#include <QEvent>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace novita {

PicturePlace::PicturePlace(const UiContext &context, GalleryModel &model, QWidget *parent)
    : QWidget(parent), m_context(context), m_model(model), m_empty(new EmptyState), m_viewer(new PictureViewer({context.theme, context.settings, context.prompts})), m_stack(new QStackedWidget(this))
{
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_viewer);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    connect(m_empty, &EmptyState::activated, this, [this] { emit exampleRequested(tr("a lighthouse in {morning|evening} fog, long exposure, film grain")); });
    connect(m_viewer, &PictureViewer::frameCaptured, this, &PicturePlace::frameCaptured);
    connect(m_viewer, &PictureViewer::previousRequested, this, [this] { step(-1); });
    connect(m_viewer, &PictureViewer::nextRequested, this, [this] { step(1); });
    connect(&model, &GalleryModel::updated, this, &PicturePlace::follow);
    connect(&context.images, &ImageWorkspace::profileChanged, this, [this] {
        followNewest();
        follow();
    });
    retranslate();
    follow();
}

void PicturePlace::followNewest()
{
    m_chosen = 0;
}

void PicturePlace::choose(PictureId id)
{
    hold(id);
    if (m_model.rowOf(id) == 0)
        followNewest();
}

void PicturePlace::hold(PictureId id)
{
    m_chosen = id;
    if (!m_picture || m_picture->id != id)
        read(id);
    else
        m_reading.reset(); // of one that is not wanted any more
}

void PicturePlace::step(int rows)
{
    const PictureEntry *entry = m_picture ? m_model.at(m_model.rowOf(m_picture->id) + rows) : nullptr;
    if (entry)
        choose(entry->id);
}

void PicturePlace::follow()
{
    if (m_chosen && !m_model.find(m_chosen))
        return read(m_chosen);
    const PictureEntry *wanted = m_chosen ? m_model.find(m_chosen) : m_model.at(0);
    if (!wanted) {
        m_reading.reset();
        show(std::nullopt);
    } else if (!m_picture || static_cast<const PictureEntry &>(*m_picture) != *wanted) {
        read(wanted->id);
    } else {
        const int row = m_model.rowOf(wanted->id);
        m_viewer->setSteps(row > 0, row + 1 < m_model.rowCount());
    }
}

void PicturePlace::read(PictureId id)
{
    m_reading.reset(m_context.images.pictures().read(id))->onFinished(this, [this, id](const Result<Picture> &picture) {
        const bool isThere = picture && !picture->trashedAt;
        if (isThere && m_picture != *picture) {
            show(*picture);
        } else if (!isThere && m_chosen == id) {
            m_chosen = 0;
            follow();
        }
    });
}

void PicturePlace::show(std::optional<Picture> picture)
{
    m_picture = std::move(picture);
    const int row = m_picture ? m_model.rowOf(m_picture->id) : -1;
    m_viewer->setSteps(row > 0, row >= 0 && row + 1 < m_model.rowCount());
    if (m_picture)
        m_viewer->show(*m_picture, m_context.images.files());
    else
        m_viewer->clear();
    m_stack->setCurrentWidget(m_picture ? static_cast<QWidget *>(m_viewer) : m_empty);
    emit pictureChanged();
}

void PicturePlace::retranslate()
{
    m_empty->setContent(tr("Say what the picture shows, and press Generate. It appears here."), tr("Try an example"));
}

void PicturePlace::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
