// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/portlisteditor.h"

#include <QComboBox>
#include <QLabel>
#include <QSpinBox>

#include <algorithm>

namespace novita {

namespace {

constexpr int kFirstSuggestion = 8080;
constexpr int kHighestPort = 65535;

} // namespace

PortListEditor::PortListEditor(QWidget *parent, int maxRows)
    : RowListEditor(maxRows, parent)
{
    connect(addButton(), &QPushButton::clicked, this, [this] {
        addRow({freePort(), QStringLiteral("http")});
        rows().constLast().port->setFocus();
        emit portsChanged();
    });
    retranslate();
}

int PortListEditor::freePort() const
{
    int port = kFirstSuggestion;
    while (std::any_of(rows().cbegin(), rows().cend(), [port](const PortRow &row) { return row.port->value() == port; }))
        ++port;
    return port;
}

QList<DraftPort> PortListEditor::ports() const
{
    QList<DraftPort> out;
    for (const PortRow &row : rows())
        out.append({row.port->value(), row.type->currentText()});
    return out;
}

void PortListEditor::setPorts(const QList<DraftPort> &ports)
{
    if (ports == this->ports())
        return;
    setRows(ports);
}

void PortListEditor::buildRow(const DraftPort &port)
{
    PortRow row{{}, new QSpinBox, new QLabel, new QComboBox};
    row.port->setRange(1, kHighestPort);
    row.port->setGroupSeparatorShown(false);
    row.port->setValue(port.port);
    row.type->addItems({QStringLiteral("http"), QStringLiteral("tcp")});
    row.type->setCurrentText(port.type);
    row.typeLabel->setBuddy(row.type);
    QHBoxLayout *layout = appendRow(row);
    layout->addWidget(row.port);
    layout->addWidget(row.typeLabel);
    layout->addWidget(row.type);
    layout->addWidget(row.remove);
    layout->addStretch();
    connect(row.port, &QSpinBox::valueChanged, this, &PortListEditor::portsChanged);
    connect(row.type, &QComboBox::currentTextChanged, this, &PortListEditor::portsChanged);
}

void PortListEditor::retranslate()
{
    addButton()->setText(tr("Add port"));
    addButton()->setEnabled(!isFull());
    for (qsizetype i = 0; i < rows().size(); ++i) {
        const PortRow &row = rows().at(i);
        row.port->setAccessibleName(tr("Port %1 number").arg(i + 1));
        row.typeLabel->setText(tr("Type"));
        row.type->setAccessibleName(tr("Port %1 type").arg(i + 1));
        row.remove->setText(tr("Remove"));
        row.remove->setAccessibleName(tr("Remove port %1").arg(i + 1));
    }
}

} // namespace novita
