// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tokens.h"

#include <array>

namespace novita {

namespace {

struct TokenRow
{
    Token token;
    QRgb light;
    QRgb dark;
};

constexpr QRgb rgb(unsigned value)
{
    return 0xff000000U | value;
}

// In enum order. The soft backgrounds keep 4.5:1 under their own tone and under `Text` (tests/ui/tst_theme).
constexpr std::array<TokenRow, 21> kTokens{{
    {Token::Window, rgb(0xF6F7F9), rgb(0x16181D)},
    {Token::Surface, rgb(0xFFFFFF), rgb(0x1D2026)},
    {Token::Raised, rgb(0xFFFFFF), rgb(0x252932)},
    {Token::Line, rgb(0xDDE1E6), rgb(0x2E343D)},
    {Token::LineStrong, rgb(0xB6BEC8), rgb(0x4A525E)},
    {Token::Text, rgb(0x1B1F24), rgb(0xE8EAED)},
    {Token::Text2, rgb(0x4C5661), rgb(0xAEB6C0)},
    {Token::Text3, rgb(0x6B7580), rgb(0x8A939E)},
    {Token::Accent, rgb(0x0B62D6), rgb(0x69AEFF)},
    {Token::AccentSoft, rgb(0xE3EEFC), rgb(0x1B2F4A)},
    {Token::OnAccent, rgb(0xFFFFFF), rgb(0x10141A)},
    {Token::Good, rgb(0x177A3A), rgb(0x56C98B)},
    {Token::GoodSoft, rgb(0xE4F4E9), rgb(0x17332A)},
    {Token::Wait, rgb(0x0B62D6), rgb(0x69AEFF)},
    {Token::WaitSoft, rgb(0xE3EEFC), rgb(0x1B2F4A)},
    {Token::Warn, rgb(0x8F5F00), rgb(0xE2B44A)},
    {Token::WarnSoft, rgb(0xFCF1DA), rgb(0x372D18)},
    {Token::Bad, rgb(0xBA2525), rgb(0xFF8A80)},
    {Token::BadSoft, rgb(0xFCE8E7), rgb(0x3D2324)},
    {Token::Idle, rgb(0x5B6570), rgb(0x9AA3AE)},
    {Token::IdleSoft, rgb(0xECEFF2), rgb(0x2A2F37)},
}};

constexpr bool inEnumOrder()
{
    for (std::size_t i = 0; i < kTokens.size(); ++i) {
        if (static_cast<std::size_t>(kTokens[i].token) != i)
            return false;
    }
    return true;
}
static_assert(inEnumOrder());

struct ProfileRow
{
    QLatin1String name;
    QRgb light;
    QRgb dark;
};

const std::array<ProfileRow, 6> kProfileColors{{
    {QLatin1String("grey"), rgb(0x5B6570), rgb(0x9AA3AE)},
    {QLatin1String("blue"), rgb(0x0B62D6), rgb(0x69AEFF)},
    {QLatin1String("green"), rgb(0x177A3A), rgb(0x56C98B)},
    {QLatin1String("orange"), rgb(0xB84E00), rgb(0xF08A4B)},
    {QLatin1String("purple"), rgb(0x7A3FC4), rgb(0xC29BF5)},
    {QLatin1String("red"), rgb(0xBA2525), rgb(0xFF8A80)},
}};

struct SeriesRow
{
    QRgb light;
    QRgb dark;
};

// Told apart with every common kind of colour blindness.
constexpr std::array<SeriesRow, kSeriesColors> kSeries{{
    {rgb(0x0072B2), rgb(0x4FA8E0)},
    {rgb(0xD55E00), rgb(0xF08A4B)},
    {rgb(0x009E73), rgb(0x3CC79B)},
    {rgb(0xCC79A7), rgb(0xE39AC6)},
    {rgb(0xE69F00), rgb(0xF2B84B)},
    {rgb(0x56B4E9), rgb(0x8CCBF2)},
    {rgb(0x5B6570), rgb(0x9AA3AE)},
}};

} // namespace

QColor tokenColor(Token token, bool dark)
{
    const TokenRow &row = kTokens.at(static_cast<std::size_t>(token));
    return QColor::fromRgb(dark ? row.dark : row.light);
}

QColor profileTokenColor(const QString &name, bool dark)
{
    for (const ProfileRow &row : kProfileColors) {
        if (row.name == name)
            return QColor::fromRgb(dark ? row.dark : row.light);
    }
    return QColor::fromRgb(dark ? kProfileColors.front().dark : kProfileColors.front().light);
}

QColor seriesTokenColor(int index, bool dark)
{
    const SeriesRow &row = kSeries.at(static_cast<std::size_t>(qMax(0, index)) % kSeries.size());
    return QColor::fromRgb(dark ? row.dark : row.light);
}

Token toneToken(StateTone tone)
{
    switch (tone) {
    case StateTone::Good:
        return Token::Good;
    case StateTone::Wait:
        return Token::Wait;
    case StateTone::Warn:
        return Token::Warn;
    case StateTone::Bad:
        return Token::Bad;
    case StateTone::Idle:
        break;
    }
    return Token::Idle;
}

Token toneSoftToken(StateTone tone)
{
    switch (tone) {
    case StateTone::Good:
        return Token::GoodSoft;
    case StateTone::Wait:
        return Token::WaitSoft;
    case StateTone::Warn:
        return Token::WarnSoft;
    case StateTone::Bad:
        return Token::BadSoft;
    case StateTone::Idle:
        break;
    }
    return Token::IdleSoft;
}

} // namespace novita
