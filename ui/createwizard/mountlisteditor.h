// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instancedraft.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace novita {

/// Network volumes and where they are mounted: a row each, *Add network volume*, *Remove*. A mount whose volume is not among the
/// offered ones stays, named by its id: nothing is dropped because a list is late.
class MountListEditor final : public QWidget
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

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Row
    {
        QWidget *box;
        QLabel *volumeLabel;
        QComboBox *volume;
        QLineEdit *path;
        QPushButton *remove;
    };
    void addRow(const DraftMount &mount);
    void removeRow(const QWidget *box);
    void fillVolumes(QComboBox *box, const StorageId &chosen) const;
    QString freePath() const;
    void retranslate();

    QList<NetworkStorage> m_volumes;
    QList<Row> m_rows;
    QVBoxLayout *m_list;
    QPushButton *m_add;
};

} // namespace novita
