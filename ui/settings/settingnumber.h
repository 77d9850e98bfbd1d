// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QLocale;

/// Whole numbers of the settings as people read and type them. `scale`: what is kept per what is shown, 1000 for
/// milliseconds that are shown as seconds.
namespace novita::settingnumber {

struct Typed
{
    enum class Problem {
        None,
        NotANumber, ///< or finer than what is kept, or not finite
        OutOfRange,
    };
    Problem problem = Problem::None;
    int value = 0; ///< as kept; 0 when there is a problem
};

/// As typed in the default locale, or with a decimal point. `least` and `most` are in the kept unit and belong to the range.
Typed read(const QString &text, int scale, int least, int most);

/// The shortest text that reads back as `value`.
QString text(int value, int scale, const QLocale &locale);

} // namespace novita::settingnumber
