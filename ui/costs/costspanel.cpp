// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/costs/costspanel.h"

#include "core/base/clock.h"
#include "core/workflows/accounting.h"
#include "core/workflows/fleetsummary.h"
#include "core/workflows/stores.h"
#include "ui/costs/costwords.h"
#include "ui/format.h"
#include "ui/theme.h"
#include "ui/widgets/factlist.h"

#include <QEvent>
#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

constexpr int kCardWidth = 400;
constexpr int kMostColumns = 2;
enum CardIndex { BalanceCard, BurnCard, SpendingCard, CheckCard, StatementsCard };

} // namespace

CostsPanel::CostsPanel(const UiContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_grid(new QGridLayout(this)), m_tick(new QTimer(this)), m_soon(new QTimer(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(space::kGroup);
    for (const char *name : {"costsBalance", "costsBurn", "costsSpending", "costsCheck", "costsStatements"})
        m_cards.append(addCard(QLatin1String(name)));
    m_tick->setInterval(kTickMs);
    m_soon->setSingleShot(true);
    m_soon->setInterval(0);
    connect(m_tick, &QTimer::timeout, this, &CostsPanel::present);
    connect(m_soon, &QTimer::timeout, this, &CostsPanel::present);
    const auto look = [this] {
        if (isVisible() && !m_soon->isActive())
            m_soon->start();
    };
    connect(&context.fleet, &FleetSummary::numbersChanged, this, look);
    connect(&context.accounting.ledger, &Ledger::billsChanged, this, look);
    connect(&context.accounting.ledger, &Ledger::reconciled, this, look);
    connect(&context.stores.account, &EntityStoreBase::changed, this, look);
    connect(&context.stores.account, &EntityStoreBase::wasReset, this, look);
    arrange();
    retranslate();
}

CostsPanel::Card CostsPanel::addCard(const QString &objectName)
{
    auto *frame = new QFrame(this);
    frame->setObjectName(objectName);
    frame->setProperty("card", true);
    Card card{frame, new QLabel(frame), new QLabel(frame), new FactList(frame), new QLabel(frame)};
    card.lead->hide();
    for (QLabel *label : {card.title, card.lead, card.note}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    const auto applyFont = [this, card] {
        card.title->setFont(m_context.theme.font(TextStyle::Subtitle, true));
        card.lead->setFont(m_context.theme.font(TextStyle::Display, true));
    };
    applyFont();
    connect(&m_context.theme, &Theme::changed, card.title, applyFont);
    card.note->setProperty("tone", QStringLiteral("text2"));
    auto *layout = new QVBoxLayout(frame);
    layout->setContentsMargins(space::kGroup, space::kGroup, space::kGroup, space::kGroup);
    layout->setSpacing(space::kRelated);
    layout->addWidget(card.title);
    layout->addWidget(card.lead);
    layout->addWidget(card.facts);
    layout->addWidget(card.note);
    layout->addStretch();
    return card;
}

void CostsPanel::showLead(qsizetype card, const QString &figure)
{
    m_cards.at(card).lead->setText(figure);
    m_cards.at(card).lead->setVisible(!figure.isEmpty());
}

/// As many cards beside each other as the width holds.
void CostsPanel::arrange()
{
    const int columns = std::clamp(width() / kCardWidth, 1, kMostColumns);
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (const Card &card : std::as_const(m_cards))
        m_grid->removeWidget(card.frame);
    for (int i = 0; i < m_cards.size(); ++i)
        m_grid->addWidget(m_cards.at(i).frame, i / columns, i % columns);
    // Cards are as high as what they say; the rest of the page stays empty below them.
    for (int row = 0; row <= m_cards.size(); ++row)
        m_grid->setRowStretch(row, row * columns >= m_cards.size() ? 1 : 0);
    for (int column = 0; column < kMostColumns; ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
}

void CostsPanel::retranslate()
{
    const QStringList titles{tr("Balance"), tr("Burn"), tr("Spent"), tr("Estimate and bill"), tr("Statements")};
    const QStringList notes{QString(), tr("What is billed now: GPUs from the pulling of the image until the stop, disks and volumes all the time."),
                            tr("Days and months are those of the bill. What came since the last bill is estimated."),
                            tr("Of the same hours, this month. A difference says how far the estimates here are off."),
                            QString()};
    for (int i = 0; i < m_cards.size(); ++i) {
        m_cards.at(i).title->setText(titles.at(i));
        m_cards.at(i).frame->setAccessibleName(titles.at(i));
        m_cards.at(i).note->setText(notes.at(i));
        m_cards.at(i).note->setVisible(!notes.at(i).isEmpty());
    }
    present();
}

void CostsPanel::present()
{
    const FleetNumbers &fleet = m_context.fleet.numbers();
    const Ledger &ledger = m_context.accounting.ledger;
    const AccountStore &account = m_context.stores.account;
    const std::optional<Balance> balance = account.balance();
    showLead(BalanceCard, balance && balance->available ? format::balance(balance->available) : format::dash());
    showLead(BurnCard, costwords::burnLead(fleet));
    showLead(SpendingCard, costwords::spendingLead(ledger.thisMonth()));
    m_cards.at(BalanceCard).facts->setFacts(costwords::balanceFacts(balance, account.refreshedAt(), fleet, m_context.clock.now()));
    m_cards.at(BurnCard).facts->setFacts(costwords::burnFacts(fleet));
    m_cards.at(SpendingCard).facts->setFacts(costwords::spendingFacts(ledger.today(), ledger.thisMonth()));
    m_cards.at(CheckCard).facts->setFacts(costwords::reconciliationFacts(ledger.reconciliation()));
    m_cards.at(StatementsCard).facts->setFacts(costwords::statementFacts(ledger.statements()));
    m_cards.at(StatementsCard).frame->setVisible(!ledger.statements().isEmpty());
}

void CostsPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void CostsPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    present();
    m_tick->start();
}

void CostsPanel::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_tick->stop();
}

void CostsPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace novita
