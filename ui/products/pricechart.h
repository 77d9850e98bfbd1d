// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/cloud/types/product.h"
#include "core/database/pricehistory.h"
#include "ui/uicontext.h"

#include <QWidget>

class QButtonGroup;
class QHBoxLayout;
class QLabel;

namespace novita {

class ChartPanel;

/// How the prices of one product moved, as this console saw them: a chart with a switch of the time it covers, and the same in
/// words.
class PriceChart final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PriceChart)

public:
    explicit PriceChart(const UiContext &context, QWidget *parent = nullptr);

    /// Reads what is known of it. An empty id: nothing.
    void setProduct(const ProductId &id, ProductKind kind);
    /// The same again, up to now.
    void refresh();
    /// "On demand: $0.35/h now, $0.33/h to $0.36/h. Spot: …" or why there is nothing.
    QString summary() const;

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    QHBoxLayout *buildBar();
    void read();
    void take(BillingMode mode, const Result<QList<PricePoint>> &points);
    void present();
    void retranslate();

    UiContext m_context;
    ProductId m_product;
    ProductKind m_kind = ProductKind::Gpu;
    std::chrono::hours m_span{24 * 7};
    TimePoint m_from{};
    TimePoint m_to{};
    QHash<int, QList<PricePoint>> m_points; ///< by BillingMode
    bool m_failed = false;
    bool m_wanted = false;                  ///< to be read once it is seen
    CallGuard m_onDemand;
    CallGuard m_spot;
    QButtonGroup *m_spans;
    ChartPanel *m_chart;
    QLabel *m_words;
};

} // namespace novita
