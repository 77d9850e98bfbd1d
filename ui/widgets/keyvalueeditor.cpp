// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/keyvalueeditor.h"

#include "ui/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr int kMaxKey = 511;
constexpr int kMaxValue = 4095;

} // namespace

KeyValueEditor::KeyValueEditor(QWidget *parent)
    : QWidget(parent)
    , m_list(new QVBoxLayout)
    , m_add(new QPushButton(this))
    , m_show(new QPushButton(this))
{
    m_show->setCheckable(true);
    m_add->setAutoDefault(false);
    m_show->setAutoDefault(false);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::kRelated);
    buttons->addWidget(m_add);
    buttons->addWidget(m_show);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    m_list->setSpacing(space::kInside);
    layout->addLayout(m_list);
    layout->addLayout(buttons);
    connect(m_add, &QPushButton::clicked, this, [this] {
        addRow({});
        m_rows.last().key->setFocus();
    });
    connect(m_show, &QPushButton::toggled, this, [this](bool shown) {
        for (const Row &row : std::as_const(m_rows))
            row.value->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
        retranslate();
    });
    retranslate();
}

QList<EnvVar> KeyValueEditor::values() const
{
    QList<EnvVar> out;
    for (const Row &row : m_rows) {
        if (!row.key->text().trimmed().isEmpty() || !row.value->text().isEmpty())
            out.append({row.key->text().trimmed(), row.value->text()});
    }
    return out;
}

void KeyValueEditor::setValues(const QList<EnvVar> &values)
{
    if (values == this->values())
        return;
    for (const Row &row : std::as_const(m_rows))
        row.box->deleteLater();
    m_rows.clear();
    for (const EnvVar &value : values.first(qMin<qsizetype>(values.size(), kMaxRows)))
        addRow(value);
    retranslate();
    emit valuesChanged();
}

void KeyValueEditor::addRow(const EnvVar &value)
{
    if (m_rows.size() >= kMaxRows)
        return;
    Row row{new QWidget(this), new QLineEdit(value.key), new QLineEdit(value.value), new QPushButton};
    row.key->setMaxLength(kMaxKey);
    row.value->setMaxLength(kMaxValue);
    row.value->setEchoMode(m_show->isChecked() ? QLineEdit::Normal : QLineEdit::Password);
    row.remove->setAutoDefault(false);
    row.remove->setProperty("flat", true);
    auto *layout = new QHBoxLayout(row.box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(row.key, 2);
    layout->addWidget(row.value, 3);
    layout->addWidget(row.remove);
    m_list->addWidget(row.box);
    m_rows.append(row);
    connect(row.key, &QLineEdit::textChanged, this, &KeyValueEditor::valuesChanged);
    connect(row.value, &QLineEdit::textChanged, this, &KeyValueEditor::valuesChanged);
    connect(row.remove, &QPushButton::clicked, this, [this, box = row.box] { removeRow(box); });
    retranslate();
}

void KeyValueEditor::removeRow(const QWidget *box)
{
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        if (m_rows.at(i).box != box)
            continue;
        m_rows.at(i).box->deleteLater();
        m_rows.removeAt(i);
        retranslate();
        emit valuesChanged();
        return;
    }
}

void KeyValueEditor::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void KeyValueEditor::retranslate()
{
    m_add->setText(tr("Add variable"));
    m_show->setText(m_show->isChecked() ? tr("Hide values") : tr("Show values"));
    m_show->setVisible(!m_rows.isEmpty());
    m_add->setEnabled(m_rows.size() < kMaxRows);
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const Row &row = m_rows.at(i);
        row.key->setPlaceholderText(tr("NAME"));
        row.value->setPlaceholderText(tr("value"));
        row.key->setAccessibleName(tr("Variable %1 name").arg(i + 1));
        row.value->setAccessibleName(tr("Variable %1 value").arg(i + 1));
        row.remove->setText(tr("Remove"));
        row.remove->setAccessibleName(tr("Remove variable %1").arg(i + 1));
    }
}

} // namespace novita
