// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/listfields.h"

#include "core/cloud/endpoints/fieldrules.h"
#include "ui/images/fieldrows.h"
#include "ui/theme.h"

#include <QCheckBox>
#include <QFrame>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

QJsonObject initialValues(const FieldSpec &spec)
{
    QJsonObject out;
    for (const FieldSpec &item : spec.items) {
        if (!item.initial.isUndefined())
            out.insert(item.name, item.initial);
    }
    return out;
}

/// "[1].model": 1 and "model"; -1 for what is no such path.
std::pair<int, QString> splitRowPath(const QString &path)
{
    const qsizetype close = path.indexOf(QLatin1Char(']'));
    bool isNumber = false;
    const int row = path.mid(1, close - 1).toInt(&isNumber);
    if (!path.startsWith(QLatin1Char('[')) || close < 0 || !isNumber)
        return {-1, {}};
    return {row, path.mid(close + 2)};
}

} // namespace

ListField::ListField(const FieldSpec &spec, const FieldServices &services, QWidget *parent)
    : FieldEditor(spec, parent), m_services(services), m_list(new QVBoxLayout), m_add(new QPushButton(this))
{
    m_services.takeLatePicture = {}; // the row that it was for may be another by then
    m_add->setAutoDefault(false);
    m_list->setSpacing(space::kRelated);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addLayout(m_list);
    layout->addWidget(m_add, 0, Qt::AlignLeft);
    connect(m_add, &QPushButton::clicked, this, [this] {
        addRow(initialValues(this->spec()));
        present();
        m_rows.constLast().fields->focusPath(this->spec().items.constFirst().name);
        emit changed();
    });
    present();
}

QWidget *ListField::input()
{
    return m_add;
}

void ListField::addRow(const QJsonObject &values)
{
    auto *box = new QFrame(this);
    auto *fields = new FieldRows(spec().items, m_services, box);
    auto *remove = new QPushButton(box);
    remove->setAutoDefault(false);
    remove->setProperty("flat", true);
    remove->setIcon(m_services.theme.icon(QStringLiteral("list-remove")));
    auto *layout = new QHBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kInside);
    layout->addWidget(fields, 1);
    layout->addWidget(remove, 0, Qt::AlignTop);
    fields->setValues(values);
    fields->setBase(m_base);
    m_list->addWidget(box);
    box->show();
    m_rows.append({box, fields, remove});
    connect(fields, &FieldRows::changed, this, &FieldEditor::changed);
    connect(remove, &QPushButton::clicked, this, [this, box] { removeRow(box); });
}

void ListField::removeRow(QWidget *box)
{
    m_rows.removeIf([box](const Row &row) { return row.box == box; });
    // Later: the click that asked for it is still being handled by a button inside.
    box->hide();
    box->deleteLater();
    present();
    m_add->setFocus();
    emit changed();
}

QJsonValue ListField::value() const
{
    QJsonArray rows;
    for (const Row &row : m_rows)
        rows.append(row.fields->values());
    return rows.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(rows);
}

void ListField::setValue(const QJsonValue &value)
{
    const QSignalBlocker blocker(this);
    const QJsonArray rows = value.toArray();
    while (m_rows.size() > rows.size()) {
        const Row last = m_rows.takeLast();
        last.box->hide();
        last.box->deleteLater();
    }
    for (qsizetype i = 0; i < rows.size(); ++i) {
        if (i < m_rows.size())
            m_rows.at(i).fields->setValues(rows.at(i).toObject());
        else
            addRow(rows.at(i).toObject());
    }
    present();
}

void ListField::setBase(ModelBase base)
{
    m_base = base;
    for (const Row &row : std::as_const(m_rows))
        row.fields->setBase(base);
}

void ListField::setNames(const QString &name)
{
    m_name = name;
    present();
}

void ListField::present()
{
    const bool isFull = m_rows.size() >= spec().mostItems;
    m_add->setText(tr("Add"));
    m_add->setAccessibleName(tr("Add to %1", "name of a field").arg(m_name));
    m_add->setEnabled(!isFull);
    m_add->setToolTip(isFull ? tr("At most %1 are taken").arg(spec().mostItems) : QString());
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const QString one = tr("%1 %2", "name of a list, number of its row").arg(m_name).arg(i + 1);
        m_rows.at(i).fields->retranslate(one + QStringLiteral(": "));
        m_rows.at(i).remove->setAccessibleName(tr("Remove %1", "one of a list").arg(one));
        m_rows.at(i).remove->setToolTip(tr("Remove"));
    }
}

void ListField::showInner(const QList<FieldProblem> &problems)
{
    for (int i = 0; i < m_rows.size(); ++i) {
        QList<FieldProblem> own;
        for (const FieldProblem &problem : problems) {
            if (const auto [row, rest] = splitRowPath(problem.field); row == i)
                own.append({rest, problem.sentence});
        }
        m_rows.at(i).fields->showProblems(own);
    }
}

void ListField::focusPath(const QString &path)
{
    const auto [row, rest] = splitRowPath(path);
    if (row < 0 || row >= m_rows.size() || !m_rows.at(row).fields->focusPath(rest))
        m_add->setFocus(Qt::OtherFocusReason);
}

GroupField::GroupField(const FieldSpec &spec, const FieldServices &services, QWidget *parent)
    : FieldEditor(spec, parent), m_on(new QCheckBox(this)), m_fields(new FieldRows(spec.items, services, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_on);
    layout->addWidget(m_fields);
    m_fields->setContentsMargins(space::kPage, 0, 0, 0);
    m_fields->hide();
    connect(m_on, &QCheckBox::toggled, this, [this](bool on) {
        m_fields->setVisible(on);
        emit changed();
    });
    connect(m_fields, &FieldRows::changed, this, &FieldEditor::changed);
    m_fields->setValues(initialValues(spec));
}

QWidget *GroupField::input()
{
    return m_on;
}

QJsonValue GroupField::value() const
{
    return m_on->isChecked() ? QJsonValue(m_fields->values()) : QJsonValue(QJsonValue::Undefined);
}

void GroupField::setValue(const QJsonValue &value)
{
    const QSignalBlocker blocker(this);
    m_on->setChecked(value.isObject());
    m_fields->setVisible(value.isObject());
    // What it had stays for the next time it is switched on.
    if (value.isObject())
        m_fields->setValues(value.toObject());
}

void GroupField::setBase(ModelBase base)
{
    m_fields->setBase(base);
}

void GroupField::setNames(const QString &name)
{
    m_on->setText(labelOf(spec()));
    m_on->setAccessibleName(name);
    m_fields->retranslate(name + QStringLiteral(": "));
}

void GroupField::showInner(const QList<FieldProblem> &problems)
{
    m_fields->showProblems(problems);
}

void GroupField::focusPath(const QString &path)
{
    if (path.isEmpty() || !m_fields->focusPath(path))
        m_on->setFocus(Qt::OtherFocusReason);
}

} // namespace novita
