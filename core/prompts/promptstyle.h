// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace novita {

/// Words that a person puts around prompts again and again, under a name. Texts are templates of the prompt language.
struct PromptStyle
{
    QString name;
    QString folder;   ///< "people/portraits", or empty: none
    QString prompt;   ///< `{prompt}` is where the person's own prompt goes; without it the text is put behind
    QString negative; ///< the same for the negative prompt

    bool operator==(const PromptStyle &) const = default;
};

struct PromptPair
{
    QString prompt;
    QString negative;

    bool operator==(const PromptPair &) const = default;
};

/// Styles of a file, and what of it could not be taken.
struct StyleImport
{
    QList<PromptStyle> styles;
    QStringList problems; ///< sentences with the number of the style or the line; the first 50
};

/// Pure functions, any thread.
namespace promptstyles {

inline constexpr qsizetype kLongestName = 100;
inline constexpr qsizetype kLongestFolder = 200;
inline constexpr qsizetype kDeepestFolder = 8;
inline constexpr qsizetype kLongestText = 16'384;         ///< of a prompt or a negative prompt, UTF-16 units
inline constexpr qsizetype kMostStyles = 2'000;           ///< of a file, and of a collection
inline constexpr qsizetype kMostBytes = 4 * 1024 * 1024;  ///< of a file

/// The style with its name and folder as one reads them: blanks at ends and empty folders gone. ErrorKind::Validation when nothing is left of the
/// name, it holds a slash or what is not seen, or something is too long.
Result<PromptStyle> cleaned(const PromptStyle &style);

/// The person's prompts with the styles applied, one after the other, before they are expanded. Where a style's text has `{prompt}`, the prompt so far
/// goes in there (each time it occurs); else the text is put behind, with a comma between. An empty text changes nothing.
PromptPair applied(const PromptPair &own, const QList<PromptStyle> &styles);

enum class SameName {
    Replace,  ///< the one that comes takes the place of the one that is there
    KeepBoth, ///< the one that comes gets a number, "portrait (2)", unless it is the same anyway
};

/// `mine` with `incoming` added; the same folder and name, case apart, is the same style. At most kMostStyles: what is beyond is left out.
QList<PromptStyle> merged(const QList<PromptStyle> &mine, const QList<PromptStyle> &incoming, SameName rule);

/// A JSON array of {"name", "folder", "prompt", "negative_prompt"}, in UTF-8: the form that other programs share styles in, with our folder.
QByteArray toJson(const QList<PromptStyle> &styles);

/// The styles.csv of Stable Diffusion WebUI, in UTF-8 with the byte order mark that it writes: name, prompt, negative_prompt, and the folder in a column of its
/// own behind them where there is one, which that program passes over.
QByteArray toCsv(const QList<PromptStyle> &styles);

/// Reads what toJson() writes, alone or as "styles" of an object, or the styles.csv of Stable Diffusion WebUI (RFC 4180; the columns name, prompt, or
/// text as it was once called, and negative_prompt), told apart by the first character. A style without any text, which programs write as a divider,
/// is left out; one that cleaned() refuses is a problem. ErrorKind::Validation when the file is too large, no UTF-8, or neither form.
Result<StyleImport> read(const QByteArray &bytes);

} // namespace promptstyles

} // namespace novita
