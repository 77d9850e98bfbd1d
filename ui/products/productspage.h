// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/page.h"
#include "ui/uicontext.h"

class QComboBox;
class QLabel;

namespace novita {

class CatalogPane;
class PageHeader;
class ProductDetails;
class ProductTableModel;

/// What can be rented, where and for how much.
class ProductsPage final : public Page
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProductsPage)

public:
    explicit ProductsPage(UiContext context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("products"); }
    QString title() const override { return tr("Products"); }
    QString iconName() const override { return QStringLiteral("view-list-details"); }
    QSet<DataKind> wanted() const override { return {DataKind::Products, DataKind::Clusters}; }
    void activate() override;
    void refresh() override;
    void focusFilter() override;
    QList<QAction *> pageActions() const override { return {m_create}; }
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    bool isFilled() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void connectSignals();
    void loadRegions();
    void applyChoices();
    void updateHeader();
    void retranslate();

    UiContext m_context;
    ProductTableModel *m_model;
    QAction *m_create;
    PageHeader *m_header;
    ProductDetails *m_details;
    CatalogPane *m_pane;
    QLabel *m_kindLabel;
    QComboBox *m_kind;
    QLabel *m_modeLabel;
    QComboBox *m_mode;
    QLabel *m_regionLabel;
    QComboBox *m_region;
    QString m_wantedRegion; ///< restored, and not in the list yet
};

} // namespace novita
