// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/imageserverentry.h"

#include "core/images/instanceaddresses.h"

#include <QPointer>

// Asking image servers what they have.

namespace novita {

namespace {

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

Call<ImageServerReport> *ImageServers::test(const ImageServer &server, const std::optional<QString> &password)
{
    const auto failed = [this](const Error &error) {
        return Call<ImageServerReport>::settledWith(ImageServerReport{stepOf(error), error, {}}, this);
    };
    if (const std::optional<Error> problem = server.problem())
        return failed(*problem);
    if (const std::optional<Error> problem = passwordTrouble(server, password))
        return Call<ImageServerReport>::settledWith(ImageServerReport{ImageServerReport::Step::Login, *problem, {}}, this);
    QUrl address = server.url;
    if (server.isOnInstance()) {
        const InstanceAddress found = m_addresses->find(server);
        if (found.isAsked)
            return testOnceFound(server, password);
        if (found.state != ImageServerState::Ready)
            return failed(Error::make(ErrorKind::Validation, found.sentence));
        address = found.address;
    }
    const Entry *known = entry(server.id);
    WebUiTarget target{address, server.user, {}};
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
    lists->onFinished(call, [this, call, id = server.id, target](const Result<WebUiLists> &result) {
        if (!result && result.error().isCanceled())
            return;
        ImageServerReport report;
        if (result)
            report.lists = *result;
        else
            report = {stepOf(result.error()), result.error(), {}};
        // As it is kept: then it is news of the server itself.
        const Entry *asked = entry(id);
        if (asked && asked->backend->target() == target)
            tookLists(id, result);
        else
            m_tested = std::make_unique<Tested>(Tested{target, result});
        call->resolve(report);
    });
    return call;
}

/// The address of its port is being read.
Call<ImageServerReport> *ImageServers::testOnceFound(const ImageServer &server, const std::optional<QString> &password)
{
    auto *call = Call<ImageServerReport>::create(this);
    auto *wait = new QObject(call);
    connect(m_addresses.get(), &InstanceAddresses::changed, wait, [this, wait, call, server, password] {
        if (call->isSettled() || m_addresses->find(server).isAsked)
            return;
        delete wait; // and with it this connection, once
        const QPointer<Call<ImageServerReport>> asking(test(server, password));
        call->setCanceler([asking] {
            if (asking)
                asking->cancel();
        });
        asking->onFinished(call, [call](const Result<ImageServerReport> &report) { call->resolve(report); });
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

ServerListsState ImageServers::listsState(const QString &id) const
{
    const Entry *known = entry(id);
    if (!known)
        return ServerListsState::Unasked;
    if (known->lists)
        return ServerListsState::Loaded;
    if (known->listing.isBusy())
        return ServerListsState::Loading;
    return known->listsProblem.isEmpty() ? ServerListsState::Unasked : ServerListsState::Failed;
}

void ImageServers::readLists(const QString &id)
{
    Entry *known = entry(id);
    if (!known || known->listing.isBusy())
        return;
    if (known->view.state != ImageServerState::Ready && known->view.state != ImageServerState::Unwelcome) {
        known->listsProblem = known->view.sentence;
        emit listsChanged(id);
        return;
    }
    known->listing.reset(known->backend->service().lists())->onFinished(this, [this, id](const Result<WebUiLists> &lists) { tookLists(id, lists); });
    emit listsChanged(id);
}

Call<QString> *ImageServers::readPicture(const QString &id, const QByteArray &body)
{
    Entry *known = entry(id);
    if (!known || !known->backend->target())
        return Call<QString>::settledWith(Error::make(ErrorKind::NotFound, known ? known->view.sentence : tr("There is no such image server.")), this);
    Call<QString> *call = known->backend->service().pngInfo(body);
    return call->onFinished(this, [this, id, target = known->backend->target()](const Result<QString> &told) {
        if (Entry *asked = entry(id); asked && asked->backend->target() == target)
            asked->backend->noteAnswer(told ? std::nullopt : std::optional(told.error()));
    });
}

QByteArray ImageServers::pictureQuestion(const QByteArray &file)
{
    return WebUiService::pngInfoBody(file);
}

void ImageServers::note(Entry &entry, const Result<WebUiLists> &lists)
{
    if (lists)
        entry.lists = *lists;
    entry.listsProblem = lists ? QString() : lists.error().message;
    entry.backend->noteAnswer(lists ? std::nullopt : std::optional(lists.error()));
}

void ImageServers::tookLists(const QString &id, const Result<WebUiLists> &lists)
{
    Entry *asked = entry(id);
    if (!asked)
        return;
    note(*asked, lists);
    emit listsChanged(id);
}

} // namespace novita
