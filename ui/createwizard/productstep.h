// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/createwizard/wizardstep.h"
#include "ui/uicontext.h"

class QBoxLayout;
class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QStackedWidget;

namespace novita {

class EmptyState;
class OfferModel;
class SearchField;
class TableView;

/// Step 1: what to run on and how it is paid. The ranking as a table; the best is chosen until the person picks another.
class ProductStep final : public WizardStep
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProductStep)

public:
    ProductStep(WizardState &state, const UiContext &context, QWidget *parent = nullptr);

    QString title() const override;
    QSet<DraftField> fields() const override;
    bool focusField(DraftField field) override;
    void enter() override;
    QSize minimumSizeHint() const override;

signals:
    /// The person wants the product list read again.
    void refreshRequested();
    /// Return or a double click on an offer.
    void offerActivated();

protected:
    void load() override;
    void showProblems(const QList<DraftProblem> &problems) override;
    void retranslate() override;
    bool event(QEvent *event) override;

private:
    void buildLayout();
    void arrangeChoices();
    void connectSignals();
    void showRanking();
    void showEmptiness();
    void showWhy();
    void loadRegions();
    void editRegionOrder();
    void selectChosen();

    const UiContext &m_context;
    QLabel *m_kindLabel;
    QComboBox *m_kind;
    QLabel *m_billingLabel;
    QComboBox *m_billing;
    QLabel *m_countLabel;
    QSpinBox *m_count;
    QLabel *m_regionLabel;
    QComboBox *m_region;
    QPushButton *m_order;
    QBoxLayout *m_choices = nullptr;
    SearchField *m_filter;
    OfferModel *m_model;
    TableView *m_table;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QLabel *m_problem;
    QLabel *m_why;
    QPushButton *m_unpin;
    QLabel *m_note;
    bool m_selecting = false; ///< the selection follows the state, not the other way round
};

} // namespace novita
