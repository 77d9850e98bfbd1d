// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/cloud/types/instancestate.h"
#include "core/database/samples.h"
#include "ui/page.h"
#include "ui/uicontext.h"

#include <QTimer>

class QBoxLayout;
class QGridLayout;

namespace novita {

class ActivityFeed;
class DashboardCharts;
class DashboardTile;
class ErrorBanner;
class PageHeader;
class TimeSpanBar;

/// What runs, what it costs and how the service does, at one look: figures, charts over one time range, and what happened. Everything
/// comes from the stores and from our own samples; nothing is read or drawn while the page is hidden.
class DashboardPage final : public Page
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DashboardPage)

public:
    explicit DashboardPage(UiContext context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("dashboard"); }
    QString title() const override;
    QString iconName() const override { return QStringLiteral("dashboard-show"); }
    QSet<DataKind> wanted() const override { return {DataKind::Storages}; }
    void refresh() override;
    void focusContent() override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    bool isFilled() const override;

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    enum Tile { Instances, Burn, Spent, Balance, Health, Webhooks, TileCount };
    /// What the button of the banner does. ShowError: the banner knows from the error.
    enum class Remedy { Retry, Profiles, NewInstance, ShowError };
    /// What the banner says; no sentence: nothing.
    struct Situation
    {
        StateTone tone = StateTone::Idle;
        QString sentence;
        QString action;
        Remedy remedy = Remedy::Retry;
        bool operator==(const Situation &) const = default;
    };

    void buildLayout();
    void buildTiles();
    void connectSources();
    void arrange();
    void retranslate();
    void scheduleUpdate();
    void showFigures();
    void showSpending();
    void showFleet();
    void showWebhooks();
    Situation situation() const;
    void showSituation();
    void readTrends();
    void showTrends(const QHash<QString, QList<SamplePoint>> &samples, TimePoint from, TimePoint to);
    void applyRemedy(Remedy remedy);

    UiContext m_context;
    PageHeader *m_header;
    TimeSpanBar *m_bar;
    ErrorBanner *m_banner;
    QWidget *m_content;
    QGridLayout *m_tileGrid;
    QList<DashboardTile *> m_tiles; ///< by Tile
    QBoxLayout *m_body;
    DashboardCharts *m_charts;
    ActivityFeed *m_feed;
    int m_columns = 0;
    Situation m_situation;
    CallGuard m_trends;
    QTimer m_tick;
    QTimer m_soon;
};

} // namespace novita
