// SPDX-License-Identifier: GPL-3.0-or-later
//
// The whole Instances page with 10,000 rows and its details open: how long the event loop stands still when one scrolls, sorts by
// each column, types a filter, selects, and when a poll changes 1 % of the rows. Prints the longest turn of each, in milliseconds.
// Exit code 1 when one of them is longer than 50 ms.
#include "core/workflows/stores.h"
#include "tests/support/uifixture.h"
#include "ui/instances/instancespage.h"
#include "ui/models/instancemodel.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tableview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QItemSelectionModel>
#include <QScrollBar>
#include <QTextStream>
#include <QTimer>

#include <functional>

using namespace novita;

namespace {

constexpr int kRows = 10000;
constexpr double kMostStallMs = 50;

double milliseconds(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

/// The longest turn of the event loop from `action` until `rest` has passed; the action is a turn of its own.
double longestTurn(const std::function<void()> &action, std::chrono::milliseconds rest)
{
    QElapsedTimer turn;
    turn.start();
    action();
    double longest = milliseconds(turn);
    QElapsedTimer all;
    all.start();
    while (all.elapsed() < rest.count()) {
        turn.restart();
        QCoreApplication::processEvents(QEventLoop::AllEvents);
        longest = std::max(longest, milliseconds(turn));
    }
    return longest;
}

class Report
{
public:
    void step(const QString &name, const std::function<void()> &action, std::chrono::milliseconds rest = std::chrono::milliseconds(400))
    {
        const double stall = longestTurn(action, rest);
        m_out << QStringLiteral("  %1 %2\n").arg(name, -44).arg(stall, 8, 'f', 1);
        m_out.flush();
        m_good = m_good && stall <= kMostStallMs;
    }
    bool isGood() const { return m_good; }

private:
    QTextStream m_out{stdout};
    bool m_good = true;
};

void poll(InstanceStore &store, const Clock &clock, int round)
{
    QList<Instance> rows = store.all();
    for (qsizetype i = round; i < rows.size(); i += 100) {
        Instance &one = rows[i];
        one.status = one.status == InstanceStatus::Running ? InstanceStatus::Stopping : InstanceStatus::Running;
        one.statusText = stateInfo(one.status).wire;
    }
    store.adoptList(rows, clock.now());
}

} // namespace

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    UiFixture fixture;
    InstancesPage page(fixture.context());
    page.resize(1080, 730);
    page.show();
    page.activate();
    auto *table = page.findChild<TableView *>();
    auto *filter = page.findChild<SearchField *>();
    Report report;
    fixture.fill(kRows);
    longestTurn([] {}, std::chrono::milliseconds(1500));
    page.showInstance(QStringLiteral("i-5"));
    report.step(QStringLiteral("scroll"), [&] { table->verticalScrollBar()->setValue(100); });
    for (int step = 1; step < 20; ++step)
        longestTurn([&] { table->verticalScrollBar()->setValue(step * 16000); }, std::chrono::milliseconds(20));
    report.step(QStringLiteral("scroll to the end"), [&] { table->scrollToBottom(); });
    for (int column = 0; column < table->model()->columnCount(); ++column) {
        const QString name = table->model()->headerData(column, Qt::Horizontal).toString();
        report.step(QStringLiteral("sort by %1").arg(name), [&] { table->sortByColumn(column, Qt::AscendingOrder); });
        report.step(QStringLiteral("sort by %1, descending").arg(name), [&] { table->sortByColumn(column, Qt::DescendingOrder); });
        report.step(QStringLiteral("poll, 1 % changed, sorted by %1").arg(name), [&] { poll(fixture.stores().instances, fixture.clock(), column); });
    }
    for (const QString &text : {QStringLiteral("w"), QStringLiteral("worker-1"), QStringLiteral("eu"), QStringLiteral("state:running gpu:h100"), QString()})
        report.step(QStringLiteral("filter \"%1\"").arg(text), [&] { filter->setText(text); });
    report.step(QStringLiteral("select all"), [&] { table->selectAll(); });
    report.step(QStringLiteral("sort with all selected"), [&] { table->sortByColumn(InstanceModel::Gpu, Qt::AscendingOrder); });
    report.step(QStringLiteral("poll with all selected"), [&] { poll(fixture.stores().instances, fixture.clock(), 50); });
    table->sortByColumn(InstanceModel::Name, Qt::AscendingOrder);
    report.step(QStringLiteral("select 2,000 rows"), [&] {
        const QAbstractItemModel *model = table->model();
        table->selectionModel()->select(QItemSelection(model->index(0, 0), model->index(1999, model->columnCount() - 1)), QItemSelectionModel::ClearAndSelect);
    });
    report.step(QStringLiteral("sort with 2,000 rows selected"), [&] { table->sortByColumn(InstanceModel::Gpu, Qt::AscendingOrder); });
    report.step(QStringLiteral("arrow down"), [&] { table->setCurrentIndex(table->model()->index(table->currentIndex().row() + 1, 0)); });
    return report.isGood() ? 0 : 1;
}
