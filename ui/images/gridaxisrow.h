// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/prompts/gridaxis.h"

#include <QList>
#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;

namespace novita {

class ActionButton;

/// One axis of a grid: which parameter, and its values as they are typed. Says what may be typed, and what is wrong
/// with it.
class GridAxisRow final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GridAxisRow)

public:
    /// `mayBeNone`: the axis may be left out.
    GridAxisRow(const QList<GridField> &fields, bool mayBeNone, QWidget *parent = nullptr);

    /// "Columns"
    void setTitle(const QString &title);
    /// nullopt: left out, or not to be read yet; see problem().
    const std::optional<GridAxis> &axis() const { return m_axis; }
    bool isLeftOut() const;
    /// A sentence, empty = nothing wrong. Nothing typed is no mistake, but there is no axis either.
    const QString &problem() const { return m_problem; }

    QString path() const; ///< of the chosen parameter, with its title: tells parameters apart
    QString text() const;
    void choose(const QString &path, const QString &text);

signals:
    void changed();

protected:
    void changeEvent(QEvent *event) override;

private:
    const GridField *field() const;
    void fieldChosen();
    void fillValues();
    void addValue(const QString &value);
    void read();
    void retranslate();

    const QList<GridField> m_fields;
    const bool m_mayBeNone;
    QString m_name;
    QLabel *m_title;
    QComboBox *m_field;
    QLineEdit *m_values;
    QMenu *m_menu;
    ActionButton *m_offer;
    QLabel *m_hint;
    std::optional<GridAxis> m_axis;
    QString m_problem;
};

} // namespace novita
