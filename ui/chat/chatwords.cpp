// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/chatwords.h"

#include "ui/format.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QLocale>

namespace novita::chatwords {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ChatWords)
};

constexpr qint64 kCharsPerToken = 4; // a rule of thumb for English; only ever called "some"

qint64 tokensAbout(qsizetype chars)
{
    return (chars + kCharsPerToken - 1) / kCharsPerToken;
}

QString reasonWords(ModelListReason reason)
{
    switch (reason) {
    case ModelListReason::NoKey: return Text::tr("There is no API key that is accepted.");
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

} // namespace

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
        return {};
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
    QStringList parts;
    if (turn.usage)
        parts.append(Text::tr("%1 in · %2 out", "tokens").arg(format::number(turn.usage->prompt), format::number(turn.usage->completion)));
    else
        parts.append(Text::tr("tokens unknown"));
    parts.append(turn.cost ? format::money(turn.cost) : Text::tr("price unknown"));
    if (const std::optional<double> speed = turn.tokensPerSecond())
        parts.append(Text::tr("%1 tokens/s").arg(QLocale().toString(*speed, 'f', 1)));
    if (turn.firstAfter)
        parts.append(Text::tr("first word after %1").arg(format::milliseconds(*turn.firstAfter)));
    return parts.join(QStringLiteral(" · "));
}

ErrorText shortfall(const ChatTurn &turn)
{
    const bool empty = turn.text.isEmpty() && turn.reasoning.isEmpty();
    switch (turn.end) {
    case ChatEnd::Running:
        break;
    case ChatEnd::Complete:
        if (empty)
            return {Text::tr("The model answered with nothing."), ErrorRemedy::None, {}, {}};
        break;
    case ChatEnd::Length:
        return {Text::tr("It stopped at the most tokens it was allowed. Allow more to get the rest."), ErrorRemedy::None, {}, {}};
    case ChatEnd::Filtered:
        return {Text::tr("The service's content filter ended the answer."), ErrorRemedy::None, {}, {}};
    case ChatEnd::Stopped:
        return {Text::tr("You stopped it. What the model had written by then may be charged."), ErrorRemedy::None, {}, {}};
    case ChatEnd::CutShort: {
        if (!turn.error || turn.error->isCanceled())
            return {Text::tr("Cut short: the program ended, or the profile changed, before the answer did."), ErrorRemedy::None, {}, {}};
        ErrorText words = errorText(*turn.error);
        if (turn.error->kind == ErrorKind::RateLimited)
            words.sentence = turn.error->retryAfter ? Text::tr("The service asks for a pause of %1 before the next message.").arg(format::duration(*turn.error->retryAfter))
                                                    : Text::tr("The service asks for a pause before the next message.");
        else if (turn.error->kind == ErrorKind::NotFound)
            words.sentence = Text::tr("The service has no such model (any more). Choose another one.");
        else if (turn.error->kind == ErrorKind::Protocol && turn.error->fault == ProtocolFault::Unreadable && !empty)
            words.sentence = Text::tr("The answer broke off in the middle.");
        words.sentence = empty ? Text::tr("No answer. %1").arg(words.sentence) : Text::tr("Cut short. %1").arg(words.sentence);
        return words;
    }
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
    case ChatObstacle::WrongParameters: return Text::tr("A parameter is out of its range.");
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
    if (conversation.turns.isEmpty())
        return {};
    const std::optional<Money> cost = conversation.cost();
    return cost ? Text::tr("%1 so far").arg(format::money(cost)) : Text::tr("price so far not known in full");
}

QString markdown(const Conversation &conversation)
{
    QString out = QStringLiteral("# %1\n").arg(Text::tr("Chat with %1").arg(conversation.model.toString()));
    if (!conversation.system.trimmed().isEmpty())
        out += QStringLiteral("\n## %1\n\n%2\n").arg(Text::tr("System prompt"), conversation.system.trimmed());
    const QByteArray parameters = QJsonDocument(conversation.parameters.toJson()).toJson(QJsonDocument::Compact);
    out += QStringLiteral("\n%1: `%2`\n").arg(Text::tr("Parameters"), QString::fromUtf8(parameters));
    for (const ChatTurn &turn : conversation.turns) {
        const QString who = turn.role == ChatRole::User ? Text::tr("You") : turn.model.toString();
        out += QStringLiteral("\n## %1\n\n").arg(turn.at == TimePoint{} ? who : who + QStringLiteral(" · ") + format::dateTime(turn.at));
        if (!turn.reasoning.isEmpty()) {
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
