// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/gallery/picture.h"
#include "ui/uicontext.h"

#include <QImage>
#include <QWidget>

class QLabel;
class QStackedWidget;

namespace novita {

class EmptyState;

/// The picture in the middle: the newest one, or the one that was chosen. Before the first there is a sentence on what to do.
class PicturePlace final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PicturePlace)

public:
    explicit PicturePlace(const UiContext &context, QWidget *parent = nullptr);

    void openProfile();
    /// Until another is chosen.
    void followNewest();

signals:
    /// The person wants to start from an example.
    void exampleRequested(const QString &prompt);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void look();
    void showPicture();
    void retranslate();

    const UiContext m_context;
    EmptyState *m_empty;
    QLabel *m_label;
    QStackedWidget *m_stack;
    QImage m_image;
    CallGuard m_reading;
    CallGuard m_loading;
};

} // namespace novita
