// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/filmplayer.h"

namespace novita {

void FilmPlayer::togglePlaying()
{
    if (m_state == State::Playing)
        pause();
    else if (m_state == State::Paused)
        play();
}

void FilmPlayer::setState(State state)
{
    if (m_state == State::Failed)
        return;
    m_state = state;
    emit stateChanged();
}

void FilmPlayer::fail(const QString &sentence)
{
    m_problem = sentence;
    setState(State::Failed);
}

void FilmPlayer::showFrame(const QImage &frame)
{
    m_frame = frame;
    emit frameChanged(frame);
}

} // namespace novita
