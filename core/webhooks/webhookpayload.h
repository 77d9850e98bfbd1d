// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/webhooks/webhookevent.h"

#include <QByteArray>
#include <QStringList>

/// What this program says when it sends webhooks itself. The exact opposite of webhookevent::decode(). Pure functions, any thread.
namespace novita::webhookpayload {

/// Compact JSON in UTF-8 without a line end. Fields stand in the order receivers of the original service know, and are left out when they
/// are empty; times are ISO 8601 in UTC with milliseconds. Texts are cut at webhookevent::kMaxTextBytes, endpoints after
/// webhookevent::kMaxEndpoints. `status` is taken from the kind where it is empty.
QByteArray encode(const InstanceEvent &event);

/// How often an event is tried unless its rule says otherwise: 5 times when it tells of a start, else 3 times.
int triesOf(const InstanceEvent &event);

/// The `status` of a kind; empty for Other.
QString statusOf(InstanceEvent::Kind kind);

/// The kinds that this program sends, by kindName(), in the order of an instance's life.
const QStringList &sentKinds();

} // namespace novita::webhookpayload
