// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instancestate.h"

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPalette>
#include <QPixmap>

#include <memory>

class QApplication;

namespace novita {

/// The design tokens (ui/theme is the only place with colour literals).
enum class Token {
    Window, Surface, Raised, Line, LineStrong, Text, Text2, Text3,
    Accent, AccentSoft, OnAccent, Good, GoodSoft, Wait, WaitSoft, Warn, WarnSoft, Bad, BadSoft, Idle, IdleSoft,
};

enum class ColorScheme { System, Light, Dark };

/// Spacing on the 4 px grid, in device-independent pixels.
namespace space {
inline constexpr int kInside = 4;
inline constexpr int kRelated = 8;
inline constexpr int kGroup = 16;
inline constexpr int kPage = 24;
inline constexpr int kControlHeight = 32;
inline constexpr int kRowHeight = 32;
inline constexpr int kCompactRowHeight = 26;
inline constexpr int kRadius = 6;
} // namespace space

/// Sizes of type, times the base font.
enum class TextStyle { Small, Body, Subtitle, Title, Display };

/// Palette, style sheet, fonts and icons, all from the tokens; switches live between light and dark.
/// `system` follows the desktop portal's colour-scheme (D-Bus, asynchronous) and else the platform palette's luminance.
class Theme final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Theme)

public:
    explicit Theme(QApplication &application, QObject *parent = nullptr);
    ~Theme() override;

    /// `textSizePercent` is held to 80-200.
    void apply(ColorScheme scheme, int textSizePercent);
    bool isDark() const;

    QColor color(Token token) const;
    QColor toneColor(StateTone tone) const;
    QColor toneSoftColor(StateTone tone) const;
    QColor profileColor(const QString &name) const; ///< "blue", "green", "orange", "purple", "red", "grey"
    /// Of the series of charts: 0-6, then round again.
    QColor seriesColor(int index) const;
    QFont font(TextStyle style, bool strong = false) const;
    /// The system's font of fixed width, grown with the text.
    QFont fixedFont() const;

    /// A Breeze icon by name (resources/icons.cmake lists them), tinted for the scheme that is in force when it is painted; an
    /// unknown name gives a null icon and a warning.
    QIcon icon(const QString &name) const;
    /// The same icon in one colour, `size` device-independent pixels square.
    QPixmap pixmap(const QString &name, int size, const QColor &color, qreal devicePixelRatio = 1.0) const;

    /// The size of a mark of so many pixels, an icon or an arrow, beside the present text: grows with it and never shrinks.
    int grown(int pixels) const;
    /// Height of buttons and fields: 32 at 100 %, more when the text is larger.
    int controlHeight() const;
    /// Height of table rows likewise: 32, compact 26.
    int rowHeight(bool compact) const;

signals:
    void changed(); ///< scheme or text size: repaint, re-fetch icons and fonts

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace novita
