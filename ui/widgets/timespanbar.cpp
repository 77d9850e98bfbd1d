// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/timespanbar.h"

#include "ui/theme.h"
#include "ui/widgets/chartpanel.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>

#include <algorithm>
#include <array>

namespace novita {

namespace {

constexpr std::array<int, 5> kSpans{300, 1800, 10800, 86400, 604800};

} // namespace

TimeSpanBar::TimeSpanBar(Seconds span, QWidget *parent)
    : QWidget(parent), m_span(span), m_spans(new QButtonGroup(this)), m_pause(new QPushButton(this))
{
    auto *bar = new QHBoxLayout(this);
    bar->setContentsMargins(0, 0, 0, 0);
    bar->setSpacing(space::kInside);
    for (const int seconds : kSpans) {
        auto *button = new QPushButton(this);
        button->setCheckable(true);
        button->setAutoDefault(false);
        button->setProperty("segment", true);
        button->setChecked(seconds == m_span.count());
        m_spans->addButton(button, seconds);
        bar->addWidget(button);
    }
    bar->addSpacing(space::kRelated);
    bar->addStretch(1);
    m_pause->setCheckable(true);
    m_pause->setAutoDefault(false);
    m_pause->setProperty("segment", true);
    bar->addWidget(m_pause);
    connect(m_spans, &QButtonGroup::idClicked, this, [this](int seconds) { setSpan(Seconds(seconds)); });
    connect(m_pause, &QPushButton::toggled, this, &TimeSpanBar::pausedChanged);
    retranslate();
}

void TimeSpanBar::setSpan(Seconds span)
{
    QAbstractButton *button = std::find(kSpans.begin(), kSpans.end(), span.count()) == kSpans.end() ? nullptr : m_spans->button(static_cast<int>(span.count()));
    if (!button || span == m_span)
        return;
    button->setChecked(true);
    m_span = span;
    emit spanChanged(span);
}

bool TimeSpanBar::isPaused() const
{
    return m_pause->isChecked();
}

void TimeSpanBar::setPaused(bool paused)
{
    m_pause->setChecked(paused);
}

void TimeSpanBar::bind(const QList<ChartPanel *> &charts)
{
    for (ChartPanel *chart : charts) {
        connect(m_pause, &QPushButton::toggled, chart, &ChartPanel::setPaused);
        connect(chart, &ChartPanel::pausedChanged, m_pause, &QPushButton::setChecked);
        for (ChartPanel *other : charts) {
            if (other != chart)
                connect(chart, &ChartPanel::cursorMoved, other, &ChartPanel::setCursorTime);
        }
    }
}

void TimeSpanBar::retranslate()
{
    const QStringList words{tr("5 m"), tr("30 m"), tr("3 h"), tr("24 h"), tr("7 d")};
    const QStringList names{tr("Last 5 minutes"), tr("Last 30 minutes"), tr("Last 3 hours"), tr("Last 24 hours"), tr("Last 7 days")};
    for (std::size_t i = 0; i < kSpans.size(); ++i) {
        QAbstractButton *button = m_spans->button(kSpans.at(i));
        button->setText(words.at(static_cast<qsizetype>(i)));
        button->setAccessibleName(names.at(static_cast<qsizetype>(i)));
        button->setToolTip(names.at(static_cast<qsizetype>(i)));
    }
    m_pause->setText(tr("Pause"));
    m_pause->setAccessibleName(tr("Pause charts"));
}

void TimeSpanBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
