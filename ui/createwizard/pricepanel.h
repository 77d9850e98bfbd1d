// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/uicontext.h"

#include <QFrame>

class QLabel;

namespace novita {

class WizardState;

/// What the draft costs, always in view: per hour, per month of 730 hours, how it adds up, and what is not known.
class PricePanel final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PricePanel)

public:
    PricePanel(const WizardState &state, const UiContext &context, QWidget *parent = nullptr);

    /// One line: "$0.70/h, $511.00 a month". "unknown" where it is.
    QString summary() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Figures
    {
        QString main;    ///< "$0.70/h"
        QString month;   ///< "$511.00 per month of 730 h"; may be empty
        QString sum;     ///< "$0.35/h × 2 GPUs"; may be empty
        QString note;    ///< may be empty
    };
    Figures figures() const;
    Figures monthlyFigures() const;
    void update();
    void applyFonts();

    const WizardState &m_state;
    const UiContext &m_context;
    QLabel *m_heading;
    QLabel *m_main;
    QLabel *m_month;
    QLabel *m_sum;
    QLabel *m_product;
    QLabel *m_where;
    QLabel *m_hardware;
    QLabel *m_note;
    QLabel *m_storage;
};

} // namespace novita
