// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/maskeditor/brushstroke.h"
#include "ui/maskeditor/maskhistory.h"

#include <QImage>
#include <QRegion>

#include <optional>
#include <vector>

namespace novita {

/// A mask as large as its picture, painted with strokes that can be taken back. 255 is painted: that part of the picture changes. Every change
/// says which pixels it touched. Not thread-safe; image() may be handed to another thread as a copy.
class MaskCanvas
{
public:
    static constexpr qint64 kUndoBytes = 64 * 1024 * 1024;

    /// Nothing painted. An empty `size` makes a canvas that takes no paint.
    explicit MaskCanvas(QSize size = {}, qint64 undoBytes = kUndoBytes);

    QSize size() const { return m_image.size(); }
    const QImage &image() const { return m_image; } ///< Format_Grayscale8

    /// A stroke: one step to take back, of any number of lines. Ends the one before.
    QRegion beginStroke(const MaskBrush &brush, QPointF at);
    QRegion strokeTo(QPointF at); ///< straight; nothing without a stroke, or for a point that is no number
    /// Along a curve through all points that were given so: a hand that is fast is heard of seldom, and does not move in straight lines. What was painted
    /// towards the latest point is painted once more when it is known how the hand went on. Otherwise as strokeTo().
    QRegion curveTo(QPointF at);
    void endStroke();
    QRegion cancelStroke();
    bool isPainting() const { return m_brush.has_value(); }

    QRegion clear();
    QRegion fill();
    QRegion invert();
    /// Puts `mask`, a Format_Grayscale8 picture of the same size, in place of this one.
    QRegion replace(const QImage &mask);

    bool canUndo() const { return m_history.canUndo(); }
    bool canRedo() const { return m_history.canRedo(); }
    QRegion undo();
    QRegion redo();
    const MaskHistory &history() const { return m_history; }
    /// Changed since it was made or markClean() was called; undoing all changes makes it clean again.
    bool isModified() const { return m_history.state() != m_clean; }
    void markClean() { m_clean = m_history.state(); }

    bool isEmpty() const { return m_total == 0; } ///< not a trace of paint
    double coverage() const;                      ///< share of the picture, 0 to 1; what is half painted counts half

private:
    QRegion changed(const QRegion &region);
    QRegion paintLine(QPointF to);
    QRegion paintPiece(QPointF from, QPointF to);
    QRegion takePieceBack();
    void sum(const QRect &area);

    QImage m_image;
    MaskHistory m_history;
    std::optional<MaskBrush> m_brush; ///< of the stroke that is under way
    QPointF m_last;
    struct Covered
    {
        QPoint at;
        QImage pixels;
    };
    /// The last piece of a curve, which the next point may bend.
    struct Piece
    {
        QPointF before; ///< the point before `from`
        QPointF from;
        QPointF to;
        std::vector<Covered> covered; ///< what it was painted over, in that order
    };
    std::optional<Piece> m_piece;
    bool m_noting = false; ///< what is painted belongs to m_piece
    int m_columns;
    std::vector<quint32> m_sums; ///< of the values of each tile
    qint64 m_total = 0;
    quint64 m_clean = 0;
};

} // namespace novita
