// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/jobstrip.h"

#include "ui/format.h"
#include "ui/images/cancelquestion.h"
#include "ui/images/queuemodel.h"
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
constexpr Milliseconds kSoon{50}; ///< many changes at once are one

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

qsizetype JobStrip::waiting() const
{
    return std::count_if(m_open.cbegin(), m_open.cend(), [](const ImageJobView &view) { return isWaiting(view.job); });
}

bool JobStrip::isHalted() const
{
    const ImageQueue &queue = m_parts.queue;
    return queue.isPaused() || (queue.heldUntil() && *queue.heldUntil() > m_parts.clock.now());
}

void JobStrip::present()
{
    const bool anyWaits = waiting() > 0;
    const bool anyRuns = waiting() < m_open.size();
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
    return std::any_of(m_open.cbegin(), m_open.cend(), [this](const ImageJobView &view) { return isWaiting(view.job) && mayChange(view.job, m_readOnly); });
}

void JobStrip::resume()
{
    QList<ImageJob> jobs;
    for (const ImageJobView &view : std::as_const(m_open)) {
        if (isWaiting(view.job) && mayChange(view.job, m_readOnly))
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
