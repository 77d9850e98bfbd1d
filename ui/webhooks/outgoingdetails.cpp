// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/outgoingdetails.h"

#include "core/base/displaytext.h"
#include "core/base/plainfile.h"
#include "core/webhooks/webhooksender.h"
#include "core/workflows/stores.h"
#include "ui/format.h"
#include "ui/prompts.h"
#include "ui/theme.h"
#include "ui/webhooks/bodyview.h"
#include "ui/webhooks/outgoingwords.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/detailshead.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/tableview.h"

#include <QAction>
#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QStandardItemModel>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace novita {

namespace {

enum Tab { AttemptsTab, BodyTab, HeadersTab };

QStandardItem *itemOf(const QString &text)
{
    auto *item = new QStandardItem(text);
    item->setToolTip(format::toolTip(text));
    item->setEditable(false);
    return item;
}

} // namespace

OutgoingDetails::OutgoingDetails(const UiContext &context, QAction *resend, QWidget *parent)
    : QFrame(parent)
    , m_context(context)
    , m_save(new QAction(this))
    , m_head(new DetailsHead(context.theme, this))
    , m_sentence(makeWords("text2", this))
    , m_instance(makeLink(this))
    , m_banner(new ErrorBanner(context.theme, this))
    , m_tabs(new QTabWidget(this))
    , m_attemptModel(new QStandardItemModel(0, 4, this))
    , m_attempts(new TableView(context.theme, this))
    , m_body(new BodyView(context.theme, this))
    , m_headerModel(new QStandardItemModel(0, 2, this))
    , m_headers(new TableView(context.theme, this))
{
    setProperty("card", true);
    buildLayout(resend);
    retranslate();
    connect(m_head, &DetailsHead::closeRequested, this, &OutgoingDetails::closeRequested);
    connect(m_instance, &QPushButton::clicked, this, [this] { emit openInstanceRequested(m_record.message.subject); });
    connect(m_save, &QAction::triggered, this, &OutgoingDetails::saveBody);
    context.stores.instances.followRows(this, &OutgoingDetails::present);
}

void OutgoingDetails::buildLayout(QAction *resend)
{
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_banner->setDismissible(true);
    m_attempts->setModel(m_attemptModel);
    m_attempts->setSortingEnabled(false);
    m_attempts->setColumnIds({QStringLiteral("time"), QStringLiteral("response"), QStringLiteral("duration"), QStringLiteral("problem")}, {105, 80, 75, 150});
    m_attempts->setSelectionMode(QAbstractItemView::SingleSelection);
    m_headers->setModel(m_headerModel);
    m_headers->setSortingEnabled(false);
    m_headers->setColumnIds({QStringLiteral("name"), QStringLiteral("value")}, {170, 240});
    m_headers->setSelectionMode(QAbstractItemView::SingleSelection);
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setDrawBase(false);
    m_tabs->tabBar()->setProperty("dense", true);
    m_tabs->setUsesScrollButtons(false);
    m_tabs->setElideMode(Qt::ElideRight);
    m_tabs->addTab(m_attempts, QString());
    m_tabs->addTab(m_body, QString());
    m_tabs->addTab(m_headers, QString());
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::kRelated);
    buttons->addWidget(new ActionButton(resend, this));
    buttons->addWidget(new ActionButton(m_save, this));
    buttons->addWidget(m_instance);
    buttons->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kGroup, space::kRelated, space::kRelated, space::kGroup);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_head);
    layout->addWidget(m_sentence);
    layout->addLayout(buttons);
    layout->addWidget(m_banner);
    layout->addWidget(m_tabs, 1);
    setMinimumWidth(320);
}

void OutgoingDetails::showSummary(const OutgoingMessage &message)
{
    const bool isOther = message.seq != m_record.message.seq;
    const QByteArray body = isOther ? QByteArray() : m_record.message.body;
    m_record.message = message;
    m_record.message.body = body;
    m_latest = false;
    present();
    if (!isOther)
        return;
    m_banner->clear();
    m_record.attempts.clear();
    m_whole = false;
    m_failure.reset();
    presentBody();
    presentAttempts();
    presentHeaders();
}

void OutgoingDetails::showWhole(const Result<OutgoingRecord> &record)
{
    // What is there already is being read by someone: it stays as it stands unless it is another.
    const bool isNew = !record || !m_whole || record->attempts != m_record.attempts || record->message.body != m_record.message.body;
    m_whole = m_latest = record.ok();
    m_failure = record ? std::nullopt : std::optional(record.error());
    if (record)
        m_record = *record;
    present();
    if (!isNew)
        return;
    presentBody();
    presentAttempts();
    presentHeaders();
}

bool OutgoingDetails::shows(const OutgoingMessage &message) const
{
    OutgoingMessage shown = m_record.message;
    shown.body = message.body;
    return m_latest && shown == message;
}

void OutgoingDetails::clear()
{
    m_record = {};
    m_whole = m_latest = false;
    m_failure.reset();
    presentBody();
}

void OutgoingDetails::report(const std::optional<Error> &error)
{
    if (error)
        m_banner->showMessage(StateTone::Bad, tr("It could not be sent again. %1").arg(error->message));
    else
        m_banner->showMessage(StateTone::Wait, tr("It is on its way again."));
}

/// What also time and the instances change: cheap, and nothing in it scrolls.
void OutgoingDetails::present()
{
    const OutgoingMessage &message = m_record.message;
    if (message.seq == 0)
        return;
    m_head->setTitle(outgoingwords::look(message).word + QStringLiteral(" · ") + outgoingwords::kind(message.kind));
    m_sentence->setText(outgoingwords::sentence(message, m_context.clock.now()));
    m_instance->setVisible(!message.isTest() && m_context.stores.instances.contains(InstanceId(message.subject)));
}

void OutgoingDetails::presentBody()
{
    if (m_whole)
        m_body->setBody(m_record.message.body);
    else
        m_body->setWords(m_failure ? tr("It could not be read. %1").arg(m_failure->message) : tr("Reading…"));
    const QString whyNot = m_record.message.seq == 0 ? tr("Select a webhook first") : m_whole ? QString() : tr("The body is not read yet");
    m_save->setEnabled(whyNot.isEmpty());
    m_save->setToolTip(whyNot.isEmpty() ? tr("Writes the exact bytes of the body to a file") : whyNot);
}

void OutgoingDetails::saveBody()
{
    if (!m_whole)
        return;
    const OutgoingMessage &message = m_record.message;
    const QString suggestion = QDir::home().filePath(QStringLiteral("webhook-%1.json").arg(message.seq));
    m_context.prompts.saveFile(this, tr("Save body"), suggestion, tr("All files (*)"), [self = QPointer(this), seq = message.seq, body = message.body](const QString &path) {
        if (!self || path.isEmpty())
            return;
        const Result<Done> saved = plainfile::write(path, body);
        if (saved && self->m_record.message.seq != seq)
            return; // another is shown by now, and the file is where it was wanted
        if (saved)
            self->m_banner->showMessage(StateTone::Wait, tr("Saved as %1.").arg(QDir::toNativeSeparators(path)));
        else
            self->m_banner->showMessage(StateTone::Bad, tr("Could not save the body: %1").arg(saved.error().message));
    });
}

void OutgoingDetails::presentAttempts()
{
    m_attemptModel->setRowCount(0);
    for (const OutgoingAttempt &attempt : std::as_const(m_record.attempts)) {
        QString problem = attempt.problem;
        if (!attempt.answer.isEmpty())
            problem += QLatin1Char(' ') + tr("It said: %1").arg(displayLine(attempt.answer, 500));
        m_attemptModel->appendRow({itemOf(format::clockTime(attempt.at)), itemOf(attempt.status > 0 ? QString::number(attempt.status) : format::dash()),
                                   itemOf(format::milliseconds(attempt.took)), itemOf(problem.isEmpty() ? tr("Delivered") : problem)});
    }
}

/// Those of the last attempt. Signatures were never kept: with the body beside them they would help whoever looks for the secret.
void OutgoingDetails::presentHeaders()
{
    m_headerModel->setRowCount(0);
    if (m_record.attempts.isEmpty())
        return;
    const OutgoingAttempt &last = m_record.attempts.last();
    const auto add = [this](const QString &name, const QString &value) { m_headerModel->appendRow({itemOf(name), itemOf(value)}); };
    add(QStringLiteral("POST"), last.address.isEmpty() ? last.target : tr("%1 (at %2)", "URL, address").arg(last.target, last.address));
    WebhookPost post;
    post.id = m_record.message.id;
    for (const auto &[name, value] : WebhookSender::headers(post, last.at))
        add(QString::fromLatin1(name), QString::fromLatin1(value));
    if (!last.isSigned)
        return;
    const QString hidden = tr("(a signature, not kept)");
    add(QStringLiteral("webhook-signature"), hidden);
    add(QStringLiteral("X-Webhook-Timestamp"), QString::fromLatin1(signature::timestampText(last.at)));
    add(QStringLiteral("X-Webhook-Signature"), hidden);
}

void OutgoingDetails::retranslate()
{
    setAccessibleName(tr("Outgoing webhook details"));
    m_instance->setText(tr("Open instance"));
    m_tabs->tabBar()->setAccessibleName(tr("Outgoing webhook details"));
    m_tabs->setTabText(AttemptsTab, tr("Attempts"));
    m_tabs->setTabText(BodyTab, tr("Body"));
    m_tabs->setTabText(HeadersTab, tr("Headers"));
    m_attempts->setAccessibleName(tr("Attempts table"));
    m_attemptModel->setHorizontalHeaderLabels({tr("Time"), tr("Response"), tr("Duration"), tr("What happened")});
    m_headers->setAccessibleName(tr("Headers table"));
    m_headerModel->setHorizontalHeaderLabels({tr("Name"), tr("Value")});
    m_save->setText(tr("Save body…"));
    presentBody();
    present();
    presentAttempts();
    presentHeaders();
}

} // namespace novita
