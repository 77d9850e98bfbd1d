// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/ids.h"

namespace novita {

class InstanceRequest;
struct Instance;

/// Keeps what pays at once (paysAtOnce()) from before it is sent until it is known whether it was paid.
class PaymentJournal
{
public:
    virtual ~PaymentJournal() = default;
    /// Writes that `request` is about to be sent; it may leave once this is delivered, after a failure as well.
    virtual Call<Done> *sending(const Instance &before, const InstanceRequest &request) = 0;
    /// Is it being looked for whether something of the instance has been paid?
    virtual bool isInDoubt(const InstanceId &id) const = 0;

protected:
    PaymentJournal() = default;
    Q_DISABLE_COPY_MOVE(PaymentJournal)
};

} // namespace novita
