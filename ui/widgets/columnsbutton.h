// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

namespace novita {

class TableView;

/// "Columns": opens the menu of which columns `table` shows.
class ColumnsButton final : public QPushButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ColumnsButton)

public:
    /// `table` must live as long as the button can be pressed.
    explicit ColumnsButton(TableView *table, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
};

} // namespace novita
