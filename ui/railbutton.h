// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QColor>

namespace novita {

class Theme;

/// An entry of the rail: icon (kIcon, grown with the text) and word, or the icon alone. Checked: accent on soft accent.
/// A dot in place of the icon marks the profile.
class RailButton final : public QAbstractButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RailButton)

public:
    static constexpr int kIcon = 22; ///< at the normal text size. Breeze draws at 22; scaled to 24 its lines would blur.

    RailButton(const Theme &theme, const QString &iconName, QWidget *parent = nullptr);

    /// Text, accessible name and, when collapsed, the tooltip.
    void setTitle(const QString &title, const QString &tip = {});
    void setCollapsed(bool collapsed);
    void setIconName(const QString &name);
    void setDot(const QColor &color);
    void setHasMenu(bool on) { m_hasMenu = on; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QString m_iconName;
    QString m_tip;
    QColor m_dot;
    bool m_collapsed = false;
    bool m_hasMenu = false;
};

} // namespace novita
