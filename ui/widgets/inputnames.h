// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QWidget;

namespace novita {

/// The accessible name of an input whose label does not stand beside it in the same parent.
///
/// Qt 6.4 tells assistive programs the text of a combo box as its name, and finds a label only among the siblings: a hidden one is made there, and
/// renamed by the next call. The line edits inside of combo and spin boxes get the name, too.
void nameInput(QWidget *input, const QString &name);

} // namespace novita
