// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/images/fieldeditor.h"

class QCheckBox;
class QPushButton;
class QVBoxLayout;

namespace novita {

class FieldRows;

/// A list of like things (LoRAs, ControlNet units, scenes…): rows that can be added up to the limit, and taken away.
class ListField final : public FieldEditor
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ListField)

public:
    ListField(const FieldSpec &spec, const FieldServices &services, QWidget *parent);
    QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;
    void setBase(ModelBase base) override;
    QWidget *input() override;
    void setNames(const QString &name) override;
    void showInner(const QList<FieldProblem> &problems) override;
    void focusPath(const QString &path) override;

private:
    struct Row
    {
        QWidget *box; ///< owns the rest
        FieldRows *fields;
        QPushButton *remove;
    };
    void addRow(const QJsonObject &values);
    void removeRow(QWidget *box);
    void present();

    FieldServices m_services;
    QString m_name;
    ModelBase m_base = ModelBase::Unknown;
    QVBoxLayout *m_list;
    QPushButton *m_add;
    QList<Row> m_rows;
};

/// Something that is off, or on with values of its own: hires fix, refiner.
class GroupField final : public FieldEditor
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GroupField)

public:
    GroupField(const FieldSpec &spec, const FieldServices &services, QWidget *parent);
    QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;
    void setBase(ModelBase base) override;
    bool hasOwnLabel() const override { return true; }
    QWidget *input() override;
    void setNames(const QString &name) override;
    void showInner(const QList<FieldProblem> &problems) override;
    void focusPath(const QString &path) override;

private:
    QCheckBox *m_on;
    FieldRows *m_fields;
};

} // namespace novita
