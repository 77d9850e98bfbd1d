// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace novita {

/// Text to read and to copy. It shows whole lines only: what is left over of its height stays empty.
class PlainTextView final : public QPlainTextEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PlainTextView)

public:
    explicit PlainTextView(QWidget *parent = nullptr);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fitLines();
};

} // namespace novita
