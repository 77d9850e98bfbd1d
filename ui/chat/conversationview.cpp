// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/conversationview.h"

#include "ui/chat/turncard.h"
#include "ui/format.h"
#include "ui/theme.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/makers.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

#include <utility>

namespace novita {

namespace {

constexpr int kBeforeCards = 3; // widgets of the layout
constexpr int kSlack = 4; // pixels from the end that count as the end

} // namespace

ConversationView::ConversationView(const Theme &theme, QWidget *parent)
    : QScrollArea(parent), m_theme(theme), m_layout(nullptr), m_earlier(makeWords("text3", this)), m_showEarlier(makeLink(this)), m_empty(new EmptyState(this))
{
    auto *content = new QWidget;
    m_layout = new QVBoxLayout(content);
    m_layout->setContentsMargins(0, 0, space::kRelated, 0);
    m_layout->setSpacing(space::kRelated);
    m_layout->addWidget(m_earlier);
    m_layout->addWidget(m_showEarlier, 0, Qt::AlignHCenter);
    m_layout->addWidget(m_empty, 1);
    m_layout->addStretch(0);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setWidget(content);
    content->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
    m_earlier->hide();
    m_showEarlier->hide();
    connect(m_showEarlier, &QPushButton::clicked, this, &ConversationView::earlierRequested);
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    connect(&m_rest, &QTimer::timeout, this, &ConversationView::flush);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) { m_sticks = value >= verticalScrollBar()->maximum() - kSlack; });
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, [this](int, int most) {
        if (m_sticks)
            verticalScrollBar()->setValue(most);
    });
}

void ConversationView::showTurns(const QList<ChatTurn> &turns)
{
    m_rest.stop();
    m_text.clear();
    m_reasoning.clear();
    for (TurnCard *card : std::as_const(m_cards))
        delete card;
    m_cards.clear();
    // Only what will stay is made at all: the latest ones.
    qsizetype chars = 0;
    qsizetype first = turns.size();
    while (first > 0 && turns.size() - first < kStep) {
        chars += turns.at(first - 1).text.size();
        if (chars > kMostShown && first < turns.size())
            break;
        --first;
    }
    m_hidden = static_cast<int>(first);
    for (qsizetype i = first; i < turns.size(); ++i)
        append(static_cast<int>(i), turns.at(i));
    m_sticks = true;
    presentCards();
    verticalScrollBar()->setValue(verticalScrollBar()->maximum()); // the new range may be the old one
}

TurnCard *ConversationView::makeCard(int turn, const ChatTurn &content)
{
    auto *card = new TurnCard(m_theme, turn, content, widget());
    connect(card, &TurnCard::copyRequested, this, &ConversationView::copyRequested);
    connect(card, &TurnCard::editRequested, this, &ConversationView::editRequested);
    connect(card, &TurnCard::retryRequested, this, &ConversationView::retryRequested);
    connect(card, &TurnCard::remedyRequested, this, &ConversationView::remedyRequested);
    connect(card, &TurnCard::unfolded, this, [this] { m_sticks = false; }); // what was unfolded is to be seen, not the end
    return card;
}

void ConversationView::append(int turn, const ChatTurn &content)
{
    TurnCard *card = makeCard(turn, content);
    m_layout->insertWidget(m_layout->count() - 1, card);
    m_cards.append(card);
}

void ConversationView::showEarlier(const QList<ChatTurn> &turns)
{
    // What is looked at stays where it is; the new heights are known a turn of the event loop later.
    const int fromEnd = verticalScrollBar()->maximum() - verticalScrollBar()->value();
    for (int i = 0; i < kStep && m_hidden <= turns.size() && canShowEarlier(); ++i) {
        --m_hidden;
        TurnCard *card = makeCard(m_hidden, turns.at(m_hidden));
        m_layout->insertWidget(kBeforeCards, card);
        m_cards.prepend(card);
    }
    m_sticks = false;
    presentCards();
    QTimer::singleShot(0, this, [this, fromEnd] { verticalScrollBar()->setValue(verticalScrollBar()->maximum() - fromEnd); });
}

qsizetype ConversationView::shownChars() const
{
    qsizetype chars = 0;
    for (const TurnCard *card : m_cards)
        chars += card->shown();
    return chars;
}

bool ConversationView::canShowEarlier() const
{
    return m_hidden > 0 && m_cards.size() < kMostCards && shownChars() < kMostShown;
}

void ConversationView::addTurn(int turn, const ChatTurn &content)
{
    flush();
    append(turn, content);
    if (content.role == ChatRole::User) {
        // Who says something wants to see what comes of it.
        m_sticks = true;
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    }
    dropEarliest();
    presentCards();
}

void ConversationView::grow(const QString &text, const QString &reasoning)
{
    m_text += text;
    m_reasoning += reasoning;
    if (!m_rest.isActive())
        m_rest.start();
}

void ConversationView::flush()
{
    m_rest.stop();
    if (m_cards.isEmpty() || (m_text.isEmpty() && m_reasoning.isEmpty()))
        return;
    m_cards.constLast()->grow(std::exchange(m_text, QString()), std::exchange(m_reasoning, QString()));
    dropEarliest();
}

void ConversationView::recastTurn(const ChatTurn &content)
{
    m_rest.stop();
    m_text.clear();
    m_reasoning.clear();
    if (m_cards.isEmpty())
        return;
    TurnCard *old = m_cards.takeLast();
    const int turn = old->turn();
    delete old;
    append(turn, content);
    presentCards();
}

void ConversationView::endTurn(const ChatTurn &content)
{
    flush();
    if (!m_cards.isEmpty())
        m_cards.constLast()->setFacts(content);
    presentCards();
}

/// Not while earlier ones are looked at: these would move. The last one has a limit of its own.
void ConversationView::dropEarliest()
{
    if (!m_sticks)
        return;
    qsizetype chars = shownChars();
    bool dropped = false;
    while (m_cards.size() > 1 && (chars > kMostShown || m_cards.size() > kMostCards)) {
        TurnCard *card = m_cards.takeFirst();
        chars -= card->shown();
        card->hide();
        card->deleteLater(); // one of its buttons may have led here
        ++m_hidden;
        dropped = true;
    }
    if (dropped)
        presentEarlier();
}

void ConversationView::setObstacle(const QString &whyNot)
{
    if (m_obstacle == whyNot)
        return;
    m_obstacle = whyNot;
    presentCards();
}

void ConversationView::setNothing(const QString &sentence)
{
    m_empty->setContent(sentence);
}

void ConversationView::presentCards()
{
    for (TurnCard *card : std::as_const(m_cards)) {
        card->setEditable(m_obstacle);
        card->setLast(card == m_cards.constLast(), m_obstacle);
    }
    m_empty->setVisible(m_cards.isEmpty());
    presentEarlier();
}

void ConversationView::presentEarlier()
{
    const bool more = canShowEarlier();
    m_showEarlier->setVisible(more);
    m_showEarlier->setText(tr("Show earlier messages (%1)").arg(format::number(m_hidden)));
    m_earlier->setVisible(m_hidden > 0 && !more);
    if (m_hidden > 0)
        m_earlier->setText(tr("%Ln earlier message(s) are not shown here. The model is still told of them, and an export has them.", nullptr, m_hidden));
}

void ConversationView::changeEvent(QEvent *event)
{
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        presentEarlier();
}

} // namespace novita
