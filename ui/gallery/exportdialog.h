// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/gallery/pictureexport.h"
#include "ui/widgets/ruledialog.h"

class QComboBox;
class QLineEdit;

namespace novita {

class Prompts;

/// Asks where pictures shall go, what their files shall be called, with an example of it, and what they may tell.
class ExportDialog final : public RuleDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ExportDialog)

public:
    /// `pictures` is not empty; `order` is what was chosen the last time. `prompts` must outlive it.
    ExportDialog(Prompts &prompts, const QList<Picture> &pictures, const ExportOrder &order, QWidget *parent);

    ExportOrder order() const;
    /// Why it cannot be exported like that, as a sentence; empty when it can.
    QString problem() const;

private:
    QWidget *buildFolder();
    void chooseFolder();
    void present();

    Prompts &m_prompts;
    const QList<Picture> m_pictures;
    QLineEdit *m_folder;
    QLineEdit *m_names;
    QComboBox *m_metadata;
    QLabel *m_example;
};

} // namespace novita
