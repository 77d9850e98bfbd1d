// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QRegion>
#include <QSize>

#include <deque>
#include <optional>
#include <vector>

class QImage;

namespace novita {

/// What changes of a mask have overwritten, in tiles, so that they can be taken back and made again. Bounded: the oldest steps go first, the
/// newest one stays whatever it takes. A tile of one value takes a byte, to invert takes nothing.
class MaskHistory
{
public:
    static constexpr int kTile = 64; ///< pixels
    static constexpr qsizetype kMostSteps = 500;

    MaskHistory(QSize size, qint64 mostBytes);

    /// A step begins; until finish() or cancel() keep() is told of all pixels before they change.
    void begin();
    void keep(const QImage &mask, const QRect &area);
    /// Ends the step. One that changed nothing is none: false.
    bool finish(const QImage &mask);
    /// Ends the step and puts back what it changed.
    QRegion cancel(QImage *mask);
    /// A step on its own.
    void addInversion();

    bool canUndo() const { return !m_done.empty(); }
    bool canRedo() const { return !m_undone.empty(); }
    QRegion undo(QImage *mask); ///< what changed
    QRegion redo(QImage *mask);

    /// Names the present state: the same again after undo() and redo() as before.
    quint64 state() const { return m_done.empty() ? m_oldest : m_done.back().after; }
    qint64 bytes() const { return m_bytes; }
    qsizetype steps() const { return static_cast<qsizetype>(m_done.size() + m_undone.size()); }

private:
    struct Patch
    {
        int tile = 0;
        QByteArray pixels; ///< row by row; a single byte when all are alike
    };
    struct Step
    {
        bool inverts = false;
        std::vector<Patch> patches;
        qint64 bytes = 0;
        quint64 after = 0;
    };

    QRect tileRect(int tile) const;
    QByteArray read(const QImage &mask, int tile) const;
    void write(QImage *mask, const Patch &patch) const;
    QRegion exchange(QImage *mask, Step *step);
    void push(Step step);
    void measure(Step *step);

    QSize m_size;
    int m_columns;
    qint64 m_mostBytes;
    qint64 m_bytes = 0;
    quint64 m_lastState = 0;
    quint64 m_oldest = 0; ///< state before the first of m_done
    std::optional<Step> m_open;
    std::vector<bool> m_kept; ///< tiles of m_open
    std::deque<Step> m_done;
    std::vector<Step> m_undone;
};

/// Turns every pixel of a Format_Grayscale8 picture round.
void invertPixels(QImage *mask);

} // namespace novita
