// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/statustext.h"

#include <QAbstractButton>

namespace novita {

class Theme;

/// One part of the status bar: words, with a dot in the tone before them where it matters. A button.
class StatusItem final : public QAbstractButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StatusItem)

public:
    /// `keep`: the higher, the later it is given up when the bar is narrow. What is wrong goes after all that is not.
    StatusItem(const Theme &theme, int keep, QWidget *parent = nullptr);

    /// True when the width it needs changed.
    bool setPart(const StatusPart &part);
    /// The dot in a colour of its own, always shown: a profile.
    void setDotColor(const QColor &color);
    bool hasText() const { return !m_part.text.isEmpty(); }
    int keep() const { return m_part.tone == StateTone::Bad ? m_keep + kWrong : m_keep; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    static constexpr int kWrong = 100;
    bool hasDot() const { return m_part.dot || m_dotColor.isValid(); }

    const Theme &m_theme;
    StatusPart m_part;
    QColor m_dotColor;
    int m_keep;
};

} // namespace novita
