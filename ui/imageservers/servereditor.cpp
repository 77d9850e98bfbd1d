// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/imageservers/servereditor.h"

#include "core/cloud/types/portaddress.h"
#include "core/images/imageservers.h"
#include "core/images/imageworkspace.h"
#include "core/workflows/stores.h"
#include "ui/imageservers/serverwords.h"
#include "ui/theme.h"
#include "ui/widgets/choicebox.h"
#include "ui/widgets/discardquestion.h"
#include "ui/widgets/makers.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

enum Kind { AtAddress, OnInstance };
constexpr int kUsualPort = 7860;

bool isWeb(const PortMapping &port)
{
    return port.type.startsWith(QLatin1String("http"));
}

} // namespace

ServerEditor::ServerEditor(const UiContext &context, const ImageServer &begin, QWidget *parent)
    : RuleDialog(begin.id.isEmpty() ? tr("Add an image server") : begin.name, tr("Save server"), parent)
    , m_context(context)
    , m_begin(begin)
    , m_name(new QLineEdit(this))
    , m_kind(new QComboBox(this))
    , m_address(new QLineEdit(this))
    , m_verdict(makeWords("text2", this))
    , m_instance(new QComboBox(this))
    , m_instanceNote(makeWords("text2", this))
    , m_port(new QComboBox(this))
    , m_user(new QLineEdit(this))
    , m_password(new QLineEdit(this))
    , m_test(new QPushButton(tr("Test"), this))
    , m_report(makeWords("text2", this))
{
    setWindowTitle(begin.id.isEmpty() ? tr("New image server") : tr("Image server"));
    build();
    m_name->setText(begin.name);
    m_address->setText(begin.url.toString());
    m_user->setText(begin.user);
    fillInstances();
    const bool hasInstance = m_instance->count() > 0;
    m_kind->setCurrentIndex(begin.id.isEmpty() ? (hasInstance ? OnInstance : AtAddress) : begin.isOnInstance() ? OnInstance : AtAddress);
    fillPorts();
    for (QLineEdit *line : {m_name, m_address, m_user, m_password}) {
        connect(line, &QLineEdit::textChanged, this, [this] {
            m_report->clear();
            applyChoice();
        });
    }
    connect(m_kind, &QComboBox::currentIndexChanged, this, &ServerEditor::applyChoice);
    connect(m_instance, &QComboBox::currentIndexChanged, this, [this] {
        fillPorts();
        applyChoice();
    });
    connect(m_port, &QComboBox::currentIndexChanged, this, &ServerEditor::applyChoice);
    connect(m_test, &QPushButton::clicked, this, &ServerEditor::test);
    connect(this, &RuleDialog::saveRequested, this, &ServerEditor::save);
    applyChoice();
}

void ServerEditor::build()
{
    m_name->setMaxLength(static_cast<int>(ImageServer::kMostName));
    m_name->setPlaceholderText(tr("For example: Studio"));
    m_name->setAccessibleName(tr("Name"));
    m_kind->addItem(tr("An address"), AtAddress);
    m_kind->addItem(tr("One of my instances"), OnInstance);
    m_kind->setAccessibleName(tr("Where it runs"));
    m_address->setMaxLength(static_cast<int>(ImageServer::kMostUrl));
    m_address->setPlaceholderText(QStringLiteral("http://127.0.0.1:7860"));
    m_address->setAccessibleName(tr("Address"));
    m_instance->setAccessibleName(tr("Instance"));
    m_port->setAccessibleName(tr("Port"));
    for (QComboBox *box : {m_instance, m_port}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(16);
    }
    m_user->setMaxLength(static_cast<int>(ImageServer::kMostUser));
    m_user->setPlaceholderText(tr("empty: no login"));
    m_user->setAccessibleName(tr("User"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setMaxLength(1000);
    m_password->setAccessibleName(tr("Password"));
    m_test->setAutoDefault(false);
    m_test->setAccessibleName(tr("Test this server"));
    m_test->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    form()->addRow(tr("Name"), m_name);
    form()->addRow(tr("Where it runs"), m_kind);
    form()->addRow(tr("Address"), m_address);
    form()->addRow(QString(), m_verdict);
    form()->addRow(tr("Instance"), m_instance);
    form()->addRow(tr("Port"), m_port);
    form()->addRow(QString(), m_instanceNote);
    form()->addRow(tr("User"), m_user);
    form()->addRow(tr("Password"), m_password);
    form()->addRow(QString(), m_test);
    form()->addRow(QString(), m_report);
    // What is hidden later leaves its room at the bottom, not between the lines.
    if (auto *column = qobject_cast<QVBoxLayout *>(layout()))
        column->insertStretch(column->count() - 2, 1);
    addSentence("text2")->setText(tr("The server must have been started with --api; user and password are those of --api-auth. Your Novita key is never sent to it."));
}

/// Those that run and have an http port; the one that it is on, whatever that does.
void ServerEditor::fillInstances()
{
    QList<Choice> choices;
    const QList<Instance> all = m_context.stores.instances.all();
    for (const Instance &instance : all) {
        const bool serves = instance.status == InstanceStatus::Running && std::any_of(instance.ports.begin(), instance.ports.end(), isWeb);
        if (serves || instance.id == m_begin.instance)
            choices.append({instance.id.toString(), instance.displayName()});
    }
    std::sort(choices.begin(), choices.end(), [](const Choice &a, const Choice &b) { return a.words.localeAwareCompare(b.words) < 0; });
    fillChoices(m_instance, {}, choices, m_begin.isOnInstance() ? m_begin.instance.toString() : choices.isEmpty() ? QString() : choices.first().id);
}

void ServerEditor::fillPorts()
{
    const Instance *instance = m_context.stores.instances.find(InstanceId(m_instance->currentData().toString()));
    const int held = m_port->count() > 0 ? m_port->currentData().toInt() : m_begin.port;
    m_port->clear();
    for (const PortMapping &port : instance ? instance->ports : QList<PortMapping>()) {
        if (isWeb(port) && m_port->findData(port.port) < 0)
            m_port->addItem(QString::number(port.port), port.port);
    }
    if (instance && instance->id == m_begin.instance && m_port->findData(m_begin.port) < 0)
        m_port->addItem(QString::number(m_begin.port), m_begin.port);
    const int known = m_port->findData(held);
    m_port->setCurrentIndex(known >= 0 ? known : std::max(m_port->findData(kUsualPort), m_port->count() > 0 ? 0 : -1));
}

bool ServerEditor::isOnInstance() const
{
    return m_kind->currentData().toInt() == OnInstance;
}

ImageServer ServerEditor::server() const
{
    ImageServer server = m_begin;
    server.name = m_name->text().simplified();
    server.user = m_user->text().trimmed();
    server.url = isOnInstance() ? QUrl() : QUrl(m_address->text().trimmed(), QUrl::StrictMode);
    server.instance = isOnInstance() ? InstanceId(m_instance->currentData().toString()) : InstanceId();
    server.port = isOnInstance() ? m_port->currentData().toInt() : 0;
    return server;
}

std::optional<QString> ServerEditor::password() const
{
    if (m_user->text().trimmed().isEmpty())
        return m_begin.user.isEmpty() ? std::nullopt : std::optional(QString());
    return m_password->text().isEmpty() && !m_begin.user.isEmpty() ? std::nullopt : std::optional(m_password->text());
}

QString ServerEditor::problem() const
{
    const ImageServer now = server();
    if (isOnInstance() && now.instance.isEmpty())
        return tr("Choose an instance.");
    if (const std::optional<Error> problem = now.problem())
        return problem->message;
    if (!now.user.isEmpty() && password() && password()->isEmpty())
        return tr("Enter the password.");
    return {};
}

void ServerEditor::applyChoice()
{
    const QUrl url(m_address->text().trimmed(), QUrl::StrictMode);
    const bool isEmpty = m_address->text().trimmed().isEmpty();
    const std::optional<Error> refused = checkServerAddress(url);
    const bool isReadable = !refused && isReadableOnTheWay(url);
    const bool hasLogin = !m_user->text().trimmed().isEmpty();
    m_verdict->setText(isEmpty      ? tr("https, or http to this computer and the local network. Redirects are not followed.")
                       : refused    ? refused->message
                       : isReadable ? serverwords::readable(hasLogin)
                                    : tr("This address can be used."));
    setTone(m_verdict, isEmpty ? "text2" : refused ? "bad" : isReadable ? "warn" : "text2");
    const bool hasNone = m_instance->count() == 0;
    m_instanceNote->setText(hasNone ? tr("None of your instances that run has an http port.") : serverwords::readable(hasLogin));
    setTone(m_instanceNote, hasNone ? "text2" : "warn");
    m_password->setPlaceholderText(m_begin.user.isEmpty() ? QString() : server().isAtSamePlace(m_begin) ? tr("unchanged") : tr("enter it again"));
    // Last: the dialog then makes room for what the sentences need.
    showField(m_address, !isOnInstance());
    showField(m_verdict, !isOnInstance());
    showField(m_instance, isOnInstance());
    showField(m_port, isOnInstance());
    showField(m_instanceNote, isOnInstance() && (hasNone || isPortReadable()));
    showField(m_password, !m_user->text().trimmed().isEmpty());
    showField(m_report, !m_report->text().isEmpty());
}

/// Known where the instance has been read by itself.
bool ServerEditor::isPortReadable() const
{
    const Instance *instance = m_context.stores.instances.find(server().instance);
    const QList<PortMapping> ports = instance ? instance->ports : QList<PortMapping>();
    return std::any_of(ports.begin(), ports.end(), [this](const PortMapping &port) { return isWeb(port) && port.port == m_port->currentData().toInt() && isReadableOnTheWay(webAddressOf(port)); });
}

void ServerEditor::test()
{
    if (const QString wrong = problem(); !wrong.isEmpty() && !m_name->text().trimmed().isEmpty()) {
        setProblem(wrong);
        return;
    }
    setProblem({});
    ImageServer asked = server();
    if (asked.name.isEmpty())
        asked.name = tr("New image server"); // it need not have one yet
    setTone(m_report, "text2");
    m_report->setText(tr("Asking it…"));
    m_testing.reset(m_context.images.servers()->test(asked, password()))->onFinished(this, [this](const Result<ImageServerReport> &report) {
        m_testing.reset();
        if (report) {
            setTone(m_report, serverwords::toneOf(*report));
            m_report->setText(serverwords::report(*report));
        }
        applyChoice();
    });
    applyChoice();
}

void ServerEditor::reject()
{
    const bool isTyped = m_name->isModified() || m_address->isModified() || m_user->isModified() || m_password->isModified();
    goOnOrAskToDiscard(m_context.prompts, this, isTyped, tr("What was typed here has not been saved."), [this] { RuleDialog::reject(); });
}

void ServerEditor::save()
{
    if (const QString wrong = problem(); !wrong.isEmpty()) {
        setProblem(wrong);
        return;
    }
    setBusy(true);
    m_saving.reset(m_context.images.servers()->save(server(), password()))->onFinished(this, [this](const Result<QString> &saved) {
        if (saved) {
            accept();
            return;
        }
        setBusy(false);
        setProblem(saved.error().message);
    });
}

} // namespace novita
