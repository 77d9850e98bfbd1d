// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/language/conversation.h"
#include "core/language/languagechat.h"
#include "core/language/languagemodels.h"
#include "ui/errortext.h"

#include <QString>

/// The chat in words.
namespace novita::chatwords {

/// A rule of thumb for English; only ever called "some".
qint64 tokensAbout(qsizetype chars);

/// "$0.27", "free", or the dash: per million tokens.
QString price(const std::optional<Money> &perMillion);
/// "131,072 tokens · $0.07 in, $0.25 out / 1M"
QString facts(const LanguageModel &model);

/// What the bar above the list of models says; empty when the list is live or nothing is known yet.
QString listNotice(const LanguageModels &models, TimePoint now);

/// "9 in · 8 out · $0.00034 · 45 tokens/s · first word after 0.80 s". What the service did not say is called unknown.
QString answerFacts(const ChatTurn &turn);
/// Why an answer is not a whole one, and what can be done; an empty sentence when it is.
ErrorText shortfall(const ChatTurn &turn);
/// Why nothing can be sent; empty for None, Busy and NothingToSay.
QString obstacle(ChatObstacle obstacle);

/// What the next answer costs at most: "At most about $0.0012: some 210 tokens in, up to 1,024 out", or that it is not known.
QString estimate(const Conversation &conversation, const QString &text, const LanguageModel *model);

/// What the answers have cost, replaced ones included: "So far: 1,204 in · 380 out · $0.0004", or what of it is not known; empty without answers.
QString spent(const Conversation &conversation);

/// The conversation as a Markdown document, without parameters that are not set. It says whether reasoning was left out.
QString markdown(const Conversation &conversation, bool withReasoning);

} // namespace novita::chatwords
