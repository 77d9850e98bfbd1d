// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/common.h"
#include "ui/widgets/rowlisteditor.h"

#include <QList>

class QLineEdit;

namespace novita {

struct EnvVarRow : EditorRow
{
    QLineEdit *key = nullptr;
    QLineEdit *value = nullptr;
};

/// Environment variables: a row of name and value each, *Add variable*, *Remove*. Values may be secret, so they are masked until
/// *Show values* is pressed. Rows whose name and value are empty do not count.
class KeyValueEditor final : public RowListEditor<EnvVar, EnvVarRow>
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

private:
    void buildRow(const EnvVar &value) override;
    void retranslate() override;
    void announceChange() override { emit valuesChanged(); }

    QPushButton *m_show;
};

} // namespace novita
