// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/logging.h"
#include "ui/images/promptbox.h"
#include "ui/images/promptedit.h"

#include <QSignalBlocker>

#include <algorithm>

namespace novita {

void PromptBox::openProfile(const ProfileId &profile)
{
    saveDrafts();
    m_profile = profile;
    m_history.clear();
    m_recalled = -1;
    for (Side *side : {&m_prompt, &m_negative}) {
        const QSignalBlocker blocker(side->edit);
        side->edit->clear();
        side->saved.clear();
        look(*side);
        readDraft(*side);
    }
    readHistory();
    emit changed();
}

void PromptBox::readDraft(Side &side)
{
    side.reading.reset();
    if (m_profile.isEmpty())
        return;
    side.reading.reset(m_log.draft(m_profile, side.draft))->onFinished(this, [this, &side](const Result<QString> &text) {
        if (!text)
            return;
        side.saved = *text;
        // Who has begun to type means that.
        if (side.edit->toPlainText().isEmpty())
            side.edit->replaceText(*text);
        else
            m_draftTimer.start();
    });
}

void PromptBox::readHistory()
{
    m_historyRead.reset();
    if (m_profile.isEmpty())
        return;
    m_historyRead.reset(m_log.find(m_profile, {}, kMostRecalled))->onFinished(this, [this](const Result<QList<PromptEntry>> &found) {
        if (found)
            m_history = *found;
    });
}

/// A slow disk gets what is newest once it has taken what came before, not every state in between.
void PromptBox::draftDue()
{
    m_isDraftDue = m_draftWrites > 0;
    if (!m_isDraftDue)
        saveDrafts();
}

void PromptBox::saveDrafts()
{
    m_draftTimer.stop();
    m_isDraftDue = false;
    saveDraft(m_prompt);
    saveDraft(m_negative);
}

void PromptBox::saveDraft(Side &side)
{
    const QString text = side.edit->toPlainText();
    if (m_profile.isEmpty() || text == side.saved || side.reading.isBusy())
        return;
    side.saved = text;
    ++m_draftWrites;
    m_log.saveDraft(m_profile, side.draft, text)->onFinished(this, [this](const Result<Done> &done) {
        if (!done)
            qCWarning(lcDatabase) << "what is typed was not written:" << done.error().toLogString();
        if (--m_draftWrites == 0 && m_isDraftDue)
            saveDrafts();
    });
}

void PromptBox::recall(int step)
{
    const qsizetype next = std::clamp<qsizetype>(m_recalled - step, -1, m_history.size() - 1);
    if (next == m_recalled)
        return;
    if (m_recalled < 0)
        m_typed = {0, prompt(), negativePrompt(), {}, 1, false};
    m_recalled = next;
    const PromptEntry &shown = next < 0 ? m_typed : m_history.at(next);
    m_prompt.edit->replaceText(shown.prompt);
    if (m_negative.field)
        m_negative.edit->replaceText(shown.negativePrompt);
}

void PromptBox::remember()
{
    m_recalled = -1;
    if (m_profile.isEmpty() || prompt().isEmpty())
        return;
    m_log.remember(m_profile, prompt(), negativePrompt(), m_clock.now())->onFinished(this, [this](const Result<Done> &) { readHistory(); });
}

} // namespace novita
