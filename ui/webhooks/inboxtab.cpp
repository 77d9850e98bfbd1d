// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/inboxtab.h"

#include "core/webhooks/webhookservice.h"
#include "core/workflows/stores.h"
#include "ui/theme.h"
#include "ui/webhooks/deliveryactions.h"
#include "ui/webhooks/deliverydetails.h"
#include "ui/webhooks/deliverymodel.h"
#include "ui/webhooks/deliverywords.h"
#include "ui/webhooks/inboxbar.h"
#include "ui/webhooks/inboxempty.h"
#include "ui/webhooks/inboxlist.h"
#include "ui/webhooks/receiverstrip.h"
#include "ui/webhooks/testreport.h"
#include "ui/widgets/detailssplitter.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/tableview.h"

#include <QVBoxLayout>

#include <utility>

namespace novita {

namespace {

/// In a flood the table follows so often: more than that nobody reads.
constexpr Milliseconds kRest{250};
/// What is told of may still be on its way to the disk.
constexpr Milliseconds kAfterwards{2000};

} // namespace

InboxTab::InboxTab(const UiContext &context, QWidget *parent)
    : CountedTab(parent)
    , m_context(context)
    , m_strip(new ReceiverStrip(context, this))
    , m_testReport(new TestReport(context.theme, this))
    , m_banner(new ErrorBanner(context.theme, this))
    , m_list(new InboxList(context, this))
    , m_actions(new DeliveryActions(context, this))
    , m_details(new DeliveryDetails(context, *m_actions, this))
    , m_splitter(new DetailsSplitter(m_list, m_list->table(), m_details, this))
{
    if (const std::optional<SelfTest> &test = context.webhooks.status().selfTest)
        m_tested = test->at;
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRest);
    m_afterwards.setSingleShot(true);
    m_afterwards.setInterval(kAfterwards);
    buildLayout();
    connectList();
    connectService();
    connectDetails();
}

InboxTab::~InboxTab() = default;

void InboxTab::buildLayout()
{
    m_splitter->setMenuActions(m_actions->actions());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::kRelated, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_strip);
    layout->addWidget(m_testReport);
    layout->addWidget(m_banner);
    layout->addWidget(m_list->bar());
    layout->addWidget(m_splitter, 1);
}

void InboxTab::connectList()
{
    connect(m_list->model(), &DeliveryModel::updated, this, &InboxTab::present);
    connect(m_list->model(), &QAbstractItemModel::modelReset, this, &InboxTab::restoreSelection);
    connect(m_list, &InboxList::currentChanged, this, &InboxTab::followSelection);
    connect(m_list, &InboxList::activated, this, &InboxTab::openCurrentInstance);
}

void InboxTab::connectService()
{
    connect(&m_context.webhooks, &WebhookService::deliveriesCame, this, &InboxTab::hearOfNews);
    connect(&m_afterwards, &QTimer::timeout, this, &InboxTab::news);
    connect(&m_rest, &QTimer::timeout, this, [this] {
        if (std::exchange(m_moreNews, false))
            hearOfNews();
    });
    connect(&m_context.webhooks, &WebhookService::statusChanged, this, [this] {
        showTest();
        if (m_active)
            present();
    });
    connect(&m_context.webhooks.deliveries(), &DeliveryStore::statusChanged, this, [this](const DatabaseStatus &status) {
        if (!status.isOpen())
            return;
        m_stale = !m_active;
        if (m_active)
            m_list->model()->reload();
    });
    m_banner->setDismissible(true);
    connect(m_banner, &ErrorBanner::actionTriggered, this, &InboxTab::refresh);
    connect(m_banner, &ErrorBanner::dismissed, this, [this] {
        m_notShown.clear();
        m_outcome.clear();
    });
    const auto openSettings = [this] { emit openPageRequested(QStringLiteral("settings/webhooks")); };
    connect(m_strip, &ReceiverStrip::settingsRequested, this, openSettings);
    connect(m_list->empty(), &InboxEmpty::settingsRequested, this, openSettings);
    connect(m_list->empty(), &InboxEmpty::switchOnRequested, m_strip, [this] { m_strip->switchOn(true); });
    connect(m_list->empty(), &InboxEmpty::testRequested, m_strip->testAction(), &QAction::trigger);
}

void InboxTab::connectDetails()
{
    connect(m_details, &DeliveryDetails::closeRequested, this, &InboxTab::closeDetails);
    connect(m_splitter, &DetailsSplitter::closeRequested, this, &InboxTab::closeDetails);
    connect(m_splitter, &DetailsSplitter::turned, this, &InboxTab::presentStrip);
    connect(m_details, &DeliveryDetails::openInstanceRequested, this, &CountedTab::openInstanceRequested);
    connect(m_details, &DeliveryDetails::openDeliveryRequested, this, [this](qint64 id) { openDelivery(id); });
    connect(m_actions, &DeliveryActions::reported, this, &InboxTab::report);
}

// ---- what is shown

void InboxTab::activate()
{
    m_active = true;
    present();
    if (m_stale)
        news();
}

void InboxTab::deactivate()
{
    m_active = false;
}

void InboxTab::refresh()
{
    m_list->model()->reload();
    if (m_shown > 0 && m_readFailed)
        read(m_shown);
}

/// The first is looked for at once, the others of a flood now and then.
void InboxTab::hearOfNews()
{
    m_afterwards.start();
    if (m_rest.isActive()) {
        m_moreNews = true;
        return;
    }
    m_rest.start();
    news();
}

void InboxTab::news()
{
    m_stale = !m_active;
    if (m_active)
        m_list->model()->look();
}

QString InboxTab::countText() const
{
    return m_list->countText();
}

void InboxTab::present()
{
    m_list->present();
    presentBanner();
    emit countChanged();
}

/// One that was asked for, and one that the program made by itself when it found something wrong.
void InboxTab::showTest()
{
    const std::optional<SelfTest> &test = m_context.webhooks.status().selfTest;
    if (!test || (m_tested && *m_tested == test->at))
        return;
    m_tested = test->at;
    const bool isOutdated = !m_testReport->isHidden();
    if (test->reason == SelfTest::Reason::Asked || !test->isOk() || isOutdated)
        m_testReport->showTest(*test);
}

void InboxTab::presentBanner()
{
    // The store has sentences of its own; those for errors of the cloud would not fit.
    if (m_list->model()->error())
        m_banner->showMessage(StateTone::Bad, tr("The deliveries could not be read. %1").arg(m_list->model()->error()->message), tr("Try again"));
    else if (!m_notShown.isEmpty())
        m_banner->showMessage(StateTone::Warn, m_notShown);
    else if (!m_outcome.isEmpty())
        m_banner->showMessage(m_outcomeTone, m_outcome);
    else
        m_banner->clear();
}

/// Where the list and the details stand one below the other there is no height for the receiver's state as well.
void InboxTab::presentStrip()
{
    m_strip->setVisible(m_splitter->isBeside() || m_shown == 0);
}

void InboxTab::focusFilter()
{
    m_list->bar()->focusFilter();
}

void InboxTab::focusContent()
{
    m_list->focusRows();
}

bool InboxTab::isFilled() const
{
    return m_list->model()->wasRead();
}

// ---- the selected one

void InboxTab::followSelection()
{
    if (const Delivery *delivery = m_list->current(); delivery && delivery->id != m_shown)
        show(*delivery);
}

/// A reading from the top has replaced the rows.
void InboxTab::restoreSelection()
{
    if (m_shown > 0)
        m_list->select(m_shown);
}

void InboxTab::show(const Delivery &summary)
{
    m_openCall.reset();
    m_shown = summary.id;
    m_notShown.clear();
    m_actions->setDelivery(std::nullopt);
    m_details->showSummary(summary);
    m_splitter->openDetails();
    presentStrip();
    presentBanner();
    read(summary.id);
}

void InboxTab::read(qint64 id)
{
    m_readFailed = false;
    m_readCall.reset(m_context.webhooks.deliveries().read(id))->onFinished(this, [this](const Result<Delivery> &read) {
        m_readFailed = !read.ok();
        m_actions->setDelivery(read ? std::optional(*read) : std::nullopt);
        m_details->showWhole(read);
    });
}

/// Also one that is not among the rows: an old one, or one that the filter hides.
void InboxTab::openDelivery(qint64 id, IfGone ifGone)
{
    if (m_list->select(id)) {
        m_list->table()->scrollTo(m_list->table()->currentIndex());
        return;
    }
    m_openCall.reset(m_context.webhooks.deliveries().read(id))->onFinished(this, [this, id, ifGone](const Result<Delivery> &read) {
        if (!read && ifGone == IfGone::Ignore && read.error().kind == ErrorKind::NotFound)
            return;
        if (!read) {
            m_notShown = tr("Delivery %1 cannot be shown. %2").arg(deliverywords::number(id), read.error().message);
            presentBanner();
            return;
        }
        m_readCall.reset();
        m_readFailed = false;
        m_shown = id;
        m_notShown.clear();
        m_list->table()->clearSelection();
        m_actions->setDelivery(*read);
        m_details->showSummary(*read);
        m_details->showWhole(read);
        m_splitter->openDetails();
        presentStrip();
        restoreSelection();
        presentBanner();
    });
}

/// How an action on a delivery ended is told beside it, or, where another is shown by now, above the list.
void InboxTab::report(qint64 about, StateTone tone, const QString &sentence, qint64 came)
{
    if (about == m_shown) {
        m_details->report(tone, sentence, came > 0 ? std::optional(came) : std::nullopt);
    } else if (tone != StateTone::Wait) {
        m_outcomeTone = tone;
        m_outcome = tr("Delivery %1: %2", "what became of an action on it").arg(deliverywords::number(about), sentence);
        presentBanner();
    }
}

void InboxTab::openTarget(const QString &target)
{
    bool ok = false;
    if (const qint64 id = target.toLongLong(&ok); ok && id > 0)
        openDelivery(id);
}

void InboxTab::closeDetails()
{
    m_shown = 0;
    m_readCall.reset();
    m_openCall.reset();
    m_actions->setDelivery(std::nullopt);
    m_splitter->closeDetails();
    presentStrip();
}

void InboxTab::openCurrentInstance()
{
    const Delivery *delivery = m_list->current();
    if (delivery && m_context.stores.instances.contains(InstanceId(delivery->subject)))
        emit openInstanceRequested(delivery->subject);
}

QList<QAction *> InboxTab::pageActions() const
{
    return QList<QAction *>{m_strip->testAction(), m_strip->settingsAction()} + m_actions->actions();
}

void InboxTab::keyPressEvent(QKeyEvent *event)
{
    if (!m_splitter->takesEscape(event))
        CountedTab::keyPressEvent(event);
}

// ---- what is kept

QJsonObject InboxTab::saveState() const
{
    QJsonObject state = m_list->bar()->saveState();
    state.insert(QStringLiteral("current"), QString::number(m_shown));
    state.insert(QStringLiteral("detailsWidth"), m_splitter->detailsWidth());
    state.insert(QStringLiteral("details"), m_details->saveState());
    return state;
}

void InboxTab::restoreState(const QJsonObject &state)
{
    m_list->bar()->restoreState(state);
    m_splitter->setDetailsWidth(state.value(QStringLiteral("detailsWidth")).toInt());
    m_details->restoreState(state.value(QStringLiteral("details")).toObject());
    if (const qint64 id = state.value(QStringLiteral("current")).toString().toLongLong(); id > 0)
        openDelivery(id, IfGone::Ignore);
}

void InboxTab::retranslate()
{
    m_strip->retranslate();
    m_testReport->retranslate();
    m_actions->retranslate();
    m_list->retranslate();
    present();
}

} // namespace novita
