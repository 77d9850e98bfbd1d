// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/addresslist.h"
#include "fuzztarget.h"

#include <QHostAddress>
#include <QString>

using namespace novita;

// A list of addresses as a person writes it, and an X-Forwarded-For as whoever is connected writes it. A list keeps its size and
// reads its own text as itself; nobody becomes one of the proxies by writing so.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const Result<AddressList> list = AddressList::fromText(QString::fromUtf8(bytes));
    if (list) {
        const Result<AddressList> again = AddressList::fromText(list->toText());
        require(again.ok() && *again == *list, "a list reads its own text as itself");
    } else {
        require(!list.error().message.isEmpty(), "a refusal has a sentence");
    }
    const AddressList proxies = AddressList::loopback();
    const QHostAddress stranger(QStringLiteral("203.0.113.9"));
    require(clientAddress(stranger, bytes, proxies) == stranger, "whoever is no proxy is who is connected");
    const QHostAddress proxy(QHostAddress::LocalHost);
    const QHostAddress client = clientAddress(proxy, bytes, proxies);
    require(client.isNull() || client == proxy || !proxies.contains(client), "what stands before the proxies");
    return 0;
}
