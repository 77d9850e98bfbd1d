// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/fieldspec.h"

#include <QByteArray>
#include <QString>

namespace novita {

/// What a mask is wanted for.
struct MaskRequest
{
    QByteArray picture; ///< the file that the mask is for
    QByteArray mask;    ///< the file of an earlier mask to go on with; empty = none
    FieldSpec field;    ///< the mask's field: its limits hold for what is handed out, its note tells what paint means
};

} // namespace novita
