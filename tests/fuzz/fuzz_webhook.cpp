// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/addresslist.h"
#include "core/webhooks/signature.h"
#include "core/webhooks/webhookevent.h"
#include "fuzztarget.h"

#include <QString>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

using namespace novita;

// What a webhook sender may write: the body, and in the place of a signature, of a list of addresses. Nothing that is let through may
// be longer than promised, and nobody without the secret signs anything.

namespace {

void require(bool promise, const char *what)
{
    if (promise)
        return;
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
}

void checkText(const QString &text)
{
    require(text.toUtf8().size() <= webhookevent::kMaxTextBytes, "length of a text");
}

void checkId(const QString &id)
{
    require(id.size() <= 128, "length of an id");
    for (const QChar c : id)
        require(c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'_' || c == u'-'), "characters of an id");
}

void checkInstance(const InstanceEvent &event)
{
    checkId(event.instanceId);
    checkId(event.novitaInstanceId);
    checkId(event.operationId);
    require(!event.instanceId.isEmpty() && !event.status.isEmpty(), "required fields");
    for (const QString &text : {event.status, event.error, event.reason})
        checkText(text);
    if (event.health)
        require(event.health->endpoints.size() <= webhookevent::kMaxEndpoints, "number of endpoints");
    if (event.startup)
        require(event.startup->phases.size() <= 6, "number of phases");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    if (const Result<WebhookEvent> event = webhookevent::decode(bytes)) {
        if (const auto *instance = std::get_if<InstanceEvent>(&*event))
            checkInstance(*instance);
        else
            checkId(std::get<TaskEvent>(*event).taskId);
        require(!webhookevent::kindName(*event).isEmpty() && !webhookevent::subject(*event).isEmpty(), "name and subject");
    }
    static const SigningSecrets secrets{*SigningSecret::fromText(QStringLiteral("a secret that no input has"))};
    require(!signature::verifyPlain(secrets, bytes, "body"), "plain signature");
    require(!signature::verifyStandard(secrets, bytes, "id", "1", "body"), "Standard Webhooks signature");
    if (const Result<AddressList> list = AddressList::fromText(QString::fromUtf8(bytes)))
        require(AddressList::fromText(list->toText()).ok(), "an address list reads its own text");
    clientAddress(QHostAddress(QHostAddress::LocalHost), bytes, AddressList::loopback());
    return 0;
}
