// SPDX-License-Identifier: GPL-3.0-or-later
// What JobStrip says, and which buttons it offers.
#include "ui/format.h"
#include "ui/images/cancelquestion.h"
#include "ui/images/jobstrip.h"
#include "ui/images/queuemodel.h"
#include "ui/images/queuewords.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/statechip.h"

#include <QProgressBar>
#include <QPushButton>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

constexpr int kMostOfIdle = 30; ///< characters

} // namespace

void JobStrip::show(const instancetext::StateView &state, const QString &sentence)
{
    m_chip->setVisible(!state.word.isEmpty());
    m_chip->setState(state);
    m_words->setFullText(sentence);
    m_words->setMinimumWidth(0);
    m_words->show(); // it gives way while only a bar has something to say
}

/// With nothing that waits, too: what is asked for next would only wait.
bool JobStrip::tellsHalt() const
{
    const bool anyWaits = waiting() > 0;
    const bool isKnown = m_last || !m_parts.queue.holdReason().isEmpty(); // a queue that is not read yet stands still, too
    return anyWaits ? isHalted() : m_open.isEmpty() && m_parts.queue.isPaused() && isKnown;
}

void JobStrip::presentIdle()
{
    if (!m_last) {
        show({}, tr("Nothing is under way."));
        // Room that nothing else needs: below a picture its buttons take more.
        m_words->setMinimumWidth(std::min(m_words->sizeHint().width(), fontMetrics().averageCharWidth() * kMostOfIdle));
        return;
    }
    if (m_last->state != ImageJobState::Done) {
        const ImageJobView view{*m_last, {}, {}, {}};
        return show(queuewords::look(view, m_parts.clock.now()), queuewords::explanation(view));
    }
    show({tr("Done"), {}, StateTone::Good, QStringLiteral("checkmark")}, tr("%n job(s) done", nullptr, static_cast<int>(m_together.size())));
}

void JobStrip::presentHalt()
{
    const ImageQueue &queue = m_parts.queue;
    const QString reason = queue.holdReason();
    const instancetext::StateView paused{reason.isEmpty() ? tr("Paused") : tr("Held"), {}, reason.isEmpty() ? StateTone::Warn : StateTone::Bad, QStringLiteral("media-playback-pause")};
    const QString count = waiting() > 0 ? tr("%n job(s) wait", nullptr, static_cast<int>(waiting())) : tr("Nothing waits");
    if (reason.isEmpty())
        show(paused, tr("%1. Nothing is sent, or charged, until you resume.", "3 jobs wait").arg(count));
    else if (queue.isPaused())
        show(paused, tr("%1: %2", "3 jobs wait, then why").arg(count, reason));
    else
        show(paused, tr("%1 Goes on in %2.", "a reason, a span of time").arg(reason, format::duration(*queue.heldUntil() - m_parts.clock.now())));
}

void JobStrip::presentRunning()
{
    const auto together = m_together.size();
    const auto ended = together - m_open.size();
    const auto running = std::find_if_not(m_open.cbegin(), m_open.cend(), [](const ImageJobView &view) { return isWaiting(view.job); });
    const ImageJobView &first = running == m_open.cend() ? m_open.constFirst() : *running;
    instancetext::StateView state = queuewords::look(first, m_parts.clock.now());
    if (together > 1)
        state.word = tr("%1 of %2", "jobs done, jobs asked for").arg(format::number(ended), format::number(together));
    qint64 percent = 100 * ended;
    bool isKnown = together > 1;
    for (const ImageJobView &view : std::as_const(m_open)) {
        percent += view.percent.value_or(0);
        isKnown = isKnown || view.percent;
    }
    m_progress->setVisible(isKnown);
    m_progress->setValue(static_cast<int>(percent / together));
    QStringList words;
    if (const QString left = timeLeft(); !left.isEmpty())
        words.append(left);
    if (!first.trouble.isEmpty())
        words.append(first.trouble);
    if (waiting() > 0)
        words.append(tr("%1 waiting", "jobs").arg(format::number(waiting())));
    show(state, words.join(QStringLiteral(" · ")));
    m_words->setVisible(!words.isEmpty() || !isKnown);
}

QString JobStrip::timeLeft() const
{
    std::optional<TimePoint> last;
    for (const ImageJobView &view : m_open) {
        if (view.expectedAt && (!last || *view.expectedAt > *last))
            last = view.expectedAt;
    }
    return last && *last > m_parts.clock.now() ? tr("about %1", "a span of time").arg(format::duration(*last - m_parts.clock.now())) : QString();
}

void JobStrip::presentButtons()
{
    const bool anyWaits = waiting() > 0;
    const QList<ImageJobId> ids = changeable();
    m_pause->setVisible(isHalted() ? (anyWaits ? mayResume() : tellsHalt() && !m_readOnly) : !m_open.isEmpty() && !ids.isEmpty());
    m_pause->setText(isHalted() ? tr("Resume") : tr("Pause"));
    m_pause->setAccessibleName(isHalted() ? tr("Resume queue") : tr("Pause queue"));
    m_pause->setToolTip(isHalted() ? tr("Sends what waits") : tr("Sends nothing more; what the server has goes on"));
    const bool stopsOnly = onlyStopsWaiting(m_parts.queue, ids);
    m_cancel->setVisible(!ids.isEmpty());
    m_cancel->setText(stopsOnly ? tr("Stop waiting") : tr("Cancel"));
    m_cancel->setAccessibleName(stopsOnly ? tr("Stop waiting for jobs") : tr("Cancel jobs"));
    m_cancel->setToolTip(stopsOnly ? tr("The server goes on with what it has, and charges it") : tr("Takes back what waits, and interrupts what can be"));
}

} // namespace novita
