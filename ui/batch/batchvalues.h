// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflows/batchcreate.h"

#include <QHash>
#include <QWidget>

class QFormLayout;
class QLabel;
class QLineEdit;

namespace novita {

/// Asks again for what was kept nowhere because it may be secret: a masked field for each value that rows are missing.
class BatchValues final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BatchValues)

public:
    explicit BatchValues(QWidget *parent = nullptr);

    /// Builds the fields anew. None: hides itself.
    void setMissing(const QList<BatchRow::Missing> &missing);
    /// By slot; an empty value counts, since a variable may be empty.
    QHash<int, QString> values() const;
    void retranslate();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Field
    {
        BatchRow::Missing missing;
        QLabel *label;
        QLineEdit *input;
    };

    QLabel *m_words;
    QFormLayout *m_form;
    QList<Field> m_fields;
};

} // namespace novita
