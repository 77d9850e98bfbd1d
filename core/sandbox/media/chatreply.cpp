// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/media/chatreply.h"

#include "core/sandbox/sandboxrandom.h"

#include <QCryptographicHash>
#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace novita {

namespace {

constexpr int kCharactersPerToken = 4;
constexpr qsizetype kMostQuoted = 200;

constexpr std::array kOpenings{"Good question.", "Here is how I see it.", "Let me put it briefly.", "In short:", "There are a few sides to this."};
constexpr std::array kBodies{"The harbour answer is simple: start with the smallest thing that works and measure it.",
                             "Three points matter: what it costs, how long it takes, and who has to look after it.",
                             "A GPU with more memory helps only when the model does not fit; otherwise bandwidth decides.",
                             "Keep the batch small at first, watch the utilisation, and raise it until the meter stays high.",
                             "It depends on the tide, the wind and the patience of the crew.",
                             "Write it down once, run it twice, and only then automate it.",
                             "```python\nfor step in range(3):\n    print(\"step\", step)\n```"};
constexpr std::array kClosings{"Tell me more, and I can be more precise.", "That should get you started.", "Everything here was invented by the sandbox."};

QString contentText(const QJsonValue &content)
{
    if (content.isString())
        return content.toString();
    QString text;
    for (const QJsonValue &part : content.toArray())
        text += part[QLatin1String("text")].toString();
    return text;
}

QString lastQuestion(const QJsonArray &messages)
{
    for (qsizetype i = messages.size() - 1; i >= 0; --i) {
        if (messages.at(i)[QLatin1String("role")] == QLatin1String("user"))
            return contentText(messages.at(i)[QLatin1String("content")]).simplified().left(kMostQuoted);
    }
    return {};
}

/// Words with the blanks before them, as models cut text.
QStringList tokensOf(const QString &text)
{
    QStringList tokens;
    QString current;
    for (const QChar c : text) {
        if (c.isSpace() && !current.isEmpty() && !current.back().isSpace()) {
            tokens.append(current);
            current.clear();
        }
        current += c;
    }
    if (!current.isEmpty())
        tokens.append(current);
    return tokens;
}

template<typename Array>
QString pick(const Array &lines, QRandomGenerator64 &random)
{
    return QString::fromLatin1(lines.at(std::size_t(random.generate() % lines.size())));
}

QStringList stopsOf(const QJsonValue &value)
{
    QStringList stops;
    if (value.isString())
        stops.append(value.toString());
    for (const QJsonValue &one : value.toArray())
        stops.append(one.toString());
    stops.removeAll(QString());
    return stops;
}

quint64 seedOf(const QJsonObject &request, int variant)
{
    const QByteArray text = textOf(request.value(QLatin1String("messages")).toArray()).toUtf8() + request.value(QLatin1String("model")).toString().toUtf8()
        + QByteArray::number(request.value(QLatin1String("seed")).toInteger()) + '/' + QByteArray::number(variant);
    const QByteArray hash = QCryptographicHash::hash(text, QCryptographicHash::Sha256);
    quint64 seed = 0;
    std::memcpy(&seed, hash.constData(), sizeof seed);
    return seed;
}

/// Something that fits the schema, as far as it names types.
QJsonValue valueOf(const QJsonObject &schema, QRandomGenerator64 &random, int depth = 0)
{
    constexpr int kDeepest = 8;
    const QJsonArray choices = schema.value(QLatin1String("enum")).toArray();
    if (!choices.isEmpty())
        return choices.at(qsizetype(random.generate() % quint64(choices.size())));
    const QString type = schema.value(QLatin1String("type")).toString();
    if (type == QLatin1String("integer") || type == QLatin1String("number"))
        return qint64(random.generate() % 100);
    if (type == QLatin1String("boolean"))
        return random.generate() % 2 == 0;
    if (type == QLatin1String("array"))
        return depth < kDeepest ? QJsonArray{valueOf(schema.value(QLatin1String("items")).toObject(), random, depth + 1)} : QJsonArray();
    const QJsonObject properties = schema.value(QLatin1String("properties")).toObject();
    if (type != QLatin1String("object") && properties.isEmpty())
        return pick(kBodies, random);
    QJsonObject out;
    for (auto property = properties.begin(); property != properties.end() && depth < kDeepest; ++property)
        out.insert(property.key(), valueOf(property->toObject(), random, depth + 1));
    return out;
}

QString composed(const QJsonObject &request, QRandomGenerator64 &random)
{
    const QJsonValue format = request.value(QLatin1String("response_format"));
    if (format[QLatin1String("type")] == QLatin1String("json_schema"))
        return QString::fromUtf8(QJsonDocument(QJsonArray{valueOf(format[QLatin1String("json_schema")][QLatin1String("schema")].toObject(), random)}).toJson(QJsonDocument::Compact))
            .mid(1).chopped(1);
    if (request.value(QLatin1String("response_format"))[QLatin1String("type")].toString().startsWith(QLatin1String("json")))
        return QString::fromUtf8(QJsonDocument(QJsonObject{{QStringLiteral("answer"), pick(kBodies, random)}}).toJson(QJsonDocument::Compact));
    const QString question = lastQuestion(request.value(QLatin1String("messages")).toArray());
    QStringList parts{pick(kOpenings, random)};
    if (!question.isEmpty())
        parts.append(QStringLiteral("You asked: “%1”").arg(question));
    const int sentences = 2 + int(random.generate() % 3);
    for (int i = 0; i < sentences; ++i)
        parts.append(pick(kBodies, random));
    parts.append(pick(kClosings, random));
    return parts.join(QStringLiteral("\n\n"));
}

} // namespace

const QList<SandboxLanguageModel> &sandboxLanguageModels()
{
    static const QList<SandboxLanguageModel> models{
        {"qwen/qwen3-235b-a22b-thinking-2507", "A mixture of experts that reasons before it answers.", 131072, 3000, 30000, true},
        {"qwen/qwen3-max", "The largest of its family, for long instructions.", 262144, 21100, 84500, false},
        {"deepseek/deepseek-v3.2", "A general model with a switch for its reasoning.", 163840, 2690, 4000, true},
        {"deepseek/deepseek-v3", "The general model before it.", 64000, 8900, 8900, false},
        {"meta-llama/llama-3.3-70b-instruct", "Dialogue in many languages.", 131072, 1350, 4000, false},
        {"meta-llama/llama-3.1-8b-instruct", "Small and quick.", 16384, 200, 500, false},
        {"mistralai/mistral-nemo", "Twelve billion parameters with a long memory.", 60288, 400, 1700, false},
        {"google/gemma-3-27b-it", "Reads pictures as well.", 98304, 1190, 2000, false},
        {"openai/gpt-oss-120b", "Open weights, with reasoning.", 131072, 500, 2500, true},
        {"sandbox/tide-7b", "Costs nothing and knows nothing.", 8192, 0, 0, false}};
    return models;
}

QString textOf(const QJsonArray &messages)
{
    QString text;
    for (const QJsonValue &message : messages)
        text += contentText(message[QLatin1String("content")]) + u'\n';
    return text;
}

ChatReply chatReply(const SandboxLanguageModel &model, const QJsonObject &request, int variant)
{
    QRandomGenerator64 random = seededRandom(seedOf(request, variant));
    ChatReply reply;
    const QJsonArray messages = request.value(QLatin1String("messages")).toArray();
    reply.promptTokens = int(textOf(messages).size() / kCharactersPerToken + 4 * messages.size());
    QString text = composed(request, random);
    for (const QString &stop : stopsOf(request.value(QLatin1String("stop")))) {
        if (const qsizetype at = text.indexOf(stop); at >= 0)
            text.truncate(at);
    }
    if (model.thinks && request.value(QLatin1String("enable_thinking")).toBool(true))
        reply.reasoning = tokensOf(QStringLiteral("The question wants a short answer. ") + pick(kBodies, random));
    reply.tokens = tokensOf(text);
    // Unless the reasoning shall be apart, models write it between tags.
    if (!reply.reasoning.isEmpty() && !request.value(QLatin1String("separate_reasoning")).toBool()) {
        reply.tokens = tokensOf(QStringLiteral("<think>\n")) + std::exchange(reply.reasoning, QStringList()) + tokensOf(QStringLiteral("\n</think>\n\n")) + reply.tokens;
    }
    reply.finishReason = QStringLiteral("stop");
    // What does not fit the context is cut without a word, as the cloud does it.
    const qint64 room = std::min<qint64>(request.value(QLatin1String("max_tokens")).toInteger(), std::max(1, model.contextSize - reply.promptTokens));
    if (reply.reasoning.size() + reply.tokens.size() > room) {
        reply.finishReason = QStringLiteral("length");
        reply.reasoning = reply.reasoning.mid(0, room);
        reply.tokens = reply.tokens.mid(0, std::max<qint64>(0, room - reply.reasoning.size()));
    }
    return reply;
}

} // namespace novita
