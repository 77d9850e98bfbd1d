// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/fieldspec.h"

#include <QJsonObject>
#include <QWidget>

class QButtonGroup;
class QCheckBox;
class QComboBox;

namespace novita {

struct ModelQuestion;

/// Which models are to be seen: type, base, whose, and whether those that the catalogue calls unsafe.
class ModelFilters final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ModelFilters)

public:
    explicit ModelFilters(QWidget *parent = nullptr);

    /// Another field: its type, of any base and source. Tells nothing.
    void begin(const ModelFilter &filter);
    /// Fills in all but the text.
    void apply(ModelQuestion &question) const;
    bool narrows() const; ///< beyond the type
    /// Everything of the type.
    void clear();

    /// What is kept from one time to the next: whether unsafe ones are hidden.
    QJsonObject saveState() const;
    void restoreState(const QJsonObject &state);

signals:
    void changed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    QButtonGroup *m_types;
    QComboBox *m_base;
    QComboBox *m_source;
    QCheckBox *m_hideNsfw;
};

} // namespace novita
