// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/keyvalueeditor.h"

#include <QLineEdit>

namespace novita {

namespace {

constexpr int kMaxKey = 511;
constexpr int kMaxValue = 4095;

} // namespace

KeyValueEditor::KeyValueEditor(QWidget *parent)
    : RowListEditor(kMaxRows, parent)
    , m_show(new QPushButton(this))
{
    m_show->setCheckable(true);
    m_show->setAutoDefault(false);
    addBesideAddButton(m_show);
    connect(addButton(), &QPushButton::clicked, this, [this] {
        addRow({});
        rows().constLast().key->setFocus();
    });
    connect(m_show, &QPushButton::toggled, this, [this](bool shown) {
        for (const EnvVarRow &row : rows())
            row.value->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
        retranslate();
    });
    retranslate();
}

QList<EnvVar> KeyValueEditor::values() const
{
    QList<EnvVar> out;
    for (const EnvVarRow &row : rows()) {
        if (!row.key->text().trimmed().isEmpty() || !row.value->text().isEmpty())
            out.append({row.key->text().trimmed(), row.value->text()});
    }
    return out;
}

void KeyValueEditor::setValues(const QList<EnvVar> &values)
{
    if (values == this->values())
        return;
    setRows(values);
}

void KeyValueEditor::buildRow(const EnvVar &value)
{
    EnvVarRow row{{}, new QLineEdit(value.key), new QLineEdit(value.value)};
    row.key->setMaxLength(kMaxKey);
    row.value->setMaxLength(kMaxValue);
    row.value->setEchoMode(m_show->isChecked() ? QLineEdit::Normal : QLineEdit::Password);
    QHBoxLayout *layout = appendRow(row);
    layout->addWidget(row.key, 2);
    layout->addWidget(row.value, 3);
    layout->addWidget(row.remove);
    connect(row.key, &QLineEdit::textChanged, this, &KeyValueEditor::valuesChanged);
    connect(row.value, &QLineEdit::textChanged, this, &KeyValueEditor::valuesChanged);
}

void KeyValueEditor::retranslate()
{
    addButton()->setText(tr("Add variable"));
    m_show->setText(m_show->isChecked() ? tr("Hide values") : tr("Show values"));
    m_show->setVisible(!rows().isEmpty());
    addButton()->setEnabled(!isFull());
    for (qsizetype i = 0; i < rows().size(); ++i) {
        const EnvVarRow &row = rows().at(i);
        row.key->setPlaceholderText(tr("NAME"));
        row.value->setPlaceholderText(tr("value"));
        row.key->setAccessibleName(tr("Variable %1 name").arg(i + 1));
        row.value->setAccessibleName(tr("Variable %1 value").arg(i + 1));
        row.remove->setText(tr("Remove"));
        row.remove->setAccessibleName(tr("Remove variable %1").arg(i + 1));
    }
}

} // namespace novita
