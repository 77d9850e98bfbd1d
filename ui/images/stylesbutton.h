// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/prompts/promptstyle.h"

#include <QPushButton>

#include <functional>

class QMenu;

namespace novita {

class PromptLog;
class Prompts;
class StylesDialog;
class Theme;

/// *Styles*: one of them at once from the menu, by folders, or several in the dialog.
class StylesButton final : public QPushButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StylesButton)

public:
    static constexpr int kMostOffered = 40; ///< in one folder of the menu; all are in the dialog

    /// `own`: the prompts as they are typed now.
    StylesButton(const Theme &theme, Prompts &prompts, PromptLog &log, std::function<PromptPair()> own,
                 QWidget *parent = nullptr);

    void openDialog();
    /// The dialog, with a new style made of the prompts.
    void keepAsStyle();

signals:
    /// To take the place of what is typed.
    void applied(const novita::PromptPair &prompts);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    StylesDialog *makeDialog();
    void read();
    void fillMenu();
    void retranslate();

    const Theme &m_theme;
    Prompts &m_prompts;
    PromptLog &m_log;
    const std::function<PromptPair()> m_own;
    QMenu *m_menu;
    QList<PromptStyle> m_styles;
    CallGuard m_reading;
};

} // namespace novita
