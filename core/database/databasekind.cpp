// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/databasekind.h"

#include "core/database/migrations.h"

#include <QtGlobal>

namespace novita {

const DatabaseKind &historyKind()
{
    static constexpr DatabaseKind kind{
        &migrations::apply,
        false,
        {
            QT_TRANSLATE_NOOP("Database", "The disk is full: history is not being saved."),
            QT_TRANSLATE_NOOP("Database", "The history file is damaged."),
            QT_TRANSLATE_NOOP("Database", "Another program holds the history file."),
            QT_TRANSLATE_NOOP("Database", "The history file cannot be written."),
            QT_TRANSLATE_NOOP("Database", "The history file could not be used."),
            QT_TRANSLATE_NOOP("Database", "The history file was damaged. It is kept as %1; a new one was begun."),
            QT_TRANSLATE_NOOP("Database", "The history file is damaged and could not be set aside."),
            QT_TRANSLATE_NOOP("Database", "The history file is not open."),
        }};
    return kind;
}

} // namespace novita
