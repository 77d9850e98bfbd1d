// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPen>
#include <QString>
#include <QWidget>

namespace novita {

/// The names of the series of a chart with their colours, line styles and values, in as many lines as they need.
class ChartLegend final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChartLegend)

public:
    struct Entry
    {
        QPen pen;
        QString text;
        bool filled = false; ///< an area, not a line
    };

    explicit ChartLegend(QWidget *parent = nullptr);

    void setEntries(const QList<Entry> &entries);
    const QList<Entry> &entries() const { return m_entries; }

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    /// Where each entry stands in `width` pixels; as wide as its longest text so far, so that nothing jumps while values change.
    QList<QRect> places(int width) const;
    int entryWidth(qsizetype index) const;

    QList<Entry> m_entries;
    QList<int> m_widest;
};

} // namespace novita
