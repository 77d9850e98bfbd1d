// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/jobstrip.h"

#include "ui/format.h"
#include "ui/images/cancelquestion.h"
#include "ui/images/queuewords.h"
#include "ui/theme.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/statechip.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

constexpr Milliseconds kTick{1000};
constexpr int kMostOfIdle = 30;   ///< characters
constexpr Milliseconds kSoon{50}; ///< many changes at once are one

bool isWaiting(const ImageJobView &view)
{
    return view.job.state == ImageJobState::Waiting;
}

} // namespace

JobStrip::JobStrip(const Parts &parts, QWidget *parent)
    : QFrame(parent)
    , m_parts(parts)
    , m_chip(new StateChip(parts.theme, this))
    , m_progress(new QProgressBar(this))
    , m_words(new ElidedLabel(this))
    , m_pause(makeLink(this))
    , m_cancel(makeLink(this))
    , m_queue(makeLink(this))
{
    buildLayout();
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSoon);
    m_tick.setInterval(kTick);
    const auto soon = [this] {
        if (!m_soon.isActive())
            m_soon.start();
    };
    connect(&m_soon, &QTimer::timeout, this, &JobStrip::look);
    connect(&m_tick, &QTimer::timeout, this, &JobStrip::look);
    connect(&parts.queue, &ImageQueue::changed, this, [this, soon](const QList<ImageJobId> &ids) {
        note(ids);
        soon();
    });
    connect(&parts.queue, &ImageQueue::pausedChanged, this, soon);
    connect(m_pause, &QPushButton::clicked, this, [this] {
        if (isHalted())
            resume();
        else
            m_parts.queue.pause();
    });
    connect(m_cancel, &QPushButton::clicked, this, &JobStrip::cancel);
    connect(m_queue, &QPushButton::clicked, this, &JobStrip::queueRequested);
    retranslate();
}

void JobStrip::buildLayout()
{
    setProperty("card", true);
    m_progress->setTextVisible(false);
    m_progress->setMinimumWidth(48);
    m_progress->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_words->setProperty("tone", QStringLiteral("text2"));
    m_words->setElideMode(Qt::ElideRight);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::kRelated, space::kInside, space::kRelated, space::kInside);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_chip);
    layout->addWidget(m_progress, 2);
    layout->addWidget(m_words, 3);
    for (QPushButton *button : {m_pause, m_cancel, m_queue})
        layout->addWidget(button);
    setMinimumHeight(m_parts.theme.controlHeight() + 2 * space::kInside);
}

void JobStrip::openProfile(bool readOnly)
{
    m_readOnly = readOnly;
    m_together.clear();
    m_isOver = true;
    look();
}

void JobStrip::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    present();
}

/// At once: a job may have failed before anybody looks.
void JobStrip::note(const QList<ImageJobId> &ids)
{
    for (const ImageJobId &id : ids) {
        const std::optional<ImageJobView> view = m_parts.queue.job(id);
        if (!view || !isOpen(view->job.state))
            continue;
        if (std::exchange(m_isOver, false))
            m_together.clear();
        m_together.insert(id);
    }
}

void JobStrip::look()
{
    m_open.clear();
    m_last.reset();
    const QList<ImageJobView> views = m_parts.queue.jobs();
    for (const ImageJobView &view : views) {
        if (isOpen(view.job.state))
            m_open.append(view);
    }
    m_isOver = m_open.isEmpty();
    for (const ImageJobView &view : std::as_const(m_open))
        m_together.insert(view.job.id);
    // What went wrong is said before what went well.
    for (const ImageJobView &view : views) {
        const bool isOurs = !isOpen(view.job.state) && m_together.contains(view.job.id);
        if (isOurs && (!m_last || (m_last->state == ImageJobState::Done && view.job.state != ImageJobState::Done)))
            m_last = view.job;
    }
    present();
}

bool JobStrip::isHalted() const
{
    const ImageQueue &queue = m_parts.queue;
    return queue.isPaused() || (queue.heldUntil() && *queue.heldUntil() > m_parts.clock.now());
}

void JobStrip::present()
{
    const bool anyWaits = std::any_of(m_open.cbegin(), m_open.cend(), isWaiting);
    const bool anyRuns = !std::all_of(m_open.cbegin(), m_open.cend(), isWaiting);
    m_progress->hide();
    if (tellsHalt())
        presentHalt();
    else if (!m_open.isEmpty())
        presentRunning();
    else
        presentIdle();
    presentButtons();
    const bool counts = isVisible() && (anyRuns || (anyWaits && m_parts.queue.heldUntil()));
    if (counts && !m_tick.isActive())
        m_tick.start();
    else if (!counts)
        m_tick.stop();
}

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
    const bool anyWaits = std::any_of(m_open.cbegin(), m_open.cend(), isWaiting);
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
    const auto waiting = static_cast<int>(std::count_if(m_open.cbegin(), m_open.cend(), isWaiting));
    const QString reason = queue.holdReason();
    const instancetext::StateView paused{reason.isEmpty() ? tr("Paused") : tr("Held"), {}, reason.isEmpty() ? StateTone::Warn : StateTone::Bad, QStringLiteral("media-playback-pause")};
    const QString count = waiting > 0 ? tr("%n job(s) wait", nullptr, waiting) : tr("Nothing waits");
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
    const auto running = std::find_if_not(m_open.cbegin(), m_open.cend(), isWaiting);
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
    const auto waiting = std::count_if(m_open.cbegin(), m_open.cend(), isWaiting);
    QStringList words;
    if (const QString left = timeLeft(); !left.isEmpty())
        words.append(left);
    if (!first.trouble.isEmpty())
        words.append(first.trouble);
    if (waiting > 0)
        words.append(tr("%1 waiting", "jobs").arg(format::number(waiting)));
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
    const bool anyWaits = std::any_of(m_open.cbegin(), m_open.cend(), isWaiting);
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

QList<ImageJobId> JobStrip::changeable() const
{
    QList<ImageJobId> ids;
    for (const ImageJobView &view : m_open) {
        if (mayChange(view.job, m_readOnly))
            ids.append(view.job.id);
    }
    return ids;
}

bool JobStrip::mayResume() const
{
    return std::any_of(m_open.cbegin(), m_open.cend(), [this](const ImageJobView &view) { return isWaiting(view) && mayChange(view.job, m_readOnly); });
}

void JobStrip::resume()
{
    QList<ImageJob> jobs;
    for (const ImageJobView &view : std::as_const(m_open)) {
        if (isWaiting(view) && mayChange(view.job, m_readOnly))
            jobs.append(view.job);
    }
    const auto go = [this, isEmpty = jobs.isEmpty()] {
        if (isEmpty ? !m_readOnly : mayResume()) // while the question stood open, anything may have changed
            m_parts.queue.resume();
    };
    if (m_parts.gate)
        m_parts.gate(this, SpendAct::Resume, jobs, go);
    else
        go();
}

void JobStrip::cancel()
{
    cancelJobs(m_parts.queue, m_parts.prompts, this, changeable());
}

void JobStrip::retranslate()
{
    m_progress->setAccessibleName(tr("Progress of jobs"));
    m_queue->setText(tr("Open queue"));
    look();
}

void JobStrip::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void JobStrip::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    present();
}

void JobStrip::hideEvent(QHideEvent *event)
{
    QFrame::hideEvent(event);
    m_tick.stop();
}

} // namespace novita
