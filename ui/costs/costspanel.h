// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/uicontext.h"

#include <QList>
#include <QWidget>

class QGridLayout;
class QLabel;
class QTimer;

namespace novita {

class FactList;

/// Balance, burn, spending, the check of the estimate against the bill, and the statements, as cards that stand beside each other
/// where there is room. Can stand on any page. Looks again when something changes, and every kTick while it is seen.
class CostsPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CostsPanel)

public:
    /// What grows by the second is read by people: more often would only repaint.
    static constexpr int kTickMs = 5000;

    explicit CostsPanel(const UiContext &context, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Card
    {
        QWidget *frame;
        QLabel *title;
        QLabel *lead; ///< the one figure to see first; hidden where there is none
        FactList *facts;
        QLabel *note;
    };
    Card addCard(const QString &objectName);
    void showLead(qsizetype card, const QString &figure);
    void arrange();
    void retranslate();
    void present();

    UiContext m_context;
    QGridLayout *m_grid;
    QList<Card> m_cards; ///< balance, burn, spending, check, statements
    int m_columns = 0;
    QTimer *m_tick;
    QTimer *m_soon;
};

} // namespace novita
