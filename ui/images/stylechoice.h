// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/prompts/promptstyle.h"

#include <QWidget>

class QLabel;
class QListWidget;
class QPlainTextEdit;

namespace novita {

/// The styles that are to be applied, in their order, which is changed by dragging or with Alt+Up and Alt+Down, and
/// what comes of them.
class StyleChoice final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StyleChoice)

public:
    explicit StyleChoice(QWidget *parent = nullptr);

    /// The prompts as they are in the box.
    void setOwn(const PromptPair &own);
    const QList<PromptStyle> &styles() const { return m_styles; }
    void setStyles(const QList<PromptStyle> &styles);
    PromptPair result() const;

signals:
    /// The person moved one or took one away.
    void edited();

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void readOrder();
    void move(int step);
    void present();
    void retranslate();

    PromptPair m_own;
    QList<PromptStyle> m_styles;
    QLabel *m_title;
    QListWidget *m_list;
    QLabel *m_previewTitle;
    QPlainTextEdit *m_preview;
};

} // namespace novita
