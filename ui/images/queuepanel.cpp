// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/queuepanel.h"

#include "ui/delegates/statusdelegate.h"
#include "ui/format.h"
#include "ui/images/queuemodel.h"
#include "ui/prompts.h"
#include "ui/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/tableview.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

constexpr Milliseconds kTick{1000};

bool isWaiting(const ImageJob &job)
{
    return job.state == ImageJobState::Waiting;
}

bool isUnderWay(const ImageJob &job)
{
    return isOpen(job.state) && !isWaiting(job);
}

bool hasEnded(const ImageJob &job)
{
    return !isOpen(job.state);
}

bool canBeFollowed(const ImageJob &job)
{
    return hasEnded(job) && job.state != ImageJobState::Done && !job.task.isEmpty();
}

} // namespace

QueuePanel::QueuePanel(const Parts &parts, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_model(new QueueModel(parts.queue, parts.clock, parts.title, this))
    , m_title(new QLabel(this))
    , m_counts(makeLabel("text2", this))
    , m_banner(new ErrorBanner(parts.theme, this))
    , m_table(new TableView(parts.theme))
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget(this))
    , m_pause(new QAction(this))
    , m_cancel(new QAction(this))
    , m_redo(new QAction(this))
    , m_front(new QAction(this))
    , m_up(new QAction(this))
    , m_down(new QAction(this))
    , m_follow(new QAction(this))
    , m_dismiss(new QAction(this))
    , m_clear(new QAction(this))
{
    buildLayout();
    connectActions();
    m_tick.setInterval(kTick);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        m_model->tick();
        presentBanner();
    });
    retranslate();
}

void QueuePanel::buildLayout()
{
    m_table->setModel(m_model);
    m_table->setSortingEnabled(false); // the order is the queue's
    m_table->setItemDelegateForColumn(QueueModel::State, new StatusDelegate(m_parts.theme, m_table));
    const QStringList ids = QueueModel::columnIds();
    m_table->setColumns({{ids.at(0), 190}, {ids.at(1), 240}, {ids.at(2), 160, false, 2}, {ids.at(3), 70, false, 1}, {ids.at(4), 220, false, 3}});
    m_table->followCompactRows(m_parts.settings);
    m_table->setDragEnabled(true);
    m_table->setAcceptDrops(true);
    m_table->setDragDropMode(QAbstractItemView::InternalMove);
    m_table->setDragDropOverwriteMode(false);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    m_banner->setDismissible(false);
    const auto fonts = [this] { m_title->setFont(m_parts.theme.font(TextStyle::Subtitle, true)); };
    fonts();
    connect(&m_parts.theme, &Theme::changed, this, fonts);
    auto *head = new QHBoxLayout;
    head->setSpacing(space::kRelated);
    head->addWidget(m_title);
    head->addWidget(m_counts);
    head->addStretch(1);
    for (QAction *action : {m_pause, m_cancel, m_redo, m_front})
        head->addWidget(new ActionButton(action, this));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addLayout(head);
    layout->addWidget(m_banner);
    layout->addWidget(m_stack, 1);
}

void QueuePanel::connectActions()
{
    ImageQueue &queue = m_parts.queue;
    connect(m_pause, &QAction::triggered, this, [&queue] {
        if (queue.isPaused())
            queue.resume();
        else
            queue.pause();
    });
    connect(m_banner, &ErrorBanner::actionTriggered, this, [&queue] { queue.resume(); });
    connect(m_cancel, &QAction::triggered, this, &QueuePanel::cancel);
    connect(m_redo, &QAction::triggered, this, [this] { m_parts.queue.redo(idsWhere(hasEnded)); });
    connect(m_front, &QAction::triggered, this, &QueuePanel::moveToFront);
    connect(m_up, &QAction::triggered, this, [this] { move(-1); });
    connect(m_down, &QAction::triggered, this, [this] { move(1); });
    connect(m_follow, &QAction::triggered, this, [this] {
        const QList<ImageJobId> ids = idsWhere(canBeFollowed);
        for (const ImageJobId &id : ids)
            m_parts.queue.followAgain(id);
    });
    connect(m_dismiss, &QAction::triggered, this, [this] { m_parts.queue.dismiss(idsWhere(hasEnded)); });
    connect(m_clear, &QAction::triggered, this, &QueuePanel::dismissEnded);
    m_up->setShortcut(QKeySequence(QStringLiteral("Alt+Up")));
    m_down->setShortcut(QKeySequence(QStringLiteral("Alt+Down")));
    m_cancel->setShortcut(QKeySequence(Qt::Key_Delete));
    for (QAction *action : {m_up, m_down, m_cancel}) {
        action->setShortcutContext(Qt::WidgetShortcut);
        m_table->addAction(action);
    }
    connect(m_table, &QWidget::customContextMenuRequested, this, [this](const QPoint &position) {
        m_table->popupMenu(position, {m_cancel, m_redo, m_follow, m_front, m_up, m_down, m_dismiss}, {m_clear});
    });
    connect(m_table, &TableView::rowActivated, this, [this](int row) {
        if (const ImageJobView *view = m_model->at(row))
            emit recipeRequested(view->job);
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &QueuePanel::presentActions);
    connect(m_model, &QueueModel::updated, this, &QueuePanel::present);
    connect(&queue, &ImageQueue::pausedChanged, this, &QueuePanel::present);
}

QList<QAction *> QueuePanel::actions() const
{
    return {m_pause, m_cancel, m_redo, m_follow, m_front, m_dismiss, m_clear};
}

QList<ImageJob> QueuePanel::selected() const
{
    QList<ImageJob> out;
    const QList<int> rows = m_table->selectedRowNumbers();
    for (const int row : rows) {
        if (const ImageJobView *view = m_model->at(row))
            out.append(view->job);
    }
    return out;
}

QList<ImageJobId> QueuePanel::idsWhere(const std::function<bool(const ImageJob &)> &test) const
{
    QList<ImageJobId> out;
    const QList<ImageJob> jobs = selected();
    for (const ImageJob &job : jobs) {
        if (test(job))
            out.append(job.id);
    }
    return out;
}

int QueuePanel::count(const std::function<bool(const ImageJob &)> &test) const
{
    int out = 0;
    for (int row = 0; row < m_model->rowCount(); ++row)
        out += test(m_model->at(row)->job) ? 1 : 0;
    return out;
}

void QueuePanel::cancel()
{
    const QList<ImageJobId> ids = idsWhere([](const ImageJob &job) { return isOpen(job.state); });
    const QList<ImageJobId> running = idsWhere([this](const ImageJob &job) { return isUnderWay(job) && !m_parts.queue.canInterrupt(job.id); });
    if (running.isEmpty())
        return m_parts.queue.cancel(ids);
    ConfirmRequest request;
    request.title = tr("Stop waiting for jobs that are under way?");
    request.text = tr("The server has them: it goes on with them and charges them. Their pictures are not fetched unless you wait for them again.");
    for (const ImageJobId &id : running) {
        if (const int row = m_model->rowOf(id); row >= 0)
            request.bullets.append(m_model->index(row, QueueModel::Prompt).data().toString());
    }
    request.confirmLabel = tr("Stop waiting");
    m_parts.prompts.confirm(this, request, [this, ids](bool yes) {
        if (yes)
            m_parts.queue.cancel(ids);
    });
}

void QueuePanel::moveToFront()
{
    const QList<ImageJobId> ids = idsWhere(isWaiting);
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const ImageJob &job = m_model->at(row)->job;
        if (isWaiting(job) && !ids.contains(job.id))
            return m_parts.queue.place(ids, job.id);
    }
}

void QueuePanel::move(int step)
{
    const QList<ImageJobId> ids = idsWhere(isWaiting);
    if (ids.isEmpty())
        return;
    const auto waitsAt = [this](int row) { return m_model->at(row) && isWaiting(m_model->at(row)->job); };
    const int first = m_model->rowOf(ids.constFirst());
    const int last = m_model->rowOf(ids.constLast());
    if (step < 0 && waitsAt(first - 1))
        m_parts.queue.place(ids, m_model->at(first - 1)->job.id);
    else if (step > 0 && waitsAt(last + 1))
        m_parts.queue.place(ids, waitsAt(last + 2) ? m_model->at(last + 2)->job.id : ImageJobId());
}

void QueuePanel::dismissEnded()
{
    QList<ImageJobId> ids;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        // What is unclear stays until somebody has looked at it.
        const ImageJob &job = m_model->at(row)->job;
        if (hasEnded(job) && job.state != ImageJobState::Lost)
            ids.append(job.id);
    }
    m_parts.queue.dismiss(ids);
}

void QueuePanel::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    present();
}

QString QueuePanel::countText() const
{
    QStringList parts;
    if (const int waiting = count(isWaiting))
        parts.append(tr("%1 waiting", "jobs").arg(format::number(waiting)));
    if (const int running = count(isUnderWay))
        parts.append(tr("%1 under way", "jobs").arg(format::number(running)));
    return parts.join(QStringLiteral(" · "));
}

void QueuePanel::present()
{
    m_counts->setText(countText());
    m_stack->setCurrentIndex(m_model->rowCount() == 0 ? 1 : 0);
    presentBanner();
    presentActions();
    emit countChanged();
}

void QueuePanel::presentBanner()
{
    const ImageQueue &queue = m_parts.queue;
    const int waiting = count(isWaiting);
    const QString reason = queue.holdReason();
    const std::optional<TimePoint> until = queue.heldUntil();
    const QString action = m_readOnly ? QString() : tr("Resume");
    if (waiting == 0)
        m_banner->clear();
    else if (queue.isPaused() && !reason.isEmpty())
        m_banner->showMessage(StateTone::Bad, tr("The queue has stopped: %1").arg(reason), action);
    else if (queue.isPaused())
        m_banner->showMessage(StateTone::Warn, tr("The queue is paused. Nothing that waits is sent, or charged, until you resume it. Waiting: %1").arg(format::number(waiting)), action);
    else if (until && *until > m_parts.clock.now())
        m_banner->showMessage(StateTone::Warn, tr("%1 The queue goes on in %2.", "a reason, a span of time").arg(reason, format::duration(*until - m_parts.clock.now())));
    else
        m_banner->clear();
    const bool counts = isVisible() && (until || count(isUnderWay) > 0);
    if (counts && !m_tick.isActive())
        m_tick.start();
    else if (!counts)
        m_tick.stop();
}

void QueuePanel::presentActions()
{
    const QList<ImageJob> jobs = selected();
    const auto any = [&jobs](auto test) { return std::any_of(jobs.begin(), jobs.end(), test); };
    const bool open = any([](const ImageJob &job) { return isOpen(job.state); });
    m_pause->setText(m_parts.queue.isPaused() ? tr("Resume queue") : tr("Pause queue"));
    m_pause->setEnabled(!m_readOnly || !m_parts.queue.isPaused());
    m_cancel->setEnabled(open && !m_readOnly);
    const bool onlyStopsWaiting = any([this](const ImageJob &job) { return isUnderWay(job) && !m_parts.queue.canInterrupt(job.id); });
    m_cancel->setText(onlyStopsWaiting ? tr("Stop waiting") : tr("Cancel jobs"));
    m_cancel->setToolTip(onlyStopsWaiting ? tr("The server goes on with what it has, and charges it") : tr("Takes back what waits, and interrupts what can be"));
    m_redo->setEnabled(any(hasEnded) && !m_readOnly);
    m_redo->setToolTip(tr("The same again, as new jobs at the end"));
    m_front->setEnabled(any(isWaiting) && !m_readOnly);
    m_up->setEnabled(m_front->isEnabled());
    m_down->setEnabled(m_front->isEnabled());
    m_follow->setEnabled(any(canBeFollowed));
    m_dismiss->setEnabled(any(hasEnded));
    m_clear->setEnabled(count(hasEnded) > 0);
    m_table->setDragEnabled(!m_readOnly);
}

QJsonObject QueuePanel::saveState() const
{
    return {{QStringLiteral("columns"), m_table->saveLayout()}};
}

void QueuePanel::restoreState(const QJsonObject &state)
{
    m_table->restoreLayout(state.value(QStringLiteral("columns")).toObject());
}

void QueuePanel::retranslate()
{
    m_title->setText(tr("Queue"));
    m_table->setAccessibleName(tr("Image jobs table"));
    m_empty->setContent(tr("Nothing waits and nothing runs."));
    m_redo->setText(tr("Redo"));
    m_front->setText(tr("To front"));
    m_up->setText(tr("Move up"));
    m_down->setText(tr("Move down"));
    m_follow->setText(tr("Wait for it again"));
    m_dismiss->setText(tr("Dismiss"));
    m_clear->setText(tr("Dismiss all that have ended"));
    m_model->retranslate();
    present();
}

void QueuePanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void QueuePanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    presentBanner();
}

void QueuePanel::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_tick.stop();
}

} // namespace novita
