// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/createwizard/wizardstep.h"
#include "ui/uicontext.h"

class QCheckBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace novita {

class FactList;
class PricePanel;

/// Step 4: everything at a glance, what is still wrong (each a link to its input), and the very request that will be sent, with the
/// values of variables hidden until asked for. *Copy as* takes the request along, always without those values.
class ReviewStep final : public WizardStep
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ReviewStep)

public:
    ReviewStep(WizardState &state, const UiContext &context, const PricePanel &price, QWidget *parent = nullptr);

    QString title() const override;
    QSet<DraftField> fields() const override { return {}; }
    bool focusField(DraftField field) override;
    void enter() override;

signals:
    void fieldRequested(novita::DraftField field);

protected:
    void load() override;
    void showProblems(const QList<DraftProblem> &problems) override;
    void retranslate() override;

private:
    QList<std::pair<QString, QString>> facts() const;
    void loadJson();

    const UiContext &m_context;
    const PricePanel &m_price;
    QLabel *m_problemsHeading;
    QVBoxLayout *m_problems;
    QList<DraftProblem> m_shown;
    FactList *m_facts;
    QLabel *m_jsonLabel;
    QPlainTextEdit *m_json;
    QCheckBox *m_reveal;
    QPushButton *m_copyAs;
};

} // namespace novita
