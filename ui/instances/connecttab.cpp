// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/connecttab.h"

#include "core/base/displaytext.h"
#include "ui/errortext.h"
#include "ui/format.h"
#include "ui/instances/endpointwords.h"
#include "ui/instances/launcher.h"
#include "ui/instances/losspanel.h"
#include "ui/theme.h"
#include "ui/widgets/copyfield.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/makers.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr qsizetype kMostPorts = 40;
constexpr qsizetype kMostProtocol = 16;

} // namespace

ConnectTab::ConnectTab(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_layout(new QVBoxLayout(this))
    , m_notice(new QLabel(this))
    , m_again(makeLink(this))
    , m_sshState(new QLabel(this))
    , m_checkAll(makeLink(this))
    , m_portsLabel(new QLabel(this))
    , m_loss(new LossPanel(theme, this))
{
    buildLayout();
    retranslate();
    connect(m_again, &QPushButton::clicked, this, &ConnectTab::readRequested);
}

void ConnectTab::buildLayout()
{
    m_layout->setContentsMargins(0, space::kRelated, space::kInside, 0);
    m_layout->setSpacing(space::kInside);
    m_notice->setTextFormat(Qt::PlainText);
    m_notice->setWordWrap(true);
    m_notice->setProperty("tone", QStringLiteral("text2"));
    m_layout->addWidget(m_notice);
    m_layout->addWidget(m_again, 0, Qt::AlignLeft);
    m_ssh = makeEntry(false, true);
    m_ssh.open->disconnect(this);
    connect(m_ssh.open, &QPushButton::clicked, this, &ConnectTab::terminalRequested);
    m_sshState->setTextFormat(Qt::PlainText);
    m_sshState->setProperty("tone", QStringLiteral("text2"));
    m_layout->addWidget(m_sshState);
    m_password = makeEntry(true, false);
    m_jupyter = makeEntry(false, true);
    m_terminal = makeEntry(false, true);
    m_terminalPassword = makeEntry(true, false);
    m_portsLabel->setTextFormat(Qt::PlainText);
    m_portsLabel->setProperty("tone", QStringLiteral("text2"));
    auto *portsHead = new QHBoxLayout;
    portsHead->setContentsMargins(0, space::kRelated, 0, 0);
    portsHead->addWidget(m_portsLabel);
    portsHead->addStretch(1);
    portsHead->addWidget(m_checkAll);
    m_layout->addLayout(portsHead);
    m_portRows = new QVBoxLayout;
    m_layout->addLayout(m_portRows);
    connect(m_checkAll, &QPushButton::clicked, this, [this] { emit checkRequested({}); });
    m_layout->addSpacing(space::kGroup);
    m_layout->addWidget(m_loss);
    m_layout->addStretch();
}

ConnectTab::Entry ConnectTab::makeEntry(bool secret, bool opens)
{
    Entry entry;
    entry.label = new QLabel(this);
    entry.label->setTextFormat(Qt::PlainText);
    entry.label->setProperty("tone", QStringLiteral("text2"));
    entry.field = new CopyField(secret ? CopyField::Kind::Secret : CopyField::Kind::Plain, this);
    entry.field->setGuarded(true);
    entry.label->setBuddy(entry.field->field());
    auto *head = new QHBoxLayout;
    entry.head = head;
    head->addWidget(entry.label, 1);
    if (opens) {
        entry.open = makeLink(this);
        head->addWidget(entry.open);
        connect(entry.open, &QPushButton::clicked, this, [this, field = entry.field] { emit openRequested(field->text()); });
    }
    m_layout->addLayout(head);
    m_layout->addWidget(entry.field);
    return entry;
}

void ConnectTab::setClipboardSeconds(int seconds)
{
    m_password.field->setClipboardSeconds(seconds);
    m_terminalPassword.field->setClipboardSeconds(seconds);
}

void ConnectTab::setInstance(const Instance &instance, const LossPreview &loss, InstanceAction lossAction)
{
    m_loss->setLoss(loss, lossAction);
    const bool same = m_instance && m_instance->id == instance.id && m_instance->status == instance.status
                      && m_instance->connection == instance.connection && m_instance->ports == instance.ports;
    if (same)
        return;
    m_instance = instance;
    present();
}

void ConnectTab::setReadOutcome(const std::optional<Result<Done>> &outcome)
{
    m_readOutcome = outcome;
    if (m_instance && !m_instance->connection)
        present();
}

void ConnectTab::setEntry(Entry &entry, const QString &text)
{
    entry.field->setText(text);
    entry.field->setVisible(!text.isEmpty());
    entry.head->setContentsMargins(0, text.isEmpty() ? 0 : space::kRelated, 0, 0); // also of a layout that shows nothing
    entry.label->setVisible(!text.isEmpty());
    if (entry.open)
        entry.open->setVisible(webUrl(text).has_value());
}

void ConnectTab::present()
{
    // Addresses and passwords of an earlier run are void: they are not even shown.
    const bool reachable = m_instance && m_instance->status == InstanceStatus::Running;
    const ConnectionInfo info = reachable ? m_instance->connection.value_or(ConnectionInfo{}) : ConnectionInfo{};
    const std::optional<SshTarget> target = SshTarget::from(info);
    setEntry(m_ssh, target ? target->command() : QString());
    m_ssh.open->setVisible(target.has_value());
    setEntry(m_password, info.sshPassword);
    setEntry(m_jupyter, info.jupyterAddress);
    setEntry(m_terminal, info.terminalAddress);
    setEntry(m_terminalPassword, info.terminalPassword);
    const QString words = notice(reachable, info);
    m_notice->setText(words);
    m_notice->setVisible(!words.isEmpty());
    m_again->setVisible(reachable && !m_instance->connection && m_readOutcome);
    presentPorts(reachable);
}

/// What to say instead of, or beside, the fields; empty when they speak for themselves.
QString ConnectTab::notice(bool reachable, const ConnectionInfo &info) const
{
    if (!reachable)
        return tr("Connection data comes when it runs.");
    if (!m_instance->connection && !m_readOutcome)
        return tr("Connection data is being read…");
    if (!m_instance->connection && !m_readOutcome->ok())
        return tr("Connection data could not be read: %1").arg(errorText(m_readOutcome->error()).sentence);
    if (SshTarget::from(info))
        return {};
    if (!info.sshCommand.isEmpty())
        return tr("The cloud gave an SSH command that is not safe to run: %1").arg(displayLine(info.sshCommand));
    return info.jupyterAddress.isEmpty() && info.terminalAddress.isEmpty() ? tr("The cloud has given no connection data yet.") : QString();
}

void ConnectTab::presentPorts(bool reachable)
{
    delete m_ports;
    m_ports = new QWidget(this);
    auto *rows = new QVBoxLayout(m_ports);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(space::kInside);
    m_portRows->addWidget(m_ports);
    m_portStates.clear();
    const QList<PortMapping> ports = m_instance ? m_instance->ports.mid(0, kMostPorts) : QList<PortMapping>();
    for (const PortMapping &port : ports)
        addPortRow(port, reachable);
    const bool checks = reachable && m_instance->connection && !endpointsOf(*m_instance).isEmpty();
    // Without ports there is still SSH to check.
    m_portsLabel->setText(ports.isEmpty() ? tr("Endpoints") : tr("Ports"));
    m_portsLabel->setVisible(!ports.isEmpty() || checks);
    m_checkAll->setVisible(checks);
    presentReachability();
}

void ConnectTab::addPortRow(const PortMapping &port, bool reachable)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(space::kRelated);
    const QString name = tr("%1 / %2", "port and protocol").arg(QString::number(port.port), displayLine(port.type, kMostProtocol));
    auto *label = new QLabel(name, m_ports);
    label->setTextFormat(Qt::PlainText);
    row->addWidget(label);
    auto *endpoint = new ElidedLabel(m_ports);
    endpoint->setProperty("tone", QStringLiteral("text3"));
    endpoint->setFullText(reachable ? port.endpoint : QString());
    row->addWidget(endpoint, 1);
    if (reachable && !port.endpoint.isEmpty()) {
        if (port.type == QLatin1String("http") && webUrl(port.endpoint)) {
            auto *open = makeLink(m_ports);
            open->setText(tr("Open"));
            open->setAccessibleName(tr("Open port %1").arg(port.port));
            open->setToolTip(tr("Opens %1 in the browser").arg(displayLine(port.endpoint)));
            connect(open, &QPushButton::clicked, this, [this, address = port.endpoint] { emit openRequested(address); });
            row->addWidget(open);
        }
        auto *copy = makeLink(m_ports);
        copy->setText(tr("Copy"));
        copy->setAccessibleName(tr("Copy address of port %1").arg(port.port));
        copy->setEnabled(isSafeToPaste(port.endpoint));
        copy->setToolTip(copy->isEnabled() ? copy->accessibleName() : CopyField::whyNotCopied());
        connect(copy, &QPushButton::clicked, this, [address = port.endpoint] { QGuiApplication::clipboard()->setText(address); });
        row->addWidget(copy);
    }
    auto *rows = static_cast<QVBoxLayout *>(m_ports->layout());
    if (rows->count() > 0)
        rows->addSpacing(space::kInside); // what a check found belongs to the port above it
    rows->addLayout(row);
    if (!reachable || port.endpoint.isEmpty())
        return;
    auto *check = makeLink(m_ports);
    check->setText(tr("Check"));
    check->setAccessibleName(tr("Check port %1").arg(port.port));
    const QString endpointLabel = QStringLiteral("%1/%2").arg(port.port).arg(port.type);
    connect(check, &QPushButton::clicked, this, [this, endpointLabel] { emit checkRequested(endpointLabel); });
    row->addWidget(check);
    auto *state = new QLabel(m_ports);
    state->setTextFormat(Qt::PlainText);
    state->setWordWrap(true);
    state->setProperty("tone", QStringLiteral("text2"));
    rows->addWidget(state);
    m_portStates.insert(endpointLabel, state);
}

void ConnectTab::setReachability(const QHash<QString, Reachability> &results, TimePoint now)
{
    m_results = results;
    m_now = now;
    presentReachability();
}

QString ConnectTab::stateOf(const QString &label) const
{
    const auto found = m_results.constFind(label);
    if (found == m_results.constEnd())
        return {};
    const QString words = endpointText(found->status);
    return found->at && found->status.state != EndpointStatus::State::Asking ? tr("%1 · %2", "what a check found, and how old that is").arg(words, format::age(found->at, m_now)) : words;
}

void ConnectTab::presentReachability()
{
    const auto present = [this](QLabel *state, const QString &label) {
        const QString words = stateOf(label);
        state->setText(words);
        state->setVisible(!words.isEmpty());
    };
    for (auto it = m_portStates.constBegin(); it != m_portStates.constEnd(); ++it)
        present(it.value(), it.key());
    present(m_sshState, QStringLiteral("SSH"));
}

void ConnectTab::retranslate()
{
    const auto name = [](Entry &entry, const QString &label) {
        entry.label->setText(label);
        entry.field->setName(label);
        if (entry.open) {
            entry.open->setText(tr("Open"));
            entry.open->setAccessibleName(tr("Open %1").arg(label));
        }
    };
    name(m_ssh, tr("SSH"));
    m_ssh.field->setName(tr("SSH command"));
    m_ssh.open->setText(tr("Open in terminal"));
    m_ssh.open->setAccessibleName(tr("Open SSH in terminal"));
    m_checkAll->setText(tr("Check now"));
    m_checkAll->setAccessibleName(tr("Check all endpoints now"));
    name(m_password, tr("SSH password"));
    name(m_jupyter, tr("Jupyter address"));
    name(m_terminal, tr("Web terminal address"));
    name(m_terminalPassword, tr("Web terminal password"));
    m_again->setText(tr("Try again"));
    m_again->setAccessibleName(tr("Read connection data again"));
    present();
}

void ConnectTab::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
