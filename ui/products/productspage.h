// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/browsepage.h"

class QComboBox;
class QLabel;

namespace novita {

class ProductDetails;
class ProductTableModel;

/// What can be rented, where and for how much.
class ProductsPage final : public BrowsePage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProductsPage)

public:
    explicit ProductsPage(const UiContext &context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("products"); }
    QString title() const override { return tr("Products"); }
    QString iconName() const override { return QStringLiteral("view-list-details"); }
    QSet<DataKind> wanted() const override { return {DataKind::Products, DataKind::Clusters}; }
    QList<QAction *> pageActions() const override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;

protected:
    ListWords words() const override;
    QString subtitleNote() const override { return tr("prices per GPU and hour"); }
    void retranslate() override;

private:
    ProductsPage(const UiContext &context, ProductTableModel *model, ProductDetails *details, QWidget *parent);
    void buildChoices();
    void connectSignals();
    void loadRegions();
    void applyChoices();

    ProductDetails *m_details;
    QAction *m_create;
    QAction *m_watch;
    QAction *m_watches;
    QLabel *m_kindLabel;
    QComboBox *m_kind;
    QLabel *m_modeLabel;
    QComboBox *m_mode;
    QLabel *m_regionLabel;
    QComboBox *m_region;
    QString m_wantedRegion; ///< restored, and not in the list yet
};

} // namespace novita
