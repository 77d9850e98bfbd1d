// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;

namespace novita {

class Theme;

/// Zoom out, fit, 100 %, zoom in.
class ZoomBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ZoomBar)

public:
    explicit ZoomBar(const Theme &theme, QWidget *parent = nullptr);

signals:
    void zoomOutRequested();
    void fitRequested();
    void pixelsRequested();
    void zoomInRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void applyTheme();

    const Theme &m_theme;
    QPushButton *m_out;
    QPushButton *m_fit;
    QPushButton *m_pixels;
    QPushButton *m_in;
};

} // namespace novita
