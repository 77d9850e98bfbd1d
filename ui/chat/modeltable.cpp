// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/modeltable.h"

#include "ui/chat/chatwords.h"
#include "ui/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <memory>

namespace novita {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LanguageModelTable)
};

SortValue sortOf(const std::optional<Money> &price)
{
    return price ? SortValue::ofNumber(static_cast<double>(price->priceUnits())) : SortValue::unknown();
}

/// Decimals of the price that has most of them.
int mostDecimals(const LanguageModelStore &store)
{
    qsizetype most = 2;
    for (const LanguageModelId &id : store.ids()) {
        const LanguageModel *model = store.find(id);
        for (const std::optional<Money> &price : {model->inputPrice, model->outputPrice}) {
            const QString text = price ? price->toPlainString() : QString();
            most = std::max(most, text.section(QLatin1Char('.'), 1).size());
        }
    }
    return static_cast<int>(most);
}

/// With as many decimals as the others have: they stand one below the other.
QString aligned(const std::optional<Money> &price, int decimals)
{
    QString text = chatwords::price(price);
    const qsizetype point = text.lastIndexOf(QLocale().decimalPoint());
    if (price && point >= 0)
        text += QString(std::max<qsizetype>(0, decimals - (text.size() - point - 1)), u'0');
    return text;
}

QString plain(const std::optional<Money> &price)
{
    return price ? price->toPlainString() : QString();
}

QString capabilities(const LanguageModel &model)
{
    return model.capabilities.isEmpty() ? format::dash() : model.capabilities.join(QStringLiteral(", "));
}

/// As people speak of it: 131072 and 128000 are both "128K", 1048576 is "1M". The tool tip has all of it.
QString shortTokens(qint64 tokens)
{
    constexpr qint64 kThousand = 1000;
    constexpr qint64 kBinary = 1024;
    if (tokens < kThousand)
        return format::number(tokens);
    const bool isBinary = tokens % kThousand != 0 && tokens % kBinary == 0;
    const double step = static_cast<double>(isBinary ? kBinary : kThousand);
    const double thousands = static_cast<double>(tokens) / step;
    const bool isMillions = std::round(thousands) >= static_cast<double>(kThousand);
    const double shown = isMillions ? thousands / step : thousands;
    const int decimals = isMillions && std::round(shown * 10) != std::round(shown) * 10 ? 1 : 0;
    return QLocale().toString(shown, 'f', decimals) + (isMillions ? QLatin1Char('M') : QLatin1Char('K'));
}

QVariant contextExtra(const LanguageModel &model, int role)
{
    if (role == Qt::ToolTipRole && model.contextSize)
        return format::toolTip(Text::tr("%1 tokens", "context of a model").arg(format::number(*model.contextSize)));
    return {};
}

/// The id stands behind a title that does not say it.
QVariant nameExtra(const LanguageModel &model, int role)
{
    const QString id = model.id.toString();
    if (role == Qt::ToolTipRole)
        return format::toolTip(model.description.isEmpty() ? id : id + QLatin1Char('\n') + model.description);
    return {};
}

QList<EntityColumn<LanguageModel>> columns(const std::shared_ptr<const int> &decimals)
{
    using M = LanguageModel;
    return {
        {{QStringLiteral("name"), false, false, 150, true, 0}, [] { return Text::tr("Model"); }, [](const M &m) { return m.title; }, {}, nameExtra},
        {{QStringLiteral("context"), true, false, 64, true, 1}, [] { return Text::tr("Context", "of a language model, in tokens"); },
         [](const M &m) { return m.contextSize ? shortTokens(*m.contextSize) : format::dash(); },
         [](const M &m) { return m.contextSize ? SortValue::ofNumber(*m.contextSize) : SortValue::unknown(); }, contextExtra},
        {{QStringLiteral("in"), true, false, 70, true, 0}, [] { return Text::tr("In / 1M", "price of a million tokens"); },
         [decimals](const M &m) { return aligned(m.inputPrice, *decimals); }, [](const M &m) { return sortOf(m.inputPrice); }, {}},
        {{QStringLiteral("out"), true, false, 74, true, 0}, [] { return Text::tr("Out / 1M", "price of a million tokens"); },
         [decimals](const M &m) { return aligned(m.outputPrice, *decimals); }, [](const M &m) { return sortOf(m.outputPrice); }, {}},
        {{QStringLiteral("can"), false, false, 150, true, 2}, [] { return Text::tr("Capabilities"); }, capabilities, {}, {}},
        {{QStringLiteral("id"), false, false, 180, false, 3}, [] { return Text::tr("Id"); }, [](const M &m) { return m.id.toString(); }, {}, {}},
    };
}

QList<EntityFilter<LanguageModel>> filters()
{
    using M = LanguageModel;
    return {{QStringLiteral("name"), [](const M &m) { return m.title; }},
            {QStringLiteral("id"), [](const M &m) { return m.id.toString(); }},
            {QStringLiteral("context"), [](const M &m) { return m.contextSize ? QString::number(*m.contextSize) : QString(); }},
            {QStringLiteral("price"), [](const M &m) { return plain(m.inputPrice) + QLatin1Char(' ') + plain(m.outputPrice); }},
            {QStringLiteral("in"), [](const M &m) { return plain(m.inputPrice); }},
            {QStringLiteral("out"), [](const M &m) { return plain(m.outputPrice); }},
            {QStringLiteral("can"), [](const M &m) { return m.capabilities.join(QLatin1Char(' ')); }}};
}

} // namespace

LanguageModelTable *makeLanguageModelTable(LanguageModelStore &store, QObject *parent)
{
    const auto decimals = std::make_shared<int>(mostDecimals(store));
    auto *table = new LanguageModelTable(store, columns(decimals), filters(), parent);
    store.followRows(table, [&store, decimals] { *decimals = mostDecimals(store); });
    return table;
}

} // namespace novita
