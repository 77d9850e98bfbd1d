// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/fieldspec.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;

namespace novita {

class CopyField;
class FactList;
class ModelPreviews;
class Theme;

/// What the catalogue says of one model.
class ModelFacts final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ModelFacts)

public:
    ModelFacts(const Theme &theme, const ModelPreviews &previews, QWidget *parent = nullptr);

    /// nullptr: nothing is chosen. `filter`: what it is wanted for.
    void show(const ImageModel *model, const ModelFilter &filter, bool isFavourite, bool showsPreview);

signals:
    void favouriteToggled(bool favourite);

protected:
    void changeEvent(QEvent *event) override;

private:
    void present();
    void retranslate();

    const Theme &m_theme;
    const ModelPreviews &m_previews;
    std::optional<ImageModel> m_model;
    ModelFilter m_filter;
    bool m_isFavourite = false;
    bool m_showsPreview = true;
    QLabel *m_nothing;
    QWidget *m_content;
    QLabel *m_picture;
    QLabel *m_misfit;
    QLabel *m_nameLabel;
    CopyField *m_name;
    FactList *m_facts;
    QLabel *m_tagsLabel;
    QLabel *m_tags;
    QPushButton *m_copyTags;
    QPushButton *m_favourite;
};

} // namespace novita
