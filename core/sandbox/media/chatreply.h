// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace novita {

/// A language model of the sandbox.
struct SandboxLanguageModel
{
    const char *id;
    const char *description;
    int contextSize;
    int inputPrice;  ///< per million tokens, in 1/10000 USD
    int outputPrice;
    bool thinks;     ///< gives its reasoning apart
};
const QList<SandboxLanguageModel> &sandboxLanguageModels();

/// What a model answers: invented, and the same for the same question.
struct ChatReply
{
    QStringList reasoning; ///< token by token; their concatenation is the text
    QStringList tokens;
    QString finishReason;  ///< "stop" or "length"
    int promptTokens = 0;
};

/// `variant` tells the choices of one request apart.
ChatReply chatReply(const SandboxLanguageModel &model, const QJsonObject &request, int variant);

/// The text of all messages, whatever form their content has.
QString textOf(const QJsonArray &messages);

} // namespace novita
