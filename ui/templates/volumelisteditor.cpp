// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/templates/volumelisteditor.h"

#include <QLineEdit>
#include <QSpinBox>

namespace novita {

namespace {

constexpr int kMostPathChars = 1000;
constexpr int kMostGb = 100000; // beyond what is allowed: what is too much shall be said

} // namespace

VolumeListEditor::VolumeListEditor(QWidget *parent)
    : RowListEditor(kMaxRows, parent)
{
    connect(addButton(), &QPushButton::clicked, this, [this] {
        addRow({QStringLiteral("local"), 20, rows().isEmpty() ? QStringLiteral("/workspace") : QString()});
        rows().constLast().path->setFocus();
        emit volumesChanged();
    });
    retranslate();
}

QList<TemplateVolume> VolumeListEditor::volumes() const
{
    QList<TemplateVolume> out;
    for (const VolumeRow &row : rows())
        out.append({row.type, row.size->value(), row.path->text().trimmed()});
    return out;
}

void VolumeListEditor::setVolumes(const QList<TemplateVolume> &volumes)
{
    if (volumes != this->volumes())
        setRows(volumes);
}

void VolumeListEditor::buildRow(const TemplateVolume &volume)
{
    VolumeRow row{{}, volume.type, new QLineEdit(volume.mountPath), new QSpinBox};
    row.path->setMaxLength(kMostPathChars);
    row.size->setRange(0, kMostGb);
    row.size->setValue(volume.sizeGb.value_or(0));
    QHBoxLayout *layout = appendRow(row);
    layout->addWidget(row.path, 1);
    layout->addWidget(row.size);
    layout->addWidget(row.remove);
    connect(row.path, &QLineEdit::textChanged, this, &VolumeListEditor::volumesChanged);
    connect(row.size, &QSpinBox::valueChanged, this, &VolumeListEditor::volumesChanged);
}

void VolumeListEditor::retranslate()
{
    addButton()->setText(tr("Add disk"));
    addButton()->setEnabled(!isFull());
    for (qsizetype i = 0; i < rows().size(); ++i) {
        const VolumeRow &row = rows().at(i);
        row.path->setAccessibleName(tr("Disk %1 path").arg(i + 1));
        row.path->setPlaceholderText(tr("/path"));
        row.size->setAccessibleName(tr("Disk %1 size").arg(i + 1));
        row.size->setSuffix(tr(" GB"));
        row.remove->setText(tr("Remove"));
        row.remove->setAccessibleName(tr("Remove disk %1").arg(i + 1));
    }
}

} // namespace novita
