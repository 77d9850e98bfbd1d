// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/chatrequest.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <cstdlib>

namespace novita {

namespace {

struct ChatParametersWords
{
    Q_DECLARE_TR_FUNCTIONS(ChatParameters)
};

struct RealRule
{
    std::optional<double> ChatParameters::*member;
    QLatin1String wire;
    const char *name;
    double least;
    double most;
};

const QList<RealRule> &realRules()
{
    static const QList<RealRule> rules{
        {&ChatParameters::temperature, QLatin1String("temperature"), QT_TRANSLATE_NOOP("ChatParameters", "Temperature"), 0, 2},
        {&ChatParameters::topP, QLatin1String("top_p"), QT_TRANSLATE_NOOP("ChatParameters", "Top p"), 0, 1},
        {&ChatParameters::minP, QLatin1String("min_p"), QT_TRANSLATE_NOOP("ChatParameters", "Min p"), 0, 1},
        {&ChatParameters::frequencyPenalty, QLatin1String("frequency_penalty"), QT_TRANSLATE_NOOP("ChatParameters", "Frequency penalty"), -2, 2},
        {&ChatParameters::presencePenalty, QLatin1String("presence_penalty"), QT_TRANSLATE_NOOP("ChatParameters", "Presence penalty"), -2, 2},
        {&ChatParameters::repetitionPenalty, QLatin1String("repetition_penalty"), QT_TRANSLATE_NOOP("ChatParameters", "Repetition penalty"), 0, 2},
    };
    return rules;
}

QString roleName(ChatRole role)
{
    switch (role) {
    case ChatRole::System: return QStringLiteral("system");
    case ChatRole::Assistant: return QStringLiteral("assistant");
    case ChatRole::User: break;
    }
    return QStringLiteral("user");
}

QJsonObject biasJson(const QMap<int, int> &biases)
{
    QJsonObject out;
    for (auto bias = biases.begin(); bias != biases.end(); ++bias)
        out.insert(QString::number(bias.key()), bias.value());
    return out;
}

} // namespace

QStringList ChatParameters::problems() const
{
    QStringList problems;
    if (maxTokens < 1)
        problems.append(ChatParametersWords::tr("The answer must be allowed at least one token."));
    for (const RealRule &rule : realRules()) {
        const std::optional<double> value = this->*rule.member;
        if (value && !(*value >= rule.least && *value <= rule.most))
            problems.append(ChatParametersWords::tr("%1 must be from %2 to %3.").arg(ChatParametersWords::tr(rule.name)).arg(rule.least).arg(rule.most));
    }
    if (topK && (*topK < 1 || *topK > kMostTopK))
        problems.append(ChatParametersWords::tr("Top k must be from 1 to %1.").arg(kMostTopK));
    if (stop.size() > kMostStops)
        problems.append(ChatParametersWords::tr("There may be at most %1 texts that end the answer.").arg(kMostStops));
    const bool isBiased = std::any_of(logitBias.keyBegin(), logitBias.keyEnd(), [](int token) { return token < 0; })
        || std::any_of(logitBias.begin(), logitBias.end(), [](int bias) { return std::abs(bias) > kMostBias; });
    if (isBiased)
        problems.append(ChatParametersWords::tr("A bias must be from -%1 to %1, for a token id from 0.").arg(kMostBias));
    if (logitBias.size() > kMostBiases)
        problems.append(ChatParametersWords::tr("There may be at most %1 biases.").arg(kMostBiases));
    if (const QString problem = form.problem(); !problem.isEmpty())
        problems.append(problem);
    return problems;
}

QJsonObject ChatParameters::toJson() const
{
    QJsonObject out{{QStringLiteral("max_tokens"), maxTokens}};
    for (const RealRule &rule : realRules()) {
        if (const std::optional<double> value = this->*rule.member)
            out.insert(rule.wire, *value);
    }
    if (topK)
        out.insert(QLatin1String("top_k"), *topK);
    if (seed)
        out.insert(QLatin1String("seed"), *seed);
    // The reference knows a text alone; that a list is taken as well is what others rely on.
    if (stop.size() == 1)
        out.insert(QLatin1String("stop"), stop.constFirst());
    else if (!stop.isEmpty())
        out.insert(QLatin1String("stop"), QJsonArray::fromStringList(stop));
    if (!logitBias.isEmpty())
        out.insert(QLatin1String("logit_bias"), biasJson(logitBias));
    if (thinking)
        out.insert(QLatin1String("enable_thinking"), *thinking);
    if (separateReasoning)
        out.insert(QLatin1String("separate_reasoning"), *separateReasoning);
    if (const std::optional<QJsonObject> format = form.toJson())
        out.insert(QLatin1String("response_format"), *format);
    return out;
}

QJsonObject ChatRequest::toJson() const
{
    QJsonArray said;
    for (const ChatMessage &message : messages)
        said.append(QJsonObject{{QStringLiteral("role"), roleName(message.role)}, {QStringLiteral("content"), message.text}});
    QJsonObject body = parameters.toJson();
    body.insert(QLatin1String("model"), model.toString());
    body.insert(QLatin1String("messages"), said);
    body.insert(QLatin1String("stream"), true);
    body.insert(QLatin1String("stream_options"), QJsonObject{{QStringLiteral("include_usage"), true}});
    return body;
}

} // namespace novita
