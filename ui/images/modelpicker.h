// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/images/modellistmodel.h"

#include <QDialog>
#include <QTimer>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace novita {

class EmptyState;
class ErrorBanner;
class ModelFacts;
class ModelFilters;
class ModelPreviews;
class ModelView;
class SearchField;
class Settings;
class SkeletonOverlay;
class Theme;
enum class ErrorRemedy;

/// The catalogue of models, to choose one from: searched by the server, with previews of what can be seen. Reads nothing and loads nothing while it is
/// closed. Typing searches, the arrows move, Enter chooses, Ctrl+D gives a star, F5 reads again.
class ModelPicker final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ModelPicker)

public:
    struct Parts
    {
        Theme &theme;
        Settings &settings;
        ModelCatalogue &catalogue;
        ModelPreviews &previews;
    };
    static constexpr Milliseconds kSearchRest{300}; ///< of typing, before the server is asked

    ModelPicker(const Parts &parts, QWidget *parent);

    /// Shows itself for a field that takes `filter` and has `current`, the name that requests use. Type Unknown: just to look.
    void openFor(const ModelFilter &filter, const QString &current);

    QJsonObject saveState() const;
    void restoreState(const QJsonObject &state);

signals:
    void modelChosen(const novita::ImageModel &model);

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void buildLayout();
    void connectSignals();
    void ask();
    void refresh();
    void follow();
    void present();
    void presentEmpty(const ModelListing &listing);
    void presentFacts();
    void presentButtons();
    void arrange();
    void fillView();
    void choose();
    void toggleFavourite(int row);
    int firstChoice(const QString &requestName) const;
    void clearFilters();
    void emptyAction();
    void retranslate();

    const Parts m_parts;
    ModelListModel *m_model;
    SearchField *m_search;
    ModelFilters *m_filters;
    QPushButton *m_filterButton;
    QPushButton *m_gridButton;
    QPushButton *m_detailsButton;
    ErrorBanner *m_banner;
    QStackedWidget *m_stack;
    ModelView *m_view;
    SkeletonOverlay *m_skeleton;
    EmptyState *m_empty;
    ModelFacts *m_facts;
    QLabel *m_standing;
    QPushButton *m_more;
    QPushButton *m_refresh;
    QPushButton *m_cancel;
    QPushButton *m_choose;
    QTimer m_searchRest;
    QTimer m_tick;      ///< ages, and what gets old while it is looked at
    ModelFilter m_filter;
    QString m_current;
    bool m_selectFirst = false; ///< once rows arrive
    int m_autoPages = 0; ///< read because what is shown does not fill the view
};

} // namespace novita
