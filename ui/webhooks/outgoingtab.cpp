// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/outgoingtab.h"

#include "core/base/displaytext.h"
#include "core/webhooks/webhooknotifier.h"
#include "ui/theme.h"
#include "ui/webhooks/outgoingdetails.h"
#include "ui/webhooks/outgoinglist.h"
#include "ui/webhooks/outgoinglogmodel.h"
#include "ui/webhooks/outgoingrulespane.h"
#include "ui/webhooks/outgoingwords.h"
#include "ui/widgets/detailssplitter.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/tableview.h"

#include <QAction>
#include <QJsonArray>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

/// So often the tables follow: more than that nobody reads.
constexpr Milliseconds kRest{250};

QJsonArray sizesOf(const QSplitter &splitter)
{
    QJsonArray sizes;
    for (const int size : splitter.sizes())
        sizes.append(size);
    return sizes;
}

/// What was hidden had no size: then they stay as they are.
void restoreSizes(QSplitter *splitter, const QJsonArray &saved)
{
    QList<int> sizes;
    for (const QJsonValue &size : saved)
        sizes.append(size.toInt());
    if (sizes.size() == splitter->count() && std::all_of(sizes.begin(), sizes.end(), [](int size) { return size > 0; }))
        splitter->setSizes(sizes);
}

} // namespace

OutgoingTab::OutgoingTab(const UiContext &context, QWidget *parent)
    : CountedTab(parent)
    , m_context(context)
    , m_resend(new QAction(this))
    , m_banner(new ErrorBanner(context.theme, this))
    , m_rules(new OutgoingRulesPane(context))
    , m_list(new OutgoingList(context, this))
    , m_details(new OutgoingDetails(context, m_resend))
    , m_splitter(new DetailsSplitter(m_list, m_list->table(), m_details))
    , m_halves(new QSplitter(Qt::Vertical, this))
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRest);
    buildLayout();
    connectLog();
    connectDetails();
    presentResend();
}

OutgoingTab::~OutgoingTab() = default;

void OutgoingTab::buildLayout()
{
    m_splitter->setMenuActions({m_resend, m_details->saveAction()});
    auto *lower = new QWidget;
    auto *lowerLayout = new QVBoxLayout(lower);
    lowerLayout->setContentsMargins(0, space::kRelated, 0, 0);
    lowerLayout->setSpacing(space::kRelated);
    lowerLayout->addWidget(m_list->bar());
    lowerLayout->addWidget(m_splitter, 1);
    m_halves->addWidget(m_rules);
    m_halves->addWidget(lower);
    m_halves->setChildrenCollapsible(false);
    m_halves->setHandleWidth(space::kRelated);
    m_halves->setStretchFactor(0, 2);
    m_halves->setStretchFactor(1, 3);
    m_halves->setSizes({400, 600});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::kRelated, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_banner);
    layout->addWidget(m_halves, 1);
}

void OutgoingTab::connectLog()
{
    connect(&m_context.notifier, &WebhookNotifier::changed, this, [this] {
        if (!m_rest.isActive())
            m_rest.start();
    });
    connect(&m_rest, &QTimer::timeout, this, &OutgoingTab::news);
    connect(m_list->model(), &OutgoingLogModel::updated, this, &OutgoingTab::present);
    connect(m_list->model(), &QAbstractItemModel::modelReset, this, &OutgoingTab::restoreSelection);
    connect(m_list, &OutgoingList::currentChanged, this, &OutgoingTab::followSelection);
    connect(m_banner, &ErrorBanner::actionTriggered, this, &OutgoingTab::refresh);
    connect(m_banner, &ErrorBanner::dismissed, this, [this] {
        m_outcome.clear();
        presentBanner();
    });
}

void OutgoingTab::connectDetails()
{
    connect(m_details, &OutgoingDetails::closeRequested, this, &OutgoingTab::closeDetails);
    connect(m_details, &OutgoingDetails::openInstanceRequested, this, &CountedTab::openInstanceRequested);
    connect(m_splitter, &DetailsSplitter::closeRequested, this, &OutgoingTab::closeDetails);
    connect(m_splitter, &DetailsSplitter::turned, this, &OutgoingTab::presentRules);
    connect(m_resend, &QAction::triggered, this, &OutgoingTab::resend);
}

void OutgoingTab::activate()
{
    m_active = true;
    if (m_stale)
        news();
}

void OutgoingTab::refresh()
{
    m_list->model()->look();
}

void OutgoingTab::news()
{
    m_stale = !m_active;
    if (!m_active)
        return;
    m_rules->refresh();
    m_list->model()->look();
}

QString OutgoingTab::countText() const
{
    const int open = m_context.notifier.openCount();
    return open > 0 ? tr("%Ln waiting", "webhooks", open) : QString();
}

void OutgoingTab::present()
{
    m_list->present();
    presentBanner();
    presentShown();
    emit countChanged();
}

void OutgoingTab::presentBanner()
{
    const WebhookNotifier &notifier = m_context.notifier;
    const std::optional<Error> &unread = m_list->model()->error();
    m_banner->setDismissible(!unread && !m_outcome.isEmpty());
    if (unread)
        m_banner->showMessage(StateTone::Bad, tr("The outgoing webhooks could not be read. %1").arg(unread->message), tr("Try again"));
    else if (!m_outcome.isEmpty())
        m_banner->showMessage(StateTone::Bad, m_outcome);
    else if (!notifier.problem().isEmpty())
        m_banner->showMessage(StateTone::Warn, notifier.problem());
    else if (notifier.droppedCount() > 0)
        m_banner->showMessage(StateTone::Warn, tr("Too many webhooks were waiting: %Ln of the oldest were not sent.", nullptr, notifier.droppedCount()));
    else
        m_banner->clear();
}

/// Where the list and the details stand one below the other there is no height for the rules as well.
void OutgoingTab::presentRules()
{
    m_rules->setVisible(m_splitter->isBeside() || m_shown.seq == 0);
}

/// The details follow their row. One that the filter hides is looked at by itself as long as something may come of it.
void OutgoingTab::presentShown()
{
    const OutgoingLogModel *log = m_list->model();
    if (m_wanted > 0 && log->wasRead() && !log->error())
        openMessage(std::exchange(m_wanted, 0));
    if (m_shown.seq == 0)
        return;
    if (const OutgoingMessage *row = log->at(log->rowOf(m_shown.seq))) {
        m_shown = *row;
        presentResend();
    } else if (m_shown.isOpen()) {
        readDetails();
        return;
    }
    if (m_details->shows(m_shown))
        return;
    m_details->showSummary(m_shown);
    readDetails();
}

void OutgoingTab::presentResend()
{
    const bool isOpen = m_shown.isOpen() || m_resending.contains(m_shown.seq);
    const QString whyNot = m_shown.seq == 0 ? tr("Select a webhook first") : isOpen ? tr("It is on its way already") : QString();
    m_resend->setEnabled(whyNot.isEmpty());
    m_resend->setToolTip(whyNot.isEmpty() ? tr("Sends the same bytes with the same id again, with a new time and signature") : whyNot);
}

void OutgoingTab::focusFilter()
{
    m_list->focusFilter();
}

void OutgoingTab::focusContent()
{
    m_list->focusRows();
}

QList<QAction *> OutgoingTab::pageActions() const
{
    return m_rules->actions() + QList<QAction *>{m_resend, m_details->saveAction()};
}

bool OutgoingTab::isFilled() const
{
    return m_list->model()->wasRead();
}

void OutgoingTab::followSelection()
{
    if (const OutgoingMessage *message = m_list->current(); message && message->seq != m_shown.seq)
        showDetails(*message);
}

void OutgoingTab::restoreSelection()
{
    if (m_shown.seq > 0)
        m_list->select(m_shown.seq);
}

void OutgoingTab::showDetails(const OutgoingMessage &message)
{
    m_wanted = 0;
    m_shown = message;
    m_shown.body.clear();
    presentResend();
    m_details->showSummary(m_shown);
    presentRules();
    m_splitter->openDetails();
    readDetails();
}

/// As it was when the program ended. What is not kept any more is not worth a word.
void OutgoingTab::openMessage(qint64 seq)
{
    m_readCall.reset(m_context.notifier.log().read(seq))->onFinished(this, [this](const Result<OutgoingRecord> &read) {
        if (!read)
            return;
        showDetails(read->message);
        restoreSelection();
    });
}

void OutgoingTab::readDetails()
{
    m_readCall.reset(m_context.notifier.log().read(m_shown.seq))->onFinished(this, [this](const Result<OutgoingRecord> &read) { onRead(read); });
}

void OutgoingTab::onRead(const Result<OutgoingRecord> &read)
{
    m_details->showWhole(read);
    if (!read)
        return;
    m_shown = read->message;
    m_shown.body.clear();
    presentResend();
    m_list->model()->take(m_shown);
}

void OutgoingTab::closeDetails()
{
    m_shown = {};
    m_readCall.reset();
    presentResend();
    m_details->clear();
    m_splitter->closeDetails();
    presentRules();
}

void OutgoingTab::resend()
{
    const OutgoingMessage message = m_shown;
    m_resending.insert(message.seq);
    presentResend();
    m_context.notifier.resend(message)->onFinished(this, [this, message](const Result<Done> &queued) { onResent(message, queued); });
}

/// Beside it, or, where another is shown by now, above the list. That it is on its way can be seen there.
void OutgoingTab::onResent(const OutgoingMessage &message, const Result<Done> &queued)
{
    m_resending.remove(message.seq);
    presentResend();
    if (m_shown.seq == message.seq) {
        m_details->report(queued ? std::nullopt : std::optional(queued.error()));
        readDetails();
    } else if (!queued) {
        const QString about = message.isTest() ? displayLine(message.ruleName) : outgoingwords::subject(message);
        m_outcome = tr("“%1” about %2 could not be sent again. %3").arg(outgoingwords::kind(message.kind), about, queued.error().message);
        presentBanner();
    }
    if (queued)
        m_list->model()->look(message.seq);
}

void OutgoingTab::keyPressEvent(QKeyEvent *event)
{
    if (!m_splitter->takesEscape(event))
        CountedTab::keyPressEvent(event);
}

QJsonObject OutgoingTab::saveState() const
{
    QJsonObject state = m_list->saveState();
    state.insert(QStringLiteral("current"), QString::number(m_wanted > 0 ? m_wanted : m_shown.seq));
    state.insert(QStringLiteral("detailsWidth"), m_splitter->detailsWidth());
    state.insert(QStringLiteral("halves"), sizesOf(*m_halves));
    state.insert(QStringLiteral("ruleColumns"), m_rules->table()->saveLayout());
    return state;
}

void OutgoingTab::restoreState(const QJsonObject &state)
{
    m_list->restoreState(state);
    m_rules->table()->restoreLayout(state.value(QStringLiteral("ruleColumns")).toObject());
    m_splitter->setDetailsWidth(state.value(QStringLiteral("detailsWidth")).toInt());
    restoreSizes(m_halves, state.value(QStringLiteral("halves")).toArray());
    m_wanted = std::max<qint64>(0, state.value(QStringLiteral("current")).toString().toLongLong());
    presentShown();
}

void OutgoingTab::retranslate()
{
    m_resend->setText(tr("Resend"));
    presentResend();
    m_rules->retranslate();
    m_list->retranslate();
    m_details->retranslate();
    present();
}

} // namespace novita
