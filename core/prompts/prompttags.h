// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringView>

#include <optional>

namespace novita {

/// `<lora:name:0.8>` in a prompt: Stable Diffusion programs load the named file and do not see the tag as words. Novita's V3 endpoints have
/// fields for it instead, so that their backend takes tags out of the text.
struct PromptTag
{
    QString kind;            ///< "lora", "lyco", "hypernet"
    QString name;            ///< as written, without blanks at its ends
    double weight = 1.0;     ///< 1 where none, or no number, is written
    qsizetype position = 0;  ///< of the <, in UTF-16 units
    qsizetype length = 0;    ///< to the >, it included
    qsizetype weightPosition = 0; ///< of what stands behind the second colon; of the > when there is none
    qsizetype weightLength = 0;   ///< 0 when there is none

    bool operator==(const PromptTag &) const = default;
};

namespace prompttags {

/// The tag that begins with the first character of `text`, if there is one. It ends in the same line, and holds no other <.
std::optional<PromptTag> first(QStringView text);
/// All tags, in order. Time linear in the length.
QList<PromptTag> all(QStringView text);
/// The text without its tags, and without the blanks and commas that stood between them and their neighbours and would be double.
QString removed(const QString &text);

} // namespace prompttags

} // namespace novita
