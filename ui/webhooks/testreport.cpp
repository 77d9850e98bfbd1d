// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/testreport.h"

#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollArea>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr int kIcon = 16;
constexpr int kMostLines = 100;
constexpr int kColumns = 3; ///< icon, name, sentence

/// Scrolls what does not fit, and wants as much room as there is to show; a plain one remembers what it had to show first.
class LinesArea final : public QScrollArea
{
public:
    LinesArea(QWidget *content, QWidget *parent) : QScrollArea(parent)
    {
        setWidgetResizable(true);
        setFrameShape(QFrame::NoFrame);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setFocusPolicy(Qt::NoFocus);
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
        setWidget(content);
        content->setAutoFillBackground(false);
        viewport()->setAutoFillBackground(false);
    }
    QSize sizeHint() const override
    {
        const QLayout *lines = widget()->layout();
        return {widget()->sizeHint().width(), lines->hasHeightForWidth() ? lines->totalHeightForWidth(viewport()->width()) : lines->totalSizeHint().height()};
    }

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        QScrollArea::resizeEvent(event);
        if (event->oldSize().width() != event->size().width())
            updateGeometry();
    }
};

struct Look
{
    QString icon;
    StateTone tone;
    QString word;
};

Look look(SelfTestHop::State state)
{
    switch (state) {
    case SelfTestHop::State::Ok:
        return {QStringLiteral("checkmark"), StateTone::Good, TestReport::tr("passed")};
    case SelfTestHop::State::Failed:
        return {QStringLiteral("dialog-close"), StateTone::Bad, TestReport::tr("failed")};
    case SelfTestHop::State::NotReached:
        break;
    }
    return {QStringLiteral("media-playback-stop"), StateTone::Idle, TestReport::tr("not reached")};
}

} // namespace

TestReport::TestReport(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_summary(makeWords("text", this))
    , m_close(new QPushButton(this))
    , m_lines(new QWidget)
    , m_grid(new QGridLayout(m_lines))
{
    setProperty("card", true);
    m_close->setProperty("flat", true);
    m_close->setAutoDefault(false);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(space::kRelated);
    m_grid->setVerticalSpacing(space::kInside);
    m_grid->setColumnStretch(2, 1);
    m_grid->setRowStretch(kMostLines, 1);
    auto *head = new QHBoxLayout;
    head->setSpacing(space::kRelated);
    head->addWidget(m_summary, 1);
    head->addWidget(m_close, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kGroup, space::kRelated, space::kRelated, space::kRelated);
    layout->setSpacing(space::kInside);
    layout->addLayout(head);
    // With large text in a low window the list of deliveries would have no room left.
    m_area = new LinesArea(m_lines, this);
    layout->addWidget(m_area);
    hide();
    connect(m_close, &QPushButton::clicked, this, &QWidget::hide);
    connect(&theme, &Theme::changed, this, &TestReport::present);
    retranslate();
}

void TestReport::showTest(const SelfTest &test)
{
    m_test = test;
    present();
    show();
}

void TestReport::present()
{
    m_summary->setFont(m_theme.font(TextStyle::Body, true));
    if (!m_test)
        return;
    m_summary->setText(m_test->sentence());
    while (m_labels.size() < m_test->hops.size() * kColumns)
        addLine();
    for (qsizetype i = 0; i < m_labels.size() / kColumns; ++i) {
        const bool used = i < m_test->hops.size();
        for (qsizetype column = 0; column < kColumns; ++column)
            m_labels.at(i * kColumns + column)->setVisible(used);
        if (!used)
            continue;
        const SelfTestHop &hop = m_test->hops.at(i);
        const Look seen = look(hop.state);
        QLabel *icon = m_labels.at(i * kColumns);
        icon->setPixmap(m_theme.pixmap(seen.icon, m_theme.grown(kIcon), m_theme.toneColor(seen.tone), devicePixelRatioF()));
        icon->setAccessibleName(seen.word);
        icon->setToolTip(seen.word);
        m_labels.at(i * kColumns + 1)->setText(SelfTest::hopName(hop));
        m_labels.at(i * kColumns + 2)->setText(hop.state == SelfTestHop::State::NotReached ? seen.word : hop.sentence);
    }
    m_area->updateGeometry();
}

void TestReport::addLine()
{
    const int row = static_cast<int>(m_labels.size() / kColumns);
    auto *icon = new QLabel(m_lines);
    QLabel *name = makeWords("text", m_lines);
    name->setWordWrap(false);
    QLabel *sentence = makeWords("text2", m_lines);
    sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    const QList<QLabel *> line{icon, name, sentence};
    for (int column = 0; column < kColumns; ++column)
        m_grid->addWidget(line.at(column), row, column, Qt::AlignTop);
    m_labels.append(line);
}

void TestReport::retranslate()
{
    setAccessibleName(tr("Test of the webhook receiver"));
    m_close->setText(tr("Close"));
    m_close->setAccessibleName(tr("Close test report"));
    present();
}

} // namespace novita
