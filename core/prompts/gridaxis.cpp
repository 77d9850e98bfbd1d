// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prompts/gridaxis.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <utility>

namespace novita::gridaxis {

namespace {

struct GridAxisWords
{
    Q_DECLARE_TR_FUNCTIONS(GridAxis)
};

// Millionths: sums of them are exact, and their quotient is the double nearest to what is written.
constexpr qint64 kUnit = 1'000'000;
constexpr qsizetype kMostProblems = 20;

struct Item
{
    qsizetype position = 0;
    qsizetype length = 0;
    QString text;
    bool quoted = false;
};

std::optional<qint64> millionthsOf(const QString &text)
{
    static const QRegularExpression number(QStringLiteral("\\A([+-]?)(\\d{0,11})(?:\\.(\\d{0,6}))?\\z"));
    const QRegularExpressionMatch match = number.match(text);
    const QString whole = match.captured(2);
    const QString decimals = match.captured(3);
    if (!match.hasMatch() || (whole.isEmpty() && decimals.isEmpty()))
        return {};
    const qint64 value = whole.toLongLong() * kUnit + decimals.leftJustified(6, u'0').toLongLong();
    if (value > kLargest * kUnit)
        return {};
    return match.captured(1) == u"-" ? -value : value;
}

QString numberText(qint64 millionths)
{
    const qint64 size = std::abs(millionths);
    QString text = QString::number(size / kUnit);
    if (size % kUnit != 0) {
        QString decimals = QString::number(size % kUnit).rightJustified(6, u'0');
        while (decimals.endsWith(u'0'))
            decimals.chop(1);
        text += u'.' + decimals;
    }
    return millionths < 0 ? u'-' + text : text;
}

/// To the nearest, halves away from zero; `divisor` > 0.
qint64 quotient(qint64 dividend, qint64 divisor)
{
    const qint64 half = dividend < 0 ? -(divisor / 2) : divisor / 2;
    return (dividend + half) / divisor;
}

class Parser
{
public:
    Parser(const GridField &field, const QString &text)
        : m_text(text)
    {
        m_out.value.field = field;
    }

    PromptReading<GridAxis> run()
    {
        if (m_text.size() > kLongestText) {
            report({kLongestText, m_text.size() - kLongestText, {}, false}, GridAxisWords::tr("This is longer than %1 characters.").arg(kLongestText));
            return m_out;
        }
        const QList<Item> items = split();
        for (const Item &item : items) {
            take(item);
            if (m_full)
                break;
        }
        if (m_out.ok() && m_out.value.values.isEmpty())
            report({0, m_text.size(), {}, false}, GridAxisWords::tr("Type at least one value."));
        if (m_out.ok() && field().kind == GridKind::PromptReplace)
            checkReplacements();
        return m_out;
    }

private:
    const GridField &field() const { return m_out.value.field; }

    void report(const Item &at, const QString &message)
    {
        if (m_out.problems.size() < kMostProblems)
            m_out.problems.append({at.position, at.length, message});
    }

    static QString shown(const Item &item) { return displayLine(item.text, 40); }

    Item quotedItem(qsizetype &at)
    {
        Item item{at, 0, {}, true};
        for (++at; at < m_text.size(); ++at) {
            if (m_text.at(at) != u'"') {
                item.text += m_text.at(at);
            } else if (at + 1 < m_text.size() && m_text.at(at + 1) == u'"') {
                item.text += u'"';
                ++at;
            } else {
                item.length = ++at - item.position;
                return item;
            }
        }
        report({item.position, 1, {}, false}, GridAxisWords::tr("This quote is never closed."));
        return item;
    }

    QList<Item> split()
    {
        QList<Item> items;
        for (qsizetype at = 0; at < m_text.size() && items.size() <= kLongestText; ++at) {
            while (at < m_text.size() && m_text.at(at).isSpace())
                ++at;
            if (at < m_text.size() && m_text.at(at) == u'"') {
                items.append(quotedItem(at));
                const qsizetype behind = at;
                while (at < m_text.size() && m_text.at(at) != u',')
                    ++at;
                if (!QStringView(m_text).sliced(behind, at - behind).trimmed().isEmpty())
                    report({behind, at - behind, {}, false}, GridAxisWords::tr("Behind a quote a comma must follow. Double a quote that is part of the value."));
                continue;
            }
            const qsizetype begin = at;
            while (at < m_text.size() && m_text.at(at) != u',')
                ++at;
            const QString text = m_text.sliced(begin, at - begin).trimmed();
            if (!text.isEmpty())
                items.append({begin, text.size(), text, false});
        }
        return items;
    }

    bool add(const Item &item, const QJsonValue &value, const QString &label)
    {
        if (m_out.value.values.size() >= kMostValues) {
            if (!std::exchange(m_full, true))
                report(item, GridAxisWords::tr("An axis may have at most %1 values.").arg(kMostValues));
            return false;
        }
        m_out.value.values.append({value, label});
        return true;
    }

    void take(const Item &item)
    {
        switch (field().kind) {
        case GridKind::Integer:
        case GridKind::Number: takeNumbers(item); return;
        case GridKind::Choice: takeChoice(item); return;
        case GridKind::Switch: takeSwitch(item); return;
        case GridKind::Text:
        case GridKind::PromptReplace: add(item, item.text, item.text); return;
        }
    }

    void takeChoice(const Item &item)
    {
        for (const QString &choice : field().choices) {
            if (choice.compare(item.text, Qt::CaseInsensitive) == 0) {
                add(item, choice, choice);
                return;
            }
        }
        report(item, GridAxisWords::tr("“%1” is none of the choices of “%2”.").arg(shown(item), field().title));
    }

    void takeSwitch(const Item &item)
    {
        const QString word = item.text.toLower();
        const bool on = word == u"on" || word == u"yes" || word == u"true" || word == u"1";
        const bool off = word == u"off" || word == u"no" || word == u"false" || word == u"0";
        if (on || off)
            add(item, on, on ? GridAxisWords::tr("on") : GridAxisWords::tr("off"));
        else
            report(item, GridAxisWords::tr("“%1” is neither on nor off.").arg(shown(item)));
    }

    bool takeNumber(const Item &item, qint64 millionths)
    {
        const double number = static_cast<double>(millionths) / kUnit;
        const QString text = numberText(millionths);
        const bool whole = field().kind == GridKind::Integer;
        if (whole && millionths % kUnit != 0)
            report(item, GridAxisWords::tr("%1 is no whole number.").arg(text));
        else if (field().least && number < *field().least)
            report(item, GridAxisWords::tr("%1 is less than %2, the least for “%3”.").arg(text, QString::number(*field().least, 'g', 12), field().title));
        else if (field().most && number > *field().most)
            report(item, GridAxisWords::tr("%1 is more than %2, the most for “%3”.").arg(text, QString::number(*field().most, 'g', 12), field().title));
        else
            return add(item, whole ? QJsonValue(millionths / kUnit) : QJsonValue(number), text);
        return false;
    }

    void takeNumbers(const Item &item)
    {
        if (const std::optional<qint64> single = millionthsOf(item.text)) {
            takeNumber(item, *single);
            return;
        }
        static const QRegularExpression range(QStringLiteral("\\A([+-]?[\\d.]+)\\s*-\\s*([+-]?[\\d.]+)\\s*(?:\\(\\s*([+-]?[\\d.]+)\\s*\\)|\\[\\s*(\\d{1,9})\\s*\\])?\\z"));
        const QRegularExpressionMatch match = range.match(item.text);
        const std::optional<qint64> from = millionthsOf(match.captured(1));
        const std::optional<qint64> to = millionthsOf(match.captured(2));
        if (!match.hasMatch() || !from || !to) {
            report(item, GridAxisWords::tr("“%1” is no number and no range such as 1-5, 1-10 (+2) or 0.2-0.8 [4].").arg(shown(item)));
            return;
        }
        if (match.hasCaptured(4))
            takeParts(item, *from, *to, match.captured(4).toLongLong());
        else if (match.hasCaptured(3))
            takeSteps(item, *from, *to, millionthsOf(match.captured(3)).value_or(0));
        else if (*from % kUnit != 0 || *to % kUnit != 0)
            report(item, GridAxisWords::tr("Say the step of this range, as in 0.2-0.8 (+0.2), or how many values it has, as in 0.2-0.8 [4]."));
        else
            takeSteps(item, *from, *to, *to < *from ? -kUnit : kUnit);
    }

    void takeSteps(const Item &item, qint64 from, qint64 to, qint64 step)
    {
        if (step == 0 || (to != from && (to > from) != (step > 0))) {
            report(item, GridAxisWords::tr("With this step the range never gets to its end."));
            return;
        }
        const qint64 steps = (to - from) / step;
        for (qint64 i = 0; i <= steps; ++i) {
            if (!takeNumber(item, from + i * step))
                return;
        }
    }

    void takeParts(const Item &item, qint64 from, qint64 to, qint64 count)
    {
        if (count < 1 || count > kMostValues) {
            report(item, GridAxisWords::tr("A range may have 1 to %1 values.").arg(kMostValues));
            return;
        }
        std::optional<qint64> last;
        for (qint64 i = 0; i < count; ++i) {
            qint64 value = count == 1 ? from : from + quotient((to - from) * i, count - 1);
            if (field().kind == GridKind::Integer)
                value = quotient(value, kUnit) * kUnit;
            if (last != value && !takeNumber(item, value))
                return;
            last = value;
        }
    }

    void checkReplacements()
    {
        const QList<GridValue> &values = m_out.value.values;
        if (values.first().value.toString().isEmpty())
            report({0, m_text.size(), {}, false}, GridAxisWords::tr("The first value is what is looked for, and cannot be empty."));
        else if (values.size() < 2)
            report({0, m_text.size(), {}, false}, GridAxisWords::tr("Type what is looked for, a comma, and what it is replaced by."));
    }

    const QString &m_text;
    PromptReading<GridAxis> m_out;
    bool m_full = false;
};

} // namespace

PromptReading<GridAxis> parse(const GridField &field, const QString &text)
{
    return Parser(field, text).run();
}

} // namespace novita::gridaxis
