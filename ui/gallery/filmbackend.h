// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace novita {

/// Loads the part of Qt Multimedia that films are played by; the first call decides for the whole program, the others
/// do nothing. Before any QMediaPlayer is made. Takes a tenth of a second and more where its libraries are not in
/// memory yet. Any thread with a QCoreApplication.
void loadFilmBackend();

} // namespace novita
