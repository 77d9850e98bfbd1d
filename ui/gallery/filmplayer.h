// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QImage>
#include <QObject>

namespace novita {

/// Plays one film, picture by picture; who shows them is another's business. Thread: the UI's; decodes elsewhere.
class FilmPlayer : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FilmPlayer)

public:
    enum class State {
        Loading,
        Paused, ///< at the first frame to begin with, at the last one when it has ended
        Playing,
        Failed,
    };

    State state() const { return m_state; }
    const QString &problem() const { return m_problem; } ///< of State::Failed: a sentence
    const QImage &frame() const { return m_frame; }      ///< the one that is shown; null before the first
    virtual Milliseconds position() const = 0;
    virtual Milliseconds duration() const = 0; ///< 0 = unknown
    virtual bool hasSound() const { return false; }
    virtual bool canSeek() const { return true; } ///< else it only goes on, from its beginning
    bool isLooping() const { return m_looping; }
    bool isMuted() const { return m_muted; }
    QString note() const { return m_note; } ///< what is not shown of it; may be empty

public slots:
    virtual void play() = 0;
    virtual void pause() = 0;
    virtual void seek(novita::Milliseconds position) = 0;
    /// One frame on (1) or back (-1); pauses.
    virtual void step(int frames) = 0;
    virtual void setLooping(bool looping) { m_looping = looping; }
    virtual void setMuted(bool muted) { m_muted = muted; }
    void togglePlaying();

signals:
    void frameChanged(const QImage &frame);
    void positionChanged();
    void stateChanged(); ///< or duration, sound

protected:
    explicit FilmPlayer(QObject *parent)
        : QObject(parent)
    {
    }

    void setState(State state);
    void fail(const QString &sentence);
    void showFrame(const QImage &frame);
    void setNote(const QString &note) { m_note = note; }

private:
    State m_state = State::Loading;
    QString m_problem;
    QString m_note;
    QImage m_frame;
    bool m_looping = false;
    bool m_muted = false;
};

/// A player for the video file at `path`, owned by `parent`; nullptr when this program was built without one.
FilmPlayer *makeVideoPlayer(const QString &path, QObject *parent);

} // namespace novita
