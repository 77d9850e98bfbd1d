// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/maskeditor/maskimage.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace novita {

class MaskView;
class Theme;

/// The tools of the mask editor, beside the picture. Works on `view`, which must outlive it, and follows it.
class MaskPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MaskPanel)

public:
    MaskPanel(const Theme &theme, MaskView &view, QWidget *parent = nullptr);

    MaskEdges edges() const;

signals:
    void importRequested();
    void exportRequested();
    void featherRequested(int radius);
    void edgesChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    QPushButton *addButton(QWidget *parent, const char *icon);
    QSpinBox *addSpin(QLabel **label, int least, int most);
    QWidget *makePair(QWidget *left, QWidget *right);
    QWidget *makeField(QLabel *label, QWidget *field);
    void follow();
    void applyIcons();
    void retranslate();

    const Theme &m_theme;
    MaskView &m_view;
    QPushButton *m_brush;
    QPushButton *m_eraser;
    QLabel *m_sizeLabel;
    QSpinBox *m_size;
    QLabel *m_hardnessLabel;
    QSpinBox *m_hardness;
    QPushButton *m_undo;
    QPushButton *m_redo;
    QPushButton *m_invert;
    QPushButton *m_fill;
    QPushButton *m_clear;
    QLabel *m_featherLabel;
    QSpinBox *m_feather;
    QPushButton *m_applyFeather;
    QPushButton *m_import;
    QPushButton *m_export;
    QCheckBox *m_soft;
    QCheckBox *m_alone;
};

} // namespace novita
