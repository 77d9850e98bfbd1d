// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/pictureplace.h"

#include "core/gallery/picturestore.h"
#include "core/images/imageworkspace.h"
#include "core/workflows/background.h"
#include "ui/theme.h"
#include "ui/widgets/emptystate.h"

#include <QEvent>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace novita {

PicturePlace::PicturePlace(const UiContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_empty(new EmptyState), m_label(new QLabel), m_stack(new QStackedWidget(this))
{
    m_label->setAlignment(Qt::AlignCenter);
    m_label->setMinimumSize(1, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_label);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    connect(m_empty, &EmptyState::activated, this, [this] { emit exampleRequested(tr("a lighthouse in {morning|evening} fog, long exposure, film grain")); });
    connect(&context.images, &ImageWorkspace::galleryChanged, this, &PicturePlace::look);
    connect(&context.images, &ImageWorkspace::statusChanged, this, &PicturePlace::look);
    retranslate();
}

void PicturePlace::openProfile()
{
    m_image = {};
    m_stack->setCurrentWidget(m_empty);
    look();
}

void PicturePlace::followNewest() {}

void PicturePlace::look()
{
    if (m_context.images.profile().isEmpty())
        return;
    m_reading.reset(m_context.images.pictures().list(m_context.images.profile(), {}))->onFinished(this, [this](const Result<QList<PictureEntry>> &found) {
        if (!found || found->isEmpty())
            return;
        const QString file = found->constFirst().file;
        m_loading.reset(inBackground<QImage>([files = m_context.images.files(), file] { return files.thumbnail(file); }, this))->onFinished(this, [this](const Result<QImage> &image) {
            m_image = image ? *image : QImage();
            m_stack->setCurrentWidget(m_label);
            showPicture();
        });
    });
}

void PicturePlace::showPicture()
{
    if (!m_image.isNull())
        m_label->setPixmap(QPixmap::fromImage(m_image.scaled(m_label->size(), Qt::KeepAspectRatio, Qt::SmoothTransformation)));
}

void PicturePlace::retranslate()
{
    m_label->setAccessibleName(tr("Newest picture"));
    m_empty->setContent(tr("Say what the picture shows, and press Generate. It appears here."), tr("Try an example"));
}

void PicturePlace::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showPicture();
}

void PicturePlace::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
