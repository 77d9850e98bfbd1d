// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/queuepanel.h"

#include "ui/delegates/statusdelegate.h"
#include "ui/format.h"
#include "ui/images/queueactions.h"
#include "ui/images/queuemodel.h"
#include "ui/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/tableview.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr Milliseconds kTick{1000};

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
    , m_actions(new QueueActions({parts.prompts, parts.queue, *m_model, *m_table, parts.gate}, this))
{
    buildLayout();
    connectSignals();
    m_tick.setInterval(kTick);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        m_model->tick();
        presentBanner();
    });
    retranslate();
}

void QueuePanel::buildLayout()
{
    m_table->setSortingEnabled(false); // the order is the queue's
    m_table->setItemDelegateForColumn(QueueModel::State, new StatusDelegate(m_parts.theme, m_table));
    const QStringList ids = QueueModel::columnIds();
    m_table->setColumns({{ids.at(0), 130}, {ids.at(1), 200}, {ids.at(2), 140, false, 2}, {ids.at(3), 70, false, 1}, {ids.at(4), 340}});
    m_table->setTextElideMode(Qt::ElideRight); // sentences, which begin with what matters
    m_table->followCompactRows(m_parts.settings);
    m_table->setDragEnabled(true);
    m_table->setAcceptDrops(true);
    m_table->setDragDropMode(QAbstractItemView::InternalMove);
    m_table->setDragDropOverwriteMode(false);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    const auto fonts = [this] { m_title->setFont(m_parts.theme.font(TextStyle::Subtitle, true)); };
    fonts();
    connect(&m_parts.theme, &Theme::changed, this, fonts);
    auto *head = new QHBoxLayout;
    head->setSpacing(space::kRelated);
    head->addWidget(m_title);
    head->addWidget(m_counts);
    head->addStretch(1);
    const QList<QAction *> buttons = m_actions->foremost();
    for (QAction *action : buttons) {
        auto *button = new ActionButton(action, this);
        button->setFocusHeir(m_table);
        head->addWidget(button);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addLayout(head);
    layout->addWidget(m_banner);
    layout->addWidget(m_stack, 1);
}

void QueuePanel::connectSignals()
{
    ImageQueue &queue = m_parts.queue;
    connect(m_banner, &ErrorBanner::actionTriggered, m_actions, &QueueActions::resume);
    connect(m_banner, &ErrorBanner::dismissed, this, [this] {
        m_failure.reset();
        presentBanner();
    });
    connect(m_table, &TableView::rowActivated, this, [this](int row) {
        if (const ImageJobView *view = m_model->at(row))
            emit recipeRequested(view->job);
    });
    connect(m_model, &QueueModel::updated, this, &QueuePanel::present);
    connect(&queue, &ImageQueue::pausedChanged, this, &QueuePanel::present);
    connect(m_actions, &QueueActions::sheetRequested, this, &QueuePanel::sheetRequested);
    connect(m_actions, &QueueActions::failed, this, [this](const Error &error) { showFailure(tr("Nothing was added to the queue"), error); });
    connect(&queue, &ImageQueue::writeFailed, this, [this](const Error &error) { showFailure(tr("What is shown here is not kept"), error); });
}

QList<QAction *> QueuePanel::actions() const
{
    return m_actions->all();
}

void QueuePanel::setReadOnly(bool readOnly)
{
    m_actions->setReadOnly(readOnly);
    present();
}

QString QueuePanel::countText() const
{
    QStringList parts;
    if (const int waiting = m_model->count(isWaiting))
        parts.append(tr("%1 waiting", "jobs").arg(format::number(waiting)));
    if (const int running = m_model->count(isUnderWay))
        parts.append(tr("%1 under way", "jobs").arg(format::number(running)));
    return parts.join(QStringLiteral(" · "));
}

void QueuePanel::present()
{
    m_counts->setText(countText());
    m_stack->setCurrentIndex(m_model->rowCount() == 0 ? 1 : 0);
    presentBanner();
    m_actions->present();
    emit countChanged();
}

void QueuePanel::showFailure(const QString &what, const Error &error)
{
    m_failedThing = what;
    m_failure = error;
    presentBanner();
}

void QueuePanel::presentBanner()
{
    const ImageQueue &queue = m_parts.queue;
    const int waiting = m_model->count(isWaiting);
    const QString reason = queue.holdReason();
    const std::optional<TimePoint> until = queue.heldUntil();
    const QString action = m_actions->mayResume() ? tr("Resume") : QString();
    m_banner->setDismissible(m_failure.has_value());
    if (m_failure)
        m_banner->setError(m_failure, m_failedThing);
    else if (queue.isPaused() && !reason.isEmpty())
        m_banner->showMessage(StateTone::Bad, tr("The queue has stopped: %1").arg(reason), action);
    else if (waiting == 0)
        m_banner->clear();
    else if (queue.isPaused())
        m_banner->showMessage(StateTone::Warn, tr("The queue is paused. Nothing that waits is sent, or charged, until you resume it. Waiting: %1").arg(format::number(waiting)), action);
    else if (until && *until > m_parts.clock.now())
        m_banner->showMessage(StateTone::Warn, tr("%1 The queue goes on in %2.", "a reason, a span of time").arg(reason, format::duration(*until - m_parts.clock.now())));
    else
        m_banner->clear();
    const bool counts = isVisible() && (until || m_model->count(isUnderWay) > 0);
    if (counts && !m_tick.isActive())
        m_tick.start();
    else if (!counts)
        m_tick.stop();
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
    m_actions->retranslate();
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
