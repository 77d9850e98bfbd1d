// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstdint>

namespace novita {

/// Containers of films that are kept and played. GIF is an ImageFormat.
enum class FilmFormat : std::uint8_t {
    None,
    Mp4,  ///< ISO media, QuickTime's older form of it too
    WebM, ///< Matroska of any kind
};

/// Told by the first bytes, of which 16 are enough; whatever else may be wrong with the file. Pure; any thread.
FilmFormat sniffFilmFormat(const QByteArray &head);

} // namespace novita
