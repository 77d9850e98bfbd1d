// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instancedraft.h"
#include "ui/widgets/rowlisteditor.h"

class QComboBox;
class QLabel;
class QLineEdit;

namespace novita {

struct MountRow : EditorRow
{
    QLabel *volumeLabel = nullptr;
    QComboBox *volume = nullptr;
    QLineEdit *path = nullptr;
};

/// Network volumes and where they are mounted: a row each, *Add network volume*, *Remove*. A mount whose volume is not among the
/// offered ones stays, named by its id: nothing is dropped because a list is late.
class MountListEditor final : public RowListEditor<DraftMount, MountRow>
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MountListEditor)

public:
    static constexpr int kMaxRows = 30;

    explicit MountListEditor(QWidget *parent = nullptr);

    void setVolumes(const QList<NetworkStorage> &volumes);
    QList<DraftMount> mounts() const;
    void setMounts(const QList<DraftMount> &mounts);

signals:
    void mountsChanged();

private:
    void buildRow(const DraftMount &mount) override;
    void retranslate() override;
    void announceChange() override { emit mountsChanged(); }
    void fillVolumes(QComboBox *box, const StorageId &chosen) const;
    QString freePath() const;

    QList<NetworkStorage> m_volumes;
};

} // namespace novita
