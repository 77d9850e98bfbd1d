// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/uicontext.h"

#include <QWidget>

class QPushButton;

namespace novita {

class PromptBox;
class StylesButton;
class WildcardSource;

/// What helps with the prompt, in a line: styles, prompts used before, wildcard lists. Gives the box the lists of the
/// folder.
class PromptTools final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PromptTools)

public:
    /// `box` must outlive it.
    PromptTools(const UiContext &context, PromptBox &box, QWidget *parent = nullptr);

    void openHistory();
    void openWildcards();
    StylesButton *styles() const { return m_styles; }

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void retranslate();

    const UiContext m_context;
    PromptBox &m_box;
    WildcardSource *m_wildcards; ///< read when it is seen first
    bool m_wasShown = false;
    StylesButton *m_styles;
    QPushButton *m_history;
    QPushButton *m_lists;
};

} // namespace novita
