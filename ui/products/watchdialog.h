// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guards/productwatchrule.h"
#include "ui/widgets/ruledialog.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;

namespace novita {

/// Asks what about a product is waited for: a price, its stock, or both.
class WatchDialog final : public RuleDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WatchDialog)

public:
    explicit WatchDialog(const Product &product, QWidget *parent = nullptr);

    /// Validation when the price cannot be read, or nothing is asked for.
    Result<ProductWatchRule> rule() const;

private:
    void build(const Product &product);
    void showPresent();

    const Product m_product;
    QComboBox *m_mode;
    QComboBox *m_region;
    QLineEdit *m_price;
    QCheckBox *m_stock;
    QLabel *m_present;
};

/// "0.35", with a point or the comma of the locale and at most five decimals, as an exact amount above zero.
std::optional<Money> priceFromText(const QString &text);

} // namespace novita
