// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace novita {

/// A whole sentence that is pressed like a link. Other than a QPushButton it wraps, and never makes what it stands in wider. Plain text, drawn in
/// QPalette::Link. UI thread.
class SentenceLink final : public QAbstractButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SentenceLink)

public:
    explicit SentenceLink(QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
};

} // namespace novita
