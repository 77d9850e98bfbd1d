// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/imageservers.h"

#include "core/base/logging.h"
#include "core/base/redact.h"
#include "core/cloud/backends/webuibackend.h"
#include "core/cloud/services/instanceservice.h"
#include "core/cloud/stores/instancestore.h"
#include "core/cloud/types/portaddress.h"
#include "core/images/imagequeue.h"
#include "core/secrets/secretstore.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"

#include <QPointer>
#include <QUuid>

#include <algorithm>

namespace novita {

namespace {

/// Before the ports of an instance are asked for once more.
constexpr Milliseconds kAskAgain{30'000};

ImageServerReport::Step stepOf(const Error &error)
{
    using Step = ImageServerReport::Step;
    switch (error.kind) {
    case ErrorKind::Validation: return error.httpStatus == 0 ? Step::Address : Step::Api;
    case ErrorKind::Network:
    case ErrorKind::Timeout:
    case ErrorKind::Tls:
    case ErrorKind::Server: return Step::Connection;
    case ErrorKind::Unauthorized:
    case ErrorKind::Forbidden:
    case ErrorKind::Keychain: return Step::Login;
    default: return Step::Api;
    }
}

} // namespace

struct ImageServers::Entry
{
    ImageServer server;
    std::unique_ptr<WebUiBackend> backend;
    std::optional<QString> password; ///< once it is read
    QString passwordProblem;
    CallGuard reading;
    ImageServerView view;
    std::optional<WebUiLists> lists;
    QString listsProblem;
    CallGuard listing;
};

ImageServers::ImageServers(const Parts &parts, QObject *parent) : QObject(parent), m_parts(parts), m_account(parts.instances.account())
{
    parts.instances.followRows(this, &ImageServers::review);
    connect(&parts.instances, &EntityStoreBase::freshnessChanged, this, &ImageServers::review);
    connect(&parts.settings, &Settings::changed, this, [this](const QString &key) {
        if (key == keys::kImageServers.name)
            reload();
    });
    connect(&parts.secrets, &SecretStore::stateChanged, this, [this](KeychainState state) {
        for (const auto &entry : m_entries) {
            if (state == KeychainState::Ok && !entry->password)
                readPassword(*entry);
        }
    });
    reload();
}

ImageServers::~ImageServers()
{
    for (const auto &entry : m_entries)
        m_parts.queue.removeBackend(entry->backend->id());
}

void ImageServers::setReach(Reach reach)
{
    m_reach = reach;
    review();
}

void ImageServers::reload()
{
    const QList<ImageServer> kept = imageServersFromText(m_parts.settings.value(keys::kImageServers));
    std::vector<std::unique_ptr<Entry>> gone;
    for (auto &entry : m_entries) {
        const bool stays = std::any_of(kept.begin(), kept.end(), [&entry](const ImageServer &server) { return server.id == entry->server.id; });
        if (!stays)
            gone.push_back(std::move(entry));
    }
    std::erase(m_entries, nullptr);
    for (const auto &entry : gone)
        m_parts.queue.removeBackend(entry->backend->id());
    std::vector<std::unique_ptr<Entry>> entries;
    for (const ImageServer &server : kept) {
        const auto known = std::find_if(m_entries.begin(), m_entries.end(), [&server](const auto &entry) { return entry && entry->server.id == server.id; });
        entries.push_back(known == m_entries.end() ? std::make_unique<Entry>() : std::move(*known));
        Entry &entry = *entries.back();
        if (entry.backend && (entry.server.url != server.url || entry.server.instance != server.instance || entry.server.port != server.port))
            entry.lists.reset();
        entry.server = server;
        if (server.user.isEmpty()) {
            entry.password.reset();
            entry.passwordProblem.clear();
            entry.reading.reset();
        }
        if (!entry.backend)
            entry.backend = std::make_unique<WebUiBackend>(server.id, m_parts.network);
        entry.backend->setName(server.name);
    }
    m_entries = std::move(entries);
    for (const auto &entry : m_entries) {
        if (!entry->server.user.isEmpty() && !entry->password)
            readPassword(*entry);
    }
    review();
    for (const auto &entry : m_entries)
        m_parts.queue.addBackend(*entry->backend);
    emit changed();
}

void ImageServers::readPassword(Entry &entry)
{
    if (entry.server.user.isEmpty() || entry.reading.isBusy())
        return;
    entry.reading.reset(m_parts.secrets.read(entry.server.secretName()))->onFinished(this, [this, id = entry.server.id](const Result<std::optional<QString>> &read) {
        Entry *asked = this->entry(id);
        if (!asked)
            return;
        asked->passwordProblem.clear();
        if (!read)
            asked->passwordProblem = tr("The password cannot be read: %1").arg(read.error().message);
        else if (!*read)
            asked->passwordProblem = tr("The password is not in the keychain. Edit the server and enter it again.");
        else
            asked->password = **read;
        review();
    });
}

/// Everything anew: it is a handful of servers, and any of what they depend on may be another.
void ImageServers::review()
{
    if (m_account != m_parts.instances.account()) {
        m_account = m_parts.instances.account();
        m_ports.clear();
    }
    bool isOther = false;
    for (const auto &entry : m_entries) {
        const ImageServerView view = resolve(*entry);
        isOther = isOther || !(view == entry->view);
        entry->view = view;
        const bool isReady = view.state == ImageServerState::Ready;
        const WebUiTarget target{view.address, entry->server.user, entry->server.user.isEmpty() ? QString() : entry->password.value_or(QString())};
        entry->backend->setTarget(isReady ? std::optional(target) : std::nullopt, view.sentence);
    }
    if (isOther)
        emit changed();
}

ImageServerView ImageServers::resolve(const Entry &entry)
{
    ImageServerView view;
    if (entry.server.isOnInstance()) {
        view = resolveOnInstance(entry.server);
    } else {
        view.server = entry.server;
        view.address = entry.server.url;
        view.state = ImageServerState::Ready;
    }
    view.backend = entry.backend->id();
    view.isReadable = isReadableOnTheWay(view.address);
    if (view.state == ImageServerState::Ready && !entry.server.user.isEmpty() && !entry.password) {
        view.state = entry.passwordProblem.isEmpty() ? ImageServerState::Finding : ImageServerState::Locked;
        view.sentence = entry.passwordProblem.isEmpty() ? tr("The password is being read.") : entry.passwordProblem;
    }
    return view;
}

ImageServerView ImageServers::resolveOnInstance(const ImageServer &server)
{
    ImageServerView view;
    view.server = server;
    const auto is = [&view](ImageServerState state, const QString &sentence) {
        view.state = state;
        view.sentence = sentence;
        return view;
    };
    const Instance *instance = m_parts.instances.find(server.instance);
    if (!instance && !m_parts.instances.refreshedAt())
        return is(ImageServerState::Finding, tr("The instances are being read."));
    if (!instance)
        return is(ImageServerState::Gone, tr("Its instance is not among those of this account."));
    if (instance->status != InstanceStatus::Running)
        return is(ImageServerState::Stopped, tr("The instance “%1” does not run.").arg(instance->displayName()));
    // The list of instances names no addresses; those that were asked for here go for the start that they were asked in.
    const auto asked = m_ports.constFind(instance->id);
    const bool knows = asked != m_ports.constEnd() && asked->startedAt == instance->lastStartedAt;
    QList<PortMapping> ports = instance->ports;
    if (knows)
        ports += asked->ports;
    bool isThere = false;
    for (const PortMapping &port : std::as_const(ports)) {
        if (port.port != server.port || !port.type.startsWith(QLatin1String("http")))
            continue;
        isThere = true;
        const QUrl address = webAddressOf(port);
        if (!address.isValid() || address.host().isEmpty())
            continue;
        view.address = address.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment);
        if (const std::optional<Error> refused = checkReach(view.address, m_reach))
            return is(ImageServerState::Refused, refused->message);
        // What may be asked locally is near; a name that the cloud gave is not, whatever it looks like.
        if (!server.user.isEmpty() && m_reach != Reach::Local && isReadableOnTheWay(view.address))
            return is(ImageServerState::Refused, tr("User and password are not sent to this address: without encryption (http) they could be read on the way. Remove the user, or choose a port that answers by https."));
        return is(ImageServerState::Ready, {});
    }
    if (!isThere)
        return is(ImageServerState::Gone, tr("The instance “%1” has no http port %2.").arg(instance->displayName()).arg(server.port));
    askForPorts(instance->id);
    const QString problem = knows ? asked->problem : QString();
    return is(ImageServerState::Finding, problem.isEmpty() ? tr("The address of its port is being read.") : tr("The address of its port cannot be read: %1").arg(problem));
}

void ImageServers::askForPorts(const InstanceId &id)
{
    const Instance *instance = m_parts.instances.find(id);
    KnownPorts &known = m_ports[id];
    const bool isSameStart = known.startedAt == instance->lastStartedAt;
    if (known.askedAt && isSameStart && m_parts.clock.now() - *known.askedAt < kAskAgain)
        return;
    known = {instance->lastStartedAt, {}, m_parts.clock.now(), {}};
    InstanceService(m_parts.api).get(id)->onFinished(this, [this, id, startedAt = known.startedAt, account = m_account](const Result<Instance> &told) {
        const auto asked = m_ports.find(id);
        if (account != m_account || asked == m_ports.end() || asked->startedAt != startedAt)
            return;
        if (told)
            asked->ports = told->ports;
        else
            asked->problem = told.error().message;
        review();
    });
}

QList<ImageServer> ImageServers::servers() const
{
    QList<ImageServer> out;
    for (const auto &entry : m_entries)
        out.append(entry->server);
    return out;
}

QList<ImageServerView> ImageServers::all() const
{
    QList<ImageServerView> out;
    for (const auto &entry : m_entries)
        out.append(entry->view);
    return out;
}

ImageServers::Entry *ImageServers::entry(const QString &id) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&id](const auto &entry) { return entry->server.id == id; });
    return found == m_entries.end() ? nullptr : found->get();
}

std::optional<ImageServerView> ImageServers::find(const QString &id) const
{
    const Entry *known = entry(id);
    return known ? std::optional(known->view) : std::nullopt;
}

std::optional<ImageServerView> ImageServers::findBackend(const QString &backend) const
{
    for (const auto &entry : m_entries) {
        if (entry->backend->id() == backend)
            return entry->view;
    }
    return std::nullopt;
}

WebUiBackend *ImageServers::backend(const QString &id) const
{
    const Entry *known = entry(id);
    return known ? known->backend.get() : nullptr;
}

Result<Done> ImageServers::write(const QList<ImageServer> &servers)
{
    return m_parts.settings.setValue(keys::kImageServers, imageServersToText(servers)); // reload() follows
}

/// Why `next` cannot be asked with the password that is kept.
std::optional<Error> ImageServers::passwordTrouble(const ImageServer &next, const std::optional<QString> &password) const
{
    const Entry *known = entry(next.id);
    if (!known || password || next.user.isEmpty() || next.isAtSamePlace(known->server))
        return std::nullopt;
    return Error::make(ErrorKind::Validation, tr("The server is at another address now: enter the password again."));
}

Error ImageServers::tooMany() const
{
    return Error::make(ErrorKind::Validation, tr("There are too many image servers: %1 at most.").arg(kMostServers));
}

Call<QString> *ImageServers::save(const ImageServer &server, const std::optional<QString> &password)
{
    ImageServer next = server;
    if (const std::optional<Error> problem = server.problem())
        return Call<QString>::settledWith(*problem, this);
    if (const std::optional<Error> problem = passwordTrouble(server, password))
        return Call<QString>::settledWith(*problem, this);
    const Entry *before = entry(server.id);
    if (!before && m_entries.size() >= kMostServers)
        return Call<QString>::settledWith(tooMany(), this);
    const bool hadLogin = before && !before->server.user.isEmpty();
    if (next.id.isEmpty())
        next.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    auto *call = Call<QString>::create(this);
    const auto put = [this, next, password, out = QPointer<Call<QString>>(call)] {
        QList<ImageServer> all = servers();
        const auto known = std::find_if(all.begin(), all.end(), [&next](const ImageServer &one) { return one.id == next.id; });
        if (known == all.end() && all.size() >= kMostServers) { // others were quicker
            if (password)
                m_parts.secrets.remove(next.secretName());
            if (out)
                out->resolve(tooMany());
            return;
        }
        if (known == all.end())
            all.append(next);
        else
            *known = next;
        if (Entry *entry = this->entry(next.id); entry && password) {
            entry->password = password->isEmpty() ? std::nullopt : password;
            entry->passwordProblem.clear();
        }
        const Result<Done> written = write(all);
        if (out)
            out->resolve(written ? Result<QString>(next.id) : Result<QString>(written.error()));
        review();
    };
    const bool takesAway = next.user.isEmpty() || (password && password->isEmpty());
    if (password && !takesAway) {
        registerSecret(*password);
        m_parts.secrets.write(next.secretName(), *password)->onFinished(this, [put, out = QPointer<Call<QString>>(call)](const Result<Done> &kept) {
            if (kept)
                put();
            else if (out)
                out->resolve(kept.error());
        });
        return call;
    }
    put();
    if (takesAway && hadLogin) {
        m_parts.secrets.remove(next.secretName())->onFinished(this, [](const Result<Done> &done) {
            if (!done)
                qCWarning(lcSecrets) << "The password of an image server that needs none any more stays in the keychain:" << done.error().toLogString();
        });
    }
    return call;
}

Call<Done> *ImageServers::remove(const QString &id)
{
    QList<ImageServer> all = servers();
    const auto known = std::find_if(all.begin(), all.end(), [&id](const ImageServer &one) { return one.id == id; });
    if (known == all.end())
        return Call<Done>::settledWith(Error::make(ErrorKind::NotFound, tr("There is no such image server.")), this);
    const ImageServer gone = *known;
    all.erase(known);
    if (const Result<Done> written = write(all); !written)
        return Call<Done>::settledWith(written.error(), this);
    if (gone.user.isEmpty())
        return Call<Done>::settledWith(Done{}, this);
    auto *call = Call<Done>::create(this);
    m_parts.secrets.remove(gone.secretName())->onFinished(this, [this, out = QPointer<Call<Done>>(call)](const Result<Done> &done) {
        const bool isGone = done || m_parts.secrets.state() == KeychainState::Unavailable;
        if (out)
            out->resolve(isGone ? Result<Done>(Done{}) : Result<Done>(Error::make(ErrorKind::Keychain, tr("The server is removed, but its password is still in the keychain: %1").arg(done.error().message))));
    });
    return call;
}

Call<ImageServerReport> *ImageServers::test(const ImageServer &server, const std::optional<QString> &password)
{
    const auto failed = [this](const Error &error) {
        return Call<ImageServerReport>::settledWith(ImageServerReport{stepOf(error), error, {}}, this);
    };
    if (const std::optional<Error> problem = server.problem())
        return failed(*problem);
    if (const std::optional<Error> problem = passwordTrouble(server, password))
        return Call<ImageServerReport>::settledWith(ImageServerReport{ImageServerReport::Step::Login, *problem, {}}, this);
    ImageServerView view;
    view.address = server.url;
    if (server.isOnInstance()) {
        view = resolveOnInstance(server);
        if (view.state != ImageServerState::Ready)
            return failed(Error::make(ErrorKind::Validation, view.sentence));
    }
    const Entry *known = entry(server.id);
    WebUiTarget target{view.address, server.user, {}};
    if (!server.user.isEmpty()) {
        target.password = password ? *password : known ? known->password.value_or(QString()) : QString();
        if (!password && known && !known->password)
            return failed(Error::make(ErrorKind::Keychain, known->passwordProblem.isEmpty() ? tr("The password is being read.") : known->passwordProblem));
    }
    auto *call = Call<ImageServerReport>::create(this);
    auto *service = new WebUiService(m_parts.network, call);
    service->setTarget(target);
    const QPointer<Call<WebUiLists>> lists(service->lists());
    call->setCanceler([lists] {
        if (lists)
            lists->cancel();
    });
    lists->onFinished(call, [this, call, id = server.id, address = view.address, isKept = known && known->server == server && !password](const Result<WebUiLists> &result) {
        if (!result && result.error().isCanceled())
            return;
        ImageServerReport report;
        if (result) {
            report.lists = *result;
            Entry *asked = entry(id);
            if (asked && asked->view.address == address) {
                asked->lists = *result;
                asked->listsProblem.clear();
                emit listsChanged(id);
            }
        } else {
            report.failed = stepOf(result.error());
            report.error = result.error();
            Entry *asked = entry(id);
            if (asked && isKept && asked->view.address == address) {
                asked->listsProblem = result.error().message;
                emit listsChanged(id);
            }
        }
        call->resolve(report);
    });
    return call;
}

std::optional<WebUiLists> ImageServers::lists(const QString &id) const
{
    const Entry *known = entry(id);
    return known ? known->lists : std::nullopt;
}

QString ImageServers::listsProblem(const QString &id) const
{
    const Entry *known = entry(id);
    return known ? known->listsProblem : QString();
}

void ImageServers::readLists(const QString &id)
{
    Entry *known = entry(id);
    if (!known || known->listing.isBusy())
        return;
    if (known->view.state != ImageServerState::Ready) {
        known->listsProblem = known->view.sentence;
        emit listsChanged(id);
        return;
    }
    known->listing.reset(known->backend->service().lists())->onFinished(this, [this, id](const Result<WebUiLists> &lists) {
        Entry *asked = entry(id);
        if (!asked)
            return;
        if (lists)
            asked->lists = *lists;
        asked->listsProblem = lists ? QString() : lists.error().message;
        emit listsChanged(id);
    });
}

} // namespace novita
