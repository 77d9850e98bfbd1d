// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/filmbar.h"

#include "ui/gallery/filmplayer.h"
#include "ui/gallery/filmtime.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/wraplayout.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>

namespace novita {

namespace {

QPushButton *makeButton(QWidget *parent)
{
    auto *button = new QPushButton(parent);
    button->setAutoDefault(false);
    button->setProperty("segment", true);
    return button;
}

} // namespace

FilmBar::FilmBar(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_play(makeButton(this))
    , m_back(makeButton(this))
    , m_on(makeButton(this))
    , m_slider(new QSlider(Qt::Horizontal, this))
    , m_time(makeLabel("text2", this))
    , m_loop(makeButton(this))
    , m_mute(makeButton(this))
    , m_use(makeButton(this))
    , m_save(makeButton(this))
    , m_note(makeWords("text3", this))
{
    build();
    connect(m_play, &QPushButton::clicked, this, [this] { m_player->togglePlaying(); });
    connect(m_back, &QPushButton::clicked, this, [this] { m_player->step(-1); });
    connect(m_on, &QPushButton::clicked, this, [this] { m_player->step(1); });
    connect(m_slider, &QSlider::valueChanged, this, [this](int value) { m_player->seek(Milliseconds(value)); });
    connect(m_loop, &QPushButton::toggled, this, [this](bool on) { m_player->setLooping(on); });
    connect(m_mute, &QPushButton::toggled, this, [this](bool on) {
        m_player->setMuted(on);
        applyTheme();
    });
    connect(m_use, &QPushButton::clicked, this, &FilmBar::useFrameRequested);
    connect(m_save, &QPushButton::clicked, this, &FilmBar::saveFrameRequested);
    connect(&theme, &Theme::changed, this, &FilmBar::applyTheme);
    applyTheme();
    retranslate();
    hide();
}

void FilmBar::build()
{
    m_loop->setCheckable(true);
    m_mute->setCheckable(true);
    m_slider->setSingleStep(100);
    m_slider->setPageStep(1000);
    auto *upper = new QHBoxLayout;
    upper->setSpacing(space::kInside);
    for (QWidget *part : {static_cast<QWidget *>(m_play), static_cast<QWidget *>(m_back), static_cast<QWidget *>(m_on)})
        upper->addWidget(part);
    upper->addWidget(m_slider, 1);
    upper->addWidget(m_loop);
    upper->addWidget(m_mute);
    auto *lower = new WrapLayout;
    lower->addWidget(m_use);
    lower->addWidget(m_save);
    lower->addWidget(m_time);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kInside);
    layout->addLayout(upper);
    layout->addLayout(lower);
    layout->addWidget(m_note);
}

void FilmBar::setPlayer(FilmPlayer *player)
{
    if (m_player)
        m_player->disconnect(this);
    m_player = player;
    m_news.clear();
    setVisible(player);
    if (!player)
        return;
    connect(player, &FilmPlayer::stateChanged, this, &FilmBar::present);
    connect(player, &FilmPlayer::positionChanged, this, &FilmBar::presentPosition);
    present();
}

void FilmBar::setCanUse(bool can)
{
    m_use->setVisible(can);
}

void FilmBar::tell(const QString &news)
{
    m_news = news;
    present();
}

void FilmBar::present()
{
    if (!m_player)
        return;
    const FilmPlayer::State state = m_player->state();
    const bool isReady = state == FilmPlayer::State::Paused || state == FilmPlayer::State::Playing;
    for (QWidget *part : {static_cast<QWidget *>(m_play), static_cast<QWidget *>(m_back), static_cast<QWidget *>(m_on),
                          static_cast<QWidget *>(m_slider), static_cast<QWidget *>(m_loop),
                          static_cast<QWidget *>(m_use), static_cast<QWidget *>(m_save)})
        part->setEnabled(isReady);
    m_back->setEnabled(isReady && m_player->canSeek());
    m_slider->setEnabled(isReady && m_player->canSeek());
    setVisible(state != FilmPlayer::State::Failed);
    m_mute->setVisible(m_player->hasSound());
    {
        const QSignalBlocker loopBlocker(m_loop);
        const QSignalBlocker muteBlocker(m_mute);
        m_loop->setChecked(m_player->isLooping());
        m_mute->setChecked(m_player->isMuted());
    }
    QStringList notes{m_player->note(), m_news};
    notes.removeAll(QString());
    m_note->setText(notes.join(QLatin1Char('\n')));
    m_note->setVisible(!notes.isEmpty());
    applyTheme();
    retranslate();
    presentPosition();
}

void FilmBar::presentPosition()
{
    if (!m_player)
        return;
    const QSignalBlocker blocker(m_slider);
    m_slider->setRange(0, static_cast<int>(std::min<qint64>(m_player->duration().count(), 24 * 3600 * 1000)));
    if (!m_slider->isSliderDown())
        m_slider->setValue(static_cast<int>(m_player->position().count()));
    m_time->setText(m_player->duration() > Milliseconds(0)
                        ? tr("%1 of %2", "position and length of a film")
                              .arg(filmtime::place(m_player->position()), filmtime::place(m_player->duration()))
                        : filmtime::place(m_player->position()));
}

void FilmBar::applyTheme()
{
    const bool isPlaying = m_player && m_player->state() == FilmPlayer::State::Playing;
    m_play->setIcon(
        m_theme.icon(isPlaying ? QStringLiteral("media-playback-pause") : QStringLiteral("media-playback-start")));
    m_back->setIcon(m_theme.icon(QStringLiteral("media-skip-backward")));
    m_on->setIcon(m_theme.icon(QStringLiteral("media-skip-forward")));
    m_loop->setIcon(m_theme.icon(QStringLiteral("media-playlist-repeat")));
    m_mute->setIcon(
        m_theme.icon(m_mute->isChecked() ? QStringLiteral("audio-volume-muted") : QStringLiteral("audio-volume-high")));
}

void FilmBar::retranslate()
{
    const auto name = [](QWidget *button, const QString &label, const QString &tip) {
        button->setAccessibleName(label);
        button->setToolTip(tip);
    };
    const bool isPlaying = m_player && m_player->state() == FilmPlayer::State::Playing;
    if (isPlaying)
        name(m_play, tr("Pause"), tr("Pause (Space)"));
    else
        name(m_play, tr("Play"), tr("Play (Space)"));
    name(m_back, tr("One frame back"), tr("One frame back (,)"));
    name(m_on, tr("One frame on"), tr("One frame on (.)"));
    name(m_slider, tr("Position in the film"), tr("Position in the film"));
    name(m_loop, tr("Again and again"), tr("Again and again"));
    name(m_mute, tr("Without sound"), tr("Without sound (M)"));
    m_use->setText(tr("Use this frame"));
    name(m_use, tr("Use this frame"), tr("Take this frame as the picture to start from"));
    m_save->setText(tr("Save this frame…"));
    name(m_save, tr("Save this frame"), tr("Save this frame as a PNG file"));
}

void FilmBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        presentPosition();
    }
}

} // namespace novita
