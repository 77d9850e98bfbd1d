// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/prompts/weightkeys.h"

#include <QString>

namespace novita {

/// What is being typed at the cursor of a prompt editor: what a completer is to offer, and what it replaces.
struct PromptCompletion
{
    enum class Kind {
        None,
        Lora,      ///< names of LoRAs: `<lora:` was typed
        Wildcard,  ///< names of wildcard lists: `__` was typed
        Embedding, ///< a bare word of at least kLeastWord characters, which may be the name of an embedding
    };

    Kind kind = Kind::None;
    QString typed;          ///< of the name, up to the cursor; may be empty
    qsizetype position = 0; ///< of the name in the text, UTF-16 units
    qsizetype length = 0;   ///< of the name, what stands behind the cursor included

    bool operator==(const PromptCompletion &) const = default;
};

namespace promptcompletion {

inline constexpr qsizetype kLeastWord = 2;

/// Pure. Looks at the line of the cursor only; nothing is offered in a comment. `cursor` out of range is brought into it.
PromptCompletion at(const QString &text, qsizetype cursor);

/// The text with `name` put in, and the cursor behind it: `<lora:name:1>` keeps the weight it has, `__name__` gets its end. An Embedding's name goes
/// in as it is. With Kind::None nothing changes.
PromptSelection completed(const QString &text, const PromptCompletion &completion, const QString &name);

} // namespace promptcompletion

} // namespace novita
