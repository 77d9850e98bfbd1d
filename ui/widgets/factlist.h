// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

#include <utility>

class QGridLayout;
class QLabel;

namespace novita {

/// Label and value per line, as plain text that can be selected. Lines are kept and refilled, not built anew.
class FactList final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FactList)

public:
    explicit FactList(QWidget *parent = nullptr);

    /// An empty value is shown as the dash.
    void setFacts(const QList<std::pair<QString, QString>> &facts);

private:
    QGridLayout *m_grid;
    QList<std::pair<QLabel *, QLabel *>> m_rows;
};

} // namespace novita
