// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/mountlisteditor.h"

#include "ui/format.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>

namespace novita {

namespace {

constexpr int kMostPathChars = 4095;

} // namespace

MountListEditor::MountListEditor(QWidget *parent)
    : QWidget(parent), m_list(new QVBoxLayout), m_add(new QPushButton(this))
{
    m_add->setAutoDefault(false);
    m_list->setSpacing(space::kInside);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addLayout(m_list);
    layout->addWidget(m_add, 0, Qt::AlignLeft);
    connect(m_add, &QPushButton::clicked, this, [this] {
        const QList<DraftMount> taken = mounts();
        const auto free = std::find_if(m_volumes.begin(), m_volumes.end(), [&taken](const NetworkStorage &volume) {
            return std::none_of(taken.begin(), taken.end(), [&volume](const DraftMount &mount) { return mount.id == volume.id; });
        });
        addRow({free == m_volumes.end() ? StorageId() : free->id, freePath()});
        m_rows.last().volume->setFocus();
        emit mountsChanged();
    });
    retranslate();
}

void MountListEditor::setVolumes(const QList<NetworkStorage> &volumes)
{
    if (volumes == m_volumes)
        return;
    m_volumes = volumes;
    for (const Row &row : std::as_const(m_rows))
        fillVolumes(row.volume, StorageId(row.volume->currentData().toString()));
    retranslate();
}

void MountListEditor::fillVolumes(QComboBox *box, const StorageId &chosen) const
{
    box->clear();
    for (const NetworkStorage &volume : m_volumes)
        box->addItem(tr("%1 (%2)").arg(volume.name, format::gigabytes(volume.sizeGb)), volume.id.toString());
    int index = box->findData(chosen.toString());
    if (index < 0 && !chosen.isEmpty()) {
        box->addItem(tr("%1 (not in this region)").arg(chosen.toString()), chosen.toString());
        index = box->count() - 1;
    }
    box->setCurrentIndex(index);
}

QString MountListEditor::freePath() const
{
    const QString first = DraftMount().mountPoint;
    QString path = first;
    const auto isTaken = [this](const QString &wanted) {
        return std::any_of(m_rows.cbegin(), m_rows.cend(), [&wanted](const Row &row) { return row.path->text() == wanted; });
    };
    for (int i = 2; isTaken(path); ++i)
        path = first + QString::number(i);
    return path;
}

QList<DraftMount> MountListEditor::mounts() const
{
    QList<DraftMount> out;
    for (const Row &row : m_rows)
        out.append({StorageId(row.volume->currentData().toString()), row.path->text().trimmed()});
    return out;
}

void MountListEditor::setMounts(const QList<DraftMount> &mounts)
{
    if (mounts == this->mounts())
        return;
    for (const Row &row : std::as_const(m_rows))
        row.box->deleteLater();
    m_rows.clear();
    for (const DraftMount &mount : mounts.first(qMin<qsizetype>(mounts.size(), kMaxRows)))
        addRow(mount);
    retranslate();
    emit mountsChanged();
}

void MountListEditor::addRow(const DraftMount &mount)
{
    if (m_rows.size() >= kMaxRows)
        return;
    Row row{new QWidget(this), new QLabel, new QComboBox, new QLineEdit(mount.mountPoint), new QPushButton};
    fillVolumes(row.volume, mount.id);
    row.volumeLabel->setBuddy(row.volume);
    row.volumeLabel->setProperty("tone", QStringLiteral("text2"));
    row.path->setMaxLength(kMostPathChars);
    row.remove->setAutoDefault(false);
    row.remove->setProperty("flat", true);
    auto *layout = new QHBoxLayout(row.box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(row.volumeLabel);
    layout->addWidget(row.volume, 3);
    layout->addWidget(row.path, 2);
    layout->addWidget(row.remove);
    m_list->addWidget(row.box);
    m_rows.append(row);
    connect(row.volume, &QComboBox::activated, this, &MountListEditor::mountsChanged);
    connect(row.path, &QLineEdit::textEdited, this, &MountListEditor::mountsChanged);
    connect(row.remove, &QPushButton::clicked, this, [this, box = row.box] { removeRow(box); });
    retranslate();
}

void MountListEditor::removeRow(const QWidget *box)
{
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        if (m_rows.at(i).box != box)
            continue;
        m_rows.at(i).box->deleteLater();
        m_rows.removeAt(i);
        retranslate();
        emit mountsChanged();
        return;
    }
}

void MountListEditor::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void MountListEditor::retranslate()
{
    m_add->setText(tr("Add network volume"));
    m_add->setAccessibleName(tr("Add network volume"));
    m_add->setEnabled(m_rows.size() < kMaxRows && !m_volumes.isEmpty());
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const Row &row = m_rows.at(i);
        row.volumeLabel->setText(tr("Volume %1").arg(i + 1));
        row.path->setAccessibleName(tr("Volume %1 mount point").arg(i + 1));
        row.remove->setText(tr("Remove"));
        row.remove->setAccessibleName(tr("Remove volume %1").arg(i + 1));
    }
}

} // namespace novita
