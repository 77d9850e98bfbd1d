// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/resultlistdialog.h"

#include "core/workflows/instancecommands.h"
#include "ui/delegates/statusdelegate.h"
#include "ui/models/roles.h"
#include "ui/theme.h"
#include "ui/widgets/tableview.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

struct StateLook
{
    QString word;
    QString icon;
    StateTone tone;
};

StateLook lookOf(ResultRow::State state)
{
    switch (state) {
    case ResultRow::State::Waiting:
        return {ResultListDialog::tr("Waiting"), QStringLiteral("clock"), StateTone::Idle};
    case ResultRow::State::Running:
        return {ResultListDialog::tr("Running"), QStringLiteral("system-run"), StateTone::Wait};
    case ResultRow::State::Done:
        return {ResultListDialog::tr("Done"), QStringLiteral("checkmark"), StateTone::Good};
    case ResultRow::State::Failed:
        return {ResultListDialog::tr("Failed"), QStringLiteral("dialog-close"), StateTone::Bad};
    case ResultRow::State::Skipped:
        return {ResultListDialog::tr("Skipped"), QStringLiteral("go-next"), StateTone::Warn};
    case ResultRow::State::Canceled:
        break;
    }
    return {ResultListDialog::tr("Canceled"), QStringLiteral("media-playback-stop"), StateTone::Idle};
}

ResultRow rowOf(const BulkRow &row)
{
    static_assert(static_cast<int>(ResultRow::State::Canceled) == static_cast<int>(BulkRow::State::Canceled));
    return {row.name, static_cast<ResultRow::State>(row.state), row.message};
}


} // namespace

ResultListDialog::ResultListDialog(Theme &theme, const QString &title, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_summary(new QLabel(this))
    , m_table(new TableView(theme, this))
    , m_model(new QStandardItemModel(this))
    , m_cancel(new QPushButton(this))
    , m_retry(new QPushButton(this))
    , m_close(new QPushButton(this))
{
    setWindowTitle(title);
    buildLayout();
    connect(m_cancel, &QPushButton::clicked, this, &ResultListDialog::cancelRequested);
    connect(m_retry, &QPushButton::clicked, this, &ResultListDialog::retryRequested);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    retranslate();
    setFinished(false);
}

void ResultListDialog::buildLayout()
{
    m_summary->setTextFormat(Qt::PlainText);
    m_model->setColumnCount(3);
    m_table->setModel(m_model);
    m_table->setSortingEnabled(false);
    m_table->setColumnIds({QStringLiteral("name"), QStringLiteral("state"), QStringLiteral("message")}, {180, 120, 240});
    m_table->setItemDelegateForColumn(1, new StatusDelegate(m_theme, m_table));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::kRelated);
    buttons->addStretch();
    for (QPushButton *button : {m_cancel, m_retry, m_close}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kPage, space::kPage, space::kGroup);
    layout->setSpacing(space::kGroup);
    layout->addWidget(m_summary);
    layout->addWidget(m_table, 1);
    layout->addLayout(buttons);
    resize(620, 380);
}

void ResultListDialog::setRows(const QList<ResultRow> &rows)
{
    m_rows = rows;
    m_model->setRowCount(static_cast<int>(rows.size()));
    for (int i = 0; i < rows.size(); ++i)
        setRow(i, rows.at(i));
    showSummary();
}

void ResultListDialog::setRow(int row, const ResultRow &result)
{
    if (row < 0 || row >= m_rows.size())
        return;
    m_rows[row] = result;
    const StateLook look = lookOf(result.state);
    m_model->setData(m_model->index(row, 0), result.name);
    const QModelIndex state = m_model->index(row, 1);
    m_model->setItemData(state, {{Qt::DisplayRole, look.word},
                                 {IconNameRole, look.icon},
                                 {ToneRole, static_cast<int>(look.tone)},
                                 {ChangingRole, result.state == ResultRow::State::Running}});
    m_model->setData(m_model->index(row, 2), result.message);
    showSummary();
}

void ResultListDialog::setFinished(bool finished)
{
    m_finished = finished;
    const bool anyToRetry = std::any_of(m_rows.cbegin(), m_rows.cend(), [](const ResultRow &row) {
        return row.state == ResultRow::State::Failed || row.state == ResultRow::State::Canceled;
    });
    m_cancel->setVisible(!finished);
    m_retry->setVisible(finished && anyToRetry);
    showSummary();
}

void ResultListDialog::watch(BulkRun *run)
{
    QList<ResultRow> rows;
    for (const BulkRow &row : run->rows())
        rows.append(rowOf(row));
    setRows(rows);
    setFinished(run->isFinished());
    connect(run, &BulkRun::rowChanged, this, [this, run](int row) { setRow(row, rowOf(run->rows().at(row))); });
    connect(run, &BulkRun::finished, this, [this] { setFinished(true); });
    connect(this, &ResultListDialog::cancelRequested, run, &BulkRun::cancelRest);
}

void ResultListDialog::showSummary()
{
    const auto count = [this](ResultRow::State state) {
        return static_cast<int>(std::count_if(m_rows.cbegin(), m_rows.cend(), [state](const ResultRow &row) { return row.state == state; }));
    };
    const int done = count(ResultRow::State::Done);
    const int failed = count(ResultRow::State::Failed);
    const int skipped = count(ResultRow::State::Skipped);
    const int canceled = count(ResultRow::State::Canceled);
    QStringList parts{tr("%1 of %2 done").arg(done).arg(m_rows.size())};
    if (failed)
        parts.append(tr("%n failed", nullptr, failed));
    if (skipped)
        parts.append(tr("%n skipped", nullptr, skipped));
    if (canceled)
        parts.append(tr("%n canceled", nullptr, canceled));
    m_summary->setText(parts.join(QStringLiteral(" · ")));
}

void ResultListDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void ResultListDialog::retranslate()
{
    m_model->setHorizontalHeaderLabels({tr("Name"), tr("State"), tr("Message")});
    m_table->setAccessibleName(tr("Results table"));
    m_cancel->setText(tr("Cancel the rest"));
    m_retry->setText(tr("Retry failed"));
    m_close->setText(tr("Close"));
    for (int i = 0; i < m_rows.size(); ++i)
        setRow(i, ResultRow(m_rows.at(i)));
}

} // namespace novita
