// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme.h"

#include "core/base/logging.h"
#include "ui/iconengine.h"
#include "ui/stylesheet.h"
#include "ui/systemscheme.h"
#include "ui/tokens.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontMetrics>
#include <QStyleFactory>

// Resources in a static library are only there once this ran; it has to stand outside of any namespace.
static void initIcons()
{
    Q_INIT_RESOURCE(icons);
}

namespace novita {

namespace {

bool isDarkPalette(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

QPalette makePalette(bool dark)
{
    const auto color = [dark](Token token) { return tokenColor(token, dark); };
    QPalette palette;
    palette.setColor(QPalette::Window, color(Token::Window));
    palette.setColor(QPalette::WindowText, color(Token::Text));
    palette.setColor(QPalette::Base, color(Token::Surface));
    palette.setColor(QPalette::AlternateBase, color(Token::Window));
    palette.setColor(QPalette::Text, color(Token::Text));
    palette.setColor(QPalette::Button, color(Token::Surface));
    palette.setColor(QPalette::ButtonText, color(Token::Text));
    palette.setColor(QPalette::BrightText, color(Token::OnAccent));
    palette.setColor(QPalette::ToolTipBase, color(Token::Raised));
    palette.setColor(QPalette::ToolTipText, color(Token::Text));
    palette.setColor(QPalette::PlaceholderText, color(Token::Text3));
    palette.setColor(QPalette::Highlight, color(Token::Accent));
    palette.setColor(QPalette::HighlightedText, color(Token::OnAccent));
    palette.setColor(QPalette::Link, color(Token::Accent));
    palette.setColor(QPalette::LinkVisited, color(Token::Accent));
    palette.setColor(QPalette::Light, color(Token::Raised));
    palette.setColor(QPalette::Midlight, color(Token::Line));
    palette.setColor(QPalette::Mid, color(Token::LineStrong));
    palette.setColor(QPalette::Dark, color(Token::LineStrong));
    palette.setColor(QPalette::Shadow, color(Token::LineStrong));
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, color(Token::Text3));
    palette.setColor(QPalette::Disabled, QPalette::Base, color(Token::Window));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, color(Token::LineStrong));
    return palette;
}

double factorOf(TextStyle style)
{
    switch (style) {
    case TextStyle::Small:
        return 0.85;
    case TextStyle::Body:
        break;
    case TextStyle::Subtitle:
        return 1.15;
    case TextStyle::Title:
        return 1.4;
    case TextStyle::Display:
        return 2.0;
    }
    return 1.0;
}

} // namespace

class Theme::Private
{
public:
    explicit Private(QApplication &application)
        : app(application)
        , systemFont(application.font())
        , systemPaletteDark(isDarkPalette(application.palette()))
        , icons(std::make_shared<IconScheme>())
    {
    }

    QFont bodyFont() const
    {
        QFont font = systemFont;
        const double factor = textSizePercent / 100.0;
        if (systemFont.pointSizeF() > 0)
            font.setPointSizeF(systemFont.pointSizeF() * factor);
        else
            font.setPixelSize(qRound(systemFont.pixelSize() * factor));
        return font;
    }

    bool wantsDark() const
    {
        if (scheme != ColorScheme::System)
            return scheme == ColorScheme::Dark;
        return system->prefersDark().value_or(systemPaletteDark);
    }

    void install()
    {
        dark = wantsDark();
        icons->dark = dark;
        app.setFont(bodyFont());
        app.setPalette(makePalette(dark));
        app.setStyleSheet(makeStyleSheet(dark, QFontMetrics(bodyFont()).height(), textSizePercent));
    }

    QApplication &app;
    QFont systemFont;
    bool systemPaletteDark;
    std::shared_ptr<IconScheme> icons;
    SystemScheme *system = nullptr;
    ColorScheme scheme = ColorScheme::System;
    int textSizePercent = 100;
    bool dark = false;
};

Theme::Theme(QApplication &application, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(application))
{
    initIcons();
    application.setWindowIcon(QIcon(QStringLiteral(":/icons/novita-console.svg")));
    application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    d->system = new SystemScheme(this);
    connect(d->system, &SystemScheme::changed, this, [this] {
        if (d->scheme == ColorScheme::System)
            apply(d->scheme, d->textSizePercent);
    });
    d->install();
}

Theme::~Theme() = default;

void Theme::apply(ColorScheme scheme, int textSizePercent)
{
    d->scheme = scheme;
    d->textSizePercent = qBound(80, textSizePercent, 200);
    d->install();
    emit changed();
}

bool Theme::isDark() const
{
    return d->dark;
}

QColor Theme::color(Token token) const
{
    return tokenColor(token, d->dark);
}

QColor Theme::toneColor(StateTone tone) const
{
    return color(toneToken(tone));
}

QColor Theme::toneSoftColor(StateTone tone) const
{
    return color(toneSoftToken(tone));
}

QColor Theme::profileColor(const QString &name) const
{
    return profileTokenColor(name, d->dark);
}

QColor Theme::seriesColor(int index) const
{
    return seriesTokenColor(index, d->dark);
}

QFont Theme::font(TextStyle style, bool strong) const
{
    QFont font = d->bodyFont();
    const double factor = factorOf(style);
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * factor);
    else
        font.setPixelSize(qRound(font.pixelSize() * factor));
    font.setWeight(strong ? QFont::DemiBold : QFont::Normal);
    return font;
}

QFont Theme::fixedFont() const
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    const double factor = d->textSizePercent / 100.0;
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * factor);
    else
        font.setPixelSize(qRound(font.pixelSize() * factor));
    return font;
}

QIcon Theme::icon(const QString &name) const
{
    if (name.isEmpty())
        return {};
    if (!IconEngine::exists(name)) {
        qCWarning(lcUi) << "no icon named" << name;
        return {};
    }
    return QIcon(new IconEngine(name, d->icons));
}

QPixmap Theme::pixmap(const QString &name, int size, const QColor &color, qreal devicePixelRatio) const
{
    if (!IconEngine::exists(name))
        return {};
    QPixmap pixmap = IconEngine::tinted(name, qRound(size * devicePixelRatio), size, color);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

int Theme::grown(int pixels) const
{
    return grownWithText(pixels, d->textSizePercent);
}

int Theme::controlHeight() const
{
    return qMax(space::kControlHeight, QFontMetrics(d->bodyFont()).height() + 14);
}

int Theme::rowHeight(bool compact) const
{
    const int text = QFontMetrics(d->bodyFont()).height();
    return compact ? qMax(space::kCompactRowHeight, text + 8) : qMax(space::kRowHeight, text + 14);
}

} // namespace novita
