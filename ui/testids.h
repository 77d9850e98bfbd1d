// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QApplication;

namespace novita {

/// Qt 6.4 does not tell object names to assistive technology. With NOVITA_TEST_IDS set in the environment this installs a filter that
/// appends "#objectName" to the accessible description of every named widget when it is shown, for automation that wants
/// ids. Does nothing without the variable.
void installTestIds(QApplication &application);

} // namespace novita
