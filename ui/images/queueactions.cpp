// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/queueactions.h"

#include "ui/images/cancelquestion.h"
#include "ui/images/gridsheet.h"
#include "ui/images/queuemodel.h"
#include "ui/prompts.h"
#include "ui/widgets/tableview.h"

#include <QAction>
#include <QItemSelectionModel>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

bool canBeFollowed(const ImageJob &job)
{
    return hasEnded(job) && job.state != ImageJobState::Done && !job.task.isEmpty();
}

} // namespace

QueueActions::QueueActions(const Parts &parts, QWidget *host)
    : QObject(host)
    , m_parts(parts)
    , m_host(host)
    , m_pause(new QAction(host))
    , m_cancel(new QAction(host))
    , m_redo(new QAction(host))
    , m_front(new QAction(host))
    , m_up(new QAction(host))
    , m_down(new QAction(host))
    , m_follow(new QAction(host))
    , m_sheet(new QAction(host))
    , m_dismiss(new QAction(host))
    , m_clear(new QAction(host))
{
    m_up->setShortcut(QKeySequence(QStringLiteral("Alt+Up")));
    m_down->setShortcut(QKeySequence(QStringLiteral("Alt+Down")));
    m_cancel->setShortcut(QKeySequence(Qt::Key_Delete));
    for (QAction *action : {m_up, m_down, m_cancel}) {
        action->setShortcutContext(Qt::WidgetShortcut);
        parts.table.addAction(action);
    }
    connectActions();
}

void QueueActions::connectActions()
{
    connect(m_pause, &QAction::triggered, this, [this] {
        if (m_parts.queue.isPaused())
            resume();
        else
            m_parts.queue.pause();
    });
    connect(m_cancel, &QAction::triggered, this, &QueueActions::cancel);
    connect(m_redo, &QAction::triggered, this, &QueueActions::redo);
    connect(m_front, &QAction::triggered, this, &QueueActions::moveToFront);
    connect(m_up, &QAction::triggered, this, [this] { move(-1); });
    connect(m_down, &QAction::triggered, this, [this] { move(1); });
    connect(m_follow, &QAction::triggered, this, &QueueActions::followAgain);
    connect(m_sheet, &QAction::triggered, this, [this] {
        if (const QString batch = selectedGrid(); !batch.isEmpty())
            emit sheetRequested(batch);
    });
    connect(m_dismiss, &QAction::triggered, this, [this] { m_parts.queue.dismiss(idsWhere(hasEnded)); });
    connect(m_clear, &QAction::triggered, this, &QueueActions::dismissEnded);
    m_parts.table.setModel(&m_parts.model); // its selection is one of the model
    m_parts.table.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&m_parts.table, &QWidget::customContextMenuRequested, this, &QueueActions::popUp);
    connect(m_parts.table.selectionModel(), &QItemSelectionModel::selectionChanged, this, &QueueActions::present);
}

void QueueActions::popUp(const QPoint &position)
{
    m_parts.table.popupMenu(position, {m_cancel, m_redo, m_follow, m_front, m_up, m_down, m_sheet, m_dismiss}, {m_clear});
}

QList<ImageJob> QueueActions::selected() const
{
    QList<ImageJob> out;
    const QList<int> rows = m_parts.table.selectedRowNumbers();
    for (const int row : rows) {
        if (const ImageJobView *view = m_parts.model.at(row))
            out.append(view->job);
    }
    return out;
}

/// Of the first selected job that belongs to one.
QString QueueActions::selectedGrid() const
{
    const QList<ImageJob> jobs = selected();
    for (const ImageJob &job : jobs) {
        if (GridSheet::isGrid(job.batch, job.cell))
            return job.batch;
    }
    return {};
}

QList<ImageJobId> QueueActions::idsWhere(const std::function<bool(const ImageJob &)> &test) const
{
    QList<ImageJobId> out;
    const QList<ImageJob> jobs = selected();
    for (const ImageJob &job : jobs) {
        if (test(job))
            out.append(job.id);
    }
    return out;
}

void QueueActions::spend(SpendAct act, const QList<ImageJob> &jobs, std::function<void()> go)
{
    if (m_parts.gate)
        m_parts.gate(m_host, act, jobs, std::move(go));
    else
        go();
}

/// With a failure to read the queue, too: that costs nothing.
bool QueueActions::mayResume() const
{
    if (!m_readOnly)
        return true;
    const QList<ImageJobView> views = m_parts.queue.jobs();
    return std::any_of(views.begin(), views.end(), [](const ImageJobView &view) { return isWaiting(view.job) && !isCharged(view.job); });
}

void QueueActions::resume()
{
    if (!mayResume())
        return;
    QList<ImageJob> jobs;
    const QList<ImageJobView> views = m_parts.queue.jobs();
    for (const ImageJobView &view : views) {
        if (isWaiting(view.job) && mayChange(view.job, m_readOnly))
            jobs.append(view.job);
    }
    spend(SpendAct::Resume, jobs, [this] {
        if (mayResume()) // while the question stood open, anything may have changed
            m_parts.queue.resume();
    });
}

void QueueActions::cancel()
{
    const QList<ImageJobId> ids = idsWhere([this](const ImageJob &job) { return isOpen(job.state) && mayChange(job, m_readOnly); });
    cancelJobs(m_parts.queue, m_parts.prompts, m_host, ids);
}

void QueueActions::redo()
{
    QList<ImageJob> jobs = selected();
    jobs.removeIf([this](const ImageJob &job) { return !hasEnded(job) || !mayChange(job, m_readOnly); });
    if (jobs.isEmpty())
        return;
    spend(SpendAct::Redo, jobs, [this, jobs] {
        QList<ImageJobId> ids;
        for (const ImageJob &job : jobs) {
            // Of another profile, or read-only, since the question was asked.
            if (m_parts.queue.job(job.id) && mayChange(job, m_readOnly))
                ids.append(job.id);
        }
        if (ids.isEmpty())
            return;
        m_parts.queue.redo(ids)->onFinished(this, [this](const Result<QList<ImageJobId>> &added) {
            if (!added)
                emit failed(added.error());
        });
    });
}

void QueueActions::moveToFront()
{
    const QList<ImageJobId> ids = idsWhere(isWaiting);
    for (int row = 0; row < m_parts.model.rowCount(); ++row) {
        const ImageJob &job = m_parts.model.at(row)->job;
        if (isWaiting(job) && !ids.contains(job.id))
            return m_parts.queue.place(ids, job.id);
    }
}

void QueueActions::move(int step)
{
    const QList<ImageJobId> ids = idsWhere(isWaiting);
    if (ids.isEmpty())
        return;
    const QueueModel &model = m_parts.model;
    const auto waitsAt = [&model](int row) { return model.at(row) && isWaiting(model.at(row)->job); };
    const int first = model.rowOf(ids.constFirst());
    const int last = model.rowOf(ids.constLast());
    if (step < 0 && waitsAt(first - 1))
        m_parts.queue.place(ids, model.at(first - 1)->job.id);
    else if (step > 0 && waitsAt(last + 1))
        m_parts.queue.place(ids, waitsAt(last + 2) ? model.at(last + 2)->job.id : ImageJobId());
}

void QueueActions::followAgain()
{
    const QList<ImageJobId> ids = idsWhere(canBeFollowed);
    for (const ImageJobId &id : ids)
        m_parts.queue.followAgain(id);
}

void QueueActions::dismissEnded()
{
    QList<ImageJobId> ids;
    for (int row = 0; row < m_parts.model.rowCount(); ++row) {
        // What is unclear stays until somebody has looked at it.
        const ImageJob &job = m_parts.model.at(row)->job;
        if (hasEnded(job) && job.state != ImageJobState::Lost)
            ids.append(job.id);
    }
    m_parts.queue.dismiss(ids);
}

void QueueActions::present()
{
    const QList<ImageJob> jobs = selected();
    const auto any = [&jobs](auto test) { return std::any_of(jobs.begin(), jobs.end(), test); };
    const auto anyToChange = [this, &any](bool (*test)(const ImageJob &)) {
        return any([this, test](const ImageJob &job) { return test(job) && mayChange(job, m_readOnly); });
    };
    m_pause->setText(m_parts.queue.isPaused() ? tr("Resume queue") : tr("Pause queue"));
    m_pause->setEnabled(!m_parts.queue.isPaused() || mayResume());
    m_cancel->setEnabled(anyToChange([](const ImageJob &job) { return isOpen(job.state); }));
    QList<ImageJobId> ids;
    for (const ImageJob &job : jobs)
        ids.append(job.id);
    const bool stopsOnly = onlyStopsWaiting(m_parts.queue, ids);
    m_cancel->setText(stopsOnly ? tr("Stop waiting") : tr("Cancel jobs"));
    m_cancel->setToolTip(stopsOnly ? tr("The server goes on with what it has, and charges it")
                                          : tr("Takes back what waits, and interrupts what can be"));
    m_redo->setEnabled(anyToChange(hasEnded));
    m_front->setEnabled(any(isWaiting) && !m_readOnly);
    m_up->setEnabled(m_front->isEnabled());
    m_down->setEnabled(m_front->isEnabled());
    m_follow->setEnabled(any(canBeFollowed));
    m_sheet->setEnabled(any([](const ImageJob &job) { return GridSheet::isGrid(job.batch, job.cell); }));
    m_dismiss->setEnabled(any(hasEnded));
    m_clear->setEnabled(m_parts.model.count(hasEnded) > 0);
    m_parts.table.setDragEnabled(!m_readOnly);
}

void QueueActions::retranslate()
{
    m_redo->setText(tr("Redo"));
    m_redo->setToolTip(tr("The same again, as new jobs at the end"));
    m_front->setText(tr("To front"));
    m_up->setText(tr("Move up"));
    m_down->setText(tr("Move down"));
    m_follow->setText(tr("Wait for it again"));
    m_sheet->setText(tr("Open grid"));
    m_sheet->setToolTip(tr("All pictures of the grid that this job belongs to, on one sheet"));
    m_dismiss->setText(tr("Dismiss"));
    m_clear->setText(tr("Dismiss all that have ended"));
    present();
}

} // namespace novita
