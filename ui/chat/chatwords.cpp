// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/chatwords.h"

#include "ui/format.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QLocale>

#include <algorithm>
#include <utility>

namespace novita::chatwords {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ChatWords)
};

QString reasonWords(ModelListReason reason)
{
    switch (reason) {
    case ModelListReason::NoKey: return Text::tr("There is no API key that is accepted.");
    case ModelListReason::KeyRejected: return Text::tr("The API key was not accepted.");
    case ModelListReason::Settings: return Text::tr("The address or the network settings do not allow to ask for the models.");
    case ModelListReason::Refused: return Text::tr("The service refused the list of models.");
    case ModelListReason::Offline: return Text::tr("The service could not be reached.");
    case ModelListReason::Empty: return Text::tr("The service named no models.");
    case ModelListReason::Unreadable: return Text::tr("The service's list of models could not be read.");
    case ModelListReason::None: break;
    }
    return {};
}

/// Longer than any run of backticks in it.
QString fenceFor(const QString &text)
{
    int longest = 2;
    int run = 0;
    for (const QChar c : text) {
        run = c == u'`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return QString(longest + 1, u'`');
}

/// In the words of a chat, where errorText() speaks of requests.
QString failureSentence(const Error &error, const QString &usual, bool empty)
{
    switch (error.kind) {
    case ErrorKind::RateLimited: {
        const QString pause = error.retryAfter ? Text::tr("The service asks for a pause of %1 before the next message.").arg(format::duration(*error.retryAfter))
                                               : Text::tr("The service asks for a pause before the next message.");
        return error.apiReason == QLatin1String("TOKEN_LIMIT_EXCEEDED") ? Text::tr("That is more tokens than this account may use at a time.") + QLatin1Char(' ') + pause : pause;
    }
    case ErrorKind::NotFound:
        return Text::tr("The service has no such model (any more). Choose another one.");
    case ErrorKind::Forbidden:
        return Text::tr("This account may not use this model. The service says: %1").arg(error.message);
    case ErrorKind::Server:
        return error.httpStatus == 0 ? Text::tr("The service broke the answer off. It says: %1").arg(error.message) : usual;
    case ErrorKind::Protocol:
        return error.fault == ProtocolFault::Unreadable && !empty ? Text::tr("The answer broke off in the middle.") : usual;
    default:
        return usual;
    }
}

ErrorText failure(const ChatTurn &turn, bool empty)
{
    if (!turn.error || turn.error->isCanceled())
        return {Text::tr("Cut short: the program ended, or the profile changed, before the answer did."), ErrorRemedy::None, {}, {}};
    Error error = *turn.error;
    const bool mayBeCharged = std::exchange(error.effectUnknown, false); // said below in other words
    ErrorText words = errorText(error);
    words.sentence = failureSentence(error, words.sentence, empty);
    words.sentence = empty ? Text::tr("No answer. %1").arg(words.sentence) : Text::tr("Cut short. %1").arg(words.sentence);
    if (mayBeCharged)
        words.sentence += QLatin1Char(' ') + Text::tr("It may be charged all the same.");
    return words;
}

/// `rounded` answers of the sum cost something, but less than can be said.
QString moneyOf(Money sum, int rounded)
{
    return sum.isZero() && rounded > 0 ? Text::tr("under %1", "a price").arg(format::money(Money::fromPriceUnits(rounded))) : format::money(sum);
}

} // namespace

qint64 tokensAbout(qsizetype chars)
{
    constexpr qint64 kCharsPerToken = 4;
    return (chars + kCharsPerToken - 1) / kCharsPerToken;
}

QString price(const std::optional<Money> &perMillion)
{
    return perMillion && perMillion->isZero() ? Text::tr("free") : format::money(perMillion);
}

QString facts(const LanguageModel &model)
{
    QStringList parts;
    if (model.contextSize)
        parts.append(Text::tr("%1 tokens", "context of a model").arg(format::number(*model.contextSize)));
    if (model.inputPrice || model.outputPrice)
        parts.append(Text::tr("%1 in, %2 out / 1M", "prices of a million tokens").arg(price(model.inputPrice), price(model.outputPrice)));
    else
        parts.append(Text::tr("price unknown"));
    return parts.join(QStringLiteral(" · "));
}

QString listNotice(const LanguageModels &models, TimePoint now)
{
    const QString reason = reasonWords(models.reason());
    if (reason.isEmpty())
        return models.isPartial() ? Text::tr("Some entries of the service's list could not be read and are left out.") : QString();
    switch (models.source()) {
    case ModelListSource::None:
        return reason;
    case ModelListSource::Live:
        return Text::tr("%1 The list below is of %2 (%3).", "a reason, a date, an age").arg(reason, format::dateTime(models.dated()), format::age(models.dated(), now));
    case ModelListSource::Kept:
        return Text::tr("%1 This is the last list that was read, of %2 (%3).", "a reason, a date, an age")
            .arg(reason, format::dateTime(models.dated()), format::age(models.dated(), now));
    case ModelListSource::BuiltIn:
        break;
    }
    return Text::tr("%1 No list was ever read: these five are built in, and their prices are unknown.", "a reason").arg(reason);
}

QString answerFacts(const ChatTurn &turn)
{
    if (turn.wasRefused())
        return Text::tr("not charged");
    QStringList parts;
    if (turn.usage)
        parts.append(Text::tr("%1 in · %2 out", "tokens").arg(format::number(turn.usage->prompt), format::number(turn.usage->completion)));
    else
        parts.append(Text::tr("tokens unknown"));
    parts.append(turn.cost ? moneyOf(*turn.cost, turn.isRounded ? 1 : 0) : Text::tr("price unknown"));
    if (const std::optional<double> speed = turn.tokensPerSecond())
        parts.append(Text::tr("%1 tokens/s").arg(QLocale().toString(*speed, 'f', 1)));
    if (turn.firstAfter)
        parts.append(Text::tr("first word after %1").arg(format::milliseconds(*turn.firstAfter)));
    return parts.join(QStringLiteral(" · "));
}

ErrorText shortfall(const ChatTurn &turn)
{
    const bool empty = turn.text.isEmpty() && turn.reasoning.isEmpty();
    const auto words = [](const QString &sentence) { return ErrorText{sentence, ErrorRemedy::None, {}, {}}; };
    switch (turn.end) {
    case ChatEnd::Running:
        break;
    case ChatEnd::Complete:
        if (empty)
            return words(Text::tr("The model answered with nothing."));
        if (turn.text.isEmpty())
            return words(Text::tr("The model gave its reasoning, but no answer."));
        break;
    case ChatEnd::Length:
        return words(turn.text.isEmpty() && !empty ? Text::tr("All the tokens it was allowed went into reasoning. Allow more to get an answer.")
                                                   : Text::tr("It stopped at the most tokens it was allowed. Allow more to get the rest."));
    case ChatEnd::Filtered:
        return words(Text::tr("The service's content filter ended the answer."));
    case ChatEnd::Stopped:
        return words(Text::tr("You stopped it. What the model had written by then may be charged."));
    case ChatEnd::ToolCall:
        return words(Text::tr("The model asked for a tool to go on with. This chat has none."));
    case ChatEnd::Other:
        return words(Text::tr("The service ended the answer for a reason of its own: %1.").arg(turn.endReason));
    case ChatEnd::CutShort:
        return failure(turn, empty);
    }
    return {};
}

QString obstacle(ChatObstacle obstacle)
{
    switch (obstacle) {
    case ChatObstacle::NoProfile: return Text::tr("There is no profile to pay for an answer.");
    case ChatObstacle::Reading: return Text::tr("The conversation is still being read.");
    case ChatObstacle::NoKey: return Text::tr("There is no API key that is accepted: enter one in the profile.");
    case ChatObstacle::NoModel: return Text::tr("Choose a model first.");
    case ChatObstacle::Full: return Text::tr("The conversation is as long as it can be: export it and clear it.");
    case ChatObstacle::WrongParameters: return Text::tr("A parameter cannot be sent as it is: see Parameters.");
    case ChatObstacle::SystemTooLong: return Text::tr("The system prompt is longer than %1 characters.").arg(format::number(Conversation::kMostSystem));
    case ChatObstacle::None:
    case ChatObstacle::Busy:
    case ChatObstacle::NothingToSay: break;
    }
    return {};
}

QString estimate(const Conversation &conversation, const QString &text, const LanguageModel *model)
{
    qsizetype chars = text.size();
    const QList<ChatMessage> messages = conversation.messages();
    for (const ChatMessage &message : messages)
        chars += message.text.size();
    const qint64 in = tokensAbout(chars);
    const QString size = Text::tr("some %1 tokens in, up to %2 out").arg(format::number(in), format::number(conversation.parameters.maxTokens));
    const std::optional<Money> cost = model ? model->costOf(in, conversation.parameters.maxTokens) : std::nullopt;
    if (!cost)
        return Text::tr("Price unknown: %1").arg(size);
    return cost->isZero() ? Text::tr("Free: %1").arg(size) : Text::tr("At most about %1: %2", "price, tokens").arg(format::money(cost), size);
}

QString spent(const Conversation &conversation)
{
    const ChatSpending spending = conversation.spending();
    if (spending.answers == 0)
        return {};
    QString tokens = Text::tr("tokens unknown");
    if (spending.uncounted < spending.answers)
        tokens = Text::tr("%1 in · %2 out", "tokens").arg(format::number(spending.tokens.prompt), format::number(spending.tokens.completion));
    if (spending.unpriced == spending.answers)
        return Text::tr("So far: %1 · price unknown", "tokens").arg(tokens);
    const QString cost = moneyOf(spending.cost, spending.rounded);
    if (spending.unpriced == 0)
        return Text::tr("So far: %1 · %2", "tokens, price").arg(tokens, cost);
    return Text::tr("So far: %1 · %2, and %Ln answer(s) of unknown price", "tokens, price", spending.unpriced).arg(tokens, cost);
}

QString markdown(const Conversation &conversation, bool withReasoning)
{
    QString out = QStringLiteral("# %1\n").arg(Text::tr("Chat with %1").arg(conversation.model.toString()));
    if (!conversation.system.trimmed().isEmpty())
        out += QStringLiteral("\n## %1\n\n%2\n").arg(Text::tr("System prompt"), conversation.system.trimmed());
    const QByteArray parameters = QJsonDocument(conversation.parameters.toJson()).toJson(QJsonDocument::Compact);
    out += QStringLiteral("\n%1: `%2`\n").arg(Text::tr("Parameters"), QString::fromUtf8(parameters));
    if (conversation.hasReasoning())
        out += QStringLiteral("\n*%1*\n").arg(withReasoning ? Text::tr("The model's reasoning is kept, apart from its answers.") : Text::tr("The model's reasoning was left out."));
    if (const QString cost = spent(conversation); !cost.isEmpty())
        out += QStringLiteral("\n%1\n").arg(cost);
    for (const ChatTurn &turn : conversation.turns) {
        const QString who = turn.role == ChatRole::User ? Text::tr("You") : turn.model.toString();
        out += QStringLiteral("\n## %1\n\n").arg(turn.at == TimePoint{} ? who : who + QStringLiteral(" · ") + format::dateTime(turn.at));
        if (withReasoning && !turn.reasoning.isEmpty()) {
            const QString fence = fenceFor(turn.reasoning);
            out += QStringLiteral("%1:\n\n%2text\n%3\n%2\n\n").arg(Text::tr("Reasoning"), fence, turn.reasoning);
        }
        out += turn.text + QLatin1Char('\n');
        if (turn.role == ChatRole::User)
            continue;
        if (const QString missing = shortfall(turn).sentence; !missing.isEmpty())
            out += QStringLiteral("\n*%1*\n").arg(missing);
        out += QStringLiteral("\n*%1*\n").arg(answerFacts(turn));
    }
    return out;
}

} // namespace novita::chatwords
