// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/portlisteditor.h"

#include "ui/theme.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

constexpr int kFirstSuggestion = 8080;
constexpr int kHighestPort = 65535;

} // namespace

PortListEditor::PortListEditor(QWidget *parent)
    : QWidget(parent)
    , m_list(new QVBoxLayout)
    , m_add(new QPushButton(this))
{
    m_add->setAutoDefault(false);
    m_list->setSpacing(space::kInside);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addLayout(m_list);
    layout->addWidget(m_add, 0, Qt::AlignLeft);
    connect(m_add, &QPushButton::clicked, this, [this] {
        addRow({freePort(), QStringLiteral("http")});
        m_rows.last().port->setFocus();
        emit portsChanged();
    });
    retranslate();
}

int PortListEditor::freePort() const
{
    int port = kFirstSuggestion;
    while (std::any_of(m_rows.cbegin(), m_rows.cend(), [port](const Row &row) { return row.port->value() == port; }))
        ++port;
    return port;
}

QList<DraftPort> PortListEditor::ports() const
{
    QList<DraftPort> out;
    for (const Row &row : m_rows)
        out.append({row.port->value(), row.type->currentText()});
    return out;
}

void PortListEditor::setPorts(const QList<DraftPort> &ports)
{
    if (ports == this->ports())
        return;
    for (const Row &row : std::as_const(m_rows))
        row.box->deleteLater();
    m_rows.clear();
    for (const DraftPort &port : ports.first(qMin<qsizetype>(ports.size(), kMaxRows)))
        addRow(port);
    retranslate();
    emit portsChanged();
}

void PortListEditor::addRow(const DraftPort &port)
{
    if (m_rows.size() >= kMaxRows)
        return;
    Row row{new QWidget(this), new QSpinBox, new QLabel, new QComboBox, new QPushButton};
    row.port->setRange(1, kHighestPort);
    row.port->setGroupSeparatorShown(false);
    row.port->setValue(port.port);
    row.type->addItems({QStringLiteral("http"), QStringLiteral("tcp")});
    row.type->setCurrentText(port.type);
    row.typeLabel->setBuddy(row.type);
    row.remove->setAutoDefault(false);
    row.remove->setProperty("flat", true);
    auto *layout = new QHBoxLayout(row.box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(row.port);
    layout->addWidget(row.typeLabel);
    layout->addWidget(row.type);
    layout->addWidget(row.remove);
    layout->addStretch();
    m_list->addWidget(row.box);
    m_rows.append(row);
    connect(row.port, &QSpinBox::valueChanged, this, &PortListEditor::portsChanged);
    connect(row.type, &QComboBox::currentTextChanged, this, &PortListEditor::portsChanged);
    connect(row.remove, &QPushButton::clicked, this, [this, box = row.box] { removeRow(box); });
    retranslate();
}

void PortListEditor::removeRow(const QWidget *box)
{
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        if (m_rows.at(i).box != box)
            continue;
        m_rows.at(i).box->deleteLater();
        m_rows.removeAt(i);
        retranslate();
        emit portsChanged();
        return;
    }
}

void PortListEditor::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void PortListEditor::retranslate()
{
    m_add->setText(tr("Add port"));
    m_add->setEnabled(m_rows.size() < kMaxRows);
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const Row &row = m_rows.at(i);
        row.port->setAccessibleName(tr("Port %1 number").arg(i + 1));
        row.typeLabel->setText(tr("Type"));
        row.type->setAccessibleName(tr("Port %1 type").arg(i + 1));
        row.remove->setText(tr("Remove"));
        row.remove->setAccessibleName(tr("Remove port %1").arg(i + 1));
    }
}

} // namespace novita
