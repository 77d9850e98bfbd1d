// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/filmheader.h"

#include <algorithm>
#include <array>

namespace novita {

FilmFormat sniffFilmFormat(const QByteArray &head)
{
    constexpr qsizetype kLeastBytes = 16;
    if (head.size() < kLeastBytes)
        return FilmFormat::None;
    if (head.startsWith("\x1a\x45\xdf\xa3"))
        return FilmFormat::WebM;
    // An ISO media file begins with the length of its first box, and the name of that; older ones without "ftyp".
    static constexpr std::array boxes{"ftyp", "moov", "mdat", "wide", "free", "skip"};
    const QByteArray name = head.mid(4, 4);
    const bool isBox = std::any_of(boxes.begin(), boxes.end(), [&name](const char *box) { return name == box; });
    return isBox ? FilmFormat::Mp4 : FilmFormat::None;
}

} // namespace novita
