// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/money.h"
#include "ui/instanceforms/actionform.h"



class QLabel;
class QSpinBox;

namespace novita {

/// The term of a renewal or of a conversion to monthly billing, with what the catalogue lists for it.
class TermForm final : public ActionForm
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TermForm)

public:
    TermForm(InstanceAction action, const UiContext &context, QWidget *parent = nullptr);

    void load(const QList<Instance> &instances) override;
    InstanceRequest request() const override;
    QStringList consequences() const override;
    QString doubt() const override;
    /// What the form says of the price, for tests and screen readers.
    QString priceText() const;

protected:
    void retranslate() override;

private:
    struct Sum
    {
        Money listed;
        int unknown = 0; ///< instances whose price is not listed for the term
    };
    Sum sum() const;

    InstanceAction m_action;
    QList<Instance> m_before;
    QSpinBox *m_months;
    QLabel *m_monthsLabel;
    QLabel *m_priceLabel;
    QLabel *m_price;
    QLabel *m_priceNote;
};

} // namespace novita
