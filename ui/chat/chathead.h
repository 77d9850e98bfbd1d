// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QLabel;
class QMenu;

namespace novita {

class ActionButton;
class ElidedLabel;
class LanguageModels;
class Theme;
struct Conversation;

/// Above a conversation: the model that is asked, its context and prices, and the buttons for parameters and the rest.
class ChatHead final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatHead)

public:
    /// `menu` is what stands behind *More*; it belongs to its own parent.
    ChatHead(const Theme &theme, QMenu *menu, QWidget *parent = nullptr);

    /// Checked while the parameters are shown.
    QAction *parametersAction() const { return m_parameters; }
    void present(const Conversation &conversation, const LanguageModels &models);

protected:
    void changeEvent(QEvent *event) override;

private:
    void presentParameters();
    void retranslate();

    ElidedLabel *m_name;
    QLabel *m_facts;
    QAction *m_parameters;
    ActionButton *m_more;
    bool m_isChanged = false; ///< some parameter is
};

} // namespace novita
