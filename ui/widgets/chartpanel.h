// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/chartdata.h"

#include <QWidget>

class QAction;
class QLabel;
class QMenu;

namespace novita {

class ChartLegend;
class ChartPlot;
class Prompts;
class Theme;

/// One chart over time with title, legend with values, hover and keyboard read-out, pause, and export by its context menu.
/// The title is its accessible name, its description says the last values.
///
/// Whoever fills it makes the data coarse enough for a screen: of each series the newest kMaxPoints are kept. Nothing is drawn
/// while it is hidden; several changes in a row are drawn once. UI thread.
class ChartPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChartPanel)

public:
    static constexpr qsizetype kMaxPoints = 1000;

    /// Both outlive the panel.
    ChartPanel(const Theme &theme, Prompts &prompts, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    QString title() const;
    /// A short remark beside the title: "about 1 min behind".
    void setNote(const QString &note);
    /// Points of series that are not among them are forgotten.
    void setSeries(const QList<ChartSeries> &series);
    void setAxis(const ChartAxis &axis);
    /// Oldest first. Unknown ids are ignored.
    void setPoints(const QString &id, const QList<ChartPoint> &points);
    void setWindow(TimePoint from, TimePoint to);
    /// A sentence in place of the lines, such as why there are none; empty takes it away.
    void setMessage(const QString &message);

    /// While paused the picture stands still; what arrives is shown when it goes on.
    void setPaused(bool paused);
    bool isPaused() const { return m_paused; }

    /// "CPU 42 %, memory 61 %, at 14:05": the last values, or that there are none.
    QString summary() const;
    /// What is shown, as chartdata::csv().
    QString csv() const;
    /// What the legend says: the values under the cursor, or the last ones.
    QStringList legendTexts() const;

    bool hasHeightForWidth() const override { return false; }

signals:
    void pausedChanged(bool paused);
    /// The cursor was moved in this chart, by pointer or keyboard: for charts that show the same time.
    void cursorMoved(const std::optional<novita::TimePoint> &at);

public slots:
    void setCursorTime(const std::optional<novita::TimePoint> &at);

protected:
    void changeEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    struct Data
    {
        QList<ChartSeries> series;
        ChartPoints points;
        TimePoint from{};
        TimePoint to{};
        ChartAxis axis;
    };

    void buildLayout();
    void buildMenu();
    void retranslate();
    void schedule();
    void draw();
    void updateLegend();
    void moveCursor(int key);
    QString valueText(const std::optional<double> &value) const;
    void copyData();
    void saveCsv();
    void savePicture();
    void saved(const QString &path, bool ok, const QString &problem);

    const Theme &m_theme;
    Prompts &m_prompts;
    Data m_data;    ///< as handed over
    Data m_shown;   ///< as drawn: stays behind while paused
    std::optional<TimePoint> m_cursor;
    QString m_note;
    bool m_paused = false;
    bool m_scheduled = false;

    QLabel *m_title;
    QLabel *m_noteLabel;
    QLabel *m_message;
    ChartLegend *m_legend;
    ChartPlot *m_plot;
    QMenu *m_menu;
    QAction *m_copy;
    QAction *m_saveCsv;
    QAction *m_savePicture;
    QAction *m_pause;
};

} // namespace novita
