// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/prompts/promptcompletion.h"
#include "core/prompts/promptproblem.h"

#include <QHash>
#include <QPlainTextEdit>

class QCompleter;
class QStringListModel;

namespace novita {

class Theme;

/// A field for a prompt. Ctrl+Up and Ctrl+Down weigh what is selected, Alt+Up and Alt+Down ask for earlier prompts, Ctrl+Return for the start;
/// names are offered while they are typed; what is wrong is underlined. Tab leaves it.
class PromptEdit final : public QPlainTextEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PromptEdit)

public:
    explicit PromptEdit(const Theme &theme, QWidget *parent = nullptr);

    /// In place of all of it, as one step to undo; the cursor goes to the end.
    void replaceText(const QString &text);
    /// What can be completed.
    void setNames(PromptCompletion::Kind kind, const QStringList &names) { m_names.insert(static_cast<int>(kind), names); }
    void markProblems(const QList<PromptProblem> &problems);
    void setLines(int lines);
    bool isOffering() const;

signals:
    void generateRequested();
    /// -1: an older one, 1: a newer one.
    void recallRequested(int step);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void weigh(int steps);
    void offer();
    void complete(const QString &name);
    void put(const PromptSelection &selection);

    const Theme &m_theme;
    QHash<int, QStringList> m_names;
    QCompleter *m_completer;
    QStringListModel *m_offered;
};

} // namespace novita
