// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace novita {

/// What is wrong with a text that a person typed, and where.
struct PromptProblem
{
    qsizetype position = 0; ///< in UTF-16 units of the text, as editors and QTextCursor count
    qsizetype length = 0;   ///< of what is to be marked; 0: the place between two characters
    QString message;        ///< one translated sentence

    bool operator==(const PromptProblem &) const = default;
};

/// A value read from typed text, as far as it could be read, and what is wrong with it. Only without problems is the value to be used.
template<typename T>
struct PromptReading
{
    T value;
    QList<PromptProblem> problems; ///< in the order of the text

    bool ok() const { return problems.isEmpty(); }
};

} // namespace novita
