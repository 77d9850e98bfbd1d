// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/imageservers.h"

#include "core/cloud/stores/instancestore.h"
#include "core/images/imagequeue.h"
#include "core/images/imageserverentry.h"
#include "core/images/instanceaddresses.h"
#include "core/secrets/secretstore.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"

#include <QScopedValueRollback>

#include <algorithm>
#include <utility>

namespace novita {

ImageServers::ImageServers(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_addresses(std::make_unique<InstanceAddresses>(parts.instances, parts.api, parts.clock))
{
    connect(m_addresses.get(), &InstanceAddresses::changed, this, &ImageServers::review);
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
    m_addresses->setReach(reach);
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
        if (!entry.backend) {
            entry.backend = std::make_unique<WebUiBackend>(server.id, m_parts.network);
            connect(entry.backend.get(), &WebUiBackend::readinessChanged, this, &ImageServers::review);
        }
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
    // What a backend says of itself while it is told something is heard below.
    if (m_isReviewing)
        return;
    const QScopedValueRollback reviewing(m_isReviewing, true);
    bool isOther = false;
    QStringList heard;
    for (const auto &entry : m_entries) {
        ImageServerView view = resolve(*entry);
        const bool isReady = view.state == ImageServerState::Ready;
        const WebUiTarget target{view.address, entry->server.user, entry->server.user.isEmpty() ? QString() : entry->password.value_or(QString())};
        if (aim(*entry, isReady ? std::optional(target) : std::nullopt, view.sentence))
            heard.append(entry->server.id);
        if (isReady && !entry->backend->refusal().isEmpty()) {
            view.state = ImageServerState::Unwelcome;
            view.sentence = entry->backend->refusal();
        }
        isOther = isOther || !(view == entry->view);
        entry->view = view;
    }
    if (isOther)
        emit changed();
    for (const QString &id : std::as_const(heard))
        emit listsChanged(id);
}

/// True: what it has, or whether it answers, is not what it was.
bool ImageServers::aim(Entry &entry, const std::optional<WebUiTarget> &target, const QString &trouble)
{
    bool isNews = false;
    if (entry.backend->target() != target) {
        // Of the one that it was before.
        isNews = entry.listing.isBusy() || !entry.listsProblem.isEmpty();
        entry.listing.reset();
        entry.listsProblem.clear();
    }
    entry.backend->setTarget(target, trouble);
    if (!target || !m_tested || m_tested->target != *target)
        return isNews;
    note(entry, std::exchange(m_tested, nullptr)->lists);
    return true;
}

ImageServerView ImageServers::resolve(const Entry &entry)
{
    ImageServerView view;
    view.server = entry.server;
    if (entry.server.isOnInstance()) {
        const InstanceAddress found = m_addresses->find(entry.server);
        view.state = found.state;
        view.sentence = found.sentence;
        view.address = found.address;
    } else {
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

} // namespace novita
