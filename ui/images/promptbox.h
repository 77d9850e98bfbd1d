// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/cloud/endpoints/fieldspec.h"
#include "core/gallery/promptlog.h"
#include "core/prompts/promptexpansion.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;

namespace novita {

class PromptEdit;
class Theme;

/// Prompt and negative prompt. What is typed goes to the disk at most kDraftDelay later, in the thread of the file and one write at a time, and is there
/// again after any end of the program: a kill loses what was typed within kDraftDelay and the few ms that a write or two take. Says what
/// templates expand to, what is wrong with them, and how long they are.
class PromptBox final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PromptBox)

public:
    static constexpr Milliseconds kDraftDelay{40};
    static constexpr int kMostRecalled = 200;

    PromptBox(const Theme &theme, PromptLog &log, const Clock &clock, QWidget *parent = nullptr);
    /// Writes what was not written yet.
    ~PromptBox() override;

    /// Its drafts and its history, in place of what there was.
    void openProfile(const ProfileId &profile);
    /// nullopt: the endpoint has no such text, and the field is not shown; what is in it stays.
    void setFields(const std::optional<FieldSpec> &prompt, const std::optional<FieldSpec> &negative);
    void setWildcards(const WildcardLists &lists);
    void setLoras(const QStringList &names);
    void setEmbeddings(const QStringList &names);

    QString prompt() const;
    QString negativePrompt() const;
    void setTexts(const QString &prompt, const QString &negative);
    /// At the cursor of the prompt, which gets the keyboard.
    void insertText(const QString &text);
    const PromptExpansion &expansion() const { return m_prompt.expansion; }
    const PromptExpansion &negativeExpansion() const { return m_negative.expansion; }
    const WildcardLists &wildcards() const { return m_wildcards; }
    /// A template cannot be read; the first sentence.
    QString problem() const;
    /// The texts were used: the newest in the history.
    void remember();
    void focusPrompt();
    /// Said under the prompt when a template can become several: "6 combinations".
    void showPreview(bool shown);

signals:
    void changed();
    void generateRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Side
    {
        QString draft;                ///< its name in the log
        std::optional<FieldSpec> field;
        QLabel *label = nullptr;
        QLabel *counter = nullptr;
        PromptEdit *edit = nullptr;
        QLabel *problem = nullptr;
        QString saved;                ///< as the log has it
        PromptExpansion expansion = {};
        QList<PromptProblem> problems = {};
        CallGuard reading = {};
    };
    void buildSide(Side &side, int lines);
    void readDraft(Side &side);
    void textChanged(Side &side);
    void look(Side &side);
    void draftDue();
    void saveDrafts();
    void saveDraft(Side &side);
    void recall(int step);
    void readHistory();
    void showExpansions();
    void retranslate();

    const Theme &m_theme;
    PromptLog &m_log;
    const Clock &m_clock;
    ProfileId m_profile;
    WildcardLists m_wildcards;
    Side m_prompt;
    Side m_negative;
    QPushButton *m_previewButton;
    QLabel *m_preview;
    QTimer m_draftTimer{this};
    int m_draftWrites = 0;     ///< under way
    bool m_isDraftDue = false; ///< once they have ended
    CallGuard m_historyRead;
    QList<PromptEntry> m_history; ///< newest first
    qsizetype m_recalled = -1;    ///< in the history; -1: what was being typed
    PromptEntry m_typed;          ///< that, while an earlier one is shown
};

} // namespace novita
