// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/resources.h"
#include "ui/widgets/rowlisteditor.h"

class QLineEdit;
class QSpinBox;

namespace novita {

struct VolumeRow : EditorRow
{
    QString type;
    QLineEdit *path = nullptr;
    QSpinBox *size = nullptr;
};

/// The disks of a template: a path and a size each, *Add disk*, *Remove*. What is allowed is TemplateDraft's business.
class VolumeListEditor final : public RowListEditor<TemplateVolume, VolumeRow>
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(VolumeListEditor)

public:
    static constexpr int kMaxRows = 10;

    explicit VolumeListEditor(QWidget *parent = nullptr);
    QList<TemplateVolume> volumes() const;
    void setVolumes(const QList<TemplateVolume> &volumes);

signals:
    void volumesChanged();

private:
    void buildRow(const TemplateVolume &volume) override;
    void retranslate() override;
    void announceChange() override { emit volumesChanged(); }
};

} // namespace novita
