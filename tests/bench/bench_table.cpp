// SPDX-License-Identifier: GPL-3.0-or-later
//
// The instances table with 10,000 and 100,000 rows: our flat model against QStandardItemModel + QSortFilterProxyModel doing
// the same in the same view, in one run. Prints milliseconds, the ratio, and the longest time the event loop stood still.
// Exit code 1 when our model stalls the loop for more than 50 ms with 10,000 rows.
#include "core/cloud/stores/instancestore.h"
#include "tests/support/fakeclock.h"
#include "ui/delegates/statusdelegate.h"
#include "ui/models/instancemodel.h"
#include "ui/theme.h"
#include "ui/widgets/tableview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QScrollBar>
#include <QTextStream>
#include <QTimer>

#include <functional>
#include <memory>

using namespace novita;

namespace {

constexpr double kMostStallMs = 50;

struct Figure
{
    double total = 0; ///< from the first call until everything is painted
    double stall = 0; ///< longest turn of the event loop meanwhile
};

Instance instanceOf(int number, const FakeClock &clock)
{
    Instance one;
    one.id = InstanceId(QStringLiteral("i-%1").arg(number));
    one.name = QStringLiteral("worker-%1").arg((number * 7919) % 1000003);
    one.status = number % 3 ? InstanceStatus::Running : InstanceStatus::Exited;
    one.statusText = stateInfo(one.status).wire;
    one.productName = number % 2 ? QStringLiteral("RTX 4090 24GB") : QStringLiteral("H100 SXM 80GB");
    one.clusterName = number % 4 < 2 ? QStringLiteral("US-CA-06 (California)") : QStringLiteral("EU-DE-01 (Frankfurt)");
    one.gpuNum = 1;
    one.billing = BillingMode::Spot;
    one.lastStartedAt = clock.now() - std::chrono::minutes(number % 5000);
    return one;
}

/// Runs the event loop by turns until `done`, noting the longest one. The action itself counts as a turn.
Figure measure(QWidget *viewport, const std::function<void()> &action, const std::function<bool()> &done)
{
    Figure figure;
    QElapsedTimer all;
    all.start();
    QElapsedTimer turn;
    turn.start();
    action();
    figure.stall = static_cast<double>(turn.nsecsElapsed()) / 1e6;
    bool idle = false;
    // A zero timer behind everything posted: when it fires, what was due has been done and painted.
    while (!idle || !done()) {
        idle = false;
        QTimer::singleShot(0, [&idle] { idle = true; });
        turn.restart();
        QCoreApplication::processEvents(QEventLoop::AllEvents);
        figure.stall = std::max(figure.stall, static_cast<double>(turn.nsecsElapsed()) / 1e6);
        if (all.elapsed() > 120000)
            break;
    }
    turn.restart();
    viewport->repaint(); // lays out first what views put off
    figure.stall = std::max(figure.stall, static_cast<double>(turn.nsecsElapsed()) / 1e6);
    figure.total = static_cast<double>(all.nsecsElapsed()) / 1e6;
    return figure;
}

class Contestant
{
public:
    virtual ~Contestant() = default;
    virtual void fill(const QList<Instance> &rows) = 0;
    virtual void poll(int step) = 0; ///< 1 % of the rows change their state
    virtual void filter(const QString &text) = 0;
    virtual bool isDone() const = 0;
    virtual QAbstractItemModel *model() = 0;
};

class Ours final : public Contestant
{
public:
    Ours() : m_model(m_store, m_clock) { m_model.setFlushInterval(std::chrono::milliseconds(0)); }
    void fill(const QList<Instance> &rows) override
    {
        m_rows = rows;
        m_store.upsert(rows);
    }
    void poll(int step) override
    {
        QList<Instance> changed;
        for (qsizetype i = step % 100; i < m_rows.size(); i += 100) {
            Instance &one = m_rows[i];
            one.status = one.status == InstanceStatus::Running ? InstanceStatus::Stopping : InstanceStatus::Running;
            one.statusText = stateInfo(one.status).wire;
            changed.append(one);
        }
        m_store.upsert(changed);
    }
    void filter(const QString &text) override { m_model.setFilter(text); }
    bool isDone() const override { return !m_model.hasPending(); }
    QAbstractItemModel *model() override { return &m_model; }

private:
    FakeClock m_clock;
    InstanceStore m_store;
    QList<Instance> m_rows;
    InstanceModel m_model;
};

/// The usual way: items with display texts, a proxy with a dynamic sort and a filter over all columns.
class Usual final : public Contestant
{
public:
    Usual()
    {
        m_proxy.setSourceModel(&m_source);
        m_proxy.setDynamicSortFilter(true);
        m_proxy.setFilterKeyColumn(-1);
        m_proxy.setFilterCaseSensitivity(Qt::CaseInsensitive);
    }
    void fill(const QList<Instance> &rows) override
    {
        for (const Instance &one : rows) {
            QList<QStandardItem *> items;
            for (const QString &text : {one.name, one.statusText, one.productName, one.region(), QStringLiteral("spot"), QString(),
                                        QString(), one.id.toString(), QString()})
                items.append(new QStandardItem(text));
            m_source.appendRow(items);
        }
    }
    void poll(int step) override
    {
        for (int row = step % 100; row < m_source.rowCount(); row += 100) {
            QStandardItem *item = m_source.item(row, 1);
            item->setText(item->text() == QLatin1String("running") ? QStringLiteral("stopping") : QStringLiteral("running"));
        }
    }
    void filter(const QString &text) override { m_proxy.setFilterFixedString(text); }
    bool isDone() const override { return true; }
    QAbstractItemModel *model() override { return &m_proxy; }

private:
    QStandardItemModel m_source;
    QSortFilterProxyModel m_proxy;
};

struct Step
{
    QString name;
    Figure figure;
};

QList<Step> runAll(Contestant &one, Theme &theme, int rows)
{
    TableView table(theme);
    table.setModel(one.model());
    table.setItemDelegateForColumn(1, new StatusDelegate(theme, &table));
    table.sortByColumn(0, Qt::AscendingOrder);
    table.resize(1200, 800);
    table.show();
    const auto done = [&one] { return one.isDone(); };
    QList<Step> steps;
    const auto step = [&](const QString &name, const std::function<void()> &action) { steps.append({name, measure(table.viewport(), action, done)}); };

    FakeClock clock;
    QList<Instance> instances;
    instances.reserve(rows);
    for (int i = 0; i < rows; ++i)
        instances.append(instanceOf(i, clock));
    step(QStringLiteral("initial fill"), [&] { one.fill(instances); });
    measure(table.viewport(), [&] { one.poll(0); }, done); // fonts, icons and caches are warm from here on
    step(QStringLiteral("1 % poll, sorted by name"), [&] { one.poll(1); });
    step(QStringLiteral("sort by state"), [&] { table.sortByColumn(1, Qt::AscendingOrder); });
    step(QStringLiteral("1 % poll, sorted by state"), [&] { one.poll(2); });
    step(QStringLiteral("filter 'eu'"), [&] { one.filter(QStringLiteral("eu")); });
    step(QStringLiteral("filter 'eu' → 'eu-de'"), [&] { one.filter(QStringLiteral("eu-de")); });
    step(QStringLiteral("clear filter"), [&] { one.filter(QString()); });
    Figure scroll;
    for (int page = 0; page < 20; ++page) {
        const Figure turn = measure(table.viewport(), [&] { table.verticalScrollBar()->setValue(page * 997 * 3); }, done);
        scroll.total += turn.total / 20;
        scroll.stall = std::max(scroll.stall, turn.stall);
    }
    steps.append({QStringLiteral("scroll and repaint"), scroll});
    return steps;
}

} // namespace

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    Theme theme(app);
    theme.apply(ColorScheme::Light, 100);
    QTextStream out(stdout);
    bool good = true;
    // The usual way needs minutes for 100,000 rows: only on request.
    const bool full = app.arguments().contains(QStringLiteral("--full"));
    for (const int rows : {10000, 100000}) {
        const bool compare = rows == 10000 || full;
        const QList<Step> ours = runAll(*std::make_unique<Ours>(), theme, rows);
        const QList<Step> usual = compare ? runAll(*std::make_unique<Usual>(), theme, rows) : QList<Step>();
        out << rows << " rows (ms)\n";
        for (qsizetype i = 0; i < ours.size(); ++i) {
            const Figure &a = ours.at(i).figure;
            out << QStringLiteral("  %1 ours %2, longest stall %3").arg(ours.at(i).name, -28).arg(a.total, 8, 'f', 1).arg(a.stall, 7, 'f', 1);
            if (compare) {
                const Figure &b = usual.at(i).figure;
                out << QStringLiteral(" | usual %1, stall %2 | ours / usual %3").arg(b.total, 8, 'f', 1).arg(b.stall, 8, 'f', 1).arg(a.total / b.total, 0, 'f', 3);
            }
            out << '\n';
            if (rows == 10000 && a.stall > kMostStallMs)
                good = false;
        }
    }
    out << (good ? "10,000 rows: no stall over 50 ms\n" : "10,000 rows: STALLED\n");
    return good ? 0 : 1;
}
