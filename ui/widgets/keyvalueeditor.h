// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/common.h"

#include <QList>
#include <QWidget>

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace novita {

/// Environment variables: a row of name and value each, *Add variable*, *Remove*. Values may be secret, so they are masked until
/// *Show values* is pressed. Rows whose name and value are empty do not count.
class KeyValueEditor final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeyValueEditor)

public:
    static constexpr int kMaxRows = 100;

    explicit KeyValueEditor(QWidget *parent = nullptr);
    QList<EnvVar> values() const;
    void setValues(const QList<EnvVar> &values);

signals:
    void valuesChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Row
    {
        QWidget *box;
        QLineEdit *key;
        QLineEdit *value;
        QPushButton *remove;
    };
    void addRow(const EnvVar &value);
    void removeRow(const QWidget *box);
    void retranslate();

    QList<Row> m_rows;
    QVBoxLayout *m_list;
    QPushButton *m_add;
    QPushButton *m_show;
};

} // namespace novita
