// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

class QLabel;
class QPushButton;
class QSlider;

namespace novita {

class FilmPlayer;
class Theme;

/// The controls of a film: play and pause, place, step by step, loop, mute, what to do with the frame that is shown.
class FilmBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FilmBar)

public:
    explicit FilmBar(const Theme &theme, QWidget *parent = nullptr);

    /// nullptr: there is none. Not owned.
    void setPlayer(FilmPlayer *player);
    FilmPlayer *player() const { return m_player; }
    /// Whether there is anybody to use a frame; true at first.
    void setCanUse(bool can);
    /// A sentence below the controls, until another film is shown.
    void tell(const QString &news);

signals:
    void useFrameRequested();
    void saveFrameRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    void present();
    void presentPosition();
    void applyTheme();
    void retranslate();

    const Theme &m_theme;
    QPointer<FilmPlayer> m_player;
    QPushButton *m_play;
    QPushButton *m_back;
    QPushButton *m_on;
    QSlider *m_slider;
    QLabel *m_time;
    QPushButton *m_loop;
    QPushButton *m_mute;
    QPushButton *m_use;
    QPushButton *m_save;
    QLabel *m_note;
    QString m_news;
};

} // namespace novita
