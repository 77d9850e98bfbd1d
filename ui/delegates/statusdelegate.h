// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/delegates/rowdelegate.h"

namespace novita {

/// A cell with a state chip and a quieter note behind it ("for 12 s"): DisplayRole is the word, ToneRole, IconNameRole, ChangingRole
/// and NoteRole do the rest (ui/models/roles.h). Without a tone it is a plain cell.
class StatusDelegate final : public RowDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StatusDelegate)

public:
    using RowDelegate::RowDelegate;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void paintContent(QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect, const QModelIndex &index) const override;
};

} // namespace novita
