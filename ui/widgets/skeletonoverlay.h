// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAbstractItemView;
class QTimer;

namespace novita {

class Theme;

/// Grey bars where rows will be, over a view that is being filled for the first time. Appears 150 ms after
/// `setLoading(true)` and only while the view has no row: old data is never covered.
class SkeletonOverlay final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SkeletonOverlay)

public:
    /// Lies on the view's viewport and is owned by it.
    SkeletonOverlay(const Theme &theme, QAbstractItemView *view);
    void setLoading(bool loading);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QAbstractItemView *m_view;
    QTimer *m_delay;
};

} // namespace novita
