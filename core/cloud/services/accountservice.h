// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/cloud/services/readoptions.h"
#include "core/cloud/types/resources.h"

namespace novita {

class ApiClient;

/// Account-level answers; they live outside the GPU prefix (ApiArea::Root).
class AccountService final
{
public:
    explicit AccountService(ApiClient &client) : m_client(client) {}

    Call<Balance> *balance(ReadOptions options = {}) const; ///< kept for 30 s ("balance")

private:
    ApiClient &m_client;
};

} // namespace novita
