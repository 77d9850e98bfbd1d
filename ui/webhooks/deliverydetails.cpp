// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/deliverydetails.h"

#include "core/base/displaytext.h"
#include "core/webhooks/webhookevent.h"
#include "core/workflows/stores.h"
#include "ui/format.h"
#include "ui/widgets/statechip.h"
#include "ui/models/instancetext.h"
#include "ui/theme.h"
#include "ui/webhooks/bodyview.h"
#include "ui/webhooks/deliveryactions.h"
#include "ui/webhooks/deliverywords.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/detailshead.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/factlist.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/tableview.h"

#include <QAction>
#include <QBoxLayout>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonObject>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QStandardItemModel>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr qsizetype kMostHeaderChars = 4096;
constexpr int kWideColumns = 100;
constexpr int kLeastTabs = 140;
enum Tab { BodyTab, HeadersTab, FactsTab };

/// The time that the sender wrote, signed where there is one that is.
std::optional<TimePoint> sentAt(const Delivery &delivery)
{
    const auto ofHeader = [&delivery](const char *name) -> std::optional<TimePoint> {
        for (const HttpHeaders::Field &field : delivery.headers) {
            bool ok = false;
            const qint64 seconds = field.name.compare(name, Qt::CaseInsensitive) == 0 ? field.value.trimmed().toLongLong(&ok) : 0;
            if (ok && seconds > 0 && seconds < 253402300800) // the year 10000
                return TimePoint(Seconds(seconds));
        }
        return std::nullopt;
    };
    if (const std::optional<TimePoint> standard = ofHeader("webhook-timestamp"))
        return standard;
    if (const Result<WebhookEvent> event = webhookevent::decode(delivery.body)) {
        if (const auto *instance = std::get_if<InstanceEvent>(&*event))
            return instance->timestamp;
    }
    return ofHeader("X-Webhook-Timestamp");
}

} // namespace

DeliveryDetails::DeliveryDetails(const UiContext &context, DeliveryActions &actions, QWidget *parent)
    : QFrame(parent)
    , m_context(context)
    , m_actions(actions)
    , m_head(new DetailsHead(context.theme, this))
    , m_chip(new StateChip(context.theme, this))
    , m_about(new QBoxLayout(QBoxLayout::TopToBottom))
    , m_sentence(makeWords("text2", this))
    , m_instance(makeLink(this))
    , m_original(makeLink(this))
    , m_report(new ErrorBanner(context.theme, this))
    , m_tabs(new QTabWidget(this))
    , m_body(new BodyView(context.theme, this))
    , m_headerModel(new QStandardItemModel(0, 2, this))
    , m_headers(new TableView(context.theme, this))
    , m_facts(new FactList(this))
{
    setProperty("card", true);
    buildLayout();
    retranslate();
    const auto grow = [this] { m_tabs->setMinimumHeight(m_context.theme.grown(kLeastTabs)); };
    grow();
    connect(&context.theme, &Theme::changed, this, grow);
    connect(m_head, &DetailsHead::closeRequested, this, &DeliveryDetails::closeRequested);
    connect(m_instance, &QPushButton::clicked, this, [this] { emit openInstanceRequested(m_delivery.subject); });
    connect(m_original, &QPushButton::clicked, this, [this] {
        if (m_delivery.duplicateOf)
            emit openDeliveryRequested(*m_delivery.duplicateOf);
    });
    connect(m_report, &ErrorBanner::actionTriggered, this, [this] {
        if (m_came)
            emit openDeliveryRequested(*m_came);
    });
    context.stores.instances.followRows(this, &DeliveryDetails::presentLinks);
}

void DeliveryDetails::buildLayout()
{
    m_head->addWidget(m_chip);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_report->setDismissible(true);
    m_headers->setModel(m_headerModel);
    m_headers->setSortingEnabled(false);
    m_headers->setColumnIds({QStringLiteral("name"), QStringLiteral("value")}, {150, 240});
    m_headers->setSelectionMode(QAbstractItemView::SingleSelection);
    auto *facts = new QWidget;
    auto *factsLayout = new QVBoxLayout(facts);
    factsLayout->setContentsMargins(0, space::kRelated, 0, 0);
    factsLayout->addWidget(m_facts);
    factsLayout->addStretch(1);
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setDrawBase(false);
    m_tabs->tabBar()->setProperty("dense", true);
    m_tabs->setUsesScrollButtons(false);
    m_tabs->setElideMode(Qt::ElideRight);
    m_tabs->addTab(m_body, QString());
    m_tabs->addTab(m_headers, QString());
    m_tabs->addTab(makeScrolling(facts), QString());
    auto *links = new QHBoxLayout;
    links->setSpacing(space::kRelated);
    links->addWidget(m_instance);
    links->addWidget(m_original);
    links->addStretch(1);
    m_about->setSpacing(space::kInside);
    m_about->addWidget(m_sentence, 1);
    m_about->addLayout(links);
    auto *content = new QWidget;
    auto *contentLayout = new QVBoxLayout(content);
    contentLayout->setContentsMargins(0, 0, 0, 0);
    contentLayout->setSpacing(space::kRelated);
    contentLayout->addLayout(m_about);
    contentLayout->addWidget(makeButtons());
    contentLayout->addWidget(m_report);
    contentLayout->addWidget(m_tabs, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kGroup, space::kRelated, space::kRelated, space::kGroup);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_head);
    layout->addWidget(makeScrolling(content), 1); // below the table, with large text, there is too little height for all of it
    setMinimumWidth(320);
}

QWidget *DeliveryDetails::makeButtons()
{
    auto *buttons = new QWidget(this);
    auto *row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kRelated);
    row->addWidget(new ActionButton(m_actions.action(DeliveryAction::Replay), buttons));
    row->addWidget(new ActionButton(m_actions.action(DeliveryAction::Forward), buttons));
    m_more = new ActionButton(QString(), m_actions.moreMenu(), buttons);
    row->addWidget(m_more);
    row->addStretch(1);
    return buttons;
}

void DeliveryDetails::showSummary(const Delivery &delivery)
{
    if (delivery.id != m_delivery.id) {
        m_report->clear();
        m_came.reset();
    }
    m_delivery = delivery;
    m_whole = false;
    m_failure.reset();
    present();
}

void DeliveryDetails::showWhole(const Result<Delivery> &delivery)
{
    m_whole = delivery.ok();
    m_failure = delivery ? std::nullopt : std::optional<Error>(delivery.error());
    if (delivery)
        m_delivery = *delivery;
    present();
}

void DeliveryDetails::report(StateTone tone, const QString &sentence, std::optional<qint64> came)
{
    m_came = came;
    m_report->showMessage(tone, sentence, came ? tr("Show %1").arg(deliverywords::number(*came)) : QString());
}

void DeliveryDetails::present()
{
    const eventwords::Look look = deliverywords::look(m_delivery.result);
    instancetext::StateView state;
    state.word = look.word;
    state.icon = look.icon;
    state.tone = look.tone;
    m_chip->setState(state);
    m_head->setTitle(tr("Delivery %1").arg(deliverywords::number(m_delivery.id)));
    m_sentence->setText(deliverywords::sentence(m_delivery));
    presentLinks();
    if (m_whole) {
        const QString why = deliverywords::whyNoBody(m_delivery);
        if (why.isEmpty())
            m_body->setBody(m_delivery.body);
        else
            m_body->setWords(why + QLatin1Char('.'));
    } else {
        m_body->setWords(m_failure ? m_failure->message : tr("Reading…"));
    }
    presentHeaders();
    m_facts->setFacts(facts());
}

void DeliveryDetails::presentLinks()
{
    const bool isInstance = deliverywords::isOfInstance(m_delivery);
    const bool isKnown = isInstance && m_context.stores.instances.contains(InstanceId(m_delivery.subject));
    m_instance->setVisible(isInstance);
    m_instance->setEnabled(isKnown);
    m_instance->setToolTip(isKnown ? QString() : format::toolTip(tr("This account has no instance with the id %1").arg(displayLine(m_delivery.subject, 128))));
    m_original->setVisible(m_delivery.duplicateOf.has_value());
    if (m_delivery.duplicateOf)
        m_original->setText(tr("Show %1").arg(deliverywords::number(*m_delivery.duplicateOf)));
}

void DeliveryDetails::presentHeaders()
{
    m_headerModel->setRowCount(0);
    for (const HttpHeaders::Field &field : std::as_const(m_delivery.headers)) {
        const QString value = displayLine(QString::fromUtf8(field.value), kMostHeaderChars);
        auto *name = new QStandardItem(displayLine(QString::fromLatin1(field.name), kMostHeaderChars));
        auto *text = new QStandardItem(value);
        text->setToolTip(format::toolTip(value));
        m_headerModel->appendRow({name, text});
    }
}

QList<std::pair<QString, QString>> DeliveryDetails::facts() const
{
    const auto precise = [](TimePoint at) { return format::dateTime(at) + QStringLiteral(" · ") + format::clockTime(at); };
    QList<std::pair<QString, QString>> out{{tr("Received"), precise(m_delivery.receivedAt)}};
    if (const std::optional<TimePoint> sent = m_whole ? sentAt(m_delivery) : std::nullopt) {
        const Milliseconds late = m_delivery.receivedAt - *sent;
        out.append({tr("Sent"), precise(*sent)});
        out.append({tr("On the way"), late.count() >= 0 ? format::milliseconds(late) : tr("It arrived %1 before it was sent: the clocks differ").arg(format::milliseconds(-late))});
    }
    out.append({tr("Event"), deliverywords::event(m_delivery)});
    out.append({tr("About"), deliverywords::subject(m_delivery)});
    out.append({tr("From"), displayLine(m_delivery.address, 64)});
    out.append({tr("Path"), displayLine(m_delivery.path, 512)});
    out.append({tr("Signature"), deliverywords::scheme(m_delivery.scheme)});
    out.append({tr("Body"), tr("%n byte(s)", nullptr, static_cast<int>(m_delivery.bytes))});
    return out;
}

QJsonObject DeliveryDetails::saveState() const
{
    return {{QStringLiteral("tab"), m_tabs->currentIndex()}, {QStringLiteral("body"), static_cast<int>(m_body->form())}};
}

void DeliveryDetails::restoreState(const QJsonObject &state)
{
    m_tabs->setCurrentIndex(qBound(0, state.value(QStringLiteral("tab")).toInt(), m_tabs->count() - 1));
    m_body->setForm(static_cast<BodyView::Form>(qBound(0, state.value(QStringLiteral("body")).toInt(), 2)));
}

/// Below the table there is more width than height.
void DeliveryDetails::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    m_about->setDirection(width() > fontMetrics().averageCharWidth() * kWideColumns ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

void DeliveryDetails::retranslate()
{
    setAccessibleName(tr("Delivery details"));
    m_instance->setText(tr("Open instance"));
    m_more->setText(tr("More"));
    m_more->setAccessibleName(tr("More for this delivery"));
    m_tabs->tabBar()->setAccessibleName(tr("Delivery details"));
    m_tabs->setTabText(BodyTab, tr("Body"));
    m_tabs->setTabText(HeadersTab, tr("Headers"));
    m_tabs->setTabText(FactsTab, tr("Details"));
    m_tabs->setTabToolTip(FactsTab, tr("When, from where and how it came"));
    m_headers->setAccessibleName(tr("Headers table"));
    m_headerModel->setHorizontalHeaderLabels({tr("Name"), tr("Value")});
    if (m_delivery.id > 0)
        present();
}

void DeliveryDetails::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
