// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>

namespace novita {

class Theme;

/// The house's table header: text-2 on the surface with one hairline below. Texts stand exactly over what they head, whichever
/// side that is aligned to; the sort arrow takes its room on the inner side. A text that is cut has its tooltip.
class TableHeader final : public QHeaderView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TableHeader)

public:
    explicit TableHeader(const Theme &theme, QWidget *parent = nullptr);

    /// Where the text of a section is drawn, in viewport coordinates.
    QRect textRect(int logicalIndex) const;

protected:
    void paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const override;
    QSize sectionSizeFromContents(int logicalIndex) const override;
    bool viewportEvent(QEvent *event) override;

private:
    QString textOf(int logicalIndex) const;
    bool isSortedBy(int logicalIndex) const;
    bool isRightAligned(int logicalIndex) const;
    QRect textRectIn(const QRect &section, int logicalIndex) const;

    const Theme &m_theme;
};

} // namespace novita
