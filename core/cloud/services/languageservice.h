// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/requestpreview.h"
#include "core/cloud/services/chatstream.h"
#include "core/cloud/services/readoptions.h"
#include "core/cloud/types/chatrequest.h"
#include "core/cloud/types/common.h"
#include "core/cloud/types/languagemodel.h"

#include <memory>

namespace novita {

class ApiClient;

/// The language models of the account, and chat with them.
class LanguageService final
{
public:
    explicit LanguageService(ApiClient &client) : m_client(client) {}

    /// All models, in the order of the answer; kept for an hour.
    Call<RowList<LanguageModel>> *models(ReadOptions options = {}) const;
    /// Begins an answer. The stream is the caller's; deleting it stops the answer.
    std::unique_ptr<ChatStream> chat(const ChatRequest &request) const;
    /// What chat() would send, to look at and to take along.
    RequestPreview preview(const ChatRequest &request) const;

private:
    ApiClient &m_client;
};

} // namespace novita
