// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/uicontext.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace novita {

/// Which image servers of their own a person has, and how they stand; opens their dialog. Stands below the settings of images.
class ImageServerBox final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ImageServerBox)

public:
    explicit ImageServerBox(const UiContext &context, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void present();
    void retranslate();

    const UiContext m_context;
    QLabel *m_title;
    QLabel *m_text;
    QPushButton *m_edit;
};

} // namespace novita
