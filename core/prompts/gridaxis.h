// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/prompts/promptproblem.h"

#include <QJsonValue>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace novita {

enum class GridKind {
    Integer,
    Number,
    Text,
    Choice,        ///< one of `choices`, in any case
    Switch,        ///< on and off, also yes and no, true and false, 1 and 0
    PromptReplace, ///< the first value is looked for in the texts and replaced by each value in turn, itself included
};

/// A parameter of a recipe that an axis can run over.
struct GridField
{
    QString path;  ///< key in the recipe's values, or a way into them: "steps", "loras/0/strength". Empty for PromptReplace.
    QString title; ///< for labels and sentences: "Steps"
    GridKind kind = GridKind::Text;
    std::optional<double> least;
    std::optional<double> most;
    QStringList choices;
    QStringList texts; ///< PromptReplace: keys of the texts to look in: "prompt", "negative_prompt"

    bool operator==(const GridField &) const = default;
};

struct GridValue
{
    QJsonValue value;
    QString label; ///< as typed, or as the range gave it: "0.35"

    bool operator==(const GridValue &) const = default;
};

struct GridAxis
{
    GridField field;
    QList<GridValue> values;

    bool operator==(const GridAxis &) const = default;
};

namespace gridaxis {

inline constexpr qsizetype kMostValues = 100;
inline constexpr qsizetype kLongestText = 16'384;
inline constexpr qint64 kLargest = 10'000'000'000; ///< number, either sign; has room for every seed of the cloud

/// Reads the values of an axis as a person types them. Pure.
///
/// Values are set apart by commas. One that holds a comma or a quote, is empty, or has blanks at its ends is put into double quotes, and quotes in
/// it are doubled. For Integer and Number a value may be a range, ends included:
/// - `1-5` by ones, also down (`5-1`); with decimals a step or a number of values has to be said;
/// - `1-10 (+2)` by steps, as long as they stay within: 1, 3, 5, 7, 9; down with a negative step, `10-1 (-3)`;
/// - `0.2-0.8 [4]` that many values, evenly apart; for Integer rounded, each once.
/// Numbers have at most six decimals and are exact: no 0.30000000000000004. A value that is typed twice is there twice (seeds of -1 are wanted so).
///
/// Problems: what is no number, no choice or out of the field's range, a step that leads away, more than kMostValues, an open quote; PromptReplace needs
/// two values. Every problem names its place.
PromptReading<GridAxis> parse(const GridField &field, const QString &text);

} // namespace gridaxis

} // namespace novita
