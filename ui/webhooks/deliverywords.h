// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/webhooks/delivery.h"
#include "ui/models/eventwords.h"

#include <QString>

/// A webhook delivery in words, colour and icon. Pure, but for the language.
namespace novita::deliverywords {

/// "Accepted", "Bad signature", …
eventwords::Look look(DeliveryResult result);
/// "of #12" behind the word of a duplicate; else empty.
QString note(const Delivery &delivery);
/// "sha256", "sha256 + time", "Standard Webhooks", "secret path", "none".
QString scheme(DeliveryScheme scheme);
/// "created", "start failed", …; a name that is not known as it stands.
QString kind(const QString &kindName);
/// The kind of its event; empty when it has none.
QString event(const Delivery &delivery);
/// What it is about: an id, or that it is a test of this program; empty when it is about nothing.
QString subject(const Delivery &delivery);
/// It is about an instance, by its id; whether there is one is another question.
bool isOfInstance(const Delivery &delivery);
/// What became of it and why, in one or two sentences.
QString sentence(const Delivery &delivery);
/// "#12"
QString number(qint64 id);
/// Why the body of this delivery cannot be shown, sent again or saved; empty when it is kept.
QString whyNoBody(const Delivery &delivery);

} // namespace novita::deliverywords
