// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace novita {

/// One line of plain text that gives way: cut in the middle, or where setElideMode() says, with the whole text in the tooltip and in the accessible name.
class ElidedLabel final : public QLabel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ElidedLabel)

public:
    explicit ElidedLabel(QWidget *parent = nullptr);
    void setFullText(const QString &text);
    QString fullText() const { return m_full; }
    void setElideMode(Qt::TextElideMode mode);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void elide();
    QString m_full;
    Qt::TextElideMode m_mode = Qt::ElideMiddle;
};

} // namespace novita
