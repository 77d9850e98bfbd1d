// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace novita {

/// How prompts are searched: texts and questions go through the same words. Pure.
namespace picturewords {

/// `text` for SQLite's FTS5 with its unicode61 tokenizer: composed (NFKC), with blanks around characters of scripts that write no blanks between
/// words, so that each of them is found.
QString indexed(const QString &text);

/// An FTS5 expression for what a person typed, or empty for nothing to look for. Words must all be there, the last one also as a beginning; "in
/// quotation marks" as a phrase; -without. Nothing in it is taken for an operator of FTS5. At most kMostTerms count.
QString question(const QString &typed);
/// Where all that was typed is -without: an expression for what must not be there, which FTS5 cannot ask by itself. Else empty.
QString exclusion(const QString &typed);
inline constexpr int kMostTerms = 32;

} // namespace picturewords

} // namespace novita
