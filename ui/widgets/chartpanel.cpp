// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/chartpanel.h"

#include "core/base/plainfile.h"
#include "ui/prompts.h"
#include "ui/theme.h"
#include "ui/widgets/chartlegend.h"
#include "ui/widgets/chartplot.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDateTime>
#include <QEvent>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QPixmap>
#include <QPointer>
#include <QSaveFile>
#include <QSet>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace novita {

namespace {

/// A value by itself becomes a line as long as this share of the window, to be seen at all.
constexpr double kLoneShare = 0.006;

QString timeText(TimePoint at)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count()), QStringLiteral("d MMM HH:mm:ss"));
}

/// A name for a file: letters, digits and hyphens of the title.
QString fileStem(const QString &title)
{
    QString stem;
    for (const QChar c : title)
        stem += c.isLetterOrNumber() ? c : QLatin1Char('-');
    return stem.isEmpty() ? QStringLiteral("chart") : stem;
}

} // namespace

ChartPanel::ChartPanel(const Theme &theme, Prompts &prompts, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_prompts(prompts)
    , m_title(new QLabel(this))
    , m_noteLabel(new QLabel(this))
    , m_message(new QLabel(this))
    , m_legend(new ChartLegend(this))
    , m_plot(new ChartPlot(theme, this))
    , m_menu(new QMenu(this))
    , m_copy(m_menu->addAction(QString()))
    , m_saveCsv(m_menu->addAction(QString()))
    , m_savePicture(m_menu->addAction(QString()))
    , m_pause(m_menu->addAction(QString()))
{
    setFocusPolicy(Qt::StrongFocus);
    buildLayout();
    buildMenu();
    retranslate();
    connect(m_plot, &ChartPlot::resized, this, &ChartPanel::schedule);
    connect(m_plot, &ChartPlot::hovered, this, [this](const std::optional<TimePoint> &at) {
        setCursorTime(at);
        emit cursorMoved(at);
    });
    connect(&theme, &Theme::changed, this, [this] {
        m_title->setFont(m_theme.font(TextStyle::Body, true));
        m_plot->restyle();
        schedule();
    });
}

void ChartPanel::buildLayout()
{
    for (QLabel *label : {m_title, m_noteLabel, m_message})
        label->setTextFormat(Qt::PlainText);
    m_title->setFont(m_theme.font(TextStyle::Body, true));
    m_noteLabel->setProperty("tone", QStringLiteral("text3"));
    m_message->setProperty("tone", QStringLiteral("text2"));
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    m_message->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_message->hide();
    QSizePolicy steady = m_plot->sizePolicy();
    steady.setRetainSizeWhenHidden(true);
    m_plot->setSizePolicy(steady);
    auto *head = new QHBoxLayout;
    head->setSpacing(space::kRelated);
    head->addWidget(m_title);
    head->addStretch(1);
    head->addWidget(m_noteLabel);
    auto *body = new QGridLayout;
    body->addWidget(m_plot, 0, 0);
    body->addWidget(m_message, 0, 0);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::kInside, 0, space::kInside);
    layout->setSpacing(space::kInside);
    layout->addLayout(head);
    layout->addLayout(body, 1);
    layout->addWidget(m_legend);
}

void ChartPanel::buildMenu()
{
    m_pause->setCheckable(true);
    m_menu->insertSeparator(m_pause);
    connect(m_copy, &QAction::triggered, this, &ChartPanel::copyData);
    connect(m_saveCsv, &QAction::triggered, this, &ChartPanel::saveCsv);
    connect(m_savePicture, &QAction::triggered, this, &ChartPanel::savePicture);
    connect(m_pause, &QAction::toggled, this, &ChartPanel::setPaused);
}

void ChartPanel::retranslate()
{
    m_copy->setText(tr("Copy data"));
    m_saveCsv->setText(tr("Save as CSV…"));
    m_savePicture->setText(tr("Save picture…"));
    m_pause->setText(tr("Pause"));
    m_menu->setAccessibleName(tr("Chart actions"));
    schedule();
}

void ChartPanel::setTitle(const QString &title)
{
    m_title->setText(title);
    setAccessibleName(title);
}

QString ChartPanel::title() const
{
    return m_title->text();
}

void ChartPanel::setNote(const QString &note)
{
    m_note = note;
    updateLegend();
}

void ChartPanel::setSeries(const QList<ChartSeries> &series)
{
    if (series == m_data.series)
        return;
    m_data.series = series;
    QSet<QString> ids;
    for (const ChartSeries &one : series)
        ids.insert(one.id);
    m_data.points.removeIf([&ids](const auto &entry) { return !ids.contains(entry.key()); });
    schedule();
}

void ChartPanel::setAxis(const ChartAxis &axis)
{
    m_data.axis = axis;
    schedule();
}

void ChartPanel::setPoints(const QString &id, const QList<ChartPoint> &points)
{
    const bool known = std::any_of(m_data.series.begin(), m_data.series.end(), [&id](const ChartSeries &one) { return one.id == id; });
    if (!known)
        return;
    m_data.points.insert(id, points.size() > kMaxPoints ? points.last(kMaxPoints) : points);
    schedule();
}

void ChartPanel::setWindow(TimePoint from, TimePoint to)
{
    m_data.from = from;
    m_data.to = to;
    schedule();
}

void ChartPanel::setMessage(const QString &message)
{
    m_message->setText(message);
    m_message->setVisible(!message.isEmpty());
    // Axes without values would say what nobody measured.
    m_plot->setVisible(message.isEmpty());
}

void ChartPanel::setPaused(bool paused)
{
    if (m_paused == paused)
        return;
    m_paused = paused;
    m_pause->setChecked(paused);
    schedule();
    updateLegend();
    emit pausedChanged(paused);
}

void ChartPanel::schedule()
{
    // One drawing for all changes of a turn; hidden, the next showEvent makes up for it.
    if (m_scheduled || !isVisible())
        return;
    m_scheduled = true;
    QTimer::singleShot(0, this, [this] {
        m_scheduled = false;
        draw();
    });
}

void ChartPanel::draw()
{
    if (!isVisible())
        return;
    if (!m_paused)
        m_shown = m_data;
    ChartPlot::Content content;
    content.series = m_shown.series;
    content.from = m_shown.from;
    content.to = m_shown.to;
    content.axis = m_shown.axis;
    const double lone = static_cast<double>((m_shown.to - m_shown.from).count()) * kLoneShare;
    content.pieces = chartdata::pieces(m_shown.series, m_shown.points, lone);
    m_plot->present(content);
    updateLegend();
    setAccessibleDescription(summary());
}

QString ChartPanel::valueText(const std::optional<double> &value) const
{
    if (!value)
        return tr("–");
    return m_shown.axis.text ? m_shown.axis.text(*value) : QLocale().toString(*value);
}

void ChartPanel::updateLegend()
{
    QList<ChartLegend::Entry> entries;
    for (const ChartSeries &one : std::as_const(m_shown.series)) {
        const QList<ChartPoint> points = m_shown.points.value(one.id);
        const std::optional<ChartPoint> last = chartdata::lastValue(points);
        const std::optional<double> value = m_cursor ? chartdata::valueAt(points, *m_cursor) : last ? last->value : std::nullopt;
        ChartLegend::Entry entry;
        entry.pen = ChartPlot::seriesPen(m_theme, one);
        entry.text = tr("%1 %2", "name of a series and its value").arg(one.name, valueText(value));
        entry.filled = one.kind == ChartKind::StackedArea;
        entries.append(entry);
    }
    m_legend->setEntries(entries);
    m_noteLabel->setText(m_cursor ? timeText(*m_cursor) : m_paused ? tr("paused") : m_note);
}

QStringList ChartPanel::legendTexts() const
{
    QStringList texts;
    for (const ChartLegend::Entry &entry : m_legend->entries())
        texts.append(entry.text);
    return texts;
}

QString ChartPanel::summary() const
{
    QStringList parts;
    std::optional<TimePoint> newest;
    for (const ChartSeries &one : m_shown.series) {
        const std::optional<ChartPoint> last = chartdata::lastValue(m_shown.points.value(one.id));
        if (!last)
            continue;
        parts.append(tr("%1 %2", "name of a series and its value").arg(one.name, valueText(last->value)));
        newest = newest ? std::max(*newest, last->at) : last->at;
    }
    if (!newest)
        return m_message->text().isEmpty() ? tr("No data") : m_message->text();
    return tr("%1, at %2", "last values of a chart and their time").arg(parts.join(QStringLiteral(", ")), timeText(*newest));
}

QString ChartPanel::csv() const
{
    return chartdata::csv(m_shown.series, m_shown.points, m_shown.from, m_shown.to);
}

void ChartPanel::setCursorTime(const std::optional<TimePoint> &at)
{
    m_cursor = at;
    m_plot->setCursorTime(at);
    updateLegend();
}

void ChartPanel::moveCursor(int key)
{
    std::set<TimePoint> times;
    for (const ChartSeries &one : std::as_const(m_shown.series)) {
        for (const ChartPoint &point : m_shown.points.value(one.id)) {
            if (point.value && point.at >= m_shown.from && point.at <= m_shown.to)
                times.insert(point.at);
        }
    }
    if (times.empty())
        return;
    TimePoint to = *times.rbegin();
    if (key == Qt::Key_Home) {
        to = *times.begin();
    } else if (m_cursor && key == Qt::Key_Left) {
        const auto here = times.lower_bound(*m_cursor);
        to = here == times.begin() ? *times.begin() : *std::prev(here);
    } else if (m_cursor && key == Qt::Key_Right) {
        const auto next = times.upper_bound(*m_cursor);
        to = next == times.end() ? *times.rbegin() : *next;
    }
    setCursorTime(to);
    emit cursorMoved(to);
    setAccessibleDescription(tr("%1: %2", "time under the cursor of a chart, and the values there").arg(timeText(to), legendTexts().join(QStringLiteral(", "))));
}

void ChartPanel::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Home:
    case Qt::Key_End:
        moveCursor(event->key());
        return;
    case Qt::Key_Escape:
        if (m_cursor) {
            setCursorTime(std::nullopt);
            emit cursorMoved(std::nullopt);
            return;
        }
        break;
    default: break;
    }
    QWidget::keyPressEvent(event);
}

void ChartPanel::contextMenuEvent(QContextMenuEvent *event)
{
    m_menu->popup(event->reason() == QContextMenuEvent::Keyboard ? mapToGlobal(m_plot->geometry().center()) : event->globalPos());
}

void ChartPanel::copyData()
{
    QGuiApplication::clipboard()->setText(csv());
}

void ChartPanel::saveCsv()
{
    const QByteArray bytes = csv().toUtf8();
    const QPointer<ChartPanel> self(this);
    m_prompts.saveFile(this, tr("Save chart data"), fileStem(title()) + QStringLiteral(".csv"), tr("CSV files (*.csv)"), [self, bytes](const QString &path) {
        if (!self || path.isEmpty())
            return;
        const Result<Done> written = plainfile::write(path, bytes);
        self->saved(path, written.ok(), written ? QString() : written.error().message);
    });
}

void ChartPanel::savePicture()
{
    const QPixmap picture = grab();
    const QPointer<ChartPanel> self(this);
    m_prompts.saveFile(this, tr("Save picture of the chart"), fileStem(title()) + QStringLiteral(".png"), tr("PNG pictures (*.png)"), [self, picture](const QString &path) {
        if (!self || path.isEmpty())
            return;
        QSaveFile file(path);
        const bool ok = file.open(QIODevice::WriteOnly) && picture.save(&file, "PNG") && file.commit();
        self->saved(path, ok, file.errorString());
    });
}

void ChartPanel::saved(const QString &path, bool ok, const QString &problem)
{
    m_noteLabel->setText(ok ? tr("Saved to %1").arg(path) : tr("Not saved: %1").arg(problem));
}

void ChartPanel::paintEvent(QPaintEvent *event)
{
    QWidget::paintEvent(event);
    if (!hasFocus())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.color(Token::Accent), 2));
    painter.drawRoundedRect(rect().adjusted(1, 1, -1, -1), space::kRadius, space::kRadius);
}

void ChartPanel::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void ChartPanel::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

void ChartPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    schedule();
}

void ChartPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::LocaleChange)
        retranslate();
}

} // namespace novita
