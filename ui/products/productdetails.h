// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/product.h"
#include "ui/uicontext.h"

#include <QFrame>

#include <optional>

class QLabel;

namespace novita {

class DetailsHead;
class FactList;
class PriceChart;
class Theme;

/// Everything known of one offer, and how its prices moved.
class ProductDetails final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProductDetails)

public:
    explicit ProductDetails(const UiContext &context, QWidget *parent = nullptr);
    void setProduct(const Product *product); ///< null: nothing to show

signals:
    void closeRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void paintTone();

    const Theme &m_theme;
    std::optional<Product> m_product;
    DetailsHead *m_head;
    QLabel *m_stockIcon;
    QLabel *m_stock;
    FactList *m_facts;
    QLabel *m_note;
    PriceChart *m_prices;
};

} // namespace novita
