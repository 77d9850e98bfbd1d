// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/mountlisteditor.h"

#include "core/base/displaytext.h"
#include "ui/format.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>

#include <algorithm>

namespace novita {

namespace {

constexpr int kMostPathChars = 4095;

} // namespace

MountListEditor::MountListEditor(QWidget *parent)
    : RowListEditor(kMaxRows, parent)
{
    connect(addButton(), &QPushButton::clicked, this, [this] {
        const QList<DraftMount> taken = mounts();
        const auto free = std::find_if(m_volumes.begin(), m_volumes.end(), [&taken](const NetworkStorage &volume) {
            return std::none_of(taken.begin(), taken.end(), [&volume](const DraftMount &mount) { return mount.id == volume.id; });
        });
        addRow({free == m_volumes.end() ? StorageId() : free->id, freePath()});
        rows().constLast().volume->setFocus();
        emit mountsChanged();
    });
    retranslate();
}

void MountListEditor::setVolumes(const QList<NetworkStorage> &volumes)
{
    if (volumes == m_volumes)
        return;
    m_volumes = volumes;
    for (const MountRow &row : rows())
        fillVolumes(row.volume, StorageId(row.volume->currentData().toString()));
    retranslate();
}

void MountListEditor::fillVolumes(QComboBox *box, const StorageId &chosen) const
{
    box->clear();
    for (const NetworkStorage &volume : m_volumes)
        box->addItem(tr("%1 (%2)").arg(displayName(volume.name, volume.id.toString()), format::gigabytes(volume.sizeGb)), volume.id.toString());
    int index = box->findData(chosen.toString());
    if (index < 0 && !chosen.isEmpty()) {
        box->addItem(tr("%1 (not in this region)").arg(displayLine(chosen.toString())), chosen.toString());
        index = box->count() - 1;
    }
    box->setCurrentIndex(index);
}

QString MountListEditor::freePath() const
{
    const QString first = DraftMount().mountPoint;
    QString path = first;
    const auto isTaken = [this](const QString &wanted) {
        return std::any_of(rows().cbegin(), rows().cend(), [&wanted](const MountRow &row) { return row.path->text() == wanted; });
    };
    for (int i = 2; isTaken(path); ++i)
        path = first + QString::number(i);
    return path;
}

QList<DraftMount> MountListEditor::mounts() const
{
    QList<DraftMount> out;
    for (const MountRow &row : rows())
        out.append({StorageId(row.volume->currentData().toString()), row.path->text().trimmed()});
    return out;
}

void MountListEditor::setMounts(const QList<DraftMount> &mounts)
{
    if (mounts == this->mounts())
        return;
    setRows(mounts);
}

void MountListEditor::buildRow(const DraftMount &mount)
{
    MountRow row{{}, new QLabel, new QComboBox, new QLineEdit(mount.mountPoint)};
    fillVolumes(row.volume, mount.id);
    row.volumeLabel->setBuddy(row.volume);
    row.volumeLabel->setProperty("tone", QStringLiteral("text2"));
    row.path->setMaxLength(kMostPathChars);
    QHBoxLayout *layout = appendRow(row);
    layout->addWidget(row.volumeLabel);
    layout->addWidget(row.volume, 3);
    layout->addWidget(row.path, 2);
    layout->addWidget(row.remove);
    connect(row.volume, &QComboBox::activated, this, &MountListEditor::mountsChanged);
    connect(row.path, &QLineEdit::textEdited, this, &MountListEditor::mountsChanged);
}

void MountListEditor::retranslate()
{
    addButton()->setText(tr("Add network volume"));
    addButton()->setAccessibleName(tr("Add network volume"));
    addButton()->setEnabled(!isFull() && !m_volumes.isEmpty());
    for (qsizetype i = 0; i < rows().size(); ++i) {
        const MountRow &row = rows().at(i);
        row.volumeLabel->setText(tr("Volume %1").arg(i + 1));
        row.path->setAccessibleName(tr("Volume %1 mount point").arg(i + 1));
        row.remove->setText(tr("Remove"));
        row.remove->setAccessibleName(tr("Remove volume %1").arg(i + 1));
    }
}

} // namespace novita
